"""Bytes → paper: what a printer would put on the slip, as a picture and as the characters it set.

An independent reading of the stream. It sets double bytes two cells wide, breaks a line that is too long where
the printer would, and shows what the printer's type lacks as a replacement character, so that a mistake of the
encoder is seen. Large type is drawn smoother than a printer draws it.
"""

from dataclasses import dataclass, field

import segno
from PIL import Image

from devices.printer import stream
from devices.printer.ink import EM, KNIFE_GAP, Strip
from devices.printer.stream import ESC, FS, GS, Command, CommandStream

MISSING = "\ufffd"  # stands for bytes that are no character of the printer's type
LONGEST_QR = 1273  # bytes that fit a code at every level
_CELL = 12
_NOTHING = b"\0"  # printers pass over it
_DEFAULT_PITCH = 30


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters set on one line in one style.

    Attributes:
        text: The characters; `MISSING` for what the type lacks.
        x: Dots from the left edge.
        y: Dots from the upper edge of the paper to the top of the characters.
        width: Multiple of the normal width.
        height: Multiple of the normal height.
        bold: Emphasised.
    """

    text: str
    x: int
    y: int
    width: int
    height: int
    bold: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One piece of paper from cut to cut.

    Attributes:
        picture: Two colours, as wide as the paper, 8 dots to the millimetre.
        runs: What was set in type, in order.
        unknown: Names of commands that were not understood.
    """

    picture: Image.Image
    runs: tuple[TextRun, ...]
    unknown: tuple[bytes, ...]

    @property
    def text(self) -> str:
        """What was set in type, a line of text for each line of paper, without the spaces at its ends."""
        lines: dict[int, str] = {}
        for run in self.runs:
            bottom = run.y + EM * run.height
            lines[bottom] = lines.get(bottom, "") + run.text
        return "\n".join(line.strip() for line in lines.values())


def render(data: bytes, dots: int = 576) -> list[Sheet]:
    """The sheets that a printer with paper of this width makes of the bytes; what follows the last cut is left out."""
    paper = PaperPath(dots)
    sheets = (paper.obey(command) for command in CommandStream().feed(data))
    return [sheet for sheet in sheets if sheet is not None]


@dataclass(frozen=True, slots=True)
class _Style:
    width: int = 1
    height: int = 1
    bold: bool = False


@dataclass(slots=True)
class _Modes:
    """What 1B 40 sets back."""

    style: _Style = field(default_factory=_Style)
    align: int = 0
    pitch: int = _DEFAULT_PITCH
    chinese: bool = True  # models for China wake up so


@dataclass(frozen=True, slots=True)
class _Glyph:
    character: str
    cells: int
    style: _Style

    @property
    def advance(self) -> int:
        return self.cells * _CELL * self.style.width


