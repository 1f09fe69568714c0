"""Who will come: arrivals drawn from the same weekdays of the last weeks, and how long each will keep a window.

On a hall's first day, as in its last half hour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from queue_server.forecast.behaviour import Behaviour, visits
from queue_server.forecast.day_run import People
from queue_server.forecast.past_days import PastDay
from queue_server.forecast.scene import Floats, Ints

WEEKS = 8
SLOT_S = 900.0  # within a quarter of an hour people come at any moment
_SAME_WEEKDAYS = 3  # with fewer, all days stand in


def alike(past: Sequence[PastDay], day: date) -> list[PastDay]:
    """The days of the last weeks that tell of this one: the same weekdays, or all of them while there are few."""
    recent = [each for each in past if day - timedelta(weeks=WEEKS) <= each.day < day]
    same = [each for each in recent if each.day.weekday() == day.weekday()]
    return same if len(same) >= _SAME_WEEKDAYS else recent


def draw_day(days: Sequence[PastDay], behaviour: Behaviour, dice: np.random.Generator) -> People:
    """One possible day: as many people as on one of these days, each as one of all of them.

    Totals and people are drawn apart, so that a full day meets another day's mix; each comes anywhere in the quarter
    of an hour in which the model came.
    """
    total = len(days[int(dice.integers(len(days)))].came)
    came, group, head_start = (
        np.concatenate([getattr(day, name) for day in days]) for name in ("came", "group", "head_start")
    )
    picked = dice.integers(len(came), size=total)
    when = came[picked] // SLOT_S * SLOT_S + dice.random(total) * SLOT_S
    order = np.argsort(when)
    return people(when[order], group[picked][order], head_start[picked][order], behaviour, dice)


@dataclass(frozen=True, slots=True)
class Lately:
    """Who came in the last half hour, on a day without others before it: so they go on coming.

    Attributes:
        group: What for, an entry each.
        head_start: Seconds.
        seconds: In how long a time they came.
        spans: When people may still come today: from and to, in seconds from now.
    """

    group: Ints
    head_start: Floats
    seconds: float
    spans: tuple[tuple[float, float], ...]


def draw_on(lately: Lately, behaviour: Behaviour, dice: np.random.Generator) -> People:
    """One possible rest of the day, as many an hour and for the same things as lately; seconds from now."""
    rate = len(lately.group) / lately.seconds
    each = [
        begins + (ends - begins) * dice.random(dice.poisson(rate * (ends - begins))) for begins, ends in lately.spans
    ]
    came = np.sort(np.concatenate(each))
    picked = dice.integers(len(lately.group), size=len(came))
    return people(came, lately.group[picked], lately.head_start[picked], behaviour, dice)


def people(came: Floats, group: Ints, head_start: Floats, behaviour: Behaviour, dice: np.random.Generator) -> People:
    """Who comes at these times, with what chance decides of each."""
    busy, leaves = visits(group, np.zeros(len(came)), behaviour, dice.random((len(came), 4, 1)))
    return People(came, group, came - head_start, busy[:, 0], came + leaves[:, 0])
