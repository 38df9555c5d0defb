"""A city for a test: made, filled and served by the program itself, on this machine only.

The program is what `make build` made, or what CHUANGCHENG_BIN names. Nothing here knows its inside: commands, pages and
files are all there is.
"""

import hashlib
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "data"
# what ships with the program: how to read other systems' files, and a catalogue of kinds for a new city
MAPPINGS = ROOT / "crates" / "cases" / "mappings"
CATALOGUE = ROOT / "crates" / "cases" / "data" / "catalogue.csv"
CODE = "620200"
NAME = "嘉峪关市"
# people of the demonstration city all have this one
DEMO_PASSWORD = "yanshi-2026-Jiayuguan"


def program() -> Path:
    named = os.environ.get("CHUANGCHENG_BIN")
    binary = ROOT / named if named else ROOT / "target" / "release" / "chuangcheng"
    if not binary.exists():
        raise RuntimeError(f"there is no {binary}: make build")
    return binary


class City:
    """A data folder with one city in it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.data = folder / "data"
        self.first_passwords: dict[str, str] = {}
        # what the program said when the city was founded
        self.told = ""
        self._runs, self._port = 0, 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    # ── commands ──

    def run(self, *args, check=True) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [program(), *map(str, args)], capture_output=True, text=True, timeout=300, cwd=self.folder
        )
        if check and done.returncode != 0:
            raise AssertionError(f"chuangcheng {' '.join(map(str, args))}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def create(self) -> "City":
        self.told = self.run("city", "create", CODE, "--name", NAME, "--data", self.data).stdout
        self.first_passwords = dict(re.findall(r"^  (\S+) +(\S+)$", self.told, re.M))
        return self

    def demo(self, cases: int) -> "City":
        self.run("demo", "--data", self.data, "--cases", cases)
        return self

    def bring(self, kind: str, file: Path, *more, dry=False) -> dict:
        """`chuangcheng import`; answers with the report it wrote."""
        self._runs += 1
        report = self.folder / f"report-{self._runs}.json"
        flags = ["--dry-run"] if dry else []
        self.run("import", kind, file, "--city", CODE, "--data", self.data, "--report", report, *flags, *more)
        return json.loads(report.read_text(encoding="utf-8"))

    def contents(self) -> str:
        """A mark of every row in the city's database, read by Python's own SQLite; not while it is served."""
        mark = hashlib.sha256()
        with closing(sqlite3.connect(f"file:{self.data / CODE / 'city.db'}?mode=ro", uri=True)) as database:
            tables = database.execute(
                "select name from sqlite_master where type = 'table' and sql not like 'create virtual%' order by name"
            ).fetchall()
            for (table,) in tables:
                for row in database.execute(f'select * from "{table}" order by 1'):
                    mark.update(repr((table, row)).encode())
        return mark.hexdigest()

    # ── serving ──

    @contextmanager
    def served(self, rate=0):
        """Serves the city while the block runs; a second time at the same address."""
        if not self._port:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                self._port = probe.getsockname()[1]
        log = self.folder / "serve.log"
        with log.open("ab") as out:
            child = subprocess.Popen(
                [program(), "serve", "--data", self.data, "--listen", f"127.0.0.1:{self._port}", "--rate", str(rate),
                 "--base-url", self.address],
                stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            )
        self.child = child
        try:
            for _ in range(600):
                if child.poll() is not None:
                    raise AssertionError(f"the program ended: {log.read_text(errors='replace')[-3000:]}")
                try:
                    if httpx.get(f"{self.address}/healthz", timeout=5).status_code == 200:
                        break
                except httpx.TransportError:
                    pass
                time.sleep(0.05)
            else:
                raise AssertionError("the program does not come up")
            yield self
        finally:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(40)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def wait_for(self, what, seconds=60):
        """Asks until the answer is true: background work takes its time."""
        end = time.monotonic() + seconds
        while not (found := what()):
            if time.monotonic() > end:
                raise AssertionError(f"after {seconds} s still not: {what.__doc__ or what.__name__}")
            time.sleep(0.1)
        return found


@contextmanager
def new_city():
    """An empty data folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="chuangcheng-outside-") as folder:
        yield City(Path(folder))
