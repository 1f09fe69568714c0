"""A day by half hour, and what is usual on such a day: today against the usual weekday. Pure.

Both are made of tallies that statistics keep (`hall.tally`), by the half hour in which the number was taken:

    usual arrivals   the median over the days of how many came in that half hour; of an even count of days the mean
                     of the two in the middle; a day on which nobody came then counts as none
    usual wait       the median (nearest rank, whole minutes) of the waits of all who came in that half hour on any of
                     the days: they are put together, not averaged
    the days         those of the same weekday before today on which anybody came, the latest USUAL_DAYS of them within
                     the last USUAL_WEEKS weeks; so a holiday, on which nobody comes, is none of them
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from hall.clock import MINUTE_US
from hall.slots import clock
from hall.tally import Tally

HALF_US = 30 * MINUTE_US
USUAL_DAYS, USUAL_WEEKS = 8, 12
Halves = Mapping[int, Tally]
"""The tallies of a day by half hour, counted from midnight: 18 is the one that begins at 09:00."""


@dataclass(frozen=True, slots=True)
class Half:
    """How many came in a half hour, and their median wait in whole minutes, None while nobody of them was called."""

    arrivals: float
    wait: int | None


def half_of(minute_of_day: int) -> int:
    """The half hour of a minute since midnight."""
    return minute_of_day // 30


def begins(half: int) -> str:
    """When a half hour begins, as `09:30`."""
    return clock(30 * half)


def usual_days(today: date, known: Sequence[date]) -> list[date]:
    """Which days tell what is usual today, of those on which anybody came."""
    earliest = today - timedelta(weeks=USUAL_WEEKS)
    alike = [day for day in known if earliest <= day < today and day.weekday() == today.weekday()]
    return sorted(alike, reverse=True)[:USUAL_DAYS]


def of_day(halves: Halves) -> dict[int, Half]:
    """One day as it was."""
    return {half: Half(tally.arrivals, tally.waits.quantile(0.5)) for half, tally in halves.items()}


def usual(days: Sequence[Halves]) -> dict[int, Half]:
    """What is usual, by the formula above; empty of no days."""
    found = {}
    for half in sorted({half for day in days for half in day}):
        tallies = [day.get(half, Tally()) for day in days]
        together = Tally()
        for tally in tallies:
            together.merge(tally)
        found[half] = Half(median(tally.arrivals for tally in tallies), together.waits.quantile(0.5))
    return found
