"""How good forecasts were: the figures of one predictor over the waits that really came."""

from dataclasses import dataclass

import numpy as np

from queue_server.forecast.calibrate import SHARES
from queue_server.forecast.scene import Floats

_P05, _P25, _P50, _P75, _P95 = (list(SHARES).index(share) for share in (0.05, 0.25, 0.50, 0.75, 0.95))
_PINBALL = [_P05, _P25, _P50, _P75, _P95]


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Seconds and shares of the waits; None where a predictor has no range, or nobody was judged.

    Attributes:
        mae: Mean absolute error.
        rmse: Root of the mean squared error.
        bias: Mean of forecast − wait: below 0 it promised too little.
        pinball: Mean of the pinball losses of the quantiles 0.05, 0.25, 0.5, 0.75 and 0.95.
        cover50: Share of waits within 0.25 and 0.75.
        cover90: Share of waits within 0.05 and 0.95.
        late_share: Share of waits longer than the upper end that was shown.
    """

    mae: float | None
    rmse: float | None
    bias: float | None
    pinball: float | None = None
    cover50: float | None = None
    cover90: float | None = None
    late_share: float | None = None


def of_points(said: Floats, waits: Floats) -> Accuracy:
    """A predictor that says one number."""
    if not len(waits):
        return Accuracy(None, None, None)
    off = said - waits
    return Accuracy(float(np.abs(off).mean()), float(np.sqrt((off**2).mean())), float(off.mean()))


def of_ranges(quantiles: Floats, shown: Floats, waits: Floats) -> Accuracy:
    """A predictor that says a distribution: forecast × `SHARES`; `shown` is the upper end on the slip."""
    if not len(waits):
        return Accuracy(None, None, None)
    point = of_points(quantiles[:, _P50], waits)
    off, share = waits[:, None] - quantiles[:, _PINBALL], SHARES[_PINBALL]
    return Accuracy(
        point.mae,
        point.rmse,
        point.bias,
        pinball=float(np.maximum(share * off, (share - 1) * off).mean()),
        cover50=_within(waits, quantiles[:, _P25], quantiles[:, _P75]),
        cover90=_within(waits, quantiles[:, _P05], quantiles[:, _P95]),
        late_share=float((waits > shown).mean()),
    )


def _within(waits: Floats, low: Floats, high: Floats) -> float:
    return float(((low <= waits) & (waits <= high)).mean())
