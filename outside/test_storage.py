"""Photos in an S3-compatible storage, with moto as the storage and boto3 as the judge of what lies there."""

import hashlib
import io
import os
import re
import signal
import socket
import subprocess
import sys
import time

import boto3
import httpx
import pytest
from botocore.config import Config
from PIL import Image

from city import CODE, new_city, program
from people import Browser

ACCESS, SECRET = "AKIAOUTSIDETEST", "made-up-secret-for-tests"
BUCKET = "wm-photos"
PREFIX = f"chuangcheng/{CODE}/"


class Storage:
    """moto's server in a process of its own. What it holds is in memory: `pause` stops it without losing that."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = (folder / "moto.log").open("ab")
        self.child = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            env=os.environ | {"MOTO_S3_CUSTOM_ENDPOINTS": self.url},
        )
        for _ in range(300):
            assert self.child.poll() is None, "moto ended"
            try:
                httpx.get(f"{self.url}/moto-api/", timeout=2)
                break
            except httpx.TransportError:
                time.sleep(0.1)
        self.s3 = boto3.client(
            "s3", endpoint_url=self.url, region_name="us-east-1", aws_access_key_id=ACCESS,
            aws_secret_access_key=SECRET,
            config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}, read_timeout=10),
        )
        self.s3.create_bucket(Bucket=BUCKET)

    def keys(self):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET)
        return sorted(found["Key"] for page in pages for found in page.get("Contents", []))

    def body(self, key):
        return self.s3.get_object(Bucket=BUCKET, Key=key)["Body"].read()

    def away(self):
        """Nobody answers any more; the connection is taken and nothing comes back."""
        self.child.send_signal(signal.SIGSTOP)

    def back(self):
        self.child.send_signal(signal.SIGCONT)

    def end(self):
        self.back()
        self.child.kill()
        self.child.wait()
        self.log.close()


@pytest.fixture
def storage(tmp_path):
    storage = Storage(tmp_path)
    yield storage
    storage.end()


@pytest.fixture
def city(storage, monkeypatch, tmp_path):
    keys = tmp_path / "keys"
    keys.write_text(f"{ACCESS}\n{SECRET}\n")
    monkeypatch.setenv("CHUANGCHENG_S3_BUCKET", BUCKET)
    monkeypatch.setenv("CHUANGCHENG_S3_ENDPOINT", storage.url)
    monkeypatch.setenv("CHUANGCHENG_S3_CREDENTIALS", str(keys))
    with new_city() as city:
        city.create()
        yield city


def photo(colour):
    out = io.BytesIO()
    picture = Image.effect_noise((640, 480), 60).convert("RGB")
    picture.paste(colour, (100, 100, 300, 300))
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def report(city, text, picture):
    """Sends a report with a photo by the page; who sent it, and the address of the status page."""
    browser = Browser(city)
    told = browser.submit(
        browser.page("/report"), "/report", files={"photos": ("路灯.jpg", picture, "image/jpeg")},
        description=text, address="新华北路12号",
    )
    return browser, told.xpath("string(//a[starts-with(@href, '/r/')]/@href)")


def pictures(browser, status):
    """Addresses of the photos that the status page shows."""
    return sorted(set(re.findall(r'(?:href|src)="(/photos/[^"]+)"', browser.http.get(status).text)))


def shown(browser, status):
    return lambda: pictures(browser, status)


def local(city):
    root = city.data / CODE / "files"
    return sorted(
        str(f.relative_to(root)) for kind in ("sealed", "shown") for f in (root / kind).rglob("*") if f.is_file()
    )


def sums(storage):
    return {key: hashlib.sha256(storage.body(key)).hexdigest() for key in storage.keys()}


def waiting(city):
    told = httpx.get(f"{city.address}/metrics").text
    return {name: float(v) for name, v in re.findall(r'^(files_\w+)\{city="620200"\} (\S+)$', told, re.M)}


def test_photos_move_to_the_storage_and_back_and_survive_that_it_is_away(city, storage):
    first = photo("red")
    with city.served():
        browser, status = report(city, "路灯不亮", first)
        city.wait_for(shown(browser, status))
        # ── there: original under its SHA-256, two pictures; nothing is left in the folder ──
        city.wait_for(lambda: len(storage.keys()) == 3 and not local(city))
        original = hashlib.sha256(first).hexdigest()
        key = f"{PREFIX}sealed/{original[:2]}/{original[2:4]}/{original}"
        assert key in storage.keys() and storage.body(key) == first
        shown_there = {k: storage.body(k) for k in storage.keys() if "/shown/" in k}
        assert len(shown_there) == 2
        addresses = pictures(browser, status)
        fetched = {a: browser.http.get(a) for a in addresses}
        assert all(r.status_code == 200 for r in fetched.values())
        assert {r.content for r in fetched.values()} <= set(shown_there.values())

        # ── the storage is gone: reports are taken, their photos wait and are seen; the old ones are told to be away ──
        storage.away()
        second = photo("blue")
        began = time.monotonic()
        other, later = report(city, "井盖破损", second)
        assert time.monotonic() - began < 10
        city.wait_for(shown(other, later))
        assert other.http.get(pictures(other, later)[0]).status_code == 200
        refused = browser.http.get(addresses[0], timeout=120)
        assert refused.status_code == 503 and "没有响应" in refused.text
        # at once from now on, so that no thread waits for it
        began = time.monotonic()
        assert browser.http.get(addresses[0], timeout=120).status_code == 503
        assert time.monotonic() - began < 2
        assert len(local(city)) == 3
        city.wait_for(lambda: waiting(city).get("files_waiting") == 1, seconds=150)
        city.wait_for(lambda: waiting(city).get("files_storage_failing") == 1, seconds=150)

        # ── the program is killed meanwhile ──
        city.child.kill()
        city.child.wait()
    storage.back()
    with city.served():
        city.wait_for(lambda: len(storage.keys()) == 6 and not local(city), seconds=150)
        assert other.http.get(pictures(other, later)[0]).status_code == 200
        before = sums(storage)

        # ── a changed object is not shown ──
        victim = next(k for k in storage.keys() if k.endswith("-thumb.jpg"))
        kept = storage.body(victim)
        storage.s3.put_object(Bucket=BUCKET, Key=victim, Body=kept[:-1] + b"x")
        answers = [browser.http.get(a).status_code for a in addresses + pictures(other, later)]
        assert answers.count(500) >= 1
        found = city.run("files", "verify", "--city", CODE, "--data", city.data, check=False)
        assert found.returncode == 3 and "file-damaged" in found.stdout
        storage.s3.put_object(Bucket=BUCKET, Key=victim, Body=kept)

        # ── a whole backup, restored where no bucket is ──
        told = city.run("backup", "--city", CODE, "--data", city.data, "--out", city.folder / "b1")
        assert "bucket only" not in told.stdout
        told = city.run("backup", "--city", CODE, "--data", city.data, "--out", city.folder / "b2", "--without-bucket")
        assert "6 files are in the bucket only" in told.stdout

        # ── back into the folder, while it is served ──
        told = city.run("files", "move", "--to", "folder", "--city", CODE, "--data", city.data).stdout
        assert "2 files in the folder, 0 in s3" in told
        city.wait_for(lambda: not storage.keys())
        here = {f"{PREFIX}{name}": hashlib.sha256((city.data / CODE / "files" / name).read_bytes()).hexdigest() for name in local(city)}
        assert here == before
        # the program that serves agrees where they belong
        third_browser, third_status = report(city, "垃圾满溢", photo("green"))
        city.wait_for(shown(third_browser, third_status))
        time.sleep(3)
        assert not storage.keys() and len(local(city)) == 9

        # ── there again, by command, and it can be stopped at any moment ──
        again = subprocess.Popen(
            [program(), "files", "move", "--to", "s3", "--city", CODE, "--data", city.data],
            cwd=city.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        time.sleep(0.15)
        again.kill()
        again.wait()
        assert "3 in s3" in city.run("files", "move", "--to", "s3", "--city", CODE, "--data", city.data).stdout
        assert not local(city) and len(storage.keys()) == 9
        assert before.items() <= sums(storage).items()
        for page, at in ((browser, status), (other, later), (third_browser, third_status)):
            for address in pictures(page, at):
                assert page.http.get(address).status_code == 200
        city.run("files", "verify", "--city", CODE, "--data", city.data)
        city.run("verify", "--data", city.data)

    log = (city.folder / "serve.log").read_text(errors="replace")
    assert SECRET not in log and ACCESS not in log and "X-Amz-Signature" not in log
    database = b"".join(f.read_bytes() for f in (city.data / CODE).glob("city.db*"))
    assert SECRET.encode() not in database and ACCESS.encode() not in database

    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CHUANGCHENG_S3_BUCKET")
        elsewhere = city.folder / "elsewhere"
        keys = city.data / CODE / "data-keys.json"
        city.run("restore", city.folder / "b1", "--data", elsewhere, "--data-keys", keys)
        told = city.run("files", "verify", "--city", CODE, "--data", elsewhere).stdout
        assert "2 files, 6 originals and pictures" in told and "0 damaged or missing" in told
        half = city.folder / "half"
        assert "same one" in city.run("restore", city.folder / "b2", "--data", half, "--data-keys", keys).stdout
        assert city.run("files", "verify", "--city", CODE, "--data", half, check=False).returncode == 3


def test_what_belongs_to_nothing_is_told_and_removed_on_demand_only(city, storage):
    with city.served():
        browser, status = report(city, "路灯不亮", photo("red"))
        city.wait_for(lambda: len(storage.keys()) == 3 and not local(city))
    stray = f"{PREFIX}sealed/00/11/{'0' * 64}"
    storage.s3.put_object(Bucket=BUCKET, Key=stray, Body=b"nobody's")
    foreign = f"chuangcheng/620300/sealed/00/11/{'0' * 64}"
    storage.s3.put_object(Bucket=BUCKET, Key=foreign, Body=b"another city's")
    # what has just come may be on its way to a row
    told = city.run("files", "verify", "--city", CODE, "--data", city.data, "--remove-unknown").stdout
    assert "0 belong to nothing" in told and stray in storage.keys()
    lonely = city.data / CODE / "files" / "sealed" / "00" / "11" / ("1" * 64)
    lonely.parent.mkdir(parents=True)
    lonely.write_bytes(b"nobody's")
    os.utime(lonely, (time.time() - 100_000,) * 2)
    told = city.run("files", "verify", "--city", CODE, "--data", city.data).stdout
    assert "1 belong to nothing" in told and lonely.exists()
    city.run("files", "verify", "--city", CODE, "--data", city.data, "--remove-unknown")
    assert not lonely.exists() and len(storage.keys()) == 5


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"CHUANGCHENG_S3_ENDPOINT": "ftp://nowhere"}, "bucket"),
        ({"CHUANGCHENG_S3_CREDENTIALS": "/nowhere/keys"}, "/nowhere/keys"),
        ({"CHUANGCHENG_S3_AUTHORITY": "/nowhere/ca.pem"}, "/nowhere/ca.pem"),
    ],
)
def test_settings_that_cannot_be_right_are_refused_with_words(city, monkeypatch, changed, words):
    for name, value in changed.items():
        monkeypatch.setenv(name, value)
    told = city.run("files", "status", "--city", CODE, "--data", city.data, check=False)
    assert told.returncode == 2 and words in told.stderr, told.stderr
    assert SECRET not in told.stderr


def test_wrong_keys_keep_everything_in_the_folder(city, storage, monkeypatch):
    """moto takes any key; a bucket that is not there stands for a storage that refuses."""
    monkeypatch.setenv("CHUANGCHENG_S3_BUCKET", "not-there")
    with city.served():
        browser, status = report(city, "路灯不亮", photo("red"))
        city.wait_for(shown(browser, status))
        city.wait_for(lambda: waiting(city).get("files_storage_failing") == 1, seconds=150)
        assert len(local(city)) == 3
        assert all(browser.http.get(a).status_code == 200 for a in pictures(browser, status))
    told = city.run("files", "status", "--city", CODE, "--data", city.data).stdout
    assert "1 wait" in told and "NoSuchBucket" in told
