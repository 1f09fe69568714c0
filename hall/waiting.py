"""How long a wait is said to be: a range that is kept nine times in ten, in steps that nobody takes for exact.

The forecast itself is made in `queue_server/forecast`.
"""

import math
from dataclasses import dataclass

MINUTE_S = 60
STEP_MINUTES = 5
LONG_STEP_MINUTES = 10
LONG_MINUTES = 60


@dataclass(frozen=True, slots=True)
class WaitRange:
    """What is shown, in minutes: hardly anybody waits less than `low`, nine in ten are called before `high`."""

    low: int
    high: int


def wait_range(p20_s: float, p90_s: float) -> WaitRange:
    """The range from these two quantiles in seconds, rounded outward to whole steps; `high` is at least one step."""
    low, high = p20_s / MINUTE_S, p90_s / MINUTE_S
    below = math.floor(low / _step(low)) * _step(low)
    above = max(STEP_MINUTES, math.ceil(high / _step(high)) * _step(high))
    return WaitRange(below, above)


def _step(minutes: float) -> int:
    return LONG_STEP_MINUTES if minutes > LONG_MINUTES else STEP_MINUTES
