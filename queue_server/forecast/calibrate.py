"""From the forward runs to a range that is kept: what happened to the most similar tickets of the hall's own past.

The runs alone are far too sure of themselves. With 300 finished tickets the forecast is the median of the runs times
how wrong it was for the most similar ones; with 40, for all of them; with fewer the runs are widened by fixed factors.
"""

import numpy as np

from queue_server.forecast.features import SIZE
from queue_server.forecast.scene import Floats

SHARES = np.array((0.05, 0.20, 0.25, 0.50, 0.75, 0.90, 0.95))
NEIGHBOURS = 300
EPISODE_S = 1800.0  # tickets issued so close, or within a usual wait, share one fate, as far as the past shows it
REMEMBERED = 12_000
FIRST_RATIOS, FIRST_ANALOGUES = 40, 300
BELIEF = 10  # episodes: so much the runs themselves count beside what was seen
OFFSET = 0.25  # of the mean service: added to both sides of a ratio, so that waits of nearly nothing weigh little
_LEAST_OFFSET_S = 1.0  # where services take no time at all
_BELOW, _ABOVE = 0.7, 1.6  # before anything is known of the hall


class Analogues:
    """Finished tickets: what their moment looked like, and how long they then waited."""

    def __init__(self) -> None:
        self._remembered = REMEMBERED
        self._features, self._scaled = (np.empty((2 * self._remembered, SIZE)) for _ in range(2))
        self._waits, self._medians, self._issued = (np.empty(2 * self._remembered) for _ in range(3))
        self._count = 0
        self._middle, self._scale = np.zeros(SIZE), np.zeros(SIZE)
        self._episode = EPISODE_S
        self._shared: float | None = None  # the share of one fate, until the next refit

    def __len__(self) -> int:
        return min(self._count, self._remembered)

    def add(self, issued: float, features: Floats, median: float, wait: float) -> None:
        """A ticket was called: when it was issued (in seconds), with which features and median, and its true wait."""
        if self._count == len(self._waits):
            for kept in (self._features, self._scaled, self._waits, self._medians, self._issued):
                kept[: self._remembered] = kept[-self._remembered :]
            self._count = self._remembered
        at = self._count
        self._features[at], self._medians[at], self._waits[at] = features, median, wait
        self._scaled[at] = (features - self._middle) * self._scale
        self._issued[at] = issued
        self._count += 1

    def refit(self) -> None:
        """Weigh the features anew, each by its rank correlation with the wait; once a day is enough."""
        last = self._last()
        features, waits = self._features[last], self._waits[last]
        if not len(waits):
            return
        self._episode = max(EPISODE_S, float(waits.mean()))
        self._shared = None
        spread = features.std(axis=0)
        told = np.abs([_rank_correlation(column, waits) for column in features.T])
        self._middle = features.mean(axis=0)
        self._scale = np.divide(told, spread, out=np.zeros(SIZE), where=spread > 0)
        self._scaled[: self._count] = (self._features[: self._count] - self._middle) * self._scale

    def ratios(self, offset: float, believed: Floats, features: Floats | None = None) -> Floats:
        """How far the runs were off, (wait + offset) ÷ (median + offset), at each of `SHARES`.

        Among the most similar tickets if there are features to compare, else among all; and among the ratios that are
        `believed`, as if they had been seen in `BELIEF` episodes.
        """
        last = self._last()
        waits, medians, issued = self._waits[last], self._medians[last], self._issued[last]
        if self._shared is None:
            self._shared = _shared_fate(np.log((waits + offset) / (medians + offset)), issued // self._episode)
        if features is not None:
            away = self._scaled[last] - (features - self._middle) * self._scale
            distance = np.einsum("ij,ij->i", away, away)
            nearest = np.argpartition(distance, min(NEIGHBOURS, len(distance)) - 1)[:NEIGHBOURS]
            waits, medians, issued = waits[nearest], medians[nearest], issued[nearest]
        ratios, episodes = (waits + offset) / (medians + offset), issued // self._episode
        return _at_shares_of_episodes(ratios, episodes, self._shared, believed)

    def _last(self) -> slice:
        return slice(max(0, self._count - self._remembered), self._count)


def forecast(runs: Floats, features: Floats, past: Analogues, mean_service: float) -> Floats:
    """The wait in seconds at each of `SHARES`, never decreasing; `runs` are the sorted waits of the forward runs."""
    if len(past) >= FIRST_RATIOS:
        offset = offset_of(mean_service)
        similar = features if len(past) >= FIRST_ANALOGUES else None
        median = runs[len(runs) // 2] + offset
        corrected: Floats = median * past.ratios(offset, (runs + offset) / median, similar) - offset
        return np.maximum(0.0, corrected)
    guessed: Floats = at_shares(runs) * np.where(SHARES < 0.5, _BELOW, np.where(SHARES > 0.5, _ABOVE, 1.0))
    return guessed


def offset_of(mean_service: float) -> float:
    """Seconds added to waits before one is divided by another, or its logarithm taken; `mean_service` in seconds."""
    return max(_LEAST_OFFSET_S, OFFSET * mean_service)


def at_shares(ordered: Floats) -> Floats:
    """The values that these shares of an ordered sample do not exceed."""
    values: Floats = ordered[np.minimum((SHARES * len(ordered)).astype(np.intp), len(ordered) - 1)]
    return values


def _at_shares_of_episodes(values: Floats, episodes: Floats, shared: float, believed: Floats) -> Floats:
    """The values that these shares of the episodes do not exceed.

    So many of one episode count as `m / (1 + (m - 1) shared)` (the design effect of clustered samples, Kish 1965): as
    one if they share their fate wholly, each for itself if not at all.
    """
    _, place, size = np.unique(episodes, return_inverse=True, return_counts=True)
    each = 1 / (1 + (size - 1) * shared)
    values = np.concatenate([values, believed])
    weights = np.concatenate([each[place], np.full(len(believed), BELIEF / len(believed))])
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    wanted = np.searchsorted(reached, (float(size @ each) + BELIEF) * SHARES)
    below: Floats = values[order][np.minimum(wanted, len(values) - 1)]
    return below


def _shared_fate(errors: Floats, episodes: Floats) -> float:
    """Which share of the variance of errors is that between episodes: the intraclass correlation, from 0 to 1.

    By analysis of variance with groups of unequal size (Donner 1986); 1 while there is too little to tell.
    """
    _, place, size = np.unique(episodes, return_inverse=True, return_counts=True)
    groups, count = len(size), len(errors)
    if groups < 2 or count == groups:
        return 1.0
    means = np.bincount(place, errors) / size
    between = float(size @ (means - errors.mean()) ** 2) / (groups - 1)
    within = float(((errors - means[place]) ** 2).sum()) / (count - groups)
    usual_size = (count - float(size @ size) / count) / (groups - 1)
    all_of_it = between + (usual_size - 1) * within
    return min(1.0, max(0.0, (between - within) / all_of_it)) if all_of_it > 0 else 1.0


def _rank_correlation(left: Floats, right: Floats) -> float:
    """Spearman's, 0 if one of them never changes. Ties share their mean rank."""
    one, other = _ranks(left), _ranks(right)
    if one.std() == 0 or other.std() == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def _ranks(values: Floats) -> Floats:
    _, place, count = np.unique(values, return_inverse=True, return_counts=True)
    ranks: Floats = (np.cumsum(count) - (count - 1) / 2)[place]
    return ranks
