"""Rows of cells as an XLSX workbook (ECMA-376), written row by row.

Words are cells of the kind `inlineStr`, which no program takes for a formula: a service named `=1+1` stays text. The
first sheet is the table, the second says how each figure is made. Only what is needed of the format is written here,
so no library comes with it.
"""

import re
import zipfile
from collections.abc import Iterable
from itertools import chain
from typing import IO
from xml.sax.saxutils import escape

from hall.figures import FIGURES
from queue_server.operations.sheet import Cell, Cells, Sheet

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PAPER = "application/vnd.openxmlformats-"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PARTS = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEETS = ("统计", "怎么算的")
_PLAIN, _BOLD = 0, 1
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_xlsx(file: IO[bytes], sheet: Sheet, rows: Iterable[Cells]) -> None:
    """Write a workbook.

    Args:
        file: Where to.
        sheet: What the rows are of.
        rows: `sheet.rows()`, perhaps through something that counts them.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, text in _frame().items():
            pack.writestr(_entry(name), text)
        top: Cells = (f"{sheet.title}  达标：{sheet.target} 分钟以内",)
        how = chain([("统计数字", "单位", "怎么算的")], ((each.name, each.unit, each.formula) for each in FIGURES))
        _write_sheet(pack, 1, chain([top, sheet.head], rows), bold=2, widths=[18] * len(sheet.head))
        _write_sheet(pack, 2, how, bold=1, widths=[18, 8, 100])


def _write_sheet(pack: zipfile.ZipFile, number: int, rows: Iterable[Cells], *, bold: int, widths: list[int]) -> None:
    with pack.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as part:
        columns = "".join(
            f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, start=1)
        )
        view = f'<pane ySplit="{bold}" topLeftCell="A{bold + 1}" activePane="bottomLeft" state="frozen"/>'
        part.write(
            f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{view}</sheetView></sheetViews>'
            f"<cols>{columns}</cols><sheetData>".encode()
        )
        for place, row in enumerate(rows, start=1):
            style = _BOLD if place <= bold else _PLAIN
            cells = "".join(_cell(cell, style) for cell in row)
            part.write(f'<row r="{place}">{cells}</row>'.encode())
        part.write(b"</sheetData></worksheet>")


def _cell(cell: Cell, style: int) -> str:
    if cell is None:
        return "<c/>"
    if isinstance(cell, str):
        words = escape(_NOT_XML.sub("\ufffd", cell))
        return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
    return f'<c s="{style}"><v>{cell}</v></c>'


def _frame() -> dict[str, str]:
    """Everything but the sheets."""
    sheet_names = list(enumerate(_SHEETS, start=1))
    sheets = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in sheet_names)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" '
        f'ContentType="{_PAPER}officedocument.spreadsheetml.worksheet+xml"/>'
        for n, _ in sheet_names
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PARTS}/content-types">'
        f'<Default Extension="rels" ContentType="{_PAPER}package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_PAPER}officedocument.spreadsheetml.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_PAPER}officedocument.spreadsheetml.styles+xml"/>'
        f"{parts}</Types>",
        "_rels/.rels": _links([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(
            [*(("worksheet", f"worksheets/sheet{n}.xml") for n, _ in sheet_names), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/></font>'
        '<font><b/><sz val="11"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf fontId="0" xfId="0"/>'
        '<xf fontId="1" xfId="0" applyFont="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
    }


def _links(targets: Iterable[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PARTS}/relationships">{links}</Relationships>'


def _entry(name: str) -> zipfile.ZipInfo:
    """The same table is the same file, whenever it is written."""
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
