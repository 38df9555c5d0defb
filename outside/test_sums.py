"""Every rate that the program shows, worked out again from the rows of its own exports; every number opens to its cases."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import chinese_calendar
import pytest

from city import CATALOGUE, MAPPINGS, City, new_city
from conftest import HOSTILE, shared
from days import CHINA, arrangement, as_csv
from people import Browser, publish, staff
from rates import ALL_COLUMNS, COUNTS, WORDS, Counter, column_for, counted, day, deadline_column, percent, statistics, sums
from tables import FORMULA, Table, moment, read_csv, read_xlsx, text_of

TODAY = datetime.now(CHINA).date()
LAST_MONTH = TODAY.replace(day=1) - timedelta(days=1)


@dataclass
class Seen:
    """A city as somebody of its office sees it: the whole list as a file, and the pages."""

    city: City
    office: Browser
    table: Table
    periods: list[tuple[date, date]]


@pytest.fixture(scope="module")
def of_demo(demo, office):
    periods = [
        (TODAY.replace(day=1), TODAY),
        (LAST_MONTH.replace(day=1), LAST_MONTH),
        (TODAY.replace(month=1, day=1), TODAY),
        (TODAY - timedelta(days=9), TODAY - timedelta(days=9)),
        (TODAY - timedelta(days=40), TODAY - timedelta(days=12)),
        (TODAY + timedelta(days=1), TODAY + timedelta(days=60)),
        (date(2000, 1, 1), date(2099, 12, 31)),
    ]
    yield Seen(demo, office, read_csv(office.get(f"/cases?format=csv&{ALL_COLUMNS}").content), periods)


@pytest.fixture(scope="module")
def of_sf311():
    """San Francisco's requests in a city of their own: brought in first; then the office publishes the arrangements of
    those years, and all deadlines are worked out anew."""
    file = shared("sf311/sf311_2008_2014.csv")
    with new_city() as city:
        city.create().bring("catalogue", CATALOGUE, "--set", "name=GB/T 47678.5")
        city.bring("cases", file, "--mapping", MAPPINGS / "sf311.toml", "--set", "system=sf311")
        with city.served():
            office = staff(city, "office-a", "王文明", "office")
            newest = read_csv(office.get(f"/cases?format=csv&state=closed&{ALL_COLUMNS}").content).rows
            publish(office, as_csv({year: arrangement(year) for year in range(2008, 2016)}), "国务院办公厅通知")
            last = max(newest, key=lambda row: row["案卷号"])["案卷号"]

            def certain():
                """the last deadline is certain"""
                return not office.json(f"/api/v1/cases/{last}")["due_provisional"]

            city.wait_for(certain, 120)
            periods = [
                (date(2008, 1, 1), date(2014, 12, 31)),
                (date(2010, 2, 1), date(2010, 2, 28)),
                (date(2013, 5, 13), date(2013, 5, 13)),
                (date(2014, 12, 1), date(2015, 1, 31)),
                (date(2016, 1, 1), date(2016, 12, 31)),
            ]
            yield Seen(city, office, read_csv(office.get(f"/cases?format=csv&{ALL_COLUMNS}").content), periods)


@pytest.fixture(params=["demo", "sf311"])
def seen(request):
    return request.getfixturevalue(f"of_{request.param}")


# ── the export itself ──


def test_workbook_and_csv_say_the_same(seen):
    page = seen.office.page("/cases")
    links = {kind: page.xpath(f"string(//a[contains(@href,'format={kind}')]/@href)") for kind in ("csv", "xlsx")}
    assert all(links.values()), "the list offers no export"
    text, book = read_csv(seen.office.get(links["csv"]).content), read_xlsx(seen.office.get(links["xlsx"]).content)
    assert text.header == book.header
    assert len(text.rows) == len(book.rows) == len(seen.table.rows)
    for a, b in zip(text.rows, book.rows):
        for title in text.header:
            left, right = text_of(a[title]), b[title]
            if title.endswith(("时间", "时限")):
                assert right is None or isinstance(right, datetime), f"{title} is no date but {right!r}"
                right = right.replace(microsecond=0).isoformat(" ") if right else ""
                left = left.partition(".")[0]
            # counts are numbers in a workbook, and text is all that a CSV file has
            right = str(right) if isinstance(right, int) else right or ""
            assert left == right, f"{a['案卷号']} {title}: {left!r} in the CSV file, {right!r} in the workbook"


def test_times_are_written_to_the_second(of_demo):
    """Nobody measures millionths of a second, and no other program expects them."""
    finer = [row["上报时间"] for row in of_demo.table.rows if "." in row["上报时间"]]
    assert not finer, f"{len(finer)} times such as {finer[0]}"


def test_no_cell_is_a_formula(seen):
    for row in seen.table.rows:
        for title, cell in row.items():
            assert not cell.startswith(FORMULA), f"{row['案卷号']} {title}: {cell!r}"
    # that no cell of a workbook is one, `read_xlsx` looks itself


def test_hostile_titles_come_out_as_they_went_in(of_demo):
    book = read_xlsx(of_demo.office.get("/cases?format=xlsx").content)
    for table in (book.column("案卷"), [text_of(title) for title in of_demo.table.column("案卷")]):
        missing = [title for title in HOSTILE if title.strip() not in table]
        assert not missing, f"{missing} are not among {table[:10]}"


def test_the_list_counts_as_many_as_it_exports_and_pages(seen):
    assert Counter(seen.office)("/cases") == len(seen.table.rows)
    numbers, after = [], ""
    while True:
        page = seen.office.json("/api/v1/cases", **({"after": after} if after else {}))
        numbers += [case["number"] for case in page["items"]]
        if not (after := page["next"]):
            break
    assert numbers == seen.table.column("案卷号")


def test_filters_find_the_rows_that_they_should(of_demo):
    """Each filter that an exported column can judge."""
    office, rows, count = of_demo.office, of_demo.table.rows, Counter(of_demo.office)
    page = office.page("/cases")
    choices = lambda name: {  # noqa: E731
        o.get("value"): (o.text or "").strip() for o in page.xpath(f"//select[@name='{name}']/option") if o.get("value")
    }
    judged = 0
    for code, text in choices("state").items():
        if code != "open":
            judged += 1
            assert count(f"?state={code}") == sum(row["状态"] == text for row in rows), text
    for code, text in choices("source").items():
        judged += 1
        assert count(f"?source={code}") == sum(row["来源"] == text for row in rows), text
    for code, text in choices("unit").items():
        judged += 1
        name = "" if text == "未指定" else text.strip("\u3000 ")
        assert count(f"?unit={code}") == sum(row["责任单位"] == name for row in rows), name
    for only, result in (("late", "超期结案"), ("on-time", "按期结案")):
        judged += 1
        assert count(f"?only={only}") == sum(row["结案情况"] == result for row in rows)
    for first, last in of_demo.periods:
        judged += 1
        assert count(f"?from={first}&until={last}") == sum(first <= day(row["上报时间"]) <= last for row in rows)
    assert judged > 30, "the page offers fewer filters than it did"


# ── rates ──

GROUPS = {"unit": "责任单位", "item": "类别", "division": None}


def check_line(line, found, where):
    for what, value in found.items():
        if what in line.counts:
            assert line.counts[what] == value, f"{where} {line.name} {what}"
    assert line.closing == percent(found["closed"], found["due"]), f"{where} {line.name}"
    assert line.on_time == percent(found["on-time"], found["due"]), f"{where} {line.name}"
    if "rated" in found:
        assert line.satisfied == percent(found["satisfied"], found["rated"]), f"{where} {line.name}"


def test_the_rates_are_those_of_the_exported_rows(seen):
    lines = 0
    for first, last in seen.periods:
        rows = counted(seen.table, first, last)
        for by, title in GROUPS.items():
            shown, where = statistics(seen.office, f"from={first}&until={last}&by={by}"), f"{first}…{last} by {by}"
            found = sums(rows, seen.table.header)
            if shown.total is None:
                assert not rows, f"{where}: the page has nothing, the list {len(rows)}"
                continue
            check_line(shown.total, found, where)
            assert shown.tiles["结案率"][:3] == (percent(found["closed"], found["due"]), found["closed"], found["due"])
            assert shown.tiles["按期结案率"][:3] == (percent(found["on-time"], found["due"]), found["on-time"], found["due"])
            if {"rework", "handled"} <= set(found):
                assert shown.tiles["返工率"][1:3] == (found["rework"], found["handled"]), where
            if "rated" in found:
                assert shown.tiles["满意率"][1:3] == (found["satisfied"], found["rated"]), where
            assert sum(line.counts["due"] for line in shown.lines) == found["due"], where
            title = title or column_for(seen.table.header, "division")
            if title:
                groups = defaultdict(list)
                for row in rows:
                    groups[row[title] or "未指定"].append(row)
                assert sorted(groups) == sorted(line.name for line in shown.lines), where
                for line in shown.lines:
                    check_line(line, sums(groups[line.name], seen.table.header), where)
                    lines += 1
    assert lines > len(seen.periods), "hardly any line was compared"


def test_every_number_opens_to_as_many_cases(seen):
    count, followed = Counter(seen.office), 0
    wrong = []
    for first, last in seen.periods:
        for by in GROUPS:
            shown = statistics(seen.office, f"from={first}&until={last}&by={by}")
            for line in [*shown.lines, *([shown.total] if shown.total else [])]:
                for what in COUNTS:
                    assert line.links[what], f"{line.name} {what} leads nowhere"
                    followed += 1
                    if (cases := count(line.links[what])) != line.counts[what]:
                        wrong.append(f"{first}…{last} by {by}: {line.name} {what} {line.counts[what]}, its list {cases}")
            for label, (_, part, _, href) in shown.tiles.items():
                followed += 1
                if (cases := count(href)) != part:
                    wrong.append(f"{first}…{last} {label}: {part}, its list {cases}")
    assert followed > 100
    assert not wrong, f"{len(wrong)} of {followed} numbers: {wrong[:8]}"


def test_the_statistics_export_says_what_the_page_says(seen):
    first, last = seen.periods[0]
    query = f"from={first}&until={last}&by=unit"
    shown = statistics(seen.office, query)
    text = read_csv(seen.office.get(f"/statistics?{query}&format=csv").content)
    book = read_xlsx(seen.office.get(f"/statistics?{query}&format=xlsx").content)
    assert text.header == book.header and len(text.rows) == len(book.rows) == len(shown.lines) + 1
    for line, a, b in zip([shown.total, *shown.lines], text.rows, book.rows):
        numbers = list(b.values())[1:]
        assert all(isinstance(n, (int, float)) or n is None for n in numbers), f"{line.name}: {numbers}"
        counts = len(COUNTS)
        assert numbers[:counts] == [line.counts[what] for what in COUNTS], line.name
        assert [float(n) if n else None for n in list(a.values())[1:]] == [n if n is None else float(n) for n in numbers]
        written = {None: "–", 100: "100%"}
        rates = [written.get(n) or f"{n:.2f}%" for n in numbers[counts:]]
        # the last four are of the periods that it is compared with
        assert rates[:-4] == [line.closing, line.on_time, line.satisfied], line.name


def month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def before(first: date, last: date) -> tuple[date, date]:
    """环比: a month, or its beginning, against the month before up to the same day; anything else against as many days."""
    if first.day == 1 and (first.year, first.month) == (last.year, last.month):
        end = first - timedelta(days=1)
        return end.replace(day=1), end if last == month_end(last) else end.replace(day=min(last.day, end.day))
    days = (last - first).days + 1
    return first - timedelta(days=days), last - timedelta(days=days)


def year_before(first: date, last: date) -> tuple[date, date]:
    """同比: the same days of the year before; the end of a month stays the end of a month."""

    def back(day: date) -> date:
        end = month_end(day.replace(year=day.year - 1, day=1))
        return end if day == month_end(day) else end.replace(day=min(day.day, end.day))

    return back(first), back(last)


def test_the_periods_before_in_the_export_are_those_of_the_exported_rows(seen):
    """Last period's and last year's rates, of the whole and of each source, from nothing but the list."""
    compared = 0
    for first, last in seen.periods:
        if first.year < 2001 or last.year > 2090:
            continue
        query = f"from={first}&until={last}&by=source"
        table = read_csv(seen.office.get(f"/statistics?{query}&format=csv").content)
        periods = {"上期": counted(seen.table, *before(first, last)), "去年同期": counted(seen.table, *year_before(first, last))}
        for row in table.rows:
            for when, rows in periods.items():
                own = rows if row["名称"] == "合计" else [r for r in rows if r["来源"] == row["名称"]]
                found = sums(own, seen.table.header)
                for rate, what in (("按期结案率", "on-time"), ("结案率", "closed")):
                    written, where = row[f"{when}{rate}"], f"{first}…{last} {row['名称']} {when}{rate}"
                    if not found["due"]:
                        assert written in ("", None), where
                        continue
                    compared += 1
                    assert abs(float(written) - found[what] * 100 / found["due"]) < 0.0051, where
    assert compared > 10, "hardly anything was compared"


def test_levels_of_the_city_add_up_and_open_to_as_many_cases(of_demo):
    """By area: the rows of every level together are the level; each number opens to as many cases."""
    count, followed = Counter(of_demo.office), 0
    first, last = date(2000, 1, 1), date(2099, 12, 31)
    base = f"from={first}&until={last}&by=area"
    todo, seen_levels = [base], 0
    while todo and seen_levels < 12:
        query = todo.pop(0)
        seen_levels += 1
        shown = statistics(of_demo.office, query)
        assert shown.total is not None, query
        if "section=" not in query:
            # a case may lie outside every stretch; everywhere else each has its row
            for what in COUNTS:
                assert sum(line.counts[what] for line in shown.lines) == shown.total.counts[what], f"{query} {what}"
        for line in shown.lines[:4]:
            followed += 1
            assert count(line.links["due"]) == line.counts["due"], f"{query} {line.name}"
        page = of_demo.office.page(f"/statistics?{query}")
        below = page.xpath("//table[contains(@class,'grid-cards')]//a[contains(@class,'cell-title')][starts-with(@href,'?')]/@href")
        todo += [href.lstrip("?") for href in below[:2]]
    assert seen_levels > 4 and followed > 8, "the city has fewer levels than it should"


def test_squares_of_the_heat_map_hold_the_cases_they_say(of_demo):
    table = read_csv(of_demo.office.get("/statistics/heat?from=2000-01-01&until=2099-12-31&format=csv").content)
    office, count = of_demo.office, Counter(of_demo.office)
    assert table.rows
    placed = sum(int(row["案卷"]) for row in table.rows)
    page = office.page("/statistics/heat?from=2000-01-01&until=2099-12-31")
    links = page.xpath("//table//td[contains(@class,'cell-num')]/a")
    for link, row in list(zip(links, table.rows))[:12]:
        assert int("".join(link.itertext()).replace(",", "")) == int(row["案卷"]) == count(link.get("href"))
    left_out = {"不予立案", "已并案", "已作废"}
    assert 0 < placed <= sum(row["状态"] not in left_out for row in of_demo.table.rows)


def test_the_export_has_a_column_for_every_number(of_demo):
    """What /statistics counts must be seen in the rows: otherwise nobody can check it with a spreadsheet."""
    missing = [what for what in WORDS if column_for(of_demo.table.header, what) is None]
    assert not missing, f"nothing in {of_demo.table.header} tells {', '.join(missing)}"


def test_the_handling_deadline_is_not_mixed_with_another(of_demo):
    """应结案 is counted by the handling deadline; a case that no unit has been sent yet has none."""
    rows, title = of_demo.table.rows, deadline_column(of_demo.table.header)
    mixed = [row["案卷号"] for row in rows if row["状态"] in {"待核实", "待立案"} and row[title]]
    assert not mixed, f"{len(mixed)} cases without a handling deadline have one in the column {title}: {mixed[:5]}"


def test_outcomes_of_units_open_to_as_many_cases(of_demo):
    """/streets/outcomes shows the same rates by unit."""
    page, count, followed = of_demo.office.page("/streets/outcomes"), Counter(of_demo.office), 0
    for link in page.xpath("//main//a[contains(@href,'/cases?unit=')]"):
        text, href = "".join(link.itertext()).strip(), link.get("href")
        followed += 1
        if "%" not in text and "–" not in text:
            digits = int("".join(c for c in text if c.isdigit()))
            assert count(href) == digits, f"{href}: {text}"
        elif href.endswith(("counted,closed", "counted,closed,on-time")):
            base = href.replace(",closed", "").replace(",on-time", "")
            assert percent(count(href), count(base)) == text, f"{href}: {text}"
    assert followed > 50


# ── deadlines of what was brought in ──


def nth_working_day(start: date, count: int) -> date:
    while count:
        start += timedelta(days=1)
        count -= chinese_calendar.is_workday(start)
    return start


def closed_rows(seen: Seen) -> list[dict]:
    return [row for row in seen.table.rows if row["状态"] == "已结案"]


def test_deadlines_of_imported_cases_follow_the_published_calendar(of_sf311):
    """Two working days, after PyPI's chinesecalendar, to the end of duty."""
    wrong = []
    for row in closed_rows(of_sf311):
        due = datetime.combine(nth_working_day(day(row["上报时间"]), 2), datetime.min.time().replace(hour=18))
        if moment(row["时限"]) != due:
            wrong.append(f"{row['案卷号']} {row['上报时间']}: {row['时限']} instead of {due}")
    assert not wrong, f"{len(wrong)} of {len(closed_rows(of_sf311))}: {wrong[:5]}"


def test_in_time_means_by_the_deadline_that_is_shown(of_sf311):
    """After the calendar was published the deadlines moved; what counts as in time has to move with them."""
    def result(row):
        """Of what the other system closed without saying when, nobody can tell."""
        if not row["结案时间"]:
            return ""
        return "按期结案" if moment(row["结案时间"]) <= moment(row["处置时限"]) else "超期结案"

    wrong = [
        f"{row['案卷号']} closed {row['结案时间']}, due {row['处置时限']}: {row['结案情况']}"
        for row in closed_rows(of_sf311)
        if row["结案情况"] != result(row)
    ]
    assert not wrong, f"{len(wrong)} of {len(closed_rows(of_sf311))}: {wrong[:5]}"
