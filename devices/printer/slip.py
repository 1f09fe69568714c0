"""The paper as data: what stands on a slip, in order, with no thought of bytes or dots of a certain printer.

Whoever composes a slip (`kiosk.slip`) says what is meant; `devices.printer.layout` fits it to the paper width.
"""

from dataclasses import dataclass
from enum import Enum

from hall.errors import InputError

# Version 13 at level M: the largest code that five dots a module leave room for on 58 mm paper.
LONGEST_CODE = 331
LARGEST_SIZE = 8  # the protocol's size command ends here: 8 × 24 dots


class SlipError(InputError):
    """A slip asks for what no printer of this kind can put on paper; the message says which element."""

    code = "printer.slip"


class Align(Enum):
    """Where a line stands between the margins."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, wrapped by cells.

    Attributes:
        text: What it says; a line feed begins a new line, control characters are dropped.
        size: Height in units of 24 dots, 1 to 8.
        bold: Emphasised type.
        align: Centred lines use the whole paper, others keep the margins.
    """

    text: str
    size: int = 1
    bold: bool = False
    align: Align = Align.LEFT

    def __post_init__(self) -> None:
        _check_size(self.size)


@dataclass(frozen=True, slots=True)
class BigNumber:
    """The number of the ticket, centred, as large as the paper allows.

    Attributes:
        text: The printed number, such as `A023`.
        marks: Short words beside it in double size, such as 预 or 补件.
        scale: Its size in units of 24 dots; None takes the house's measure for the paper.
    """

    text: str
    marks: tuple[str, ...] = ()
    scale: int | None = None

    def __post_init__(self) -> None:
        if self.scale is not None:
            _check_size(self.scale)


@dataclass(frozen=True, slots=True)
class Columns:
    """Short texts on one line, the first at the left margin, the last at the right; one under another if too long."""

    cells: tuple[str, ...]
    size: int = 1
    bold: bool = False

    def __post_init__(self) -> None:
        _check_size(self.size)


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line from margin to margin."""


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code and the words that say what it is for: beside it on wide paper, under it on narrow paper.

    The white above and below that a reader needs is part of it.

    Attributes:
        data: What it encodes: ASCII, which every reader gives back unharmed, at most 331 characters.
        words: Paragraphs beside the code.
    """

    data: str
    words: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        if not self.data or not self.data.isascii():
            raise SlipError("Qr：内容应为 ASCII 字符，不能为空")
        if len(self.data) > LONGEST_CODE:
            raise SlipError(f"Qr：内容 {len(self.data)} 个字符太多，最多 {LONGEST_CODE} 个")


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank paper.

    Attributes:
        dots: Its height; 8 dots are a millimetre.
    """

    dots: int = 12

    def __post_init__(self) -> None:
        if self.dots < 0:
            raise SlipError(f"Feed：走纸 {self.dots} 点不能为负数")


@dataclass(frozen=True, slots=True)
class Logo:
    """A black and white picture, centred.

    Attributes:
        width: In dots.
        rows: Each row's dots packed eight to a byte, leftmost in the highest bit, 1 is black.
    """

    width: int
    rows: tuple[bytes, ...]

    def __post_init__(self) -> None:
        if self.width < 1 or any(len(row) != (self.width + 7) // 8 for row in self.rows):
            raise SlipError(f"Logo：每行应为 {(self.width + 7) // 8} 字节（宽 {self.width} 点）")


@dataclass(frozen=True, slots=True)
class Cut:
    """Push the paper past the knife and cut it."""


Element = Text | BigNumber | Columns | Rule | Qr | Feed | Logo | Cut


@dataclass(frozen=True, slots=True)
class Slip:
    """One piece of paper 取号单 (or 一次性告知单): its elements from top to bottom, the last one a cut.

    Raises:
        SlipError: It does not end with a cut and would stay in the printer.
    """

    elements: tuple[Element, ...]

    def __post_init__(self) -> None:
        if not self.elements or not isinstance(self.elements[-1], Cut):
            raise SlipError("Slip：最后一项应为 Cut，否则纸不会切出来")


def _check_size(size: int) -> None:
    if not 1 <= size <= LARGEST_SIZE:
        raise SlipError(f"字号 {size} 不在 1 到 {LARGEST_SIZE} 之间")
