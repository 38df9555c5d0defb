"""What a browser's push service sees, and what the browser itself can read of it: decrypted by http_ece, verified by cryptography."""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import http_ece
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from city import new_city
from people import Browser


def coded(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Service:
    """Takes messages for browsers; `answers` says what a browser's address answers, 201 if nothing else."""

    def __init__(self):
        self.got, self.answers = [], {}
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.got.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body, time.time()))
                queue = outer.answers.get(self.path, [])
                self.send_response(queue.pop(0) if queue else 201)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def at(self, path):
        return [entry for entry in self.got if entry[0] == path]


class Device:
    """A browser's keys, as its push manager makes them."""

    def __init__(self, service, path):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"0123456789abcdef"
        self.path, self.endpoint = path, service.url(path)

    @property
    def public(self):
        return self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    def fields(self):
        return {"push_endpoint": self.endpoint, "push_key": coded(self.public), "push_auth": coded(self.auth)}

    def read(self, body):
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"))


@pytest.fixture(scope="module")
def service():
    service = Service()
    yield service
    service.server.shutdown()


@pytest.fixture(scope="module")
def city():
    with pytest.MonkeyPatch.context() as patch, new_city() as city:
        patch.setenv("CHUANGCHENG_WEBHOOK_ALLOW", "127.0.0.1/32")
        city.demo(60)
        with city.served():
            yield city


def subscribe(browser, page, action, device, **more):
    told = browser.submit(browser.page(page), action, **(device.fields() | {"push_at_night": "1"} | more))
    assert told is not None
    return told


def city_key(browser, page):
    return browser.page(page).xpath("string(//form[@data-push]/@data-push)")


def report(city, text):
    """Somebody reports by the page; the number, and the address of the status page."""
    browser = Browser(city)
    told = browser.submit(
        browser.page("/report"), "/report", kind="event-06010", address="新华北路12号", description=text,
        reporter="欧阳明月", phone="13893712345",
    )
    return told.xpath("string(//*[@id='receipt'])"), told.xpath("string(//a[starts-with(@href, '/r/')]/@href)")