class PaperPath:
    """The printing part of a printer: commands in, sheets out.

    Args:
        dots: Printable dots in a row: 576 or 384.
    """

    def __init__(self, dots: int = 576) -> None:
        self._strip = Strip(dots)
        self._modes = _Modes()
        self._line: list[_Glyph] = []
        self._lead = b""
        self._qr = _NativeQr()
        self._runs: list[TextRun] = []
        self._unknown: list[bytes] = []
        self._cut_off = 0

    @property
    def fed(self) -> int:
        """Dots of paper that have passed the head, cut off or not."""
        return self._cut_off + self._strip.y

    def forget_line(self) -> None:
        """Drop the characters of a line that is not printed yet."""
        self._line, self._lead = [], b""

    def tear(self) -> Sheet | None:
        """What is printed and not cut off, torn off by hand; None if nothing is."""
        if not self._runs and not self._strip.inked:
            return None
        return self._free(max(1, self._strip.y))

    def obey(self, command: Command) -> Sheet | None:
        """Do one command; a cut gives the sheet it cut off."""
        name, parameters = command.name, command.parameters
        first = parameters[0] if parameters else 0
        if name == stream.TEXT:
            self._characters(parameters)
        elif name == b"\n":
            self._end_line()
        elif name == stream.CUT:
            return self._cut(parameters)
        elif name == stream.RASTER:
            self._raster(parameters)
        elif name == stream.FUNCTION and first == ord("k"):
            self._native_qr(parameters[3:])
        elif name in (ESC + b"d", ESC + b"J"):
            if self._line:
                self._end_line()
            self._strip.advance(first * (self._modes.pitch if name == ESC + b"d" else 1))
        elif name != _NOTHING and not self._mode(name, first):
            self._unknown.append(name)
        return None

    def _mode(self, name: bytes, value: int) -> bool:
        modes = self._modes
        if name == ESC + b"@":
            self._modes, self._line, self._lead = _Modes(), [], b""
        elif name == GS + b"!":
            modes.style = _Style((value >> 4) + 1, (value & 0x0F) + 1, modes.style.bold)
        elif name == ESC + b"E":
            modes.style = _Style(modes.style.width, modes.style.height, bool(value & 1))
        elif name == ESC + b"a":
            modes.align = value % ord("0")  # models take the number or its digit
        elif name == ESC + b"3":
            modes.pitch = value
        elif name == ESC + b"2":
            modes.pitch = _DEFAULT_PITCH
        elif name in (FS + b"&", FS + b"."):
            modes.chinese = name == FS + b"&"
        else:
            return False
        return True

    def _characters(self, data: bytes) -> None:
        for code in data:
            if self._lead:
                self._add(_double_byte(self._lead + bytes([code])), 2)
                self._lead = b""
            elif code >= 0x81 and self._modes.chinese:
                self._lead = bytes([code])
            else:
                self._add(bytes([code]).decode("cp437"), 1)

    def _add(self, character: str, cells: int) -> None:
        glyph = _Glyph(character, cells, self._modes.style)
        if sum(other.advance for other in self._line) + glyph.advance > self._strip.dots:
            self._end_line()
        self._line.append(glyph)

    def _end_line(self) -> None:
        if self._lead:
            self._lead = b""
            self._add(MISSING, 1)
        line, self._line = self._line, []
        height = max((EM * glyph.style.height for glyph in line), default=0)
        x = max(0, self._strip.dots - sum(glyph.advance for glyph in line)) * self._modes.align // 2
        style: _Style | None = None
        for glyph in line:
            size = (glyph.style.width, glyph.style.height)
            y = self._strip.y + height - EM * glyph.style.height
            if glyph.style != style:
                style = glyph.style
                self._runs.append(TextRun("", x, y, *size, style.bold))
            last = self._runs[-1]
            self._runs[-1] = TextRun(last.text + glyph.character, last.x, last.y, *size, last.bold)
            self._strip.character(glyph.character, x, y, cells=glyph.cells, size=size, bold=glyph.style.bold)
            x += glyph.advance
        self._strip.advance(max(self._modes.pitch, height))

    def _raster(self, parameters: bytes) -> None:
        mode = parameters[1] % ord("0")
        row_bytes, rows = (int.from_bytes(parameters[at : at + 2], "little") for at in (2, 4))
        if not row_bytes or not rows:
            return
        picture = Image.frombytes("1", (row_bytes * 8, rows), parameters[6:])
        if mode:
            size = (picture.width * (1 + (mode & 1)), picture.height * (1 + (mode >> 1 & 1)))
            picture = picture.resize(size, Image.Resampling.NEAREST)
        self._strip.dots_of(picture, self._modes.align)

    def _native_qr(self, function: bytes) -> None:
        if self._qr.set(function):
            self._strip.dots_of(self._qr.picture(), self._modes.align)

    def _cut(self, parameters: bytes) -> Sheet:
        # Feed-then-cut first pushes the last line past the knife; a bare cut falls above what was printed last.
        below = parameters[1] if len(parameters) > 1 else -KNIFE_GAP
        return self._free(max(1, self._strip.y + below))

    def _free(self, at: int) -> Sheet:
        self._cut_off += at
        runs = tuple(run for run in self._runs if run.y < at)
        left_over = (run for run in self._runs if run.y >= at)
        self._runs = [TextRun(run.text, run.x, run.y - at, run.width, run.height, run.bold) for run in left_over]
        unknown, self._unknown = tuple(self._unknown), []
        return Sheet(self._strip.cut(at), runs, unknown)


class _NativeQr:
    """The printer's own QR code, as 1D 28 6B builds it up function by function."""

    _LEVELS = "lmqh"

    def __init__(self) -> None:
        self._data, self._module, self._level = b"", 3, 0

    def set(self, function: bytes) -> bool:
        """Take one function; whether it is the one that prints."""
        code, parameters = function[1:2], function[2:]
        if code == b"C" and parameters:
            self._module = min(max(parameters[0], 1), 16)
        elif code == b"E" and parameters:
            self._level = (parameters[0] - ord("0")) % len(self._LEVELS)
        elif code == b"P":
            self._data = parameters[1:]
        return code == b"Q" and 0 < len(self._data) <= LONGEST_QR

    def picture(self) -> Image.Image:
        """The code, 1 is black."""
        code = segno.make(self._data, micro=False, error=self._LEVELS[self._level], boost_error=False)
        side = len(code.matrix)
        small = Image.new("1", (side, side))
        small.putdata([module for row in code.matrix for module in row])
        return small.resize((side * self._module, side * self._module), Image.Resampling.NEAREST)


def _double_byte(code: bytes) -> str:
    try:
        return code.decode("gbk")
    except UnicodeDecodeError:
        return MISSING
