"""Drawing from what really happened: past durations, and what is left of one that already lasts."""

from collections.abc import Sequence

import numpy as np

from queue_server.forecast.scene import Flags, Floats, Ints

FEW = 10  # so many longer samples at least, else the longest ones stand in
_LEAST_LEFT_S = 1.0


class Durations:
    """Past durations in seconds, of one or several kinds; no kind is empty."""

    def __init__(self, kinds: Sequence[Floats]) -> None:
        self._sorted = [np.sort(kind) for kind in kinds]
        self._all = np.concatenate(self._sorted)
        self._size = np.array([len(kind) for kind in kinds])
        self._first = np.cumsum(self._size) - self._size

    @property
    def mean(self) -> float:
        """The mean of all of them."""
        return float(self._all.mean())

    def up_to(self, seconds: float) -> "Durations":
        """Those that are no longer; of a kind that has none, the shortest one."""
        return Durations([kind[: max(1, int(kind.searchsorted(seconds, side="right")))] for kind in self._sorted])

    def draw(self, kind: Ints, chance: Floats) -> Floats:
        """One duration for each chance in [0, 1), a row of chances for each kind."""
        drawn: Floats = self._all[self._first[kind, None] + (chance * self._size[kind, None]).astype(np.intp)]
        return drawn

    def draw_rest(self, kind: Ints, elapsed: Floats, chance: Floats) -> Floats:
        """What is left of durations that last `elapsed` already, a row of chances for each."""
        pairs = zip(kind, elapsed, strict=True)
        shorter = np.array([self._sorted[of].searchsorted(since, side="right") for of, since in pairs], np.intp)
        skipped = np.minimum(shorter, np.maximum(0, self._size[kind] - FEW))
        among = (self._size[kind] - skipped)[:, None]
        drawn = self._all[(self._first[kind] + skipped)[:, None] + (chance * among).astype(np.intp)]
        rest: Floats = np.maximum(drawn - elapsed[:, None], _LEAST_LEFT_S)
        return rest


class Patience:
    """How long people wait before they go, by Kaplan and Meier (1958): those who were served count until then."""

    def __init__(self, waits: Floats, gave_up: Flags) -> None:
        order = np.argsort(waits, kind="stable")
        at_risk = len(waits) - np.arange(len(waits))
        stays = np.cumprod(1 - gave_up[order] / at_risk)
        event = np.flatnonzero(gave_up[order])
        self._when: Floats = np.append(waits[order][event], np.inf)
        self._stays: Floats = stays[event].astype(np.float64)
        self._goes = -self._stays

    def draw(self, waited: Floats, chance: Floats) -> Floats:
        """When each person goes, in seconds from now, inf if never; a row of chances for each person."""
        gone = np.searchsorted(self._when[:-1], waited, side="right")
        still = np.append(1.0, self._stays)[gone]
        when = np.maximum(np.searchsorted(self._goes, chance * -still[:, None], side="left"), gone[:, None])
        leaves: Floats = np.maximum(self._when[when] - waited[:, None], 0.0)
        return leaves
