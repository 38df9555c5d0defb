"""Cases of other systems: real files, every row of them accounted for, by the program and once more in Python."""

import csv
from collections import Counter
from dataclasses import dataclass, field

import pytest

from city import MAPPINGS, City, new_city
from conftest import shared
from people import staff
from rules import Mapping, Read, shown
from tables import read_csv, text_of

FILES = {
    "civic_appeals_zh": ("civic_appeals_zh/appeals.csv", "civic_appeals_zh", 1114),
    "civic_appeals_zh, answered": ("civic_appeals_zh/appeals_with_reply.csv", "civic_appeals_zh", 224),
    "sf311": ("sf311/sf311_2008_2014.csv", "sf311", 6474),
    "nyc311": ("nyc311/nyc311_one_day_2025-03-24.csv", "nyc311", 235),
}


@dataclass
class Brought:
    """A file brought into a city of its own, first as a trial, then for good, then once more."""

    city: City
    rows: int
    python: list[Read]
    trial: dict
    report: dict
    again: dict
    contents: list[str] = field(default_factory=list)
    cases: list[dict] = field(default_factory=list)
    pages: dict = field(default_factory=dict)

    def accepted(self) -> list[Read]:
        return [row for row in self.python if not row.refused]


def reasons(remarks: list[dict]) -> set[tuple[int, str]]:
    return {(remark["row"], remark["reason"]) for remark in remarks}


@pytest.fixture(scope="module", params=FILES)
def brought(request):
    name, system, rows = FILES[request.param]
    file, mapping = shared(name), MAPPINGS / f"{system}.toml"
    with new_city() as city:
        city.create()
        bring = lambda dry=False: city.bring(  # noqa: E731
            "cases", file, "--mapping", mapping, "--set", f"system={system}", dry=dry
        )
        contents = [city.contents()]
        trial = bring(dry=True)
        contents.append(city.contents())
        report = bring()
        contents.append(city.contents())
        again = bring()
        found = Brought(city, rows, Mapping(mapping).read(file), trial, report, again, contents)
        with city.served():
            office = staff(city, "office-a", "王文明", "office")
            found.cases = read_csv(office.get("/cases?format=csv&columns=kind,unit,source,reported,due").content).rows
            found.pages = {
                case["案卷号"]: " ".join(office.page(f"/cases/{case['案卷号']}").itertext()) for case in found.cases[:5]
            }
            yield found


def test_every_row_is_accepted_or_refused(brought):
    report = brought.report
    assert report["read"] == brought.rows == len(brought.python)
    assert report["read"] == report["accepted"] + report["refused_rows"]
    assert len({remark["row"] for remark in report["refused"]}) == report["refused_rows"]
    assert all(remark["reason"] and remark["field"] for remark in report["refused"] + report["repaired"])


def test_the_program_refuses_and_repairs_what_python_does(brought):
    expected = {"refused": set(), "repaired": set()}
    for row in brought.python:
        expected["refused"] |= {(row.row, reason) for reason in row.refused}
        if not row.refused:
            expected["repaired"] |= {(row.row, reason) for reason in row.repaired}
    assert reasons(brought.report["refused"]) == expected["refused"]
    assert reasons(brought.report["repaired"]) == expected["repaired"]


def test_a_trial_changes_nothing_and_tells_the_truth(brought):
    before, after_trial, after = brought.contents[:3]
    assert before == after_trial != after
    differing = {k for k in brought.report if brought.report[k] != brought.trial[k]}
    assert differing == {"dry_run"}


def test_no_case_is_lost_or_invented(brought):
    """Title and time of report of each accepted row, as the list's export has them."""
    expected = Counter((row.values["title"], shown(row.values["reported_at"])) for row in brought.accepted())
    found = Counter((text_of(case["案卷"]), case["上报时间"]) for case in brought.cases)
    assert sum(found.values()) == brought.report["accepted"]
    assert found == expected


