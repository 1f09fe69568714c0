"""What one moment looks like to one ticket: the numbers by which similar moments of the past are found."""

import math
from dataclasses import dataclass

import numpy as np

from queue_server.forecast.scene import Floats

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known when the ticket is issued; durations in seconds.

    Attributes:
        ahead: People before this one whom its windows may serve.
        last_wait: The wait of the last person called in its group.
        mean_wait: The mean wait of the last five called.
        free: Free windows that may serve it.
        busy: Busy windows that may serve it.
        calls: Calls in the last half hour.
        head_waited: How long the first in the queue has waited.
        day_time: Seconds since midnight.
    """

    ahead: int
    last_wait: float
    mean_wait: float
    free: int
    busy: int
    calls: int
    head_waited: float
    day_time: float

    def features(self, p50: float, p95: float) -> Floats:
        """Logarithms of the sizes, and the hour as a place on a circle: close numbers are similar moments.

        Args:
            p50: Median of the forward runs.
            p95: Their 95th percentile.
        """
        state = (self.ahead, self.last_wait, self.mean_wait, self.free, self.busy, self.calls, self.head_waited)
        turn = 2 * math.pi * self.day_time / DAY_S
        return np.array([*map(math.log1p, (p50, p95, *state)), math.sin(turn), math.cos(turn)])


SIZE = 11
