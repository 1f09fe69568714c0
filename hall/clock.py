"""Time is passed in: what an instant is, and what a clock promises. The concrete clocks live with the programs."""

from typing import Protocol

from hall.words import Id, Micros, Word


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
