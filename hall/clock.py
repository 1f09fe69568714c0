"""Time is passed in: what an instant is, and what a clock promises. The concrete clocks live with the programs."""

from typing import Protocol

from hall.words import Id, Micros, Word

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
DAY_US = 24 * 60 * MINUTE_US


class Moment(Word):
    """One reading of a machine's clocks.

    `wall_us` is UTC by the wall clock; `mono_us` counts since boot, suspend included, within `boot_id`.
    """

    wall_us: Micros
    mono_us: Micros
    boot_id: Id


class Clock(Protocol):
    """Something that tells the moment."""

    def now(self) -> Moment:
        """The present moment."""
        ...
