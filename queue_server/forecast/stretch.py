"""A range that is kept: its ends move apart while too many are called beyond them, together while too few are.

Similar tickets of the past say what is likely if today is like them. Where it is not, the ends follow what really
happens: after every call by a small step in proportion to the miss, so that in the long run the promised share is
outside whatever the hall does (adaptive conformal inference, Gibbs and Candès 2021; their steps on the logarithm of the
width). The hall has one stretch and every group one on top of it, so that no group pays for another.
"""

from collections.abc import Hashable

import numpy as np

from queue_server.forecast.calibrate import SHARES
from queue_server.forecast.scene import Floats

STEP = 0.005
"""Of the logarithm of the width, for a call that was certain to be within and was not."""
_MOST = float(np.log(2.5))
_BELOW, _ABOVE = 0.20, 0.90  # the ends that are shown to people
_MEDIAN = list(SHARES).index(0.50)
_ZERO_S = 1e-6  # less is nothing: logarithms there and back do not give back a zero


class Stretch:
    """How far the ends of the ranges of one hall are moved from their median; 1 until something was heard."""

    def __init__(self) -> None:
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

    def hear(self, group: Hashable, low: float, high: float, wait: float) -> None:
        """Somebody was called after `wait` seconds who had been told from `low` to `high`, as the quantiles were."""
        missed_below = float(wait < low) - _BELOW if low > 0 else 0.0  # nobody waits less than nothing
        missed_above = float(wait > high) - (1 - _ABOVE)
        step = STEP * np.array((missed_below, missed_above))
        self._hall = np.clip(self._hall + step, -_MOST, _MOST)
        self._groups[group] = np.clip(self._groups.get(group, np.zeros(2)) + step, -_MOST, _MOST)

    def _width(self, group: Hashable) -> Floats:
        """The logarithm, below and above the median."""
        both: Floats = np.clip(self._hall + self._groups.get(group, 0.0), -_MOST, _MOST)
        return both
