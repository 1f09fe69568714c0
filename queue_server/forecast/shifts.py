"""From half hours to shifts that people can work: nobody goes home for half an hour, or comes for less than an hour."""

from collections.abc import Sequence
from dataclasses import dataclass

from hall.slots import clock
from queue_server.forecast.day_run import Shift
from queue_server.forecast.staffing import HALF_HOUR_S, HalfHour

SHORTEST_S = 3600.0
LONGEST_GAP_S = HALF_HOUR_S
"""A window that a plan leaves closed no longer than this stays open."""


@dataclass(frozen=True, slots=True)
class WindowShift:
    """One window open in one piece; `window` is its place, times are seconds after midnight."""

    window: int
    begins: float
    ends: float


def shifts(halves: Sequence[HalfHour]) -> list[WindowShift]:
    """The fewest pieces in which every window of the plan is open whenever the plan wants it; by window, then time."""
    places = sorted({window for half in halves for window in half.windows})
    return [shift for place in places for shift in _of_window(place, halves)]


def time_of_day(seconds: float) -> str:
    """Seconds after midnight as `09:30`."""
    return clock(int(seconds // 60))


def _of_window(window: int, halves: Sequence[HalfHour]) -> list[WindowShift]:
    opens, closes = halves[0].begins, halves[-1].begins + HALF_HOUR_S
    wanted = [(half.begins, half.begins + HALF_HOUR_S) for half in halves if window in half.windows]
    long_enough = [_grown(*piece, opens, closes) for piece in _joined(wanted)]
    return [WindowShift(window, *piece) for piece in _joined(long_enough)]


def _joined(pieces: Sequence[Shift]) -> list[Shift]:
    """In one piece what is apart no longer than it may be."""
    joined = [pieces[0]]
    for begins, ends in pieces[1:]:
        first, last = joined[-1]
        if begins - last <= LONGEST_GAP_S:
            joined[-1] = (first, max(last, ends))
        else:
            joined.append((begins, ends))
    return joined


def _grown(begins: float, ends: float, opens: float, closes: float) -> Shift:
    """At least the shortest shift: longer at its end, or at its beginning where the day is over."""
    ends = min(closes, max(ends, begins + SHORTEST_S))
    return max(opens, min(begins, ends - SHORTEST_S)), ends
