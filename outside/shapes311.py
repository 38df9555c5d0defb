"""What answers of GeoReport v2 look like, as JSON Schema and as XSD, in this project's own words.

Three judges. `OURS` is what docs/api.md promises: every member, nothing else. `THEIRS` is what the community's schemas
(github.com/open311/schema-validation, schema/georeport-v2) hold an answer to: which members must be there and of which
types they are; those facts, not their text. An answer has to please both. `XSD` (georeport.xsd) is for XML, for which the
community has no schema: the specification calls it schemaless.
"""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree

XSD = etree.XMLSchema(etree.parse(str(Path(__file__).parent / "georeport.xsd")))

TEXT, MAYBE = {"type": "string", "minLength": 1}, {"type": ["string", "null"]}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$", "format": "date-time"}
DEGREES, LINK = {"type": ["number", "null"]}, {"type": ["string", "null"], "format": "web"}
STATUS, KIND = {"enum": ["open", "closed"]}, {"enum": ["realtime", "batch", "blackbox"]}
DATATYPE = {"enum": ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]}

FORMATS = FormatChecker()


@FORMATS.checks("web")
def is_web(value) -> bool:
    parts = urlsplit(value) if isinstance(value, str) else None
    return parts is None or (parts.scheme in ("http", "https") and bool(parts.netloc))


@FORMATS.checks("date-time", raises=ValueError)
def is_moment(value) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


def exactly(**members) -> dict:
    """An object with these members and no others."""
    return {"type": "object", "properties": members, "required": list(members), "additionalProperties": False}


def rows(of: dict, **more) -> dict:
    return {"type": "array", "items": of, **more}


ATTRIBUTE = exactly(
    variable={"type": "boolean"}, code=TEXT, datatype=DATATYPE, required={"type": "boolean"}, datatype_description=MAYBE,
    order={"type": "integer", "minimum": 1}, description=TEXT, values=rows(exactly(key=TEXT, name=TEXT)),
)
OURS = {
    "services": rows(exactly(
        service_code=TEXT, service_name=TEXT, description=TEXT, metadata={"type": "boolean"}, type=KIND,
        keywords={"type": "string"}, group=TEXT,
    ), minItems=1),
    "definition": exactly(service_code=TEXT, attributes=rows(ATTRIBUTE)),
    "requests": rows(exactly(
        service_request_id=TEXT, status=STATUS, status_notes=TEXT, service_name=TEXT, service_code=TEXT,
        description={"type": ["string", "null"], "maxLength": 4000}, agency_responsible=MAYBE, service_notice=TEXT,
        requested_datetime=MOMENT, updated_datetime=MOMENT, expected_datetime={"anyOf": [MOMENT, {"type": "null"}]},
        address=MAYBE, address_id=MAYBE, zipcode={"type": "null"}, lat=DEGREES, long=DEGREES, media_url=LINK,
    )),
    "created": rows(
        exactly(service_request_id=TEXT, service_notice=TEXT, account_id={"type": "null"}), minItems=1, maxItems=1
    ),
    "token": rows(exactly(service_request_id=TEXT, token=TEXT), minItems=1, maxItems=1),
    "updates": rows(exactly(
        update_id=TEXT, service_request_id=TEXT, status=STATUS, updated_datetime=MOMENT, description=TEXT, media_url=LINK,
    )),
    "updated": rows(exactly(update_id=TEXT), minItems=1, maxItems=1),
    "errors": rows(exactly(code={"type": "integer"}, description=TEXT), minItems=1),
    "discovery": exactly(changeset=MOMENT, contact=TEXT, key_service=TEXT, endpoints=rows(exactly(
        specification=TEXT, url={"type": "string", "format": "web"}, changeset=MOMENT, type=TEXT,
        formats=rows(TEXT, minItems=1),
    ), minItems=1)),
}


def at_least(required: str, /, **types) -> dict:
    """An object that has these members, and whose members are of these types where they are there at all."""
    return {"type": "object", "required": required.split(), "properties": types}


STRING, OPEN = {"type": "string"}, {"type": ["string", "null"]}
WHEN = {"type": ["string", "null"], "format": "date-time"}
THEIRS = {
    "services": rows(at_least(
        "service_code service_name metadata type", service_code=STRING, service_name=STRING, description=OPEN,
        metadata={"type": "boolean"}, type=KIND, keywords=OPEN, group=OPEN,
    )),
    "definition": at_least("service_code attributes", service_code=STRING, attributes=rows(at_least(
        "variable code datatype required", variable={"type": "boolean"}, code=STRING, datatype=DATATYPE,
        required={"type": "boolean"}, datatype_description=OPEN, order={"type": ["integer", "null"]}, description=OPEN,
        values=rows(at_least("key name", key=STRING, name=STRING)),
    ))),
    "requests": rows(at_least(
        "service_request_id status service_code requested_datetime", service_request_id=STRING, status=STATUS,
        status_notes=OPEN, service_name=OPEN, service_code=STRING, description={**OPEN, "maxLength": 4000},
        agency_responsible=OPEN, service_notice=OPEN, requested_datetime={**STRING, "format": "date-time"},
        updated_datetime=WHEN, expected_datetime=WHEN, address=OPEN, address_id=OPEN, zipcode=OPEN, lat=DEGREES,
        long=DEGREES, media_url=LINK,
    )),
    # of these it has members without saying which must be there; its examples have null where nothing is known
    "created": rows(at_least("", service_request_id=STRING, token=STRING, service_notice=OPEN, account_id=OPEN)),
    "token": rows(at_least("", service_request_id=STRING, token=STRING)),
}


def fits(name: str, answer) -> None:
    """Whether a parsed JSON answer is as promised, and as the community would have it."""
    for judge in (OURS, THEIRS):
        if name in judge:
            validator = Draft202012Validator(judge[name], format_checker=FORMATS)
            wrong = [f"{e.json_path}: {e.message}" for e in validator.iter_errors(answer)]
            assert not wrong, wrong[:5]


ROOTS = {
    "services": "services", "definition": "service_definition", "requests": "service_requests",
    "created": "service_requests", "token": "service_requests", "updates": "service_request_updates",
    "updated": "service_request_updates", "errors": "errors", "discovery": "discovery",
}


def fits_in(name: str, format: str, answer) -> None:
    """Whether an answer of httpx is sound in its format: its type, its encoding, its shape."""
    kind = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}[format]
    assert answer.headers["content-type"] == kind, answer.headers["content-type"]
    answer.content.decode("utf-8")
    if format == "json":
        return fits(name, answer.json())
    assert answer.content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    document = etree.fromstring(answer.content)
    assert document.tag == ROOTS[name], document.tag
    XSD.assertValid(document)
