"""The rules that a mapping file states, read and carried out once more, in Python.

A mapping names the columns of another system's file. Written after the comments at the head of each file and after
the format's description, not after the program's code: this is the second opinion on every row.
"""

import csv
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path

from days import CHINA


@dataclass
class Read:
    """What should come of one row. The header is row 1."""

    row: int
    values: dict[str, object] = field(default_factory=dict)
    repaired: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def fault(self, rule: dict, reason: str):
        strict = rule.get("required") or rule.get("on_fault") == "refuse"
        (self.refused if strict else self.repaired).add(reason)


def as_list(value) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def zone(text: str) -> timezone:
    return datetime.strptime(text, "%z").tzinfo


def instant(text: str, formats: list[str], local: timezone) -> datetime | None:
    for form in formats:
        try:
            at = datetime.fromisoformat(text) if form == "rfc3339" else datetime.strptime(text, form)
        except ValueError:
            continue
        if form == "rfc3339" and at.tzinfo is None:
            continue
        return at if at.tzinfo else at.replace(tzinfo=local)
    return None


class Mapping:
    def __init__(self, file: Path):
        self.text = file.read_text(encoding="utf-8")
        whole = tomllib.loads(self.text)
        self.fields = whole["fields"]
        self.blanks = {b.lower() for b in whole.get("blanks", [])}
        self.within = whole.get("within", [-180, -90, 180, 90])
        self.zone = zone(whole.get("timezone", "+08:00"))

    def read(self, file: Path) -> list[Read]:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            records = list(csv.DictReader(lines))
        seen = defaultdict(set)
        return [self._row(at + 2, record, seen) for at, record in enumerate(records)]

    def _row(self, number: int, record: dict, seen) -> Read:
        row = Read(number)
        for name, rule in self.fields.items():
            self._field(row, name, rule, record)
        self._position(row)
        self._order(row)
        self._state(row)
        # a number that stood in a row before this one
        for name, rule in self.fields.items():
            if rule.get("unique") and name in row.values and not row.refused:
                if row.values[name] in seen[name]:
                    row.refused.add("duplicate_id")
                seen[name].add(row.values[name])
        return row

    def _field(self, row: Read, name: str, rule: dict, record: dict):
        if "const" in rule:
            row.values[name] = rule["const"]
            return
        columns = [c for c in as_list(rule["from"]) if c in record]
        if not columns:
            if rule.get("required"):
                row.refused.add("missing_column")
            return
        cells = [(record[c] or "").strip() for c in columns]
        cells = [c for c in cells if c and c.lower() not in self.blanks]
        text = rule.get("join", " ").join(cells)
        if not text:
            if rule.get("required"):
                row.refused.add("blank")
            return
        if "values" in rule:
            known = {k.lower(): v for k, v in rule["values"].items()}
            if text.lower() not in known:
                if "default" not in rule:
                    return row.fault(rule, "unknown_value")
                row.repaired.add("unknown_value")
            text = known.get(text.lower(), rule.get("default"))
        self._convert(row, name, rule, text)

    def _convert(self, row: Read, name: str, rule: dict, text: str):
        kind = rule.get("kind", "text")
        if kind in ("longitude", "latitude"):
            try:
                row.values[name] = float(text)
            except ValueError:
                row.fault(rule, "not_a_number")
        elif kind == "instant":
            at = instant(text, as_list(rule["format"]), self.zone)
            if at is None:
                row.fault(rule, "not_a_date")
            elif at.year <= 1900:
                row.fault(rule, "year_1900")
            else:
                row.values[name] = at
        elif len(text) > rule.get("max_len", len(text)):
            # half a number is another number
            if rule.get("unique") or rule.get("required"):
                row.fault(rule, "too_long")
            else:
                row.repaired.add("too_long")
                row.values[name] = text[: rule["max_len"]]
        else:
            row.values[name] = text

    def _position(self, row: Read):
        if "lng" not in self.fields:
            return
        lng, lat = row.values.get("lng"), row.values.get("lat")
        if lng is None and lat is None:
            return
        west, south, east, north = self.within
        if lng is None or lat is None:
            reason = "position_half"
        elif lng == 0 and lat == 0:
            reason = "position_0_0"
        elif not (west <= lng <= east and south <= lat <= north):
            reason = "position_outside"
        else:
            return
        row.values.pop("lng", None), row.values.pop("lat", None)
        if "not_a_number" not in row.repaired:
            row.fault(self.fields["lng"], reason)

    def _order(self, row: Read):
        for name, rule in self.fields.items():
            before, after = row.values.get(rule.get("not_before")), row.values.get(name)
            if before and after and after < before:
                del row.values[name]
                row.fault(rule, "closing_before_opening")

    def _state(self, row: Read):
        """Closed is what the other system says is closed. A time of closing that what is open has is left out, and told."""
        if row.values.get("status", "closed") != "closed" and row.values.pop("closed_at", None):
            row.repaired.add("open_with_closing")


def shown(at: datetime | None) -> str:
    """As exports write it: the time in China."""
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S") if at else ""
