"""The visits of a log as one sequence of what happened, unambiguous within a second too."""

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from queue_server.forecast.log_file import Visit


class What(Enum):
    """What happened to a visit."""

    ARRIVED = auto()
    CALLED = auto()
    FINISHED = auto()
    LEFT = auto()


class Event(NamedTuple):
    """One thing that happened; `visit` is the place in the log."""

    what: What
    visit: int


_BEFORE, _CALLS, _AFTER, _NEWCOMERS = range(4)  # the phases of one second: whoever comes finds what the others left


def timeline(visits: Sequence[Visit]) -> Iterator[Event]:
    """Everything in order. Whoever is called in the second of the arrival has not kept a later one waiting."""
    keyed: list[tuple[float, int, int, int, What]] = []
    for at, visit in enumerate(visits):
        keyed.append((visit.arrival, _NEWCOMERS, at, 0, What.ARRIVED))
        if visit.called:
            phase = _NEWCOMERS if visit.start == visit.arrival else _CALLS
            keyed.append((visit.start, phase, at, 1, What.CALLED))
        phase = _AFTER if visit.end == visit.start else _BEFORE
        phase = _NEWCOMERS if visit.end == visit.arrival else phase
        keyed.append((visit.end, phase, at, 2, What.FINISHED if visit.called else What.LEFT))
    keyed.sort(key=lambda event: event[:4])
    for _, _, at, _, what in keyed:
        yield Event(what, at)
