"""The working calendar against PyPI's chinesecalendar, and deadlines in a year that nobody has published yet."""

from datetime import date, datetime, timedelta

import chinese_calendar
import httpx
import pytest

from city import CATALOGUE, new_city
from conftest import shared
from days import CHINA, KNOWN, Calendar, arrangement, as_csv, days_of
from people import Browser, publish, staff
from tables import read_csv

COMPARED = range(2019, 2027)


@pytest.fixture(scope="module")
def fresh():
    """A city that was founded and nothing else."""
    with new_city() as city:
        with city.create().served():
            yield city


def test_a_new_city_has_limits_that_somebody_has_to_confirm(fresh):
    """No national figure is certain: each limit that ships says so, on the page and in the file, until somebody confirms."""
    office = staff(fresh, "office-a", "王文明", "office")
    read = lambda: read_csv(office.get("/admin/catalogue?format=csv").content).rows  # noqa: E731
    limits = lambda: [c for row in read() for title, c in row.items() if title.endswith("时限") and c]  # noqa: E731
    assert len(limits()) > 10 and all(limit.endswith("（待确认）") for limit in limits())
    page = office.page("/admin/catalogue?confirm=1")
    assert page.xpath("//div[contains(@class,'callout')]") and "待确认" in "".join(page.itertext())
    office.submit(page, "/admin/catalogue/limits/confirmation")
    assert not [limit for limit in limits() if limit.endswith("（待确认）")]


def differences(city, years=COMPARED) -> tuple[int, list[str]]:
    """Days looked at, and those on which the two disagree."""
    with httpx.Client(base_url=city.address) as http:
        calendar, looked_at, wrong = Calendar(http), 0, []
        for year in years:
            told = calendar.year(year)
            worked = 0
            for day in days_of(year):
                looked_at += 1
                ours, theirs = calendar.works(day), chinese_calendar.is_workday(day)
                worked += ours
                if ours != theirs:
                    wrong.append(f"{day} {'worked' if ours else 'off'}, chinesecalendar: {'worked' if theirs else 'off'}")
            if told["published"]:
                assert worked == told["working_days"], f"{year}: the days do not add up to working_days"
    return looked_at, wrong


def test_a_new_city_knows_every_day_of_the_years_that_are_published(fresh):
    looked_at, wrong = differences(fresh)
    assert looked_at == 2922
    assert not wrong, f"{len(wrong)} of {looked_at} days differ: {wrong[:5]} …"


def test_a_new_city_says_which_years_are_published(fresh):
    with httpx.Client(base_url=fresh.address) as http:
        published = {year: Calendar(http).year(year)["published"] for year in [*COMPARED, 2027]}
    assert published == {year: year in KNOWN for year in published}


def test_the_days_of_an_unpublished_year_add_up_too(fresh):
    """Fixed dates are taken to be off before a year is published: then they have to be named like all others."""
    with httpx.Client(base_url=fresh.address) as http:
        calendar = Calendar(http)
        worked = sum(calendar.works(day) for day in days_of(2027))
        assert worked == calendar.year(2027)["working_days"]


def test_the_demonstration_city_knows_every_day_too(demo):
    looked_at, wrong = differences(demo)
    assert looked_at == 2922 and not wrong, wrong


def test_a_city_that_is_given_the_arrangements_by_its_office_knows_them():
    """The real arrangements of ../shared/data, pasted into the page."""
    text = shared("holidays/cn_holidays_2016_2026.csv").read_text(encoding="utf-8-sig")
    with new_city() as city, city.create().served():
        office = staff(city, "office-a", "王文明", "office")
        publish(office, text, "国务院办公厅通知")
        looked_at, wrong = differences(city, range(2019, 2025))
        assert looked_at == 2192 and not wrong, wrong


def made_up(year: int) -> list[tuple[date, str, str]]:
    """An arrangement that nobody has made: the first two weeks of the year off but for their Sundays."""
    days = [(date(year, 1, 1) + timedelta(days=at), "试验假", "off") for at in range(14)]
    return [(day, name, "work" if day.weekday() == 6 else "off") for day, name, _ in days]


def by_hand(days: list[tuple[date, str, str]], start: date, count: int, calendar: Calendar) -> date:
    """The nth working day after a day, once the made-up days hold."""
    special = {day: kind for day, _, kind in days}
    day = start
    while count:
        day += timedelta(days=1)
        kind = special.get(day)
        count -= calendar.works(day) if kind is None else kind == "work"
    return day


def test_a_deadline_in_an_unpublished_year_is_provisional_until_the_office_publishes_it():
    with new_city() as city:
        city.create().bring("catalogue", CATALOGUE, "--set", "name=GB/T 47678.5")
        with city.served():
            office = staff(city, "office-a", "王文明", "office")
            today = datetime.now(CHINA).date()
            publish(office, as_csv({today.year: known(today.year)}), "国务院办公厅通知")
            calendar, year = Calendar(office.http), today.year + 1
            assert not calendar.year(year)["published"], f"{year} is known already: this test wants an unknown year"

            # a limit that runs out in the second week of that year
            limit = 1
            while calendar.after(today, limit) < date(year, 1, 8):
                limit += 1
            office.submit(
                office.page("/admin/catalogue"), "/admin/catalogue/limits",
                stage="handle", amount=limit, time_unit="working_day",
            )
            number = dispatched(office)
            case = office.json(f"/api/v1/cases/{number}")
            start = datetime.fromisoformat(case["dispatched_at"]).astimezone(CHINA).date()
            assert case["due_at"].startswith(f"{year}-01-") and case["due_at"].endswith("T18:00:00+08:00")
            assert case["due_provisional"] is True

            days = made_up(year)
            told, preview = publish(office, as_csv({year: days}), "试验〔2026〕1号")
            assert str(year) in preview.xpath("string(//table[1])")
            assert Calendar(office.http).year(year)["published"] is True
            assert "".join(told.xpath("//h2[@id='year-title']/text()")).strip().startswith(str(year))

            def recomputed():
                """the deadline is certain"""
                now = office.json(f"/api/v1/cases/{number}")
                return now if not now["due_provisional"] else None

            now = city.wait_for(recomputed)
            assert now["due_at"] == f"{by_hand(days, start, limit, calendar)}T18:00:00+08:00"
            assert now["due_at"] > case["due_at"] and now["stage_due_at"] == now["due_at"]


def known(year: int) -> list[tuple[date, str, str]]:
    """This year's arrangement; of a year that chinesecalendar does not know yet, one day will do."""
    return arrangement(year) if year in KNOWN else [(date(year, 1, 1), "元旦", "off")]


def dispatched(office: Browser) -> str:
    """A report by telephone, sent straight to a unit; its number."""
    told = office.submit(
        office.page("/cases/new"), "/cases",
        source="phone", kind="event-06010", address="新华北路12号", description="垃圾堆了一个冬天，跨年才能清完",
    )
    number = told.xpath("string(//*[@id='number'])")
    form = office.page(f"/cases/{number}/acceptance")
    unit = next(o.get("value") for o in form.xpath("//select[@name='lead']/option") if o.get("value"))
    office.submit(form, f"/cases/{number}/acceptance", lead=unit)
    return number
