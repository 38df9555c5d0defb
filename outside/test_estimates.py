"""模拟测评: the numbers of the demonstration's closed survey, worked out again from its rows by formulas written out here.

Means with linearised variance (strata: divisions; clusters: segments), weights by iterative proportional fitting, Student's t by integration,
intervals on the scale of the logit: Särndal, Swensson, Wretman 1992; Deming and Stephan 1940. Nothing of the program's arithmetic is used.
"""

import json
import math
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing

import pytest
from city import CODE


def t_density(x, freedom):
    log = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - 0.5 * math.log(freedom * math.pi)
    return math.exp(log - (freedom + 1) / 2 * math.log1p(x * x / freedom))


def t_below(x, freedom, steps=2000):
    """Simpson's rule from 0 to x, and the half that lies below 0."""
    h = x / steps
    inner = sum((4 if i % 2 else 2) * t_density(i * h, freedom) for i in range(1, steps))
    return 0.5 + h / 3 * (t_density(0, freedom) + inner + t_density(x, freedom))


def t_quantile(p, freedom):
    low, high = 0.0, 50.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if t_below(middle, freedom) < p else (low, middle)
    return (low + high) / 2


def fitted(rows, margins):
    """Weights that meet every margin; rows hold a category for each."""
    weights = [1.0] * len(rows)
    for _ in range(200):
        for at, people in enumerate(margins):
            whole, have = sum(people), Counter()
            for row, weight in zip(rows, weights):
                have[row[at]] += weight
            weights = [w * people[row[at]] / whole * len(rows) / have[row[at]] for row, w in zip(rows, weights)]
    return weights


def estimate(sample, share=True):
    """sample: stratum, cluster, weight, value or None. Mean, its interval, the design effect."""
    told = [(w, y) for _, _, w, y in sample if y is not None]
    whole = sum(w for w, _ in told)
    mean = sum(w * y for w, y in told) / whole
    clusters = defaultdict(lambda: defaultdict(float))
    for stratum, cluster, w, y in sample:
        clusters[stratum][cluster] += 0.0 if y is None else w * (y - mean) / whole
    variance = 0.0
    for sums in clusters.values():
        n, middle = len(sums), sum(sums.values()) / len(sums)
        assert n > 1
        variance += n / (n - 1) * sum((z - middle) ** 2 for z in sums.values())
    freedom = sum(len(s) for s in clusters.values()) - len(clusters)
    error = math.sqrt(variance)
    plain = sum(w * (y - mean) ** 2 for w, y in told) / whole / (len(told) - 1)
    reach = t_quantile(0.975, freedom) * error
    if share:
        logit, reach = math.log(mean / (1 - mean)), reach / (mean * (1 - mean))
        low, high = (1 / (1 + math.exp(-(logit + side * reach))) for side in (-1, 1))
    else:
        low, high = mean - reach, mean + reach
    return mean, low, high, variance / plain


@pytest.mark.parametrize(
    "sample, share, wanted",
    [
        # a simple random sample: mean 14, s/√5 = 1.224745, t(0.975; 4) = 2.776445 (table)
        ([(0, i, 1.0, y) for i, y in enumerate([12, 15, 11, 14, 18])], False, (14.0, 10.59957, 17.40043, 1.0)),
        # two strata of two, s² = 2 in each: Σ W²·s²/n = 1/2, against 5/3 of a sample without strata; t(0.975; 2) = 4.302653
        ([(0, 0, 1.0, 1.0), (0, 1, 1.0, 3.0), (1, 2, 1.0, 5.0), (1, 3, 1.0, 7.0)], False, (4.0, 0.95756, 7.04244, 0.3)),
        # three clusters of two alike are three answers, s²/3 = 7/3, against 14/15 of six; t(0.975; 2) = 4.302653
        ([(0, i // 2, 1.0, y) for i, y in enumerate([1, 1, 2, 2, 6, 6])], False, (3.0, -3.57241, 9.57241, 2.5)),
    ],
)
def test_the_formulas_give_the_textbooks_figures(sample, share, wanted):
    mean, low, high, effect = estimate(sample, share)
    assert mean == pytest.approx(wanted[0])
    assert (low, high) == pytest.approx(wanted[1:3], abs=1e-4)
    assert effect == pytest.approx(wanted[3])


def test_students_t_is_the_tables():
    for freedom, wanted in [(2, 4.302653), (4, 2.776445), (30, 2.042272), (95, 1.985251)]:
        assert t_quantile(0.975, freedom) == pytest.approx(wanted, abs=2e-6)


@pytest.fixture(scope="module")
def rows(demo):
    """What the database holds of SV-0001."""
    with closing(sqlite3.connect(f"file:{demo.data / CODE / 'city.db'}?mode=ro", uri=True)) as db:
        survey, questions, traits = db.execute("select id, questions, traits from survey where number = 'SV-0001'").fetchone()
        segments = dict(db.execute("select id, division from survey_segment where survey_id = ?", (survey,)))
        sheets = db.execute("select segment_id, traits, answers from survey_answer where survey_id = ?", (survey,)).fetchall()
    return json.loads(questions), json.loads(traits), segments, sheets


def test_the_programs_estimates_are_these(office, rows):
    questions, traits, segments, sheets = rows
    told = office.http.get("/surveys/SV-0001/results", params={"format": "json"}).json()
    assert told["answers"] == len(sheets)
    margins = [[c["people"] for c in of["categories"]] for of in traits]
    weights = fitted([[int(c) for c in s[1].split(".")] for s in sheets], margins)
    assert told["weights"] == "raked"
    assert told["weights_effect"] == pytest.approx(len(sheets) * sum(w * w for w in weights) / sum(weights) ** 2, abs=1e-6)
    compared = 0
    for result in told["questions"]:
        question = questions[result["place"] - 1]
        number = question["kind"] == "number"

        def value(answers):
            given = answers.get(question["key"])
            if given is None or number:
                return given
            counts = [question["options"][at].get("counts") for at in given]
            counts = [c / 10_000 for c in counts if c is not None]
            return sum(counts) / len(counts) if counts else None

        mean = result["mean"]
        if mean is None:
            continue
        sample = [(segments[s[0]], s[0], w, value(json.loads(s[2]))) for s, w in zip(sheets, weights)]
        own, low, high, effect = estimate(sample, share=not number)
        if mean["rounded_to"]:
            assert abs(mean["value"] - own) <= mean["rounded_to"] / 2 + 1e-9
            assert mean["low"] <= low and high <= mean["high"]
            continue
        assert mean["value"] == pytest.approx(own, abs=1e-7), question["text"]
        assert (mean["low"], mean["high"]) == pytest.approx((low, high), abs=1e-6)
        assert mean["design_effect"] == pytest.approx(effect, rel=1e-5)
        compared += 1
    assert compared >= 8


def test_no_small_number_is_told(office, rows):
    questions, _, _, sheets = rows
    told = office.http.get("/surveys/SV-0001/results", params={"format": "json"}).json()
    for result in told["questions"]:
        key = questions[result["place"] - 1]["key"]
        counts = Counter()
        for sheet in sheets:
            given = json.loads(sheet[2]).get(key, ())
            for at in given if isinstance(given, list) else []:
                counts[at] += 1
        for at, option in enumerate(result["options"][:-1]):
            if option["n"] is not None and option["option"] != "#":
                assert option["n"] == counts[at] >= 10
        for table in result["tables"]:
            for column in table["columns"]:
                assert all(n is None or n >= 10 for n in column["counts"]), column
