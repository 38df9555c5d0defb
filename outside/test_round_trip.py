"""What registers export imports again: into another city that knows nothing but its units, which people type in."""

from collections import Counter
from dataclasses import dataclass, field

import pytest

from city import City, new_city
from conftest import HERE, SITE
from people import Browser, with_authenticator, first_day, staff
from tables import FORMULA, Table, read_csv, read_xlsx, text_of

# kind of import, address of the list, columns that the other city fills in itself, and that of the unit
REGISTERS = {
    "divisions": ("/divisions", set(), "责任单位"),
    "sections": ("/sections", {"编号", "原编号"}, None),
    "sites": ("/sites", {"编号", "原编号"}, "责任单位"),
    "streets": ("/streets", {"包街编号", "单位编号"}, "包街单位"),
}
WITH_UNITS = [name for name, (_, _, unit) in REGISTERS.items() if unit]
READ = {"csv": read_csv, "xlsx": read_xlsx}


@dataclass
class Trip:
    """Registers as the first city exported them, what the second said of each, and what it exports itself."""

    first: dict[str, Table] = field(default_factory=dict)
    reports: dict[str, dict] = field(default_factory=dict)
    second: dict[str, Table] = field(default_factory=dict)


@pytest.fixture(scope="module", params=READ)
def trip(request, demo, office):
    kind = request.param
    found = Trip()
    with new_city() as city:
        city.create()
        with city.served():
            type_in_units(city, read_csv(office.get("/units?format=csv").content))
        for name, (address, *_) in REGISTERS.items():
            content = office.get(f"{address}?format={kind}").content
            found.first[name] = READ[kind](content)
            (file := city.folder / f"{name}.{kind}").write_bytes(content)
            options = ["--set", "crs=cgcs2000"] if name != "streets" else []
            found.reports[name] = city.bring(name, file, *options)
        content = office.get("/cases?format=csv").content
        found.first["cases"] = read_csv(content)
        (file := city.folder / "cases.csv").write_bytes(content)
        found.reports["cases"] = city.bring("cases", file, "--mapping", HERE / "ours.toml", "--set", "system=first")
        with city.served():
            clerk = staff(city, "office-b", "李文明", "office")
            for name, (address, *_) in REGISTERS.items():
                found.second[name] = READ[kind](clerk.get(f"{address}?format={kind}").content)
            found.second["cases"] = read_csv(clerk.get("/cases?format=csv").content)
            clerk.close()
        yield found


def type_in_units(city: City, units: Table):
    """In the order of their names: so that they get other numbers than in the first city."""
    city.administrators = [
        with_authenticator(first_day(city, who, city.first_passwords[who], f"lantern 47 bicycle {at}"))
        for at, who in enumerate(["system-admin", "security-admin"])
    ]
    clerk = city.administrators[0]
    form = clerk.page("/units/new")
    choices = lambda name: form.xpath(f"//select[@name='{name}']/option[@value!='']")  # noqa: E731
    kinds = {(o.text or "").strip(): o.get("value") for o in choices("unit_kind")}
    root = choices("unit_parent")[0].get("value")
    for unit in sorted(units.rows, key=lambda u: u["名称"]):
        clerk.submit(
            form, "/units",
            unit_name=unit["名称"], unit_short_name=unit["简称"], unit_kind=kinds[unit["类别"]], unit_parent=root,
        )


def plain(row: dict) -> dict:
    return {title: text_of(cell).strip() if isinstance(cell, str) else cell or "" for title, cell in row.items()}


def lines(table: Table, without: set[str]) -> Counter:
    """The rows without some columns, in no order."""
    return Counter(tuple(v for title, v in plain(row).items() if title not in without) for row in table.rows)


@pytest.fixture(scope="module")
def overlapping(office):
    """Stretches that two units adopt: faults of the first city, which it lists itself."""
    faults = read_csv(office.get("/streets/coverage?format=csv").content).rows
    return [set(fault["谁"].split(", ")) for fault in faults if fault["问题"] == "两家都包"]


@pytest.mark.parametrize("name", REGISTERS)
def test_nothing_is_refused(trip, name, overlapping):
    """But for one of each two stretches that lie on one another."""
    report, table = trip.reports[name], trip.first[name]
    refused = [table.rows[remark["row"] - 2] for remark in report["refused"]]
    if name == "streets":
        assert {remark["reason"] for remark in report["refused"]} <= {"adoption-overlap"}
        assert all(any(row["包街编号"] in pair for pair in overlapping) for row in refused)
        assert len(refused) <= len(overlapping)
    else:
        assert report["refused"] == []
    assert report["read"] == report["accepted"] + len(refused) == len(table.rows) > 0


@pytest.mark.parametrize("name", REGISTERS)
def test_nothing_has_to_be_repaired(trip, name):
    assert trip.reports[name]["repaired"] == []


@pytest.mark.parametrize("name", REGISTERS)
def test_the_second_city_exports_the_same(trip, name):
    _, without, unit = REGISTERS[name]
    without = without | {unit}
    table = trip.first[name]
    refused = {remark["row"] - 2 for remark in trip.reports[name]["refused"]}
    kept = Table(table.header, [row for at, row in enumerate(table.rows) if at not in refused])
    first, second = lines(kept, without), lines(trip.second[name], without)
    assert first == second, f"lost: {list(first - second)[:3]}, new: {list(second - first)[:3]}"


