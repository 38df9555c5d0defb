"""Working days: what `chinese_calendar` (PyPI) says, what the program says, and made-up arrangements."""

from datetime import date, timedelta, timezone

import chinese_calendar

CHINA = timezone(timedelta(hours=8))
# the years for which PyPI's chinesecalendar knows the arrangement
KNOWN = range(2004, max(chinese_calendar.constants.holidays).year + 1)


def days_of(year: int):
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def arrangement(year: int) -> list[tuple[date, str, str]]:
    """The year's arrangement after chinesecalendar, as the program takes it: days off and days worked instead."""
    days = []
    for day in days_of(year):
        off, name = chinese_calendar.get_holiday_detail(day)
        if off and name:
            days.append((day, str(name), "off"))
        elif not off and day.weekday() >= 5:
            days.append((day, str(name or "make-up"), "work"))
    return days


def as_csv(years: dict[int, list[tuple[date, str, str]]]) -> str:
    lines = ["schedule_year,date,name,kind"]
    lines += [f"{year},{day},{name},{kind}" for year, days in years.items() for day, name, kind in days]
    return "\n".join(lines)


class Calendar:
    """The program's calendar as its API tells it: special days of a year, weekends are off, all other days are worked."""

    def __init__(self, http):
        self._http, self._years = http, {}

    def year(self, year: int) -> dict:
        if year not in self._years:
            answer = self._http.get("/api/v1/calendar", params={"year": year})
            assert answer.status_code == 200, answer.text
            self._years[year] = answer.json()
            assert self._years[year]["year"] == year
        return self._years[year]

    def works(self, day: date) -> bool:
        special = {d["date"]: d["kind"] for d in self.year(day.year)["days"]}
        return special.get(day.isoformat(), "off" if day.weekday() >= 5 else "work") == "work"

    def after(self, start: date, working_days: int) -> date:
        """The nth working day after a day, which is not counted itself."""
        day = start
        while working_days:
            day += timedelta(days=1)
            working_days -= self.works(day)
        return day