def test_a_time_of_closing_is_kept_or_the_report_says_that_it_is_not(brought):
    remarked = {remark["row"] for remark in brought.report["repaired"] if remark["field"] in ("closed_at", "status")}
    key = lambda row: (row.values["title"], shown(row.values["reported_at"]), shown(row.values.get("closed_at")))  # noqa: E731
    expected = Counter(key(row) for row in brought.accepted() if row.values.get("closed_at") and row.row not in remarked)
    found = Counter((text_of(case["案卷"]), case["上报时间"], case["结案时间"]) for case in brought.cases)
    lost = expected - found
    assert not lost, f"{sum(lost.values())} rows lost it unsaid: {list(lost)[:5]}"


def test_the_number_of_the_other_system_is_in_the_export(brought):
    """Without it nobody can hold the list against the file it came from."""
    wanted = {row.values["external_id"] for row in brought.accepted()}
    columns = [set(case[title] for case in brought.cases) for title in brought.cases[0]]
    assert any(wanted <= column for column in columns), f"none of the columns {list(brought.cases[0])} has the numbers"


def test_what_was_closed_there_is_closed_here_and_nothing_else(brought):
    """By the other system's own word; where its file has none, by whether there is a time of closing."""
    def closed(row):
        return row.values["status"] == "closed" if "status" in row.values else "closed_at" in row.values

    expected = Counter(
        (row.values["title"], shown(row.values["reported_at"]), closed(row)) for row in brought.accepted()
    )
    found = Counter((text_of(case["案卷"]), case["上报时间"], case["状态"] == "已结案") for case in brought.cases)
    wrong = found - expected
    assert not wrong, f"{sum(wrong.values())} cases: {list(wrong)[:5]}"


def test_the_channel_is_kept_or_the_report_says_that_it_is_not(brought):
    """The mapping gives each channel a name. What the program has no name for must not become something else unsaid."""
    remarked = {remark["row"] for remark in brought.report["repaired"] if remark["field"] == "source"}
    named = {row.values["source"] for row in brought.accepted() if "source" in row.values and row.row not in remarked}
    shown_as = {case["来源"] for case in brought.cases}
    assert len(shown_as) >= len(named), f"{sorted(named)} of the file became {sorted(shown_as)}"


def test_nothing_that_the_mapping_reads_is_thrown_away(brought):
    """Whatever the mapping takes from a row stands on the case's page."""
    rows = {(row.values["title"], shown(row.values["reported_at"])): row for row in brought.accepted()}
    lost = Counter()
    for case in brought.cases[:5]:
        row, page = rows[(text_of(case["案卷"]), case["上报时间"])], "".join(brought.pages[case["案卷号"]].split())
        for name in ("external_id", "description", "address", "agency", "reporter_ref"):
            value = "".join(str(row.values.get(name, "")).split())
            if value[:40] not in page:
                lost[name] += 1
    assert not lost, f"not on the pages of the first {len(brought.pages)} cases: {dict(lost)}"


def test_the_same_file_again_is_known_row_by_row(brought):
    again = brought.again
    assert again["accepted"] == 0
    assert again["read"] == again["refused_rows"] == brought.rows
    accepted = {(row.row, "duplicate_id") for row in brought.accepted()}
    assert reasons(again["refused"]) == reasons(brought.report["refused"]) | accepted


# ── a file with every fault once: the real ones do not have them all ──

HEAD = ["unique_key", "created_date", "closed_date", "status", "status_notes", "agency_name", "category", "complaint_type",
        "descriptor", "supervisor_district", "neighborhood", "source", "latitude", "longitude", "police_district"]
GOOD = ["1", "2014-03-03 10:00:00+00:00", "2014-03-04 10:00:00+00:00", "Closed", "done", "DPW", "Street", "Pothole", "deep",
        "3", "Mission", "Web", "37.76", "-122.41", "MISSION"]
