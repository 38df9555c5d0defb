"""Every kind of answer of Open311, success and refusal, in both formats, as this program promises it and as the community's
schemas want it. See shapes311.py for who judges."""

import re
from datetime import datetime, timezone

import httpx
import pytest

from city import new_city
from open311 import Sender
from people import Browser
from shapes311 import OURS, THEIRS, fits, fits_in
from test_open311 import picture

BOTH = pytest.mark.parametrize("format", ["json", "xml"])


@pytest.fixture(scope="module")
def root(demo):
    return f"{demo.address}/open311/v2"


@pytest.fixture(scope="module")
def place(root):
    found = next(r for r in httpx.get(f"{root}/requests.json").json() if r["lat"])
    return {"lat": found["lat"], "long": found["long"]}


@pytest.fixture(scope="module")
def code(root):
    return httpx.get(f"{root}/services.json").json()[0]["service_code"]


def test_what_is_promised_is_never_less_than_what_the_community_asks():
    """Whatever our schema lets through, theirs does: by members and types, not by the answers of today alone."""

    def types(of):
        kinds = of.get("type", ["string"] if "enum" in of else [])
        return {t for one in of.get("anyOf", []) for t in types(one)} | set([kinds] if isinstance(kinds, str) else kinds)

    def compare(ours, theirs, where):
        if theirs.get("type") == "array":
            return compare(ours["items"], theirs["items"], f"{where}[]")
        if theirs.get("type") == "object":
            assert set(theirs["required"]) <= set(ours["required"]), where
            for name, wanted in theirs["properties"].items():
                if name in ours["properties"]:
                    compare(ours["properties"][name], wanted, f"{where}.{name}")
            return
        assert types(ours) <= types(theirs) | ({"integer"} if "number" in types(theirs) else set()), where
        if "enum" in theirs:
            assert set(ours["enum"]) <= set(theirs["enum"]), where
        if "maxLength" in theirs:
            assert ours["maxLength"] <= theirs["maxLength"], where

    for name in THEIRS:
        compare(OURS[name], THEIRS[name], name)
    # and the judges do judge
    for name, wrong in [("requests", [{"service_request_id": "1"}]), ("services", []), ("errors", [{"code": "404"}])]:
        with pytest.raises(AssertionError):
            fits(name, wrong)


@BOTH
def test_everything_that_is_read(root, code, format):
    for name, path in [
        ("discovery", "../discovery"), ("services", "services"), ("requests", "requests"),
        ("requests", "requests.{}?status=closed"), ("requests", "requests.{}?start_date=2020-01-01&end_date=2020-01-02"),
        ("updates", "servicerequestupdates"), ("updates", "servicerequestupdates.{}?end_date=2020-01-01"),
    ]:
        path = path.format(format) if "{}" in path else f"{path}.{format}"
        answer = httpx.get(f"{root}/{path}")
        assert answer.status_code == 200, path
        fits_in(name, format, answer)
    for service in httpx.get(f"{root}/services.json").json():
        fits_in("definition", format, httpx.get(f"{root}/services/{service['service_code']}.{format}"))


@pytest.fixture(scope="module")
def unknown(root, key, office):
    """A confirmed report of which nobody knows the kind yet."""
    sent = Sender(root, key).send(service_code="other", description="说不清是什么", address_string="新华北路")
    number = sent["service_request_id"]
    office.submit(office.page(f"/cases/{number}/confirmation"), f"/cases/{number}/confirmation")
    return number


@BOTH
def test_every_request_names_a_service(root, unknown, format):
    """What has no kind names the service that stands for all others."""
    requests = httpx.get(f"{root}/requests.json").json()
    codes = {r["service_code"] for r in requests}
    assert "other" in codes and len(codes) > 5
    for request in requests[:40]:
        fits_in("requests", format, httpx.get(f"{root}/requests/{request['service_request_id']}.{format}"))
    assert next(r["service_code"] for r in requests if r["service_request_id"] == unknown) == "other"
    of = {r["service_request_id"] for r in httpx.get(f"{root}/requests.json?service_code=other").json()}
    assert of == {r["service_request_id"] for r in requests if r["service_code"] == "other"}


@BOTH
def test_everything_that_is_sent(root, key, code, place, format):
    fields = {"api_key": key, "service_code": code, "description": f"井盖松动 {format}", **place}
    plain = httpx.post(f"{root}/requests.{format}", data=fields)
    assert plain.status_code == 201
    fits_in("created", format, plain)
    files = [("media", ("a.png", picture(61), "image/png")), ("media", ("b.png", picture(161), "image/png"))]
    with_media = httpx.post(f"{root}/requests.{format}", data=fields, files=files, timeout=60)
    assert with_media.status_code == 201
    fits_in("created", format, with_media)
    sent = Sender(root, key, format).send(service_code=code, description="井盖松动，又一处", **place)
    token = re.search(r"/r/(\w+)", sent["service_notice"])[1]
    found = httpx.get(f"{root}/tokens/{token}.{format}")
    fits_in("token", format, found)
    assert Sender(root, key, format).number(token) == sent["service_request_id"]
    said = httpx.post(f"{root}/servicerequestupdates.{format}", data={
        "api_key": key, "service_request_id": sent["service_request_id"], "update_id": f"shape-{format}",
        "description": "还在那里", "status": "OPEN", "updated_datetime": "2026-03-05T09:30:00+08:00",
    })
    assert said.status_code == 201, said.text
    fits_in("updated", format, said)


