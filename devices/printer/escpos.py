"""A slip as ESC/POS bytes, with a text layer of our own.

Chinese goes out as GB18030 double bytes in Chinese mode, switched on once after the initialisation. The text
routines of python-escpos send Chinese punctuation through Western code pages and lose it, so only its raster
packing and its table of commands serve here. Commands: the manuals of common Chinese 58 and 80 mm models.
"""

from collections.abc import Iterator
from itertools import chain

from escpos import constants as command
from escpos.image import EscposImage
from PIL import Image

from devices.printer import cells, drawing
from devices.printer.layout import BELOW, Line, Part, QrBlock, fit
from devices.printer.profile import Profile
from devices.printer.slip import Cut, Feed, Logo, Rule, Slip

_CHINESE_ON = command.FS + b"&"
_LINE_PITCH = command.ESC + b"3"
_FEED_DOTS = command.ESC + b"J"
_ALIGN = command.ESC + b"a"
_BOLD = command.ESC + b"E"
_CUT_AFTER_FEED = {"full": command.GS + b"VA", "partial": command.GS + b"VB"}
_QR = command.GS + b"(k"
_QR_MODULE = 6  # dots; what the printer draws cannot be measured here, so one size for all
_LONGEST_FEED = 255


def encode(slip: Slip, profile: Profile) -> bytes:
    """The bytes that put the slip on paper, from the initialisation to the cut.

    Raises:
        SlipError: Something does not fit the paper.
        FontError: Something must be drawn and no Chinese typeface is installed.
    """
    return b"".join(pieces(slip, profile))


def pieces(slip: Slip, profile: Profile) -> Iterator[bytes]:
    """The same line by line, so that a printer is at work on the first while the code below is still being drawn.

    Raises:
        SlipError: Something does not fit the paper; raised here, before there is a first piece.
    """
    parts = tuple(fit(slip, profile))
    writer = _Writer(profile)
    return chain((command.HW_INIT + _CHINESE_ON,), (b"".join(writer.write(part)) for part in parts))


class _Writer:
    """Remembers the printer's modes while a slip is written, so that each is set only when it changes."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._modes: dict[bytes, int] = {}

    def write(self, part: Part) -> Iterator[bytes]:
        paper = self._profile.paper
        match part:
            case Line():
                yield from self._line(part)
            case QrBlock():
                yield from self._qr(part)
            case Rule():
                yield from self._picture(drawing.draw_rule(paper))
            case Logo():
                yield from self._picture(drawing.draw_logo(part, paper))
            case Feed():
                yield from _feed(part.dots)
            case Cut():
                yield _CUT_AFTER_FEED[self._profile.cut] + bytes([BELOW])

    def _line(self, line: Line) -> Iterator[bytes]:
        if not self._has_type(line):
            yield from self._picture(drawing.draw_line(line, self._profile.paper))
            return
        yield from self._mode(_ALIGN, int(line.centred))
        yield from self._mode(_LINE_PITCH, line.height)
        for run in line.runs:
            yield from self._mode(command.TXT_SIZE, (run.size - 1) * 0x11)
            yield from self._mode(_BOLD, int(run.bold))
            yield run.text.encode("gb18030")
        yield command.CTL_LF

    def _has_type(self, line: Line) -> bool:
        largest = self._profile.largest_size
        return all(run.size <= largest and all(map(cells.printable, run.text)) for run in line.runs)

    def _qr(self, block: QrBlock) -> Iterator[bytes]:
        if self._profile.qr == "image":
            yield from self._picture(drawing.draw_qr(block, self._profile.paper))
            return
        data = block.data.encode()
        yield from self._mode(_ALIGN, 1)
        yield _QR + b"\x04\x001A2\x00"  # model 2
        yield _QR + b"\x03\x001C" + bytes([_QR_MODULE])
        yield _QR + b"\x03\x001E1"  # error correction M
        yield _QR + (len(data) + 3).to_bytes(2, "little") + b"1P0" + data
        yield _QR + b"\x03\x001Q0"

    def _picture(self, picture: Image.Image) -> Iterator[bytes]:
        # As wide as the paper already; an alignment other than left would shift it on some models.
        yield from self._mode(_ALIGN, 0)
        raster = EscposImage(picture)
        size = raster.width_bytes.to_bytes(2, "little") + raster.height.to_bytes(2, "little")
        yield command.GS + b"v0\x00" + size + raster.to_raster_format()

    def _mode(self, prefix: bytes, value: int) -> Iterator[bytes]:
        if self._modes.get(prefix) != value:
            self._modes[prefix] = value
            yield prefix + bytes([value])


def _feed(dots: int) -> Iterator[bytes]:
    while dots > 0:
        yield _FEED_DOTS + bytes([min(dots, _LONGEST_FEED)])
        dots -= _LONGEST_FEED
