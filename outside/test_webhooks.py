"""What a receiver of webhooks sees, with the library of the Standard Webhooks specification as its judge."""

import json
import threading
import time
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import standardwebhooks.webhooks
from standardwebhooks import Webhook, WebhookVerificationError

from city import ROOT, new_city
from people import Browser


class Receiver:
    """Notes down what comes and answers 204; while `silent`, it takes messages and does not answer."""

    def __init__(self):
        self.got, self.silent = [], threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.got.append((self.path, dict(self.headers), body))
                while outer.silent.is_set():
                    time.sleep(0.05)
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path):
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def at(self, path):
        return [(headers, body) for to, headers, body in self.got if to == path]


@pytest.fixture(scope="module")
def receiver():
    receiver = Receiver()
    yield receiver
    receiver.silent.clear()
    receiver.server.shutdown()


@pytest.fixture(scope="module")
def city():
    """A demonstration city whose operator lets it send to this machine."""
    with pytest.MonkeyPatch.context() as patch, new_city() as city:
        patch.setenv("CHUANGCHENG_WEBHOOK_ALLOW", "127.0.0.1/32")
        city.demo(40)
        with city.served():
            yield city


def sign_up(city, url, kinds=None):
    """The office sets an endpoint up; its number and secret."""
    office = Browser(city).sign_in("office-1")
    told = office.submit(
        office.page("/admin/webhooks/new"), "/admin/webhooks", hook_name="对方系统", hook_url=url, hook_kinds=kinds,
        # nothing is chosen in these lists: everywhere
        hook_units=None, hook_divisions=None,
    )
    secret = told.xpath("string(//pre[@id='once'])").strip()
    number = told.xpath("string(//a[starts-with(@href, '/admin/webhooks/WH-')]/@href)").rsplit("/", 1)[-1]
    return office, number, secret


def report(city, text):
    body = {"description": text, "address": "新华北路12号", "reporter": "欧阳明月", "phone": "13893712345"}
    answer = Browser(city).http.post("/api/v1/reports", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["number"]


def test_the_library_accepts_what_is_sent_and_nothing_else(city, receiver):
    _, _, secret = sign_up(city, receiver.url("/plain"), "case.reported")
    number = report(city, "门前有垃圾")
    headers, body = city.wait_for(lambda: receiver.at("/plain"))[0]
    hook = Webhook(secret)
    message = hook.verify(body, headers)
    assert message["type"] == "case.reported" and message["data"]["number"] == number
    assert message["data"]["state"] == "reported" and message["city"] == "620200"
    happened = datetime.fromisoformat(message["timestamp"])
    assert abs((datetime.now(timezone.utc) - happened).total_seconds()) < 120
    told = body.decode()
    assert "欧阳明月" not in told and "13893712345" not in told
    for wrong in (body.replace(b"reported", b"retorted"), body + b" "):
        with pytest.raises(WebhookVerificationError):
            hook.verify(wrong, headers)
    for name, value in [("webhook-id", "msg_0"), ("webhook-timestamp", str(int(time.time()) - 1))]:
        changed = {k: v for k, v in headers.items() if k.lower() != name} | {name: value}
        with pytest.raises(WebhookVerificationError):
            hook.verify(body, changed)


def test_both_secrets_are_good_while_one_is_renewed(city, receiver):
    office, number, before = sign_up(city, receiver.url("/renewed"))
    path = f"/admin/webhooks/{number}"
    told = office.submit(office.page(f"{path}/secret"), f"{path}/secret")
    after = told.xpath("string(//pre[@id='once'])").strip()
    assert before != after
    office.submit(office.page(path), f"{path}/ping")
    headers, body = city.wait_for(lambda: receiver.at("/renewed"))[0]
    for secret in (before, after):
        assert Webhook(secret).verify(body, headers)["type"] == "webhook.ping"
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 43 + "=").verify(body, headers)


