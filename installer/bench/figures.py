"""A measured figure beside what it is judged by, and the table of all of them."""

import json
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Against:
    """Something measured in the same run, or a published figure, to compare with. `value` is never 0."""

    value: float
    words: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One row: what was measured, the value, and the bar in words.

    `ratio` compares the value with something (`against` says what); None if nothing fits. `must_be_zero` marks a hard
    count: any other value is a defect, whatever the machine.
    """

    what: str
    value: float
    unit: str
    bar: str = ""
    ratio: float | None = None
    against: str = ""
    must_be_zero: bool = False

    @property
    def broken(self) -> bool:
        """Whether a hard count is not 0."""
        return self.must_be_zero and self.value != 0


def figure(what: str, value: float, unit: str, bar: str = "", against: Against | None = None) -> Figure:
    """A row, with its ratio if there is something to compare with."""
    if against is None:
        return Figure(what, value, unit, bar)
    return Figure(what, value, unit, bar, value / against.value, against.words)


def hard_count(what: str, count: int) -> Figure:
    """A row that must read 0."""
    return Figure(what, count, "", "must be 0", must_be_zero=True)


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def as_json(figures: Sequence[Figure]) -> str:
    """One JSON array, a row each."""
    return json.dumps([asdict(figure) for figure in figures], ensure_ascii=False, indent=1)


def as_table(figures: Sequence[Figure]) -> str:
    """Columns that line up also with Chinese characters."""
    rows = [("what", "value", "unit", "ratio", "bar")] + [
        (f.what, _short(f.value), f.unit, "" if f.ratio is None else f"{f.ratio:.2f} × {f.against}", f.bar)
        for f in figures
    ]
    widths = [max(_cells(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        "  ".join(cell + " " * (width - _cells(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.2f}"


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
