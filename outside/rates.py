"""结案率 and its sisters, worked out from nothing but the rows of the exported list; and the page that shows them.

应结案: the handling deadline falls in the period, whenever the case was reported. Voided, merged and refused cases do
not count, nor those whose clock stands, nor parents of parts. 结案: those of them that are closed. 按期结案: those of
these whose accepted answer came by the deadline.
"""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlsplit

from people import Browser
from tables import Table

NOT_COUNTED = {"已作废", "已并案", "不予立案", "挂账", "确权中", "已拆分", "待市民答复"}
# no unit has been told yet: the deadline in the list is that of the office's own step
NOT_SENT = {"待核实", "待立案", "待派遣", "待补充"}
# a word by which the column that opens a number is known
WORDS = {
    "returned": "回退", "extended": "延期", "contested": "异议", "rework": "返工", "handled": "反馈", "rating": "满意",
    "division": "社区|区划",
}
COUNTS = ["due", "closed", "on-time", "rework", "returned", "extended", "contested", "recurred"]
ALL_COLUMNS = "columns=kind,unit,source,reported,due"


def column_for(header: list[str], what: str) -> str | None:
    return next((title for title in header if any(word in title for word in WORDS[what].split("|"))), None)


def day(moment) -> date | None:
    if not moment:
        return None
    return (moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)).date()


def deadline_column(header: list[str]) -> str:
    """处置时限 where the export has it; the deadline of whatever is next otherwise."""
    return "处置时限" if "处置时限" in header else "时限"


def counted(table: Table, first: date, last: date) -> list[dict]:
    title = deadline_column(table.header)
    left_out = NOT_COUNTED if title == "处置时限" else NOT_COUNTED | NOT_SENT
    return [row for row in table.rows if row["状态"] not in left_out and (at := day(row[title])) and first <= at <= last]


def sums(rows: list[dict], header: list[str]) -> dict[str, int]:
    """The counts that these columns allow."""
    found = {
        "due": len(rows),
        "closed": sum(row["状态"] == "已结案" for row in rows),
        "on-time": sum(row["状态"] == "已结案" and row["结案情况"] == "按期结案" for row in rows),
    }
    for what in ("rework", "returned", "extended", "contested", "handled"):
        if title := column_for(header, what):
            found[what] = sum(row[title] not in ("", None, "0", 0, "否") for row in rows)
    if title := column_for(header, "rating"):
        found["rated"] = sum(bool(row[title]) for row in rows)
        found["satisfied"] = sum(row[title] == "满意" for row in rows)
    return found


def percent(part: int, whole: int) -> str:
    if not whole:
        return "–"
    if part == whole:
        return "100%"
    return f"{(Decimal(part) * 100 / whole).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def number(text: str) -> int:
    return int("".join(c for c in text if c.isdigit()))


@dataclass
class Line:
    """A row of the table: numbers, and the address that each leads to."""

    name: str
    counts: dict[str, int] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    closing: str = ""
    on_time: str = ""
    satisfied: str = ""


@dataclass
class Statistics:
    lines: list[Line]
    total: Line | None
    # label → value, part, whole, address
    tiles: dict[str, tuple[str, int, int, str]]


def statistics(office: Browser, query: str) -> Statistics:
    page = office.page(f"/statistics?{query}")
    tiles = {}
    for tile in page.xpath("//a[contains(@class,'tile')]"):
        label, value, note = (
            tile.xpath(f"string(.//span[contains(@class,'tile-{part}')])").strip() for part in ("label", "value", "note")
        )
        # "76 / 86", and below it by how much that has changed
        part, whole = re.match(r"([\d,]+)\s*/\s*([\d,]+)", note).groups()
        tiles[label] = (value, number(part), number(whole), tile.get("href"))
    table = page.xpath("//table[contains(@class,'grid-cards')]")
    if not table:
        return Statistics([], None, tiles)
    lines = [line_of(row) for row in table[0].xpath(".//tbody/tr")]
    return Statistics(lines, line_of(table[0].xpath(".//tfoot/tr")[0]), tiles)


def line_of(row) -> Line:
    cells = row.xpath("./td|./th")
    line = Line(" ".join("".join(cells[0].itertext()).split()))
    for what, cell in zip(COUNTS, cells[1:]):
        line.counts[what] = number("".join(cell.itertext()))
        line.links[what] = next(iter(cell.xpath(".//a/@href")), "")
    # a rate may have below it by how much it has changed
    line.closing, line.on_time, line.satisfied = (
        "".join(c.xpath(".//text()[not(ancestor::*[contains(@class,'cell-sub')])]")).strip() for c in cells[-3:]
    )
    return line


class Counter:
    """How many cases a list has, by its own count."""

    def __init__(self, office: Browser):
        self.office, self.known = office, {}

    def __call__(self, href: str) -> int:
        query = urlsplit(href).query
        if query not in self.known:
            page = self.office.page(f"/cases/count?{query}")
            self.known[query] = number(page.xpath("string(//main//h1)"))
        return self.known[query]
