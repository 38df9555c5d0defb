"""What other programs read of this one: Prometheus its measurements, and whoever writes a client its description."""

import re

import httpx
import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from prometheus_client.parser import text_string_to_metric_families

from city import ROOT


def metrics(city) -> dict:
    answer = httpx.get(f"{city.address}/metrics")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = list(text_string_to_metric_families(answer.text))
    assert len(families) == len({family.name for family in families}), "a family is there twice"
    return {family.name: family for family in families}


def test_prometheus_reads_the_measurements(demo):
    families = metrics(demo)
    assert families["http_request_seconds"].type == "histogram"
    assert {"jobs", "db_commits"} <= set(families)
    for family in families.values():
        assert family.samples and family.type != "unknown", f"{family.name} has no type"
        for sample in family.samples:
            assert sample.value >= 0, sample


def test_histograms_add_up(demo):
    for family in metrics(demo).values():
        if family.type != "histogram":
            continue
        rows: dict[tuple, dict] = {}
        for sample in family.samples:
            key = tuple(sorted((k, v) for k, v in sample.labels.items() if k != "le"))
            row = rows.setdefault(key, {"buckets": [], "count": None})
            if sample.name.endswith("_bucket"):
                row["buckets"].append((float(sample.labels["le"]), sample.value))
            elif sample.name.endswith("_count"):
                row["count"] = sample.value
        for key, row in rows.items():
            limits, values = zip(*row["buckets"])
            assert list(limits) == sorted(limits) and limits[-1] == float("inf"), key
            assert list(values) == sorted(values) and values[-1] == row["count"], key


def test_requests_are_counted(demo):
    def answered():
        family = metrics(demo)["http_request_seconds"]
        wanted = {"method": "GET", "route": "/api/v1/divisions", "status": "200"}
        return next((s.value for s in family.samples if s.name.endswith("_count") and s.labels == wanted), 0)

    before = answered()
    for _ in range(7):
        assert httpx.get(f"{demo.address}/api/v1/divisions").status_code == 200
    assert answered() == before + 7


@pytest.fixture(scope="module")
def description(demo):
    return httpx.get(f"{demo.address}/api/v1/openapi.json").json()


def test_the_description_is_openapi(description):
    assert description["openapi"].startswith("3.1")
    wrong = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in OpenAPIV31SpecValidator(description).iter_errors()]
    assert not wrong, f"{len(wrong)} faults: {wrong[:5]}"


def test_every_address_of_the_api_is_described(description):
    documented = re.findall(r"^\| (\w+) \| `(/api/v1/[^`]+)`", (ROOT / "docs/generated/routes.md").read_text("utf-8"), re.M)
    described = {(method.upper(), path) for path, item in description["paths"].items() for method in item}
    missing = set(documented) - described - {("GET", "/api/v1/openapi.json")}
    assert len(documented) > 15 and not missing, f"not described: {sorted(missing)}"


def test_answers_are_as_described(description, office):
    """Every list and thing that can be read without knowing a number."""
    looked_at = 0
    for path, item in description["paths"].items():
        if "get" not in item or "{" in path:
            continue
        answer = office.http.get(path)
        told = item["get"]["responses"].get(str(answer.status_code))
        assert told, f"{path} answers {answer.status_code}, which is not described"
        schema = told.get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            continue
        looked_at += 1
        whole = {**schema, "components": description["components"]}
        errors = [f"{e.json_path}: {e.message}" for e in OAS31Validator(whole).iter_errors(answer.json())]
        assert not errors, f"{path}: {errors[:3]}"
    assert looked_at >= 8


def test_one_case_is_as_described(description, office):
    number = office.json("/api/v1/cases")["items"][0]["number"]
    schema = description["paths"]["/api/v1/cases/{number}"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    errors = list(OAS31Validator({**schema, "components": description["components"]}).iter_errors(
        office.json(f"/api/v1/cases/{number}")
    ))
    assert not errors, errors[:3]


def test_problems_are_rfc_9457(demo):
    answer = httpx.get(f"{demo.address}/api/v1/cases", headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert problem["status"] == 401 and problem["code"] and problem["title"] and problem["request_id"]
