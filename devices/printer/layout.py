"""A slip fitted to a width of paper: paragraphs become lines, columns get their spaces, the number its size.

Still no bytes: `escpos` writes what stands here, `drawing` draws what the printer's type cannot say.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from devices.printer import cells
from devices.printer.profile import DOTS_PER_CELL, Paper, Profile
from devices.printer.slip import Align, BigNumber, Columns, Cut, Feed, Logo, Qr, Rule, Slip, SlipError, Text

CELL_HEIGHT = 24
QR_SIDE = 200  # dots a QR code should fill; 25 mm, read at arm's length
QR_GAP = 36  # dots between a code and the words beside it
_QR_QUIET = 20  # white dots above a code and under it: four modules of the finest, which readers need
_WIDOW = 6  # cells; a last line this short looks like a mistake
_LEADING = 14  # white dots under a line
_MARK_SIZE = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one size on a line."""

    text: str
    size: int = 1
    bold: bool = False

    @property
    def dots(self) -> int:
        """Its width."""
        return cells.width(self.text) * DOTS_PER_CELL * self.size


@dataclass(frozen=True, slots=True)
class Line:
    """One line of type; the margin and the gaps of columns are runs of spaces in it.

    Attributes:
        runs: From left to right.
        centred: Whether it stands in the middle of the paper; else at its left edge.
    """

    runs: tuple[Run, ...]
    centred: bool = False

    @property
    def height(self) -> int:
        """Dots from its top to the top of the next."""
        return CELL_HEIGHT * max((run.size for run in self.runs), default=1) + _LEADING

    @property
    def dots(self) -> int:
        """Its width."""
        return sum(run.dots for run in self.runs)


@dataclass(frozen=True, slots=True)
class QrBlock:
    """A code with lines of type at its right, to be drawn as one picture; without lines the code is centred."""

    data: str
    lines: tuple[Line, ...] = ()


Part = Line | QrBlock | Rule | Feed | Logo | Cut


def fit(slip: Slip, profile: Profile) -> Iterator[Part]:
    """Lay a slip out for a printer.

    Raises:
        SlipError: Something is wider than the paper.
    """
    paper = profile.paper
    for element in slip.elements:
        match element:
            case Text():
                yield from _paragraph(element, paper)
            case BigNumber():
                yield _number(element, paper)
            case Columns():
                yield from _columns(element, paper)
            case Qr():
                yield from _qr(element, profile)
            case Logo():
                if element.width > paper.dots:
                    raise SlipError(f"Logo：宽 {element.width} 点，超过纸宽 {paper.dots} 点")
                yield element
            case Rule() | Feed() | Cut():
                yield element


def _paragraph(text: Text, paper: Paper) -> Iterator[Line]:
    room = paper.dots if text.align is Align.CENTRE else paper.inner
    for line in _wrap(text, room, centred=text.align is Align.CENTRE):
        run = Run(line, text.size, text.bold)
        if text.align is Align.CENTRE:
            yield Line((run,), centred=True)
        else:
            slack = paper.inner - run.dots if text.align is Align.RIGHT else 0
            yield Line((_blank(paper.margin + slack), run))


def _number(number: BigNumber, paper: Paper) -> Line:
    text = cells.clean(number.text)
    marks = cells.clean(" ".join(number.marks))
    wished = number.scale or (paper.big if cells.width(text) <= 5 else paper.big_long)
    beside = (_blank(DOTS_PER_CELL), Run(marks, _MARK_SIZE, bold=True)) if marks else ()
    for scale in range(wished, 0, -1):
        line = Line((Run(text, scale, bold=True), *beside), centred=True)
        if line.dots <= paper.inner:
            return line
    raise SlipError(f"BigNumber：号码及标记 {cells.width(text)} 格，纸上放不下")


def _columns(columns: Columns, paper: Paper) -> Iterator[Line]:
    runs = [Run(cells.clean(cell).replace("\n", " "), columns.size, columns.bold) for cell in columns.cells]
    slack = paper.inner - sum(run.dots for run in runs)
    gaps = len(runs) - 1
    if gaps < 1 or slack < gaps * 2 * DOTS_PER_CELL:
        for cell in columns.cells:
            yield from _paragraph(Text(cell, columns.size, columns.bold), paper)
        return
    # Each gap ends where an even share of the slack ends, so that rounding never adds up.
    ends = [slack * n // gaps // DOTS_PER_CELL * DOTS_PER_CELL for n in range(gaps + 1)]
    spaced = [runs[0]]
    for n, run in enumerate(runs[1:]):
        spaced += [_blank(ends[n + 1] - ends[n]), run]
    yield Line((_blank(paper.margin), *spaced))


def _qr(qr: Qr, profile: Profile) -> Iterator[QrBlock | Feed | Line]:
    paper = profile.paper
    room = paper.inner - QR_SIDE - QR_GAP
    yield Feed(_QR_QUIET)
    if profile.qr == "image" and qr.words and room >= QR_SIDE:
        lines = [Line((Run(text, words.size, words.bold),)) for words in qr.words for text in _wrap(words, room)]
        yield QrBlock(qr.data, tuple(lines))
        yield Feed(_QR_QUIET + _LEADING)
        return
    yield QrBlock(qr.data)
    yield Feed(_QR_QUIET)
    for words in qr.words:
        for line in _wrap(words, paper.inner, centred=True):
            yield Line((Run(line, words.size, words.bold),), centred=True)
    yield Feed(_LEADING)


def _wrap(text: Text, room: int, *, centred: bool = False) -> list[str]:
    columns = room // (DOTS_PER_CELL * text.size)
    if columns < 2:
        raise SlipError(f"Text：字号 {text.size} 在 {room} 点内一个字也放不下")
    plain = cells.clean(text.text)
    lines = cells.wrap(plain, columns)
    if len(lines) > 1 and (centred or cells.width(lines[-1]) <= _WIDOW):
        return cells.wrap_evenly(plain, columns)
    return lines


def _blank(dots: int) -> Run:
    return Run(" " * (dots // DOTS_PER_CELL))
