"""A hotline (12345) as a partner of the exchange in docs/exchange.md: a small system of orders that serves changes, takes
results, and misbehaves on request. Made for tests; nothing but Python's own library.

    python hotline.py --port 8012 --token secret      # then: XP partner with http://127.0.0.1:8012/api
"""

import argparse
import base64
import hashlib
import json
import threading
import time
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

CHINA = timezone(timedelta(hours=8))


def now():
    return datetime.now(CHINA).isoformat(timespec="seconds")


class Hotline:
    """Orders by number, the list of changes, and what came back. `mood` is asked before each answer."""

    def __init__(self, port=0, token="", page=100):
        self.token, self.page = token, page
        self.orders, self.changes, self.results, self.requests = {}, [], [], []
        # how often a result came that was known already: allowed, and looked at by tests
        self.repeated = 0
        self.lock = threading.RLock()
        self.mood = lambda method, path: None
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                self.answer(b"")

            def do_POST(self):
                self.answer(self.rfile.read(int(self.headers.get("content-length", 0))))

            def answer(self, body):
                outer.requests.append((self.command, self.path))
                status, told = outer.respond(self.command, self.path, dict(self.headers), body)
                if status is None:
                    self.close_connection = True
                    return
                told = told if isinstance(told, bytes) else json.dumps(told, ensure_ascii=False).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.server.daemon_threads = True

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/api"

    def start(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def stop(self):
        self.server.shutdown()

    # ── what its own people do ──

    def create(self, number, **fields):
        order = {
            "number": number, "revision": 0, "state": "已派单", "category": "市容环境/垃圾", "unit": "城市管理局",
            "deadline": (datetime.now(CHINA) + timedelta(days=3)).isoformat(timespec="seconds"), "title": "垃圾堆放",
            "text": "市民反映路边有一堆垃圾", "address": "新华北路12号",
            "reporter": {"name": "欧阳明月", "phone": "13893712345", "wants_answer": True},
        } | fields
        with self.lock:
            self.orders[number] = order
            return self.change(number, "created")

    def change(self, number, kind, words="", **fields):
        with self.lock:
            order = self.orders[number]
            order |= fields
            order["revision"] += 1
            change = {
                "id": f"{number}/{order['revision']}", "order": number, "revision": order["revision"], "kind": kind,
                "at": now(), "words": words, "snapshot": dict(order),
            }
            self.changes.append(change)
            return change

    def results_of(self, number):
        with self.lock:
            return [r for r in self.results if r["order"] == number]

    # ── what the other system asks ──

    def respond(self, method, path, headers, body):
        """Status and body; None to hang up. A mood answers instead, may sleep, or passes."""
        instead = self.mood(method, path)
        if instead is not None:
            return instead
        headers = {k.lower(): v for k, v in headers.items()}
        if self.token and headers.get("authorization") != f"Bearer {self.token}":
            return 401, {"error": "who are you?"}
        address = urlsplit(path)
        query = {k: v[0] for k, v in parse_qs(address.query).items()}
        with self.lock:
            match [method, *address.path.removeprefix("/api/").split("/")]:
                case ["GET", "changes"]:
                    return self.page_of("changes", self.changes, query)
                case ["GET", "orders"]:
                    open_ones = [o for o in self.orders.values() if o["state"] not in ("已办结", "已撤单")]
                    return self.page_of("orders", open_ones, query)
                case ["GET", "orders", number]:
                    order = self.orders.get(unquote(number))
                    return (200, order) if order else (404, {"error": "no such order"})
                case ["POST", "results"]:
                    return self.take(json.loads(body), headers)
        return 404, {"error": "no such address"}

    def page_of(self, name, rows, query):
        after, limit = int(query.get("after") or 0), min(int(query.get("limit", 100)), self.page)
        some = rows[after:after + limit]
        return 200, {name: some, "next": str(after + len(some)), "more": after + len(some) < len(rows)}

    def take(self, result, headers):
        if headers.get("idempotency-key") != result["id"]:
            return 400, {"error": "the key is not the id"}
        if any(r["id"] == result["id"] for r in self.results):
            self.repeated += 1
            return 200, {"known": True}
        if result["order"] not in self.orders:
            return 422, {"error": "no such order"}
        before = [r["sequence"] for r in self.results_of(result["order"])]
        if before and result["sequence"] <= before[-1]:
            return 422, {"error": f"{result['sequence']} after {before[-1]}"}
        for photo in result["photos"]:
            picture = base64.b64decode(photo["content"], validate=True)
            assert hashlib.sha256(picture).hexdigest() == photo["sha256"]
        self.results.append(result)
        return 200, {"known": False}


def main():
    ask = argparse.ArgumentParser(description="a partner of the exchange, to try it out with")
    ask.add_argument("--port", type=int, default=8012)
    ask.add_argument("--token", default="")
    ask.add_argument("--orders", type=int, default=3)
    given = ask.parse_args()
    hotline = Hotline(given.port, given.token)
    for n in range(given.orders):
        hotline.create(f"{datetime.now():%Y%m%d}{n + 1:05}")
    hotline.start()
    print(f"{hotline.url} has {given.orders} orders; results are shown as they come")
    shown = 0
    while True:
        time.sleep(1)
        for result in hotline.results[shown:]:
            print(json.dumps({k: v for k, v in result.items() if k != "photos"}, ensure_ascii=False))
        shown = len(hotline.results)


if __name__ == "__main__":
    main()
