"""How well the model reproduces the hall: its last days once more, with those who came and the windows that were open.

Only how long services take is drawn anew. Printed beside every what-if and every plan, so that nobody takes these for
more than they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from queue_server.forecast.behaviour import Behaviour
from queue_server.forecast.coming import people
from queue_server.forecast.day_run import Post, run_day
from queue_server.forecast.past_days import PastDay

DAYS = 10
_RUNS = 12


@dataclass(frozen=True, slots=True)
class Replayed:
    """One day: waits in seconds as they were and as the model has them, in the mean and for nine in ten."""

    day: date
    people: int
    mean_s: float
    p90_s: float
    model_mean_s: float
    model_p90_s: float


def replay(
    past: Sequence[PastDay],
    penalty: Mapping[str, tuple[float, ...]],
    groups: int,
    behaviour: Behaviour,
    seed: int,
) -> list[Replayed]:
    """The last ten days on which people were called, oldest first.

    Args:
        past: Days, oldest first.
        penalty: By window: seconds by group, inf for what it may not serve.
        groups: How many groups there are.
        behaviour: How the people behave.
        seed: Of all that is drawn.
    """
    days = [day for day in past if not np.isnan(day.waited).all()][-DAYS:]
    return [_replay(day, penalty, groups, behaviour, seed) for day in days]


def _replay(
    day: PastDay, penalty: Mapping[str, tuple[float, ...]], groups: int, behaviour: Behaviour, seed: int
) -> Replayed:
    posts = [Post(penalty[window], shifts) for window, shifts in day.shifts.items() if window in penalty]
    called = ~np.isnan(day.waited)
    modelled = []
    for dice in np.random.default_rng([seed, day.day.toordinal()]).spawn(_RUNS):
        crowd = people(day.came, day.group, day.head_start, behaviour, dice)
        waits = run_day(crowd, posts, groups, behaviour.absent_s) - day.came
        modelled.append(waits[called & np.isfinite(waits)])
    model, real = np.concatenate(modelled), day.waited[called]
    return Replayed(
        day=day.day,
        people=int(called.sum()),
        mean_s=float(real.mean()),
        p90_s=float(np.quantile(real, 0.9)),
        model_mean_s=float(model.mean()) if len(model) else np.nan,
        model_p90_s=float(np.quantile(model, 0.9)) if len(model) else np.nan,
    )
