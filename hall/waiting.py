"""How long a wait is said to be: a range that is kept nine times in ten, in steps that nobody takes for exact.

The forecast itself is made in `queue_server/forecast`. A range is never shown where no window serves, and near the end
of the day the truth comes first: it may not be this person's turn any more.
"""

import math
from dataclasses import dataclass

MINUTE_S = 60
HOUR_S = 3600
STEP_MINUTES = 5
LONG_STEP_MINUTES = 10
LONG_MINUTES = 60
PAUSED = "窗口暂停"
MAY_NOT_BE_SERVED = "可能无法办理"


@dataclass(frozen=True, slots=True)
class WaitRange:
    """What is shown, in minutes: one person in five waits less than `low`, nine in ten are called before `high`."""

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


@dataclass(frozen=True, slots=True)
class ShownWait:
    """What a screen shows now, and what the last recomputation would rather have shown."""

    shown: WaitRange
    wanted: WaitRange

    def recomputed(self, wanted: WaitRange, *, rank_changed: bool) -> "ShownWait":
        """The next state: bounds move if the ticket's rank changed, or one by one if two recomputations want it."""
        if rank_changed:
            return ShownWait(wanted, wanted)
        low = _settled(self.shown.low, self.wanted.low, wanted.low)
        high = _settled(self.shown.high, self.wanted.high, wanted.high)
        return ShownWait(WaitRange(low, high) if low < high else wanted, wanted)


def _settled(shown: int, wanted_before: int, wanted: int) -> int:
    """The bound to show: the nearer of the two last wishes if both lie on the same side of what is shown."""
    if min(wanted_before, wanted) > shown:
        return min(wanted_before, wanted)
    if max(wanted_before, wanted) < shown:
        return max(wanted_before, wanted)
    return shown


def ahead_words(people: int) -> str:
    """前面 n 人: always shown."""
    return f"前面 {people} 人"


def wait_words(shown: WaitRange | None, *, closes_in_s: float, p90_s: float) -> str:
    """The one line about time, beside how many stand ahead.

    Args:
        shown: The range; None if no window that may serve the ticket is open.
        closes_in_s: Seconds until the hall closes.
        p90_s: The 0.9 quantile of the wait, in seconds.
    """
    if shown is None:
        return PAUSED
    if closes_in_s <= HOUR_S and p90_s > closes_in_s:
        return MAY_NOT_BE_SERVED
    if shown.low == 0:
        return f"{shown.high} 分钟内"
    return f"约 {shown.low}–{shown.high} 分钟"