def test_messages_hold_the_fields_that_the_description_names(city, receiver):
    office, _, secret = sign_up(city, receiver.url("/fields"), "case.reported")
    number = report(city, "路灯不亮")
    headers, body = city.wait_for(lambda: receiver.at("/fields"))[0]
    message = Webhook(secret).verify(body, headers)
    kinds = {k["event_type"]: k for k in office.json("/api/v1/webhook-event-types")}
    assert set(message["data"]) == {f["name"] for f in kinds["case.reported"]["fields"]}
    record = office.json(f"/api/v1/cases/{number}")
    for field in ("number", "title", "source", "kind", "urgent", "address", "reported_at"):
        assert message["data"][field] == record[field], field


@pytest.mark.parametrize("engine", ["embedded", "server"])
def test_what_came_after_an_hour_of_silence_is_sound(engine, monkeypatch):
    """The receiver of crates/hooks' story was down for an hour of the test clock; it wrote down every byte it got."""
    file = ROOT / "target" / "received" / f"down-for-an-hour-{engine}.json"
    if not file.exists():
        pytest.skip("the story has not been told: cargo test --package hooks")
    told = json.loads(file.read_text(encoding="utf-8"))
    hook, ids, steps = Webhook(told["secret"]), {}, {}

    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromtimestamp(cls.at, tz)

    monkeypatch.setattr(standardwebhooks.webhooks, "datetime", Clock)
    for message in told["messages"]:
        Clock.at = int(message["headers"]["webhook-timestamp"])
        data = hook.verify(message["body"], message["headers"])["data"]
        name = message["headers"]["webhook-id"]
        assert ids.setdefault(name, message["body"]) == message["body"], "one id, two messages"
        if message["status"] == 204:
            steps.setdefault(data["thing"], []).append(data["step"])
        with pytest.raises(WebhookVerificationError):
            hook.verify(message["body"].replace("thing", "thong"), message["headers"])
        Clock.at += 600
        with pytest.raises(WebhookVerificationError):
            hook.verify(message["body"], message["headers"])
    taken = [m for m in told["messages"] if m["status"] == 204]
    assert len(taken) == len({m["headers"]["webhook-id"] for m in taken}) == 240, "each event once"
    assert steps == {thing: list(range(60)) for thing in range(4)}, "in order per record"
    assert 8 <= len(told["messages"]) - len(taken) < 60


def test_an_address_inside_is_refused(city, receiver):
    office = Browser(city).sign_in("office-1")
    for url in ("https://10.0.0.8/", "https://169.254.169.254/latest/meta-data/", "http://receiver.example.cn/"):
        page = office.page("/admin/webhooks/new")
        form = next(f for f in page.forms if f.action.endswith("/admin/webhooks"))
        fields = dict(form.form_values()) | {"hook_name": "内部", "hook_url": url}
        assert office.http.post(form.action, data=fields).status_code == 422, url


def test_a_killed_program_sends_again_with_the_same_id(receiver):
    """The program dies by SIGKILL while the receiver has the message and has not answered. Whoever comes after it waits
    two minutes, until it is sure that nobody sends it any more."""
    with pytest.MonkeyPatch.context() as patch, new_city() as city:
        patch.setenv("CHUANGCHENG_WEBHOOK_ALLOW", "127.0.0.1/32")
        city.demo(10)
        with city.served():
            _, _, secret = sign_up(city, receiver.url("/killed"), "case.reported")
            receiver.silent.set()
            number = report(city, "井盖缺失")
            city.wait_for(lambda: receiver.at("/killed"))
            city.child.kill()
            city.child.wait()
        receiver.silent.clear()
        with city.served():
            city.wait_for(lambda: len(receiver.at("/killed")) >= 2, seconds=200)
            time.sleep(3)
        (first, body), (second, again) = receiver.at("/killed")
        ids = [{k.lower(): v for k, v in h.items()}["webhook-id"] for h in (first, second)]
        assert ids[0] == ids[1] and body == again
        assert Webhook(secret).verify(again, second)["data"]["number"] == number
        city.run("verify", "--data", city.data)
