"""How often an appointment may be looked for by its number at one kiosk: running numbers of a portal can be guessed.

Who reads the number off a telephone needs one or two tries; whoever tries one after the other is led to a person. A
card is no guess and is not counted. Pure: the clock is passed in.
"""

from dataclasses import dataclass

from hall.clock import MINUTE_US

MOST_TRIES = 8
"""So many in any minute. A guess in ten thousand then takes a day in front of everybody; a queue of people with codes,
each of whom takes some ten seconds, is not held up."""


@dataclass(frozen=True, slots=True)
class Tries:
    """The looks of the last minute, by the machine's own clock, which nobody sets."""

    at: tuple[int, ...] = ()

    def one_more(self, mono_us: int) -> "Tries | None":
        """With one more look now; None if it is one too many, which does not count itself."""
        fresh = tuple(each for each in self.at if mono_us - MINUTE_US < each <= mono_us)
        return Tries((*fresh, mono_us)) if len(fresh) < MOST_TRIES else None
