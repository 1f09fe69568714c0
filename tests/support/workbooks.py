"""Exported files read back: a workbook by openpyxl, and its table held against the CSV of the same figures."""

import csv
import io

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

WORDS, FORMULA = ("s", "inlineStr"), "f"
Value = str | int | float | None


def sheets_of(raw: bytes) -> list[Worksheet]:
    """The sheets of a workbook, in which no cell runs."""
    sheets: list[Worksheet] = load_workbook(io.BytesIO(raw)).worksheets
    for sheet in sheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != FORMULA, cell.coordinate
                assert cell.hyperlink is None, cell.coordinate
                assert not isinstance(cell.value, str) or cell.data_type in WORDS, cell.coordinate
    return sheets


def rows_of(raw: bytes) -> list[tuple[Value, ...]]:
    """The rows of the table, without its title; the names of the columns first."""
    rows: list[tuple[Value, ...]] = list(sheets_of(raw)[0].iter_rows(values_only=True))
    return rows[1:]


def csv_rows_of(raw: bytes) -> list[list[str]]:
    """The rows of a CSV, the names of the columns first."""
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def says_the_same(workbook: bytes, text: bytes) -> bool:
    """Whether both files have every word and every figure in the same place, numbers as numbers in the workbook."""
    ours, theirs = rows_of(workbook), csv_rows_of(text)
    return len(ours) == len(theirs) and all(
        len(row) == len(cells) and all(map(_same, row, cells)) for row, cells in zip(ours, theirs, strict=True)
    )


def _same(value: Value, cell: str) -> bool:
    match value:
        case None:
            return cell == ""
        case str():
            return cell in (value, f"'{value}")
        case _:
            return float(cell) == value