@BOTH
def test_every_refusal_is_a_list_of_errors_with_its_status(root, key, code, place, format):
    fields = {"api_key": key, "service_code": code, "description": "垃圾", **place}
    parts = [("media", (f"{n}.png", picture(n), "image/png")) for n in range(7)]
    once = {"Idempotency-Key": f"shape-{format}"}
    assert httpx.post(f"{root}/requests.{format}", data=fields, headers=once).status_code == 201
    for status, method, path, more in [
        (400, "GET", "requests.{}?status=done", {}),
        (400, "GET", "requests.{}?bbox=1,2,3", {}),
        (400, "GET", "requests.{}?start_date=2026-01-01&end_date=2026-12-01", {}),
        (400, "GET", "servicerequestupdates.{}?after=nonsense", {}),
        (400, "POST", "requests.{}", {"data": {**fields, "service_code": "", "lat": "here"}}),
        (400, "POST", "requests.{}", {"content": b"\xff\xfe", "headers": {"content-type": "multipart/form-data"}}),
        (400, "POST", "requests.{}", {"json": fields}),
        (400, "POST", "servicerequestupdates.{}", {"data": {"api_key": key}}),
        (401, "GET", "requests.{}", {"headers": {"authorization": "Bearer cc_wrong"}}),
        (403, "POST", "requests.{}", {"data": {**fields, "api_key": ""}}),
        (403, "POST", "requests.{}", {"data": {**fields, "api_key": "cc_wrong"}}),
        (404, "GET", "requests/CASE-1999-000001.{}", {}),
        (404, "GET", "services/no-such.{}", {}),
        (404, "GET", "tokens/no-such.{}", {}),
        (404, "GET", "nowhere.{}", {}),
        (404, "GET", "requests.{}?jurisdiction_id=boston.gov", {}),
        (404, "POST", "requests.{}", {"data": {**fields, "service_code": "no-such"}}),
        (404, "POST", "servicerequestupdates.{}", {
            "data": {"api_key": key, "service_request_id": "CASE-1999-000001", "update_id": "1", "description": "x"},
        }),
        (405, "DELETE", "requests.{}", {}),
        (405, "PUT", "services.{}", {}),
        (409, "POST", "requests.{}", {"data": {**fields, "description": "别的"}, "headers": once}),
        (413, "POST", "requests.{}", {"data": fields, "files": parts}),
        (413, "POST", "requests.{}", {"data": {**fields, "description": "长" * 200_000}}),
    ]:
        answer = httpx.request(method, f"{root}/{path.format(format)}", timeout=60, **more)
        assert answer.status_code == status, (path, answer.status_code, answer.text)
        fits_in("errors", format, answer)
        codes = {int(c) for c in re.findall(r'"code":(\d+)|<code>(\d+)</code>', answer.text) for c in c if c}
        assert codes == {status}, (path, answer.text)
    # two faults are two errors
    two = httpx.post(f"{root}/requests.{format}", data={**fields, "description": "", "phone": "1"})
    assert two.text.count("description:") == 1 and two.text.count("phone:") == 1
    # no format at all: told in JSON
    other = httpx.get(f"{root}/services.yaml")
    assert other.status_code == 406
    fits_in("errors", "json", other)


def test_too_often_is_an_error_like_the_others():
    with new_city() as city:
        city.create()
        with city.served(rate=2):
            answers = [httpx.post(f"{city.address}/open311/v2/requests.xml") for _ in range(4)]
            assert answers[-1].status_code == 429 and int(answers[-1].headers["retry-after"]) > 0
            fits_in("errors", "xml", answers[-1])
            json = httpx.post(f"{city.address}/open311/v2/requests.json")
            assert json.status_code == 429
            fits_in("errors", "json", json)


def test_the_rules_of_the_older_validator_hold(demo):
    """What SeeClickFix's open311-validator asked of a discovery document, and of services."""
    for format, accept in [("json", "application/json"), ("xml", "text/xml")]:
        answer = httpx.get(f"{demo.address}/open311/discovery", headers={"accept": accept})
        fits_in("discovery", format, answer)
    discovery = httpx.get(f"{demo.address}/open311/discovery.json").json()
    (endpoint,) = discovery["endpoints"]
    for moment in (discovery["changeset"], endpoint["changeset"]):
        assert datetime.fromisoformat(moment) < datetime.now(timezone.utc)
    assert "text/xml" in endpoint["formats"] and endpoint["url"] == f"{demo.address}/open311/v2"
    office = Browser(demo)
    for page in (discovery["contact"], discovery["key_service"]):
        assert office.http.get(page).status_code == 200, page
    office.close()
