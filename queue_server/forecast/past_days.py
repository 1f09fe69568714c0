"""Days of the past as the planner needs them: who came when and waited how long, which windows were open when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from queue_server.forecast.behaviour import Behaviour
from queue_server.forecast.day_run import Shift
from queue_server.forecast.log_file import Visit
from queue_server.forecast.scene import Floats, Ints

DAY_S = 86_400.0
BREAK_S = 240.0  # whoever lets people wait longer than this between two calls was not there


@dataclass(frozen=True, slots=True)
class PastDay:
    """One day. Times in seconds after midnight; an entry for each person, in the order of coming.

    Attributes:
        day: The calendar day.
        came: When.
        group: What for.
        head_start: By how much the person's class is moved forward, in seconds.
        waited: Until called, NaN for who never was.
        shifts: By window: when it called.
    """

    day: date
    came: Floats
    group: Ints
    head_start: Floats
    waited: Floats
    shifts: dict[str, tuple[Shift, ...]]


def days_of_log(visits: Sequence[Visit], groups: Sequence[str], head_starts: dict[str, float]) -> list[PastDay]:
    """The days of a log; which windows were open is read off their calls (`BREAK_S`).

    Args:
        visits: In the order of arrival; those of a server without a name count for no window.
        groups: The services in the order of their numbers.
        head_starts: Seconds by class.
    """
    number = {name: at for at, name in enumerate(groups)}
    found = []
    for day in sorted({visit.day for visit in visits}):
        today = [visit for visit in visits if visit.day == day]
        midnight = today[0].arrival // DAY_S * DAY_S
        found.append(
            PastDay(
                day=date.fromordinal(day),
                came=np.array([visit.arrival - midnight for visit in today]),
                group=np.array([number[visit.service] for visit in today], np.intp),
                head_start=np.array([head_starts.get(visit.priority, 0.0) for visit in today]),
                waited=np.array([visit.wait if visit.called else np.nan for visit in today]),
                shifts=_shifts(today, midnight),
            )
        )
    return found


def without_breaks(behaviour: Behaviour) -> Behaviour:
    """The same people, where breaks are known by themselves: turnarounds that are breaks left out."""
    return replace(behaviour, turnaround=behaviour.turnaround.up_to(BREAK_S))


def _shifts(visits: Sequence[Visit], midnight: float) -> dict[str, tuple[Shift, ...]]:
    """Spells of calling without a break: of a rest in which somebody waited long whom the window could have called."""
    called = [visit for visit in visits if visit.called and visit.server]
    serves: dict[str, set[str]] = {}
    for visit in called:
        serves.setdefault(visit.server, set()).add(visit.service)
    queues = {server: _queue(visits, own) for server, own in serves.items()}
    spells: dict[str, list[Shift]] = {}
    for visit in sorted(called, key=lambda visit: visit.start):
        own = spells.setdefault(visit.server, [])
        if own and not _kept_waiting(queues[visit.server], own[-1][1], visit.start):
            own[-1] = (own[-1][0], visit.end)
        else:
            own.append((visit.start, visit.end))
    return {
        server: tuple((begins - midnight, ends - midnight) for begins, ends in own) for server, own in spells.items()
    }


def _queue(visits: Sequence[Visit], services: set[str]) -> tuple[Floats, Floats]:
    """From when until when each of these people waited."""
    own = [visit for visit in visits if visit.service in services]
    return np.array([visit.arrival for visit in own]), np.array([visit.arrival + visit.wait for visit in own])


def _kept_waiting(queue: tuple[Floats, Floats], since: float, until: float) -> bool:
    came, went = queue
    return until - since > BREAK_S and bool((np.minimum(went, until) - np.maximum(came, since) > BREAK_S).any())