FAULTS = {
    "blank number": {"unique_key": " "},
    "number twice": {"unique_key": "1"},
    "number too long": {"unique_key": "9" * 65},
    "no title": {"complaint_type": "n/a", "descriptor": "NULL"},
    "no category": {"category": ""},
    "no time": {"created_date": ""},
    "no such day": {"created_date": "2014-02-30 10:00:00+00:00"},
    "a time without its offset": {"created_date": "2014-03-03 10:00:00"},
    "the spreadsheet's zero day": {"created_date": "1900-01-00 00:00:00+00:00"},
    "year 1900": {"created_date": "1900-01-01 00:00:00+00:00"},
    "closed in 1900": {"closed_date": "1900-01-01 00:00:00+00:00"},
    "closed before": {"closed_date": "2014-03-02 10:00:00+00:00"},
    "closed at the very moment": {"closed_date": "2014-03-03 10:00:00+00:00"},
    "closed, in words": {"closed_date": "yesterday"},
    "state unknown": {"status": "Maybe"},
    "state blank": {"status": ""},
    "channel unknown": {"source": "Pigeon"},
    "channel in other letters": {"source": "  pHoNe "},
    "0/0": {"latitude": "0.0", "longitude": "0.00000"},
    "half a position": {"latitude": ""},
    "a position in words": {"latitude": "north"},
    "both in words": {"latitude": "north", "longitude": "west"},
    "a position elsewhere": {"latitude": "39.77", "longitude": "98.29"},
    "turned round": {"latitude": "-122.41", "longitude": "37.76"},
    "title too long": {"complaint_type": "字" * 201},
    "notes too long": {"status_notes": "字" * 4001},
    "notes as long as can be": {"status_notes": "字" * 4000},
    "line breaks and quotes": {"status_notes": 'first\r\n"second", third\n'},
    "a formula": {"complaint_type": "=HYPERLINK(1)"},
}


NAMES = ["good", *FAULTS]


@pytest.fixture(scope="module")
def faults(tmp_path_factory):
    file = tmp_path_factory.mktemp("faults") / "faults.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEAD)
        writer.writerow(GOOD)
        for at, changed in enumerate(FAULTS.values()):
            row = dict(zip(HEAD, GOOD)) | {"unique_key": str(100 + at)} | changed
            writer.writerow(row.values())
    return file


def test_every_fault_once(faults):
    mapping = MAPPINGS / "sf311.toml"
    python = Mapping(mapping).read(faults)
    with new_city() as city:
        report = city.create().bring("cases", faults, "--mapping", mapping)
    told = {name: ([], []) for name in NAMES}
    for at, kind in enumerate(("refused", "repaired")):
        for remark in report[kind]:
            told[NAMES[remark["row"] - 2]][at].append(remark["reason"])
    expected = {
        NAMES[row.row - 2]: (sorted(row.refused), [] if row.refused else sorted(row.repaired)) for row in python
    }
    assert {name: (sorted(set(a)), sorted(set(b))) for name, (a, b) in told.items()} == expected
    assert report["read"] == len(NAMES)
    assert report["accepted"] == sum(not row.refused for row in python)


def test_the_page_imports_as_the_command_does(faults):
    """The same file through the office's page: as a trial, for good, and once more."""
    python = Mapping(MAPPINGS / "sf311.toml").read(faults)
    accepted = sum(not row.refused for row in python)
    repaired = sum(bool(row.repaired) and not row.refused for row in python)
    with new_city() as city, city.create().served():
        office = staff(city, "office-a", "王文明", "office")
        for dry, expected in (
            ("1", [len(NAMES), accepted, repaired, len(NAMES) - accepted]),
            (None, [len(NAMES), accepted, repaired, len(NAMES) - accepted]),
            (None, [len(NAMES), 0, 0, len(NAMES)]),
        ):
            office.submit(
                office.page("/cases/import"), "/cases/import", system="旧系统", mapping="sf311", dry_run=dry,
                files={"import_file": (faults.name, faults.read_bytes(), "text/csv")},
            )
            # the newest is first
            task = office.page("/cases/import").xpath("string(//a[starts-with(@href,'/tasks/')]/@href)")

            def finished():
                """the import is done"""
                return office.page(task).xpath("string(//a[starts-with(@href,'/cases/imports/')]/@href)")

            report = office.page(city.wait_for(finished))
            tiles = report.xpath("//div[@class='tiles']//span[@class='tile-value']/text()")
            assert [int(tile.replace(",", "")) for tile in tiles] == expected
            named = {int(row) for row in report.xpath("//section//td[@class='num']/text()")}
            refused = {row.row for row in python if row.refused or expected[1] == 0}
            assert refused <= named and len(named) == expected[2] + expected[3]
            cases = read_csv(office.get("/cases?format=csv").content).rows
            assert len(cases) == (0 if dry else accepted)
