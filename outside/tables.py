"""Files that the program wrote, read by Python's own csv and by openpyxl."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime

import openpyxl

# at one of these a spreadsheet begins a formula; the full-width ones count in Chinese versions
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


@dataclass
class Table:
    header: list[str]
    rows: list[dict[str, object]]

    def column(self, title: str) -> list:
        assert title in self.header, f"no column {title}: {self.header}"
        return [row[title] for row in self.rows]


def text_of(cell: str) -> str:
    """A cell of a CSV file as it was meant: without the apostrophe that keeps it from being a formula."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell


def read_csv(content: bytes) -> Table:
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    header = lines[0]
    assert all(len(line) == len(header) for line in lines), "rows of different length"
    return Table(header, [dict(zip(header, line)) for line in lines[1:]])


def read_xlsx(content: bytes) -> Table:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert len(book.worksheets) == 1
    lines = list(book.worksheets[0].iter_rows())
    for line in lines:
        for cell in line:
            assert cell.data_type != "f", f"{cell.coordinate} is a formula: {cell.value!r}"
    header = [cell.value for cell in lines[0]]
    return Table(header, [dict(zip(header, [cell.value for cell in line])) for line in lines[1:]])


def moment(text: str) -> datetime | None:
    """`2026-11-25 17:29:02` of a CSV file."""
    return datetime.fromisoformat(text) if text else None
