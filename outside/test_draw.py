"""Draws of inspections: docs/draw.py, which knows nothing of the program, repeats what the program drew, and finds every forgery."""

import copy
import json
import random
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from city import ROOT

SCRIPT = ROOT / "docs" / "draw.py"


def repeat(folder: Path, draw: dict) -> tuple[int, str]:
    (file := folder / "draw.json").write_text(json.dumps(draw, ensure_ascii=False), encoding="utf-8")
    done = subprocess.run([sys.executable, SCRIPT, file], capture_output=True, text=True, timeout=60)
    assert done.returncode in (0, 1) or "Error" in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def draw(office) -> dict:
    """An inspection of the demonstration city, drawn on its pages, with a point replaced."""
    plan = {
        "inspection_name": "第三季度实地考察",
        "inspection_from": date.today().isoformat(),
        "inspection_until": (date.today() + timedelta(days=4)).isoformat(),
        "inspection_public": "抽样当日福彩 3D 开奖号码",
        "inspection_types": "estate",
        "amount_estate": "7",
        "inspection_second": "30",
    }
    page = office.submit(office.page("/inspections/new"), "/inspections", **plan)
    number = re.search(r"IN-\d{4}-\d{4}", page.text_content())[0]
    page = office.submit(page, "/commitment")
    commitment = re.search(r"[0-9a-f]{64}", page.text_content())[0]
    page = office.submit(page, "/draw", inspection_value="2026180期 5 0 7", inspection_witness="市纪委监委 王明")
    points = office.page(f"/inspections/{number}/points")
    first = points.xpath("//select[@name='inspection_point']/option[@value!='']/@value")[0]
    office.submit(points, "/replacements", inspection_point=first, inspection_reason="闭店装修")
    found = office.json(f"/inspections/{number}/draw.json")
    assert found["commitment"] == commitment, "what was published before"
    return found


def test_another_program_draws_the_same(draw, tmp_path):
    assert repeat(tmp_path, draw) == (0, "The draw is as its secret, plan and register make it.\n")
    assert len(draw["replacements"]) == 1 and sum(len(s["drawn"]) for s in draw["strata"]) == 7
    assert len(draw["second"]) == 3


def test_every_part_that_is_altered_is_found(draw, tmp_path):
    def places(value, at=()):
        if isinstance(value, dict):
            for name, inner in value.items():
                yield from places(inner, (*at, name))
        elif isinstance(value, list):
            for n, inner in enumerate(value):
                yield from places(inner, (*at, n))
        else:
            yield at

    every = list(places(draw))
    # each part by name, and of the long tables a part chosen by a fixed seed
    chosen = [at for at in every if at[0] not in ("register", "strata")] + random.Random(28).sample(every, 40)
    missed = []
    for at in chosen:
        forged = copy.deepcopy(draw)
        inner = forged
        for step in at[:-1]:
            inner = inner[step]
        was = inner[at[-1]]
        inner[at[-1]] = was[:-1] + ("2" if was.endswith("1") else "1")
        code, _ = repeat(tmp_path, forged)
        if code == 0:
            missed.append(at)
    assert missed == []


def test_a_point_put_in_or_taken_out_is_found(draw, tmp_path):
    fewer = copy.deepcopy(draw)
    fewer["register"].pop()
    more = copy.deepcopy(draw)
    more["register"].append(["P-9999", *draw["register"][0][1:]])
    for forged in (fewer, more):
        code, told = repeat(tmp_path, forged)
        assert code == 1 and "commitment" in told and "register_hash" in told


def test_the_script_is_short_and_needs_nothing():
    lines = SCRIPT.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 60
    imports = {name for line in lines if line.startswith("import ") for name in line[7:].split(", ")}
    assert imports <= set(sys.stdlib_module_names)
