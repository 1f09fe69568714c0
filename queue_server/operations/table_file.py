"""A table of statistics as a file's bytes, in either kind, telling how far it is."""

import io
from itertools import chain

from queue_server.operations.csv_file import csv_lines
from queue_server.operations.progress import Progress, counted
from queue_server.operations.sheet import Sheet
from queue_server.operations.xlsx_file import write_xlsx

KINDS = ("csv", "xlsx")


def file_of(sheet: Sheet, kind: str, progress: Progress) -> bytes:
    """The bytes of one of `KINDS`.

    Raises:
        StoppedError: If `progress` stops it.
        TooManyRowsError: As `write_xlsx`.
        WorkbookError: As `write_xlsx`.
    """
    rows = counted(sheet.rows(), len(sheet.table.rows) + 1, progress)
    if kind == "csv":
        return b"".join(csv_lines(chain([sheet.head], rows)))
    file = io.BytesIO()
    write_xlsx(file, sheet, rows)
    return file.getvalue()
