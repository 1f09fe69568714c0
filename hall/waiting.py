"""How long a wait is said to be: a range that is kept nine times in ten, in steps that nobody takes for exact.

The forecast itself is made in `queue_server/forecast`. A range is never shown where no window serves, and near the end
of the day the truth comes first: it may not be this person's turn any more.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from hall.words import Word

MINUTE_S = 60
HOUR_S = 3600
STEP_MINUTES = 5
LONG_STEP_MINUTES = 10
LONG_MINUTES = 60

Minutes = Annotated[int, Field(ge=0, le=100_000)]


class WaitKind(StrEnum):
    """What can be said of a wait."""

    RANGE = "range"
    PAUSED = "paused"  # 窗口暂停: no window that may serve it is open
    MAY_NOT = "may_not"  # 可能无法办理: closing time may come first


class Wait(Word):
    """What is said of one wait; the minutes of a range, 0 for the other kinds."""

    kind: WaitKind
    low: Minutes = 0
    high: Minutes = 0


@dataclass(frozen=True, slots=True)
class WaitRange:
    """What is shown, in minutes: one person in five waits less than `low`, nine in ten are called before `high`."""

    low: int
    high: int


def wait_range(p20_s: float, p90_s: float) -> WaitRange:
    """The range from these two quantiles in seconds, rounded outward to whole steps, at least one step apart."""
    low, high = p20_s / MINUTE_S, p90_s / MINUTE_S
    below = math.floor(low / _step(low)) * _step(low)
    next_step = below + (LONG_STEP_MINUTES if below >= LONG_MINUTES else STEP_MINUTES)
    above = max(next_step, math.ceil(high / _step(high)) * _step(high))
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


def wait_of(shown: WaitRange | None, *, closes_in_s: float, p90_s: float) -> Wait:
    """What to say, honest before kind.

    Args:
        shown: The range; None if no window that may serve the ticket is open.
        closes_in_s: Seconds until nobody is served any more; inf in a hall that serves all who wait at closing time.
        p90_s: The 0.9 quantile of the wait, in seconds.
    """
    if shown is None:
        return Wait(kind=WaitKind.PAUSED)
    if closes_in_s <= HOUR_S and p90_s > closes_in_s:
        return Wait(kind=WaitKind.MAY_NOT)
    return Wait(kind=WaitKind.RANGE, low=shown.low, high=shown.high)


def ahead_words(people: int) -> str:
    """前面 n 人: always shown."""
    return f"前面 {people} 人"


def wait_words(wait: Wait) -> str:
    """The one line about time, beside how many stand ahead."""
    match wait.kind:
        case WaitKind.PAUSED:
            return "窗口暂停"
        case WaitKind.MAY_NOT:
            return "可能无法办理"
    return f"{wait.high} 分钟内" if wait.low == 0 else f"约 {wait.low}–{wait.high} 分钟"


def wait_words_en(wait: Wait) -> str:
    """The same in English."""
    match wait.kind:
        case WaitKind.PAUSED:
            return "paused"
        case WaitKind.MAY_NOT:
            return "may miss out"
    return f"within {wait.high} min" if wait.low == 0 else f"about {wait.low}–{wait.high} min"


def on_paper(words: str) -> str:
    """Words as a slip prints them: no space between figures and characters, and a dash of one cell."""
    return words.replace(" ", "").replace("–", "-")
