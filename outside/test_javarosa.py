"""Forms are worked out by JavaRosa, the engine of ODK Collect, and by us: the same values, and its submissions are read."""

import json
import random
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from javarosa import Form

ROOT = Path(__file__).parent.parent
COUNT = 400


def judge(*args) -> str:
    command = ["cargo", "run", "--quiet", "--package", "checklist", "--example", "judge", "--", *map(str, args)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


# ── expressions ──

NUMBERS = ["0", "1", "2", "3.5", "7", "10", "100", "${n}", "${x}", "${blank}", "string-length(${t})", "count-selected(${m})",
           "number('4')", "number(${t})", "today() - ${d}", "sum(${row})", "count(${row})", "max(${row})", "min(${row})", "sum(${blank})", "count(${rows})"]
TEXTS = ["'pear'", "'路灯'", "''", "\"it's\"", "${t}", "${m}", "selected-at(${m}, 0)", "selected-at(${m}, 1)", "string(${n})",
         "coalesce(${blank}, ${t})", "coalesce(${t}, 'x')", "concat(${t}, '-', ${n})", "${one}"]


def number(dice: random.Random, depth: int) -> str:
    if depth == 0 or dice.random() < 0.25:
        return dice.choice(NUMBERS)
    inner = lambda: number(dice, depth - 1)
    return dice.choice([
        lambda: f"({inner()} {dice.choice(['+', '-', '*', 'div', 'mod'])} {inner()})",
        lambda: f"{inner()} {dice.choice(['+', '-', '*'])} {inner()}",
        lambda: f"-({inner()})",
        lambda: f"if({truth(dice, depth - 1)}, {inner()}, {inner()})",
        lambda: f"round({inner()})",
        lambda: f"int({inner()})",
        # JavaRosa's max begins at the smallest number above nothing, and knows none below
        lambda: f"max(1, {inner()}, {inner()})",
        lambda: f"min({inner()}, {inner()}, {inner()})",
        lambda: f"string-length({text(dice, depth - 1)})",
    ])()


def text(dice: random.Random, depth: int) -> str:
    if depth == 0 or dice.random() < 0.4:
        return dice.choice(TEXTS)
    inner = lambda: text(dice, depth - 1)
    return dice.choice([
        lambda: f"concat({inner()}, {inner()})",
        lambda: f"if({truth(dice, depth - 1)}, {inner()}, {inner()})",
        lambda: f"coalesce({inner()}, {inner()})",
    ])()


def truth(dice: random.Random, depth: int) -> str:
    if depth == 0:
        return dice.choice(["true()", "false()", "${n} = 3", "${blank} = ''", "${one} = 'pear'"])
    inner = lambda: truth(dice, depth - 1)
    compare = lambda: dice.choice(["=", "!=", "<", "<=", ">", ">="])
    return dice.choice([
        lambda: f"({inner()} and {inner()})",
        lambda: f"({inner()} or {inner()})",
        lambda: f"not({inner()})",
        lambda: f"{number(dice, depth - 1)} {compare()} {number(dice, depth - 1)}",
        lambda: f"{text(dice, depth - 1)} {dice.choice(['=', '!='])} {text(dice, depth - 1)}",
        lambda: f"selected(${{m}}, {text(dice, 0)})",
        lambda: f"contains({text(dice, depth - 1)}, {text(dice, 0)})",
        lambda: f"starts-with({text(dice, depth - 1)}, {text(dice, 0)})",
        lambda: f"regex({text(dice, depth - 1)}, '[a-z ]*|路.*')",
        lambda: f"${{d}} {compare()} date('2026-0{dice.randint(1, 9)}-15')",
    ])()


def words(of: str) -> dict:
    return {"zh": of, "en": of}


def question(name: str, kind: str, **more) -> dict:
    return {"item": "question", "name": name, "kind": kind, "label": words(name), **more}


def expressions() -> list[str]:
    dice = random.Random(27)
    kinds = [number, text, truth]
    made = [kinds[n % 3](dice, 1 + n % 4) for n in range(COUNT)]
    # a yes or no is written differently by every program, and is no result that a checklist may have
    made = [f"if({expr}, 'yes', 'no')" if n % 3 == 2 else expr for n, expr in enumerate(made)]
    # what is longer than a cell's expression may be is nothing to compare
    return [expr for expr in made if len(expr) <= 1500]


@pytest.fixture(scope="module")
def worked(tmp_path_factory):
    """Expressions with what JavaRosa and we make of each."""
    folder = tmp_path_factory.mktemp("javarosa")
    made = expressions()
    choices = [{"name": name, "label": words(name)} for name in ["apple", "pear", "plum"]]
    checklist = {
        "format": 1, "code": "worked", "version": "1", "title": words("计算"),
        "lists": [{"name": "fruit", "choices": choices}],
        "items": [
            question("n", "count", default="3"), question("x", "number", default="2.5"), question("blank", "count"),
            question("t", "text", default="路灯 12"), question("one", "one-of", list="fruit", default="pear"),
            question("m", "many-of", list="fruit", default="plum apple"), question("d", "date", default="2026-05-20"),
            {"item": "repeat", "name": "rows", "label": words("行"), "count": "3", "items": [
                question("row", "calculate", expr="position(..) * 2 - 1"), question("said", "text"),
            ]},
            *[question(f"c{n}", "calculate", expr=expr) for n, expr in enumerate(made)],
        ],
    }
    (folder / "list.json").write_text(json.dumps(checklist))
    form = Form(judge("form", folder / "list.json"))
    form.fill(lambda path: None)
    sent = form.sent()
    (folder / "sent.xml").write_text(sent)
    theirs = {child.tag: child.text or "" for child in etree.fromstring(sent.encode())}
    ours = json.loads(judge("submission", folder / "list.json", folder / "sent.xml", date.today().isoformat()))
    return made, theirs, ours


def same(ours, theirs: str) -> bool:
    if ours is None:
        return theirs == ""
    if isinstance(ours, (int, float)):
        try:
            other = float(theirs)
        except ValueError:
            return False
        return abs(other - ours) <= 1e-9 * max(1, abs(ours))
    # numbers inside of texts: Java writes 6.0 where XPath has 6
    plain = lambda value: re.sub(r"\s+$", "", str(value))
    return plain(ours) == plain(theirs)


def test_expressions_come_to_what_javarosa_says(worked):
    made, theirs, ours = worked
    assert len(made) > COUNT * 0.9
    given = ours["answers"]["given"]
    wrong = [(expr, given.get(f"c{n}"), theirs[f"c{n}"]) for n, expr in enumerate(made)
             if not same(given.get(f"c{n}"), theirs[f"c{n}"])]
    assert not wrong, f"{len(wrong)} of {len(made)}: {wrong[:12]}"
    # not all of them nothing
    assert sum(1 for n in range(len(made)) if theirs[f"c{n}"] not in ("", "yes", "no")) > len(made) / 4


def test_what_javarosa_sends_is_read(worked):
    _, _, ours = worked
    given = ours["answers"]["given"]
    expected = {"n": 3, "x": 2.5, "t": "路灯 12", "one": "pear", "m": ["plum", "apple"], "d": "2026-05-20"}
    assert {name: given[name] for name in expected} == expected
    assert [row["given"]["row"] for row in ours["answers"]["rows"]["rows"]] == [1, 3, 5]
    assert ours["instance_id"].startswith("uuid:")
    assert ours["faults"] == []


# ── the samples, filled in ──

@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    export = ["cargo", "run", "--quiet", "--package", "checklist", "--example", "export", "--", str(folder)]
    done = subprocess.run(export, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder


def filled(samples: Path, name: str, answer) -> tuple[list[str], dict]:
    """The paths that JavaRosa asked for, and what we read of what it sent."""
    form = Form((samples / f"{name}.xml").read_text())
    asked = form.fill(answer)
    (samples / "sent.xml").write_text(form.sent())
    return asked, json.loads(judge("submission", samples / f"{name}.json", samples / "sent.xml", "2026-11-30"))


def test_the_market_sample_is_filled_in_by_javarosa(samples):
    """Conditions on sections, pictures one after the other, places."""
    def answer(path: str):
        name = path.rsplit("/", 1)[1]
        return {
            "visited_on": date(2026, 11, 30), "light": "night", "gate": (39.8, 98.3, 1500.0, 4.0), "floor": "met",
            "stalls": "unmet", "fire_lane": "na", "order_photo": "a.jpg", "order_photo_2": "b.jpg", "lamps_all": 40,
            "lamps_lit": 36, "notice_at": (39.81, 98.31, 0.0, 3.0), "notice_whole": "met", "toilet": "C", "scales": 0,
            "price": 2.5, "knows": "met" if re.search(r"asked\[[135]\]", path) else "unmet", "remarks": "路灯 <2>",
        }.get(name)

    asked, ours = filled(samples, "market", answer)
    pictures = [path.rsplit("/", 1)[1] for path in asked if "photo" in path]
    assert pictures == ["order_photo", "order_photo_2", "order_photo_3"]
    assert ours["faults"] == []
    given = ours["answers"]["given"]
    assert given["order_photo"] == ["a.jpg", "b.jpg"] == ours["attachments"]
    assert given["gate"] == {"lat": 39.8, "lng": 98.3, "altitude": 1500.0, "accuracy": 4.0}
    assert (given["lamps_share"], given["remarks"], given["price"]) == (90, "路灯 <2>", 2.5)
    values = {seen["standard"]: seen["value"] for seen in ours["observations"]}
    share = lambda of: {"share": of}
    assert values == {
        "市场-01": share("0"), "市场-01-1)": share("1"), "市场-01-2)": share("0"), "市场-01-3)": "not-applicable",
        "市场-02-1)": share("18/19"), "市场-03-1)": share("0"), "市场-04-1)": share("1"), "市场-05-1)": share("0.5"),
        "市场-05-2)": share("0"),
    }


def test_the_market_by_day_has_no_lamps(samples):
    """What was not asked is not counted."""
    answers = {"light": "day", "floor": "met", "stalls": "met", "fire_lane": "met", "notice_at": (39.8, 98.3, 0.0, 0.0)}
    asked, ours = filled(samples, "market", lambda path: answers.get(path.rsplit("/", 1)[1]))
    assert not any("lamps" in path or "photo" in path for path in asked)
    assert not any(seen["item"] == "lamps" for seen in ours["observations"])
    assert ours["aside"] == {}


def test_the_bus_sample_is_filled_in_by_javarosa(samples):
    """Three lines of five stops: rows, conditions, observations."""
    def answer(path: str):
        name = path.rsplit("/", 1)[1]
        line, stop = (int(found[1]) if (found := re.search(rf"/{of}\[(\d+)\]", path)) else 0 for of in ["lines", "stops"])
        return {
            "lines_wanted": 3, "line": f"{line}路", "driver": "A", "stop": f"站{stop}", "clean": "met",
            "map_right": "unmet" if (line, stop) == (2, 3) else "na", "ads": 0 if stop == 5 else 2, "ads_photo": "a.jpg",
            "ads_why": "在换",
        }.get(name)

    asked, ours = filled(samples, "bus", answer)
    # nobody asks for a picture where there is nothing to be seen
    assert sum(path.endswith("/ads") for path in asked) == 15
    assert sum(path.endswith("/ads_photo") for path in asked) == 12
    assert ours["faults"] == []
    assert ours["answers"]["given"]["ads_in_all"] == 24
    assert [row["given"]["line_ads"] for row in ours["answers"]["rows"]["lines"]] == [8, 8, 8]
    assert len(ours["attachments"]) == 12
    ads = [seen for seen in ours["observations"] if seen["item"] == "ads"]
    assert [seen["value"] for seen in ads].count({"share": "0.2"}) == 3
    stops = [seen["value"] for seen in ours["observations"] if seen["item"] == "stops"]
    assert stops == [{"share": "1"}, {"share": "5/6"}, {"share": "1"}]