def verified(headers, key, audience):
    """The claims of a message's signature, if it is the city's."""
    scheme, _, rest = headers["authorization"].partition(" ")
    given = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid" and given["k"] == key
    signed, _, signature = given["t"].rpartition(".")
    raw = decoded(signature)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(key))
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public.verify(der, signed.encode(), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        public.verify(der, signed.encode() + b"x", ec.ECDSA(hashes.SHA256()))
    head, claims = (json.loads(decoded(part)) for part in signed.split("."))
    assert head == {"typ": "JWT", "alg": "ES256"} and claims["aud"] == audience
    assert time.time() < claims["exp"] < time.time() + 24 * 3600
    return claims


UNIT = "城管局"


def accept(office, number):
    """The office sends the case to a unit: the reporter's first news, and a notice for the unit."""
    page = office.page(f"/cases/{number}/acceptance")
    units = page.xpath("//select[@name='lead']/option")
    lead = next(o.get("value") for o in units if "城市管理局" in o.text_content() or UNIT in o.text_content())
    office.submit(page, f"/cases/{number}/acceptance", lead=lead)


def removals(browser, page):
    return browser.page(page).xpath("//form[contains(@action, '/removal')]/@action")


def test_whoever_reported_is_told_and_only_they_can_read_it(city, service):
    number, page = report(city, "门前有垃圾")
    device, browser = Device(service, "/reporter"), Browser(city)
    key = city_key(browser, page)
    subscribe(browser, page, page + "/push", device)
    accept(Browser(city).sign_in("office-1"), number)
    (_, headers, body, _), *_ = city.wait_for(lambda: service.at("/reporter"))
    assert headers["content-encoding"] == "aes128gcm" and headers["topic"] == "news" and int(headers["ttl"]) > 0
    verified(headers, key, f"http://127.0.0.1:{service.server.server_port}")
    message = device.read(body)
    assert message["href"] == page and message["body"]
    told = json.dumps(message, ensure_ascii=False)
    for secret in ("欧阳明月", "13893712345", "门前有垃圾", number, "新华北路"):
        assert secret not in told
    with pytest.raises(Exception):
        Device(service, "/other").read(body)
    # withdrawn: nobody is told any more, and the log says that it was agreed to and taken back
    shown = browser.page(page)
    (removal,) = removals(browser, page)
    browser.submit(shown, urlsplit(removal).path)
    assert not removals(browser, page)
    city.run("verify", "--data", city.data)


def test_staff_are_told_by_every_browser_they_chose_once_for_a_burst(city, service):
    unit = Browser(city).sign_in("unit-chengguan")
    phone, desk = Device(service, "/phone"), Device(service, "/desk")
    key = city_key(unit, "/me/push")
    for device in (phone, desk, desk):
        subscribe(unit, "/me/push", "/me/push", device)
    assert len(removals(unit, "/me/push")) == 2
    office = Browser(city).sign_in("office-1")
    for text in ("路灯不亮", "井盖破损", "垃圾满溢"):
        accept(office, report(city, text)[0])
    for device in (phone, desk):
        first = city.wait_for(lambda: service.at(device.path))[0]
        verified(first[1], key, f"http://127.0.0.1:{service.server.server_port}")
        message = device.read(first[2])
        assert message["href"] == "/inbox" and "提醒" in message["body"]
    # what came within a minute is told a minute later, in one
    city.wait_for(lambda: len(service.at("/phone")) == 2, seconds=90)
    time.sleep(3)
    first, second = service.at("/phone")
    assert second[3] - first[3] >= 55
    # somebody else signs in on the same phone and asks: the first person is not told there any more
    other = Browser(city).sign_in("office-1")
    subscribe(other, "/me/push", "/me/push", phone)
    assert len(removals(unit, "/me/push")) == 1 and len(removals(other, "/me/push")) == 1
    # nobody can end what is somebody else's
    (theirs,) = removals(other, "/me/push")
    token = unit.page("/me/push").xpath("string(//meta[@name='csrf-token']/@content)")
    assert unit.http.post(theirs, data={"csrf": token}).status_code == 404


def test_a_service_that_is_busy_is_asked_again_and_one_that_knows_nobody_no_more(city, service):
    number, page = report(city, "路灯不亮")
    busy, gone = Device(service, "/busy"), Device(service, "/gone")
    service.answers["/busy"] = [503, 201]
    service.answers["/gone"] = [410]
    for device in (busy, gone):
        subscribe(Browser(city), page, page + "/push", device)
    accept(Browser(city).sign_in("office-1"), number)
    city.wait_for(lambda: len(service.at("/busy")) == 2, seconds=40)
    assert busy.read(service.at("/busy")[1][2])["href"] == page
    city.wait_for(lambda: len(removals(Browser(city), page)) == 1)
    assert len(service.at("/gone")) == 1


@pytest.mark.parametrize("endpoint", ["https://10.0.0.8/x", "http://push.example.net/x", "https://169.254.169.254/", "no"])
def test_an_address_inside_is_refused(city, service, endpoint):
    _, page = report(city, "井盖破损")
    browser, device = Browser(city), Device(service, "/inside")
    form = next(f for f in browser.page(page).forms if f.action.endswith("/push"))
    fields = dict(form.form_values()) | device.fields() | {"push_endpoint": endpoint}
    answer = browser.http.post(form.action, data=fields)
    assert answer.status_code == 422 and not removals(browser, page)


def test_keys_that_are_none_are_refused(city, service):
    _, page = report(city, "井盖破损")
    browser, device = Browser(city), Device(service, "/keys")
    form = next(f for f in browser.page(page).forms if f.action.endswith("/push"))
    for name, value in (("push_key", coded(b"\x04" + b"x" * 64)), ("push_auth", coded(b"short"))):
        fields = dict(form.form_values()) | device.fields() | {name: value}
        assert browser.http.post(form.action, data=fields).status_code == 422
    assert browser.http.post(form.action, data=device.fields()).status_code == 403
