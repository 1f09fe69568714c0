"""What differs from one printer model to the next; a setting, never a guess in the code."""

from dataclasses import dataclass
from typing import Literal

DOTS_PER_CELL = 12  # width of a half-width character of size 1; 203 dpi, 8 dots to the millimetre


@dataclass(frozen=True, slots=True)
class Paper:
    """The printable width.

    Attributes:
        dots: Printable dots in a row.
        margin: Dots left white at either side of what is not centred, a multiple of 12.
        big: Size of a ticket number of up to five signs.
        big_long: Size of a longer one.
    """

    dots: int
    margin: int
    big: int
    big_long: int

    @property
    def inner(self) -> int:
        """Dots between the margins."""
        return self.dots - 2 * self.margin


PAPER_80 = Paper(dots=576, margin=24, big=8, big_long=6)
PAPER_58 = Paper(dots=384, margin=12, big=6, big_long=4)


@dataclass(frozen=True, slots=True)
class Profile:
    """One model's abilities, as its manual states them.

    Attributes:
        paper: Width of its paper.
        largest_size: Largest multiple of its type; what is larger is drawn (some cheap models stop at 2).
        qr: `image` draws the code as dots, the same everywhere; `native` lets the printer draw it (few bytes, for
            slow serial lines; models differ, and the code cannot be checked before it is on paper).
        cut: Leave a bridge of paper (`partial`) or cut it off (`full`).
        echo: Whether it answers GS r in the order of printing, the surest sign of a finished slip. Without it the
            slip counts as printed when the printer has reported no trouble for `settle_s`.
        settle_s: Seconds the slowest slip takes on paper; only used without echo.
        asb: Whether it reports changes by itself when asked to (Automatic Status Back), beside answering questions.
        confirm_s: Seconds after the last byte until a slip without confirmation counts as unknown.
    """

    paper: Paper = PAPER_80
    largest_size: int = 8
    qr: Literal["image", "native"] = "image"
    cut: Literal["partial", "full"] = "partial"
    echo: bool = True
    settle_s: float = 3.0
    asb: bool = False
    confirm_s: float = 15.0
