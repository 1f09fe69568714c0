"""Ranges that are kept: their ends move apart while too many are called beyond them, together while too few are.

Similar tickets of the past say what is likely if today is like them. Where it is not, the ends follow what really
happens: after every call by a small step in proportion to the miss, so that in the long run the allowed share is
outside whatever the hall does (adaptive conformal inference, Gibbs and Candès 2021; their steps on the logarithm of the
width). The hall has one stretch and every group one on top of it, so that no group pays for another.

Two things are kept, and each follows its own misses. A *spread* keeps the quantiles to their names: by them a forecast
is judged. A *promise* keeps what people read, the range in whole steps, nine times in ten: rounding outward gives much
to a short wait and little to a long one, which only what was read can tell.
"""

from collections.abc import Hashable

import numpy as np

from hall.waiting import MINUTE_S, STEP_MINUTES, wait_range
from queue_server.forecast.calibrate import SHARES
from queue_server.forecast.scene import Floats

STEP = 0.005
"""Of a spread: of the logarithm of the width, for a call that was certain to be within and was not."""
PROMISE_STEP, GROUP_STEP = 0.01, 0.05
"""The same of a promise, the hall's and its group's: it has one day to be kept in, not a season."""
OUTSIDE = 0.12
"""Of those who read more than 「5 分钟内」; with the others, who are hardly ever missed, about a tenth of all."""
_MOST = float(np.log(2.5))
_LOW, _HIGH = 0.20, 0.90  # the quantiles that people are shown, rounded
_MEDIAN = list(SHARES).index(0.50)
_ZERO_S = 1e-6  # less is nothing: logarithms there and back do not give back a zero


class _Stretch:
    """How far the ends of the ranges of one hall are moved from their median; 1 until something was heard."""

    def __init__(self, hall_step: float, group_step: float) -> None:
        self._steps = hall_step, group_step
        self._hall = np.zeros(2)
        self._groups: dict[Hashable, Floats] = {}

    def of(self, group: Hashable, quantiles: Floats, offset: float) -> Floats:
        """The same quantiles with their ends moved; the median stays.

        Args:
            group: Whose range it is.
            quantiles: Seconds at each of `SHARES`, never decreasing.
            offset: Seconds above 0, added before logarithms are taken, so that a wait of nothing has one.
        """
        middle = quantiles[_MEDIAN] + offset
        below, above = np.exp(self._width(group))
        ratios = (quantiles + offset) / middle
        moved = middle * ratios ** np.where(SHARES < 0.5, below, above) - offset
        return np.where(moved < _ZERO_S, 0.0, moved)

    def _follow(self, group: Hashable, below: float, above: float) -> None:
        """Of each end: 1 if it was missed, less the share that may be."""
        missed = np.array((below, above))
        hall, own = self._steps
        self._hall = np.clip(self._hall + hall * missed, -_MOST, _MOST)
        self._groups[group] = np.clip(self._groups.get(group, np.zeros(2)) + own * missed, -_MOST, _MOST)

    def _width(self, group: Hashable) -> Floats:
        """The logarithm, below and above the median."""
        both: Floats = np.clip(self._hall + self._groups.get(group, 0.0), -_MOST, _MOST)
        return both


class Spread(_Stretch):
    """The quantiles mean what they are called: one in five waits less than the 0.2, one in ten more than the 0.9."""

    def __init__(self) -> None:
        super().__init__(STEP, STEP)

    def hear(self, group: Hashable, low: float, high: float, wait: float) -> None:
        """Somebody was called after `wait` seconds who had been told from `low` to `high`, as the quantiles were."""
        self._follow(group, *_beyond_quantiles(low, high, wait))


class Promise(_Stretch):
    """What people read is kept nine times in ten.

    「5 分钟内」 cannot be said more narrowly, and nearly everybody keeps it: it would pull the ends of all others
    together. There the quantiles behind it are heard instead.
    """

    def __init__(self) -> None:
        super().__init__(PROMISE_STEP, GROUP_STEP)

    def hear(self, group: Hashable, low: float, high: float, wait: float) -> None:
        """Somebody was called after `wait` seconds who had been told from `low` to `high`, rounded to whole steps."""
        shown = wait_range(low, high)
        if shown.high <= STEP_MINUTES:
            self._follow(group, *_beyond_quantiles(low, high, wait))
            return
        early, late = float(wait < shown.low * MINUTE_S), float(wait > shown.high * MINUTE_S)
        if shown.low > 0:
            self._follow(group, early - OUTSIDE / 2, late - OUTSIDE / 2)
        else:
            self._follow(group, 0.0, late - OUTSIDE)


def _beyond_quantiles(low: float, high: float, wait: float) -> tuple[float, float]:
    """Nobody waits less than nothing, so nothing is learned there of the lower end."""
    return float(wait < low) - _LOW if low > 0 else 0.0, float(wait > high) - (1 - _HIGH)