@pytest.mark.parametrize("name", WITH_UNITS)
def test_everything_keeps_its_unit(trip, name):
    """By its name: the numbers of units are other ones in the second city."""
    _, without, unit = REGISTERS[name]

    def by_rest(table):
        return {
            tuple(v for title, v in row.items() if title not in without | {unit}): row[unit]
            for row in map(plain, table.rows)
        }

    first, second = by_rest(trip.first[name]), by_rest(trip.second[name])
    both = first.keys() & second.keys()
    wrong = [(first[key], second[key]) for key in both if first[key] != second[key]]
    assert len(both) > 50
    assert not wrong, f"{len(wrong)} of {len(both)} have another unit: {wrong[:4]}"


def test_cases_go_in_again(trip):
    report, first, second = trip.reports["cases"], trip.first["cases"], trip.second["cases"]
    assert report["refused"] == [] and report["repaired"] == []
    assert report["read"] == report["accepted"] == len(first.rows) == len(second.rows)
    # what the mapping reads; number, state, unit, deadlines and counts are the second city's own
    read = {"案卷", "来源", "上报时间", "结案时间"}
    assert read < set(first.header)
    own = set(first.header) - read
    assert lines(first, own) == lines(second, own)
    assert sorted(second.column("原编号")) == sorted(first.column("案卷号"))


# ── a city that is made from another's files alone ──


@dataclass
class Copy:
    """Units and catalogue as the first city exported them, what the second said, and what it exports itself."""

    first: dict[str, Table] = field(default_factory=dict)
    reports: dict[str, dict] = field(default_factory=dict)
    second: dict[str, Table] = field(default_factory=dict)
    founded: str = ""


BEGINNINGS = {"units": "/units", "catalogue": "/admin/catalogue"}
# a city is founded with its first unit, which learns here whom to call; everything else is new
KNOWN = {"units": [{"row": 2, "field": "unit_name", "reason": "unit_updated"}], "catalogue": []}


@pytest.fixture(scope="module", params=READ)
def copy(request, office):
    kind, found = request.param, Copy()
    with new_city() as city:
        found.founded = city.create().told

        def bring(name, address, *options):
            content = office.get(f"{address}?format={kind}").content
            found.first[name] = READ[kind](content)
            (file := city.folder / f"{name}.{kind}").write_bytes(content)
            found.reports[name] = city.bring(name, file, *options)

        bring("units", "/units")
        bring("catalogue", "/admin/catalogue", "--set", "name=副本")
        bring("divisions", "/divisions", "--set", "crs=cgcs2000")
        bring("sections", "/sections", "--set", "crs=cgcs2000")
        bring("streets", "/streets")
        with city.served():
            clerk = staff(city, "office-c", "赵文明", "office")
            for name, address in BEGINNINGS.items():
                found.second[name] = READ[kind](clerk.get(f"{address}?format={kind}").content)
            clerk.close()
        yield found


@pytest.mark.parametrize("name", BEGINNINGS)
def test_a_new_city_takes_over_the_whole_register(copy, name):
    report, first = copy.reports[name], copy.first[name]
    assert (report["refused"], report["repaired"], report["noted"]) == ([], KNOWN[name], [])
    assert report["read"] == report["accepted"] == len(first.rows) > 50
    assert [plain(row) for row in copy.second[name].rows] == [plain(row) for row in first.rows]


def test_numbers_of_units_stay_true_in_other_registers(copy):
    """Units keep their numbers, so that nothing has to be passed over in the register of streets, which names them."""
    assert copy.reports["streets"]["noted"] == []
    assert {remark["reason"] for remark in copy.reports["streets"]["refused"]} <= {"adoption-overlap"}


def test_whoever_founds_a_city_is_told_what_to_confirm(copy):
    assert "TO BE CONFIRMED" in copy.founded and "GB/T 47678.5-2026" in copy.founded


# ── the files themselves ──


@pytest.fixture(scope="module", params=[*(address for address, *_ in REGISTERS.values()), "/units", "/streets/coverage",
                                        "/streets/outcomes"])
def files(request, office: Browser):
    return [read(office.get(f"{request.param}?format={kind}").content) for kind, read in READ.items()]


def test_workbook_and_csv_of_a_register_say_the_same(files):
    text, book = files
    assert text.header == book.header and len(text.rows) == len(book.rows) > 0
    for a, b in zip(text.rows, book.rows):
        for title in text.header:
            left, right = text_of(a[title]), b[title]
            if isinstance(right, (int, float)):
                assert float(left) == pytest.approx(right), title
            elif hasattr(right, "date"):
                assert left == right.date().isoformat(), title
            else:
                assert left == (right or ""), title


def test_no_cell_of_a_register_is_a_formula_or_padded(files):
    padded = set()
    for row in files[0].rows:
        for title, cell in row.items():
            assert title in ("经度", "纬度") or not cell.startswith(FORMULA), f"{title}: {cell!r}"
            if cell != cell.strip():
                padded.add((title, cell))
    assert not padded, f"{len(padded)} texts have blanks around them: {sorted(padded)[:3]}"


def test_numbers_keep_their_noughts(office):
    for kind, read in READ.items():
        table = read(office.get(f"/sites?format={kind}").content)
        found = [row for row in table.rows if text_of(str(row["名称"])) == SITE["名称"]]
        assert [row["原编号"] for row in found] == [SITE["原编号"]], kind
        divisions = read(office.get(f"/divisions?format={kind}").content)
        assert all(isinstance(code, str) and len(code) in (6, 9, 12) for code in divisions.column("原编号"))
