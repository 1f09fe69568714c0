"""What is counted of some tickets, so that parts add up exactly: hours to days, days to months and years.

Sums are exact, to the microsecond. Of each single length only the whole minute it was over in is kept: a wait of 4 min
10 s counts at minute 5. So median, p90 and the share within a target of whole minutes are the same whether they are
made of one day or of a year, and none of them needs the tickets again. Formulas: docs/statistics.zh-CN.md.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, compress

from hall.clock import MINUTE_US
from hall.rating import Level

Row = list[int]
"""A tally for keeping, by `Tally.row` and `Tally.of_row`: counts, two sums, ratings, how many figures of waits follow,
waits, services; flat, since a year is read row by row."""


@dataclass(slots=True)
class Lengths:
    """Many lengths of time: their sum in microseconds, and how many were over within each whole minute."""

    sum_us: int = 0
    minutes: Counter[int] = field(default_factory=Counter)

    def add(self, length_us: int) -> None:
        """One more; a length below nothing, of clocks that differed, counts as none."""
        self.sum_us += max(0, length_us)
        self.minutes[-(-max(0, length_us) // MINUTE_US)] += 1

    @property
    def count(self) -> int:
        """How many."""
        return self.minutes.total()

    @property
    def mean_us(self) -> int | None:
        """The mean, rounded down to a microsecond; None of none."""
        return self.sum_us // self.count if self.minutes else None

    def quantile(self, share: float) -> int | None:
        """The least whole minute within which this share of all was over (nearest rank); None of none."""
        if not self.minutes:
            return None
        rank = max(1, math.ceil(round(share * self.count, 6)))
        ordered = sorted(self.minutes)
        upto = accumulate(self.minutes[minute] for minute in ordered)
        return next(minute for minute, reached in zip(ordered, upto, strict=True) if reached >= rank)

    def within(self, minutes: int) -> float | None:
        """The share that was over within so many minutes, exactly; None of none."""
        if not self.minutes:
            return None
        return sum(times for minute, times in self.minutes.items() if minute <= minutes) / self.count

    def merge(self, other: "Lengths") -> None:
        """Add all of another."""
        self.sum_us += other.sum_us
        self.minutes.update(other.minutes)

    def merge_pairs(self, sum_us: int, pairs: Iterable[int]) -> None:
        """Add a sum, and minutes each followed by how many were over within it."""
        self.sum_us += sum_us
        flat = list(pairs)
        minutes, times = flat[::2], flat[1::2]
        self.minutes.update(minutes)  # counts each once, many times faster than one by one; most are over only once
        for minute, count in compress(zip(minutes, times, strict=True), map((1).__lt__, times)):
            self.minutes[minute] += count - 1


@dataclass(slots=True)
class Tally:
    """What is counted of some tickets.

    `finished` counts services, of which one visit may have several, `services` the lengths of those whose beginning and
    end are known. `ratings` counts the five levels from 1. `judged` counts ranges that were shown and whose wait came,
    `error_us` sums |wait − middle|, `inside` counts waits within the range, `late` those longer than its upper end.
    """

    arrivals: int = 0
    finished: int = 0
    missed: int = 0
    cancelled: int = 0
    judged: int = 0
    error_us: int = 0
    inside: int = 0
    late: int = 0
    waits: Lengths = field(default_factory=Lengths)
    services: Lengths = field(default_factory=Lengths)
    ratings: list[int] = field(default_factory=lambda: [0] * len(Level))

    def merge(self, other: "Tally") -> None:
        """Add all of another."""
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.waits.merge(other.waits)
        self.services.merge(other.services)
        self.ratings = [a + b for a, b in zip(self.ratings, other.ratings, strict=True)]

    @property
    def mean_rating(self) -> float | None:
        """The mean level, 1 to 5; None if nobody rated."""
        given = sum(self.ratings)
        return sum(level * times for level, times in enumerate(self.ratings, start=1)) / given if given else None

    def row(self) -> Row:
        """As figures for keeping; the same tally is the same row."""
        waits, services = ([part for pair in sorted(each.minutes.items()) for part in pair] for each in self._lengths)
        sums = (each.sum_us for each in self._lengths)
        return [*(getattr(self, name) for name in _COUNTS), *sums, *self.ratings, len(waits), *waits, *services]

    @classmethod
    def of_row(cls, row: Row) -> "Tally":
        """What `row` made."""
        made = cls()
        made.merge_rows([row])
        return made

    def merge_rows(self, rows: Sequence[Row]) -> None:
        """Add kept tallies, column by column: a year by service and hour has hundreds of thousands of them."""
        *counts, wait_us, service_us = map(sum, zip(*(row[:_RATINGS] for row in rows), strict=True))
        for name, count in zip(_COUNTS, counts, strict=True):
            setattr(self, name, getattr(self, name) + count)
        given = zip(self.ratings, *(row[_RATINGS:_SPREAD] for row in rows), strict=True)
        self.ratings = [sum(level) for level in given]
        ends = [_PAIRS + row[_SPREAD] for row in rows]
        waits = (row[_PAIRS:end] for row, end in zip(rows, ends, strict=True))
        services = (row[end:] for row, end in zip(rows, ends, strict=True))
        self.waits.merge_pairs(wait_us, chain.from_iterable(waits))
        self.services.merge_pairs(service_us, chain.from_iterable(services))

    @property
    def _lengths(self) -> tuple[Lengths, Lengths]:
        return self.waits, self.services


_COUNTS = ("arrivals", "finished", "missed", "cancelled", "judged", "error_us", "inside", "late")
_RATINGS = len(_COUNTS) + 2
_SPREAD = _RATINGS + len(Level)
_PAIRS = _SPREAD + 1
