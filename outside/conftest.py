"""Cities that several tests look at, each made once."""

import csv
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from city import SHARED, new_city
from people import Browser

HERE = Path(__file__).parent


def shared(name: str) -> Path:
    """A file of real data. A clone of the project alone has none."""
    file = SHARED / name
    if not file.exists():
        pytest.skip(f"the real data are not here: ../shared/data/{name}")
    return file


def old_system(file: Path):
    """Forty cases of the last two months that an older system closed: they have no unit, kind or place here."""
    now = datetime.now().replace(microsecond=0)
    with file.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(["案卷号", "案卷", "来源", "上报时间", "结案时间"])
        for at in range(40):
            reported = now - timedelta(days=10 + at, hours=at)
            table.writerow([f"{at:05}", f"旧系统案卷{at}", "电话", reported, reported + timedelta(days=at % 7, hours=3)])


# what a spreadsheet would run if it were let
HOSTILE = ['=HYPERLINK("http://127.0.0.1/","点")', "+86 0937 622", "-1+1", "@SUM(A1:A9)", "＝1+1", "\t=1", "'=1", "00730"]


# a site whose number begins with noughts and whose name would be run
SITE = {"名称": "=cmd|' /C calc'!A0", "原编号": "000451", "点位类型": "网吧", "经度": "98.2943", "纬度": "39.7826"}


@pytest.fixture(scope="session")
def demo():
    """The demonstration city with some cases of an older system, a hostile site and hostile reports, served."""
    with new_city() as city:
        city.demo(400)
        file = city.folder / "old.csv"
        old_system(file)
        report = city.bring("cases", file, "--mapping", HERE / "ours.toml", "--set", "system=old")
        assert report["accepted"] == 40, report
        with file.open("w", encoding="utf-8", newline="") as out:
            table = csv.DictWriter(out, SITE)
            table.writeheader()
            table.writerow(SITE)
        report = city.bring("sites", file, "--set", "crs=cgcs2000")
        assert report["accepted"] == 1, report
        with city.served():
            browser = Browser(city)
            for title in HOSTILE:
                answer = browser.http.post(
                    "/api/v1/reports", json={"title": title, "description": "门前有垃圾", "address": "新华北路12号"}
                )
                assert answer.status_code == 201, answer.text
            browser.close()
            yield city


@pytest.fixture(scope="session")
def key(demo, office):
    """A key for reports, made as anybody makes one: at the own page."""
    page = office.submit(office.page("/me/keys/new"), "/me/keys", key_name="app", key_scope="report", key_days="30")
    found = re.findall(r"\bcc_\w+", page.text_content())
    assert found, "the page does not show the key"
    return found[0]


@pytest.fixture(scope="session")
def office(demo):
    """Somebody of the civilisation office there."""
    browser = Browser(demo).sign_in("office-1")
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def own_demo():
    """A demonstration city of a test's own, to be filled with nonsense."""
    with new_city() as city:
        city.demo(100)
        with city.served():
            yield city
