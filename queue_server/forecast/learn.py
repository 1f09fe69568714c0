"""What a hall's own past teaches: how long services and turnarounds take, when people go, who serves what."""

from dataclasses import dataclass, field

import numpy as np

from queue_server.forecast.behaviour import Behaviour
from queue_server.forecast.samples import Durations, Patience
from queue_server.forecast.scene import Floats

DAYS_KEPT = 60
ENOUGH = 30  # samples of a service; with fewer those of all services stand in
USUAL_SERVICE_S = 480.0  # before anything is known, unless the hall says otherwise
_SPREAD = 0.6  # sigma of the lognormal around it
USUAL_TURNAROUND_S = 20.0
GONE = 0.05  # a window that rests longer than all but this share of past rests is taken for gone
_DAY_S = 86_400.0


@dataclass(slots=True)
class Past:
    """Everything that was seen to end so far, oldest first: pairs of (when, seconds).

    Attributes:
        services: By group.
        turnarounds: From the end of a service until the next call, when somebody waited at that end.
        rests: From the end of a service until the next call on the same day.
        waits: (When, seconds, whether the person went unserved.)
        done: By server, if the log names it: (when, group, seconds).
    """

    services: list[list[tuple[float, float]]]
    turnarounds: list[tuple[float, float]] = field(default_factory=list)
    rests: list[tuple[float, float]] = field(default_factory=list)
    waits: list[tuple[float, float, bool]] = field(default_factory=list)
    done: dict[str, list[tuple[float, int, float]]] = field(default_factory=dict)

    def behaviour(self, now: float) -> Behaviour:
        """What the last days teach; with nothing seen yet, the usual."""
        since = now - DAYS_KEPT * _DAY_S
        groups = [_recent(pairs, since) for pairs in self.services]
        every = np.concatenate(groups)
        if len(every) < ENOUGH:
            every = np.concatenate([every, _lognormal(every.mean() if len(every) else USUAL_SERVICE_S)])
        turnarounds = _recent(self.turnarounds, since)
        waits = [wait for wait in self.waits if wait[0] >= since]
        return Behaviour(
            service=Durations([group if len(group) >= ENOUGH else every for group in groups]),
            turnaround=Durations([turnarounds if len(turnarounds) else np.array([USUAL_TURNAROUND_S])]),
            patience=Patience(np.array([wait[1] for wait in waits]), np.array([wait[2] for wait in waits], bool)),
            no_show=np.zeros(len(groups)),
            absent_s=0.0,
        )

    def longest_rest(self) -> float:
        """How long a window may rest and still be taken for open."""
        rests = np.array([seconds for _, seconds in self.rests])
        return float(np.quantile(rests, 1 - GONE)) if len(rests) else np.inf


def _recent(pairs: list[tuple[float, float]], since: float) -> Floats:
    return np.array([seconds for when, seconds in pairs if when >= since])


def _lognormal(mean: float) -> Floats:
    """A few durations with that mean, evenly spread over the distribution."""
    steps = np.linspace(-1.65, 1.65, 12)
    shape = np.exp(_SPREAD * steps)
    spread: Floats = mean * shape / shape.mean()
    return spread
