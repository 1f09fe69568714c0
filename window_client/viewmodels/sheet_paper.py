"""The hand-call sheet on paper: A4 pages drawn the same way into a file and on a printer."""

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QGuiApplication, QPagedPaintDevice, QPageLayout, QPageSize, QPainter

from window_client.desk.sheet import Sheet, SheetRow

SIZES = (3.4, 5.4, 3.6, 3.6)
"""Of the printed columns, in millimetres."""
WIDTHS = (9, 27, 52, 15, 14, 19, 19, 31)
"""The columns in millimetres: place, number, service, taken; to be written: window, called, ended, result."""
MARGIN_MM, ROW_MM, HEADING_MM = 12, 9.2, 8
FOOT_MM = 8
_LINE = QColor("#7E8EA0")
_TINT = QColor("#E3E9F0")
_AnyWhere = Qt.AlignmentFlag.AlignVCenter
Spot = tuple[float, float, float, float]


def lay_out(device: QPagedPaintDevice) -> None:
    """Set a device to upright A4."""
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
    )
    device.setPageLayout(layout)


def draw(device: QPagedPaintDevice, sheet: Sheet) -> bool:
    """Draw the sheet; false if the device did not take it."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    try:
        paper = _Paper(painter, device.logicalDpiX() / 25.4)
        height = device.height() / paper.mm
        pages = _pages(sheet, height, paper.head(sheet, draw=False))
        for place, rows in enumerate(pages, 1):
            if place > 1 and not device.newPage():
                return False
            paper.page(sheet, rows, height, sheet.page_words.format(page=place, pages=len(pages)))
    finally:
        ended = painter.end()
    return ended


def _pages(sheet: Sheet, height: float, head: float) -> list[tuple[SheetRow, ...]]:
    each = max(1, int((height - head - HEADING_MM - FOOT_MM) / ROW_MM))
    return [sheet.rows[start : start + each] for start in range(0, len(sheet.rows), each)]


class _Paper:
    """One page after another in millimetres."""

    def __init__(self, painter: QPainter, mm: float) -> None:
        self._painter = painter
        self.mm = mm
        self._family = QFontInfo(QGuiApplication.font()).family()

    def page(self, sheet: Sheet, rows: tuple[SheetRow, ...], height: float, foot: str) -> None:
        y = self.head(sheet, draw=True)
        self._fill((0, y, sum(WIDTHS), HEADING_MM))
        self._cells(y, HEADING_MM, sheet.headings, lambda _: 3.6)
        y += HEADING_MM
        for row in rows:
            service = f"{row.service}　{row.mark}" if row.mark else row.service
            self._cells(y, ROW_MM, (row.place, row.number, service, row.taken), SIZES.__getitem__)
            y += ROW_MM
        self._words((0, height - FOOT_MM, sum(WIDTHS), FOOT_MM), foot, 3.2, Qt.AlignmentFlag.AlignRight)

    def head(self, sheet: Sheet, *, draw: bool) -> float:
        """The head of a page; its height in millimetres."""
        wide = sum(WIDTHS)
        y = 0.0
        lines = [(sheet.title, 7.0, True), ("　".join(filter(None, (sheet.hall, *sheet.captions))), 4.2, False)]
        lines += [(note, 3.4, False) for note in sheet.notes]
        for text, size, bold in lines:
            deep = self._deep(text, size, wide, bold=bold)
            if draw:
                self._words((0, y, wide, deep), text, size, bold=bold, wrap=True)
            y += deep + 1
        return y + 2

    def _cells(self, y: float, deep: float, texts: tuple[str, ...], size: Callable[[int], float]) -> None:
        x = 0.0
        for column, wide in enumerate(WIDTHS):
            self._painter.setPen(_LINE)
            self._painter.drawRect(self._rect((x, y, wide, deep)))
            if column < len(texts):
                spot = (x + 1.2, y, wide - 2, deep)
                self._words(spot, texts[column], size(column), bold=column == 1, fit=True)
            x += wide

    def _words(
        self,
        spot: Spot,
        text: str,
        size: float,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        *,
        bold: bool = False,
        wrap: bool = False,
        fit: bool = False,
    ) -> None:
        """Words in a spot; `fit`: where one line does not hold them, a number gets smaller, others two small lines."""
        self._painter.setPen(QColor("black"))
        if fit and self._wide(text, size, bold=bold) > spot[2]:
            size, wrap = (4.2, False) if bold else (min(size, 3.0), True)
        self._painter.setFont(self._font(size, bold=bold))
        flags = align | _AnyWhere | (Qt.TextFlag.TextWrapAnywhere if wrap else Qt.TextFlag.TextSingleLine)
        self._painter.drawText(self._rect(spot), int(flags), text)

    def _wide(self, text: str, size: float, *, bold: bool) -> float:
        self._painter.setFont(self._font(size, bold=bold))
        return self._painter.fontMetrics().horizontalAdvance(text) / self.mm

    def _deep(self, text: str, size: float, wide: float, *, bold: bool) -> float:
        self._painter.setFont(self._font(size, bold=bold))
        room = self._rect((0, 0, wide, 100))
        return self._painter.boundingRect(room, int(Qt.TextFlag.TextWrapAnywhere), text).height() / self.mm

    def _fill(self, spot: Spot) -> None:
        self._painter.fillRect(self._rect(spot), _TINT)

    def _font(self, size: float, *, bold: bool) -> QFont:
        font = QFont(self._family)
        font.setPixelSize(max(1, round(size * self.mm)))
        font.setBold(bold)
        return font

    def _rect(self, spot: Spot) -> QRectF:
        return QRectF(*(each * self.mm for each in spot))
