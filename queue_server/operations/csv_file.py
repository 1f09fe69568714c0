"""Rows of cells as CSV (RFC 4180): UTF-8 with a mark at the beginning, by which spreadsheets know the characters.

A spreadsheet takes words that begin with = + - @, also in full width, a tab, a line break or NUL for a formula or
worse; such words get an apostrophe in front, also behind spaces that some take away (trust: no cell of an export runs;
OWASP, CSV injection).
"""

from collections.abc import Iterable, Iterator

from queue_server.operations.sheet import Cell, Cells

_RUNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0")
_MARK = "\ufeff"


def csv_lines(rows: Iterable[Cells]) -> Iterator[bytes]:
    """Each row as a line, the mark before the first."""
    mark = _MARK
    for row in rows:
        yield f"{mark}{','.join(map(_cell, row))}\r\n".encode()
        mark = ""


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    words = f"'{cell}" if cell.lstrip(" \u3000").startswith(_RUNS) else cell
    return '"' + words.replace('"', '""') + '"' if any(mark in words for mark in '",\r\n') else words
