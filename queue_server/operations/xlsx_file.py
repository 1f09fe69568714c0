"""Rows of cells as an XLSX workbook, by XlsxWriter, row by row: a year of rows is never in memory.

Words are written as words, so no program takes them for a formula, a link or a number: a service named `=1+1` stays
text. The first sheet is the table, the second says how each figure is made.
"""

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hall.errors import file_words
from hall.figures import FIGURES
from queue_server.operations.errors import TooManyRowsError, WorkbookError
from queue_server.operations.sheet import Cell, Cells, Sheet

_EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
"""When every workbook says it was made: the same table is the same file, whenever it is written."""


def write_xlsx(file: IO[bytes], sheet: Sheet, rows: Iterable[Cells]) -> None:
    """Write a workbook, whole or not at all: it is put together beside, on the disk, and copied when it is complete.

    Args:
        file: Where to.
        sheet: What the rows are of.
        rows: `sheet.rows()`, perhaps through something that counts them and may stop; what it raises passes through.

    Raises:
        TooManyRowsError: If a sheet of a workbook cannot be that long.
        WorkbookError: If the disk has no room for it.
    """
    top: Cells = (f"{sheet.title}  达标：{sheet.target} 分钟以内",)
    how = ((each.name, each.unit, each.formula) for each in FIGURES)
    try:
        with TemporaryDirectory() as beside:
            made = Path(beside, "workbook")
            with Workbook(made, {"constant_memory": True, "tmpdir": beside}) as book:
                book.set_properties({"created": _EPOCH})
                bold = book.add_format({"bold": True})
                _fill(book.add_worksheet("统计"), bold, [top, sheet.head], rows, [18] * len(sheet.head))
                _fill(book.add_worksheet("怎么算的"), bold, [("统计数字", "单位", "怎么算的")], how, [18, 8, 100])
            with made.open("rb") as whole:
                shutil.copyfileobj(whole, file)
    except FileCreateError as error:
        raise WorkbookError(f"表格文件写不成：{file_words(error.args[0])}") from None
    except OSError as error:
        raise WorkbookError(f"表格文件写不成：{file_words(error)}") from None


def _fill(page: Worksheet, bold: Format, head: list[Cells], rows: Iterable[Cells], widths: list[int]) -> None:
    """Write a sheet; the head is bold and stays in sight when the rows are scrolled."""
    page.freeze_panes(len(head), 0)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    for place, row in enumerate(chain(head, rows)):
        style = bold if place < len(head) else None
        if not all(_put(page, place, column, cell, style) for column, cell in enumerate(row)):
            raise TooManyRowsError(f"一个工作表放不下第 {place + 1} 行")


def _put(page: Worksheet, row: int, column: int, cell: Cell, style: Format | None) -> bool:
    """Write a cell; whether the sheet had room for it."""
    if cell is None:
        return True
    if not isinstance(cell, str):
        return bool(page.write_number(row, column, cell, style) == 0)
    if cell.startswith("<r>"):  # the library takes such words for its own markup; in pieces they are words again
        return bool(page.write_rich_string(row, column, *cell[:2], cell[2:], *([style] if style else [])) == 0)
    return bool(page.write_string(row, column, cell, style) == 0)
