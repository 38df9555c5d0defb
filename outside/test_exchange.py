"""A hotline written in another language exchanges orders with a city: it fails, repeats itself, talks out of order and nonsense,
and the program is killed in between; every order becomes one case, every step is told once."""

import itertools
import random
import sqlite3
import time
from contextlib import closing

import pytest

from city import new_city
from hotline import Hotline, now
from people import Browser


@pytest.fixture
def hotline():
    hotline = Hotline(token="t-0k3n", page=7).start()
    yield hotline
    hotline.stop()


@pytest.fixture
def city():
    with pytest.MonkeyPatch.context() as patch, new_city() as city:
        patch.setenv("CHUANGCHENG_PARTNER_ALLOW", "127.0.0.1/32")
        city.demo(30)
        yield city


def set_up(city, hotline, **more):
    admin = Browser(city).sign_in("system-admin")
    told = admin.submit(
        admin.page("/exchange/partners/new"), "/exchange/partners", xp_name="市12345热线", xp_url=hotline.url,
        xp_token="t-0k3n", xp_every="1", xp_takes="1", **more,
    )
    city.exchange_key = told.xpath("string(//pre[@id='once'])").strip()
    return told.xpath("string(//a[starts-with(@href, '/exchange/partners/XP-')]/@href)").rsplit("/", 1)[-1]


def fetch(office, number):
    office.submit(office.page(f"/exchange/partners/{number}"), f"/exchange/partners/{number}/pull")


def test_a_stormy_day(city, hotline):
    orders = [f"G{n:03}" for n in range(12)]
    chance = random.Random(20260305)
    with city.served():
        number = set_up(city, hotline)
        office = Browser(city).sign_in("office-1")
        turn = itertools.count()

        def mood(method, path):
            """What a bad line does. A result is never answered with nonsense: 200 means that it was taken."""
            match next(turn) % 9:
                case 1:
                    return 500, {"error": "oops"}
                case 3:
                    return None, b""
                case 5 if method == "GET":
                    return 200, b"<html>gateway</html>"
                case 7:
                    time.sleep(0.5)
            return None

        hotline.mood = mood
        for order in orders:
            hotline.create(order, title=f"垃圾堆放 {order}")
            hotline.change(order, "urged", "请尽快处理")
        # out of order, each twice, with nonsense between
        hotline.changes += [dict(c) for c in hotline.changes]
        chance.shuffle(hotline.changes)
        hotline.changes.insert(5, {"order": "G000", "kind": "danced"})
        hotline.changes.insert(9, "what?")

        def some_there():
            fetch(office, number)
            return len(office.json("/api/v1/cases", source="hotline")["items"]) >= len(orders) // 2

        city.wait_for(some_there, seconds=180)
        # killed in the middle of it, and begun again
        city.child.kill()
        city.child.wait()
    hotline.mood = lambda method, path: None
    with city.served():
        office = Browser(city).sign_in("office-1")

        def all_there():
            fetch(office, number)
            items = office.json("/api/v1/cases", source="hotline")["items"]
            waiting = office.json(f"/api/v1/exchange/partners/{number}")["waiting_in"]
            return items if len(items) >= len(orders) and waiting == 0 else None

        items = city.wait_for(all_there, seconds=180)
        assert sorted(i["title"].split()[-1] for i in items) == orders, "one case an order"
        # the nonsense waits for a person, and nothing else does
        broken = office.json("/api/v1/exchange/repairs/changes")["items"]
        assert sorted(b["fault"] for b in broken) == ["unreadable", "unreadable"], broken
        # every order was urged once
        for item in items[:3]:
            page = office.page(f"/cases/{item['number']}").text_content()
            assert page.count("请尽快处理") == 1
        # results: the office gives one back, which the hotline hears once and with the reason
        mine = next(i for i in items if i["title"].split()[-1] not in orders[:3])
        order = mine["title"].split()[-1]
        path = f"/cases/{mine['number']}/refusal"
        office.submit(office.page(path), path, reason="不在本市管辖范围")
        told = city.wait_for(lambda: hotline.results_of(order), seconds=60)
        time.sleep(3)
        assert [r["kind"] for r in hotline.results_of(order)] == ["returned"]
        assert told[0]["words"] == "不在本市管辖范围" and told[0]["stage"] == "refused"
        # pushed at us, with the key and without
        push = {"changes": [{"id": "p1", "order": orders[1], "revision": 3, "kind": "urged", "at": now(), "words": "再催"}]}
        to = f"/api/v1/exchange/inbox/{number}/changes"
        stranger = Browser(city).http
        assert stranger.post(to, json=push).status_code == 403
        answer = stranger.post(to, json=push, headers={"X-Exchange-Key": city.exchange_key})
        assert answer.status_code == 200 and answer.json()["results"][0]["result"] == "taken", answer.text
        again = stranger.post(to, json=push, headers={"X-Exchange-Key": city.exchange_key})
        assert again.json()["results"][0]["result"] == "known"
        # the hotline closed an order that nobody here has handled: the two disagree, and the office says so
        hotline.change(orders[2], "closed", state="已办结")
        fetch(office, number)
        differs = city.wait_for(
            lambda: [d for d in office.json("/api/v1/exchange/differences")["items"] if d["order"] == orders[2]], seconds=60
        )
        assert (differs[0]["aspect"], differs[0]["ours"], differs[0]["theirs"]) == ("state", "received", "closed")
        page = f"/exchange/differences/{differs[0]['number']}"
        token = office.page(page).xpath("string(//form//input[@name='csrf']/@value)")
        form = {"csrf": token, "version": differs[0]["version"], "xd_reason": "尚未办理", "act": "ours"}
        done = office.http.post(page, data=form)
        assert done.status_code == 200
        assert office.json("/api/v1/exchange/differences", state="settled")["items"][0]["reason"] == "尚未办理"
        city.run("verify", "--data", city.data)
    # the database holds no telephone number of what came in
    with closing(sqlite3.connect(next(city.data.glob("**/city.db")))) as db:
        for table in ("xchg_in", "xchg_out", "xchg_partner", "xchg_order", "xchg_difference"):
            for row in db.execute(f"select * from {table}"):
                assert "13893712345" not in str(row) and "t-0k3n" not in str(row), table

