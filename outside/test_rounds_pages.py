"""The demonstration's score, worked out once more here from the rows that its pages export."""

import csv
import io
from collections import defaultdict
from fractions import Fraction

import httpx
import pytest

from city import DEMO_PASSWORD, new_city


@pytest.fixture(scope="module")
def site():
    with new_city() as city:
        city.demo(40)
        with city.served():
            with httpx.Client(base_url=city.address, follow_redirects=True, timeout=60) as client:
                page = client.get("/sign-in").text
                csrf = page.split('name="csrf-token" content="')[1].split('"')[0]
                client.post("/sign-in", data={"csrf": csrf, "login": "office-1", "password": DEMO_PASSWORD, "back": "/me"})
                yield client


def table(site, path):
    answer = site.get(path)
    assert answer.status_code == 200, answer.text[:500]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def mean(values):
    return sum(values, Fraction(0)) / len(values)


@pytest.mark.parametrize("number", ["AR-000001", "AR-000002", "AR-000003"])
def test_the_score_is_what_its_rows_come_to(site, number):
    head, *rows = table(site, f"/assessment/rounds/{number}/rows?format=csv")
    assert len(rows) == 130
    at = {name: head.index(name) for name in ("项目", "子项", "扣分", "街道", "责任单位", "计分")}
    parts, streets, units = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in rows:
        cell = {name: row[n] for name, n in at.items()}
        if cell["计分"] != "1":
            continue
        point = 1 - Fraction(cell["扣分"])
        parts[cell["项目"], cell["子项"]].append(point)
        if cell["街道"]:
            streets[cell["街道"]].append(point)
        for unit in filter(None, cell["责任单位"].split("、")):
            units[unit].append(point)
    score = sum((mean(points) for points in parts.values()), Fraction(0))
    told = site.get(f"/api/v1/assessment-rounds/{number}").json()["result"]
    assert Fraction(told["score"]) == score and told["quota"] == len(parts)
    assert Fraction(told["rate"]) == score / len(parts)
    for of, mine in (("streets", streets), ("units", units)):
        assert {line["name"]: Fraction(line["rate"]) for line in told[of]} == {name: mean(p) for name, p in mine.items()}
    # the other way of adding: what streets cost, and what belongs to none
    lost = sum(((1 - p) / len(points) for points in parts.values() for p in points), Fraction(0))
    assert len(parts) - lost == score
    _, *items = table(site, f"/assessment/rounds/{number}?format=csv")
    assert {(item[0], item[1]): Fraction(item[3]) for item in items} == {key: mean(p) for key, p in parts.items()}


def test_the_cycle_is_the_mean_of_its_years(site):
    cycle = site.get("/api/v1/assessment-cycles/CY-01").json()
    rate = lambda number: Fraction(site.get(f"/api/v1/assessment-rounds/{number}").json()["result"]["rate"])
    years = [mean([rate(number) for number in year["rounds"]]) for year in cycle["years"] if year["rounds"]]
    assert years and Fraction(cycle["mean"]) == mean(years)
