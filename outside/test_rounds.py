"""Rounds of inspections: real workbooks and broken ones, scored once more here, in fractions, from the files themselves."""

import csv
import json
import random
import re
from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from city import CODE, new_city
from conftest import shared

HEAD = ["序号", "项目", "考察点位", "扣分", "得分", "区域", "责任单位2", "责任单位3"]


@pytest.fixture(scope="module")
def city():
    with new_city() as city:
        yield city.create()


def names(file: Path) -> dict[str, str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return {row["id"]: row["name"] for row in csv.DictReader(lines)}


def workbook(file: Path) -> list[dict]:
    rows = list(openpyxl.load_workbook(file, read_only=True).worksheets[0].iter_rows(values_only=True))
    head = [str(cell or "") for cell in rows[0]]
    return [dict(zip(head, row)) for row in rows[1:] if any(cell not in (None, "") for cell in row)]


def plain(text) -> str:
    return re.sub(r"[\s“”\"'‘’]", "", str(text or "")).lower()


def divided(text: str, known: set[str]) -> tuple[str, str]:
    """An item and the number behind it."""
    if plain(text) in known:
        return plain(text), ""
    found = re.fullmatch(r"(.+?)([0-9]{1,2})", plain(text))
    if found and not found[1][-1].isdigit():
        return found[1], found[2]
    return plain(text), ""


def sums(points: list[tuple[str, str, Fraction, str, list[str]]]):
    """Score, quota, and what each street and unit comes to, from (item, part, what was lost, street, units)."""
    parts, streets, units = defaultdict(list), defaultdict(list), defaultdict(list)
    for item, part, lost, street, of_units in points:
        parts[item, part].append(1 - lost)
        if street:
            streets[street].append(1 - lost)
        for unit in dict.fromkeys(of_units):
            units[unit].append(1 - lost)
    mean = lambda values: sum(values, Fraction(0)) / len(values)
    score = sum((mean(values) for values in parts.values()), Fraction(0))
    return score, len(parts), {k: mean(v) for k, v in streets.items()}, {k: mean(v) for k, v in units.items()}


def same(told: dict, points):
    score, quota, streets, units = sums(points)
    assert told["quota"] == quota
    assert Fraction(told["exact"]["score"]) == score
    assert Fraction(told["exact"]["rate"]) == score / quota
    assert abs(told["score"] - float(score)) < 1e-6
    # the other way of adding: what streets cost
    lost = sum(street["costs"] for street in told["streets"]) + told["costs_without_street"]
    assert abs(told["quota"] - lost - told["score"]) < 1e-4
    for told_of, mine in ((told["streets"], streets), (told["units"], units)):
        assert {h["name"]: h["rate"] for h in told_of} == pytest.approx({k: float(v) for k, v in mine.items()}, abs=1e-6)


def scored(city) -> dict:
    return json.loads(city.run("score", "--city", CODE, "--data", city.data, "--json").stdout)


def test_the_table_of_a_real_round(city):
    file = shared("suzhou_assessment/points_2016_run5.csv")
    folder = file.parent
    report = city.bring("assessment", file, "--tables", folder)
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == report["read"] == report["accepted"] == 225 and report["refused_rows"] == 0
    items, streets, units = (names(folder / f"{n}.csv") for n in ("indicators", "streets", "departments"))
    points = [
        (
            items.get(row["item_id"], row["item_id"]),
            row["branch"],
            Fraction(row["lose"]),
            streets.get(row["street_id"], "" if row["street_id"] == "0" else row["street_id"]),
            [units.get(unit, unit) for unit in row["department_ids"].split() if unit != "0"],
        )
        for row in rows
    ]
    same(scored(city), points)
    unknown = {n["row"] for n in report["noted"] if n["reason"] == "unknown_name" and n["field"] == "unit"}
    mine = {n for n, row in enumerate(rows, 2) if any(u != "0" and u not in units for u in row["department_ids"].split())}
    assert unknown == mine
    nobody = {n["row"] for n in report["noted"] if n["reason"] == "no_unit"}
    assert nobody == {n for n, row in enumerate(rows, 2) if row["street_id"] == "0" and row["department_ids"] == "0"}


@pytest.mark.parametrize("name, count", [("upload_small_25rows.xlsx", 25), ("upload_49rows_two_departments.xlsx", 49)])
def test_real_workbooks(city, name, count):
    file = shared(f"suzhou_assessment/{name}")
    report = city.bring("assessment", file, "--tables", file.parent)
    rows = workbook(file)
    assert len(rows) == report["read"] == report["accepted"] == count
    items = {plain(v): v for v in names(file.parent / "indicators.csv").values()}
    streets = {plain(v): v for v in names(file.parent / "streets.csv").values()}
    units = {plain(v): v for v in names(file.parent / "departments.csv").values()}
    points, unmatched, repeated, seen = [], set(), set(), set()
    for n, row in enumerate(rows, 2):
        item, part = divided(row["项目"], set(items))
        if item not in items:
            unmatched.add(n)
        if row["序号"] in seen:
            repeated.add(n)
        seen.add(row["序号"])
        of_units = [row[c] for c in ("责任单位2", "责任单位3") if row[c]]
        street = row["区域"] or ""
        points.append((
            items.get(item, item), part, Fraction(str(row["扣分"] or 0)), streets.get(plain(street), street),
            [units.get(plain(u), u) for u in of_units],
        ))
    told = scored(city)
    same(told, points)
    noted = lambda field, reason: {w["row"] for w in told["warnings"] if (w["field"], w["code"]) == (field, reason)}
    assert noted("item", "unknown_name") == unmatched and noted("serial", "repeated_serial") == repeated
    # what was written short is proposed whole, and nothing is taken for it
    if name.startswith("upload_small"):
        short = next(o for o in told["open"] if o["text"] == "深化推广普及")
        assert short["nearest"][0] == "社会主义核心价值观深化推广普及" and short["rows"] == len([
            row for row in rows if str(row["项目"]).startswith("深化推广普及")
        ])


def test_broken_workbooks_lose_no_row(city, tmp_path):
    """Broken, repeated, renamed and missing cells, from a fixed seed; a file is kept whole or refused whole."""
    dice = random.Random(20160501)
    whole = ["文明旅游", "文明旅游1", "公益广告12", "环境卫生", "2", "", None, 7, 3.5, "文明旅游　３", "x" * 600, "=1+1", "\t", "０"]
    numbers = [None, "", 0, 1, 0.25, "0.3", "一", -1, 9, "1e3", "0.123456", "５０%", True]
    refused = 0
    for n in range(25):
        book = openpyxl.Workbook()
        sheet = book.active
        head = list(HEAD)
        if n % 8 == 7:
            head[dice.randrange(1, 3)] = dice.choice(["", "别的", "项  目"])
        sheet.append(head + ["备注"] * dice.randrange(2))
        for row in range(dice.randrange(1, 60)):
            cells = [
                dice.choice([f"A{row}", row, "A1", None]), dice.choice(whole), dice.choice(["主干道1", None, "社区"]),
                dice.choice(numbers), dice.choice(numbers), dice.choice(["吴江街道", "雄关街道", None, 0]),
                dice.choice(["住建局", "教育局 ", None]), dice.choice(["住建局", None, "?"]),
            ]
            sheet.append(cells + ["多余"] * dice.randrange(3))
        file = tmp_path / f"{n}.xlsx"
        book.save(file)
        read = [
            r for r in openpyxl.load_workbook(file).active.iter_rows(min_row=2, values_only=True)
            if any(str(cell if cell is not None else "").strip() for cell in r)
        ]
        done = city.run(
            "import", "assessment", file, "--city", CODE, "--data", city.data, "--report", tmp_path / "r.json", check=False
        )
        assert "panicked" not in done.stderr, done.stderr
        if done.returncode != 0:
            refused += 1
            assert "Missing columns" in done.stderr, done.stderr
            continue
        report = json.loads((tmp_path / "r.json").read_text())
        told = scored(city)
        counted = sum(part["points"] for item in told["items"] for part in item["sub_items"])
        assert report["read"] == report["accepted"] == told["rows"] == counted == len(read), n
    assert refused <= 3


def test_what_cannot_be_is_said(city, tmp_path):
    missing = city.run("score", "--city", CODE, "--data", city.data, "--round", "AR-999999", check=False)
    assert missing.returncode != 0 and "no such round" in missing.stderr
    file = tmp_path / "a.csv"
    file.write_text("项目,考察点位\n文明旅游,x\n", encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    args = ["import", "assessment", file, "--city", CODE, "--data", city.data, "--report", tmp_path / "r.json"]
    done = city.run(*args, "--tables", empty, check=False)
    assert done.returncode != 0 and "indicators.csv" in done.stderr, done.stderr
    assert city.run(*args).returncode == 0
    done = city.run(*args, check=False)
    assert done.returncode != 0 and "is here already, as AR-" in done.stderr, done.stderr
