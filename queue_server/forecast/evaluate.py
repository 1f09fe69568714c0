"""A log in, the accuracy out: the forecast beside four simple predictors, judged on the later days of a log.

The log is replayed in order; at each arrival only what was known by then is used. The order of calling is told, or read
off the calls of the days before.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from hall.waiting import MINUTE_S, WaitRange, wait_range
from queue_server.forecast.accuracy import of_points, of_ranges
from queue_server.forecast.calibrate import FIRST_ANALOGUES, REMEMBERED, SHARES, Analogues, forecast, offset_of
from queue_server.forecast.glimpse import Glimpse, glimpse
from queue_server.forecast.log_file import Visit
from queue_server.forecast.replay import Replay
from queue_server.forecast.scene import Floats
from queue_server.forecast.simulate import simulate_last
from queue_server.forecast.stretch import Promise, Spread
from queue_server.forecast.timeline import What

SIMPLE = ("les", "hol", "mean10", "ahead_over_windows")
_P20, _P90 = (list(SHARES).index(share) for share in (0.20, 0.90))
_ENDLESS_S = 86_400.0  # stands for a wait for a window that never comes
_WARM_UP = 3 * REMEMBERED // 2  # visits before the first judged day that are run forward too, to be remembered
_TOLD_BEFORE = 3_000  # visits before the first judged day that are told a range too, for its ends to settle


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said to one person, in seconds, beside the wait that came; `visit` is the place in the log.

    `shown` is the range on the slip, in minutes.
    """

    visit: int
    wait: float
    found_queue: bool
    quantiles: Floats
    shown: WaitRange
    simple: tuple[float, ...]


def evaluate(
    visits: Sequence[Visit], history_days: int, head_starts: Mapping[str, float] | None = None, seed: int = 1
) -> dict[str, Any]:
    """`n` and `predictors` over the served who found somebody waiting, the same over all served under `all`.

    Args:
        visits: In the order of arrival.
        history_days: How many days with visits are only learned from.
        head_starts: Seconds by class; None: read off the log as it goes.
        seed: Of the forward runs.
    """
    judged = list(Trial(visits, history_days, head_starts, seed).run())
    return {**_report([one for one in judged if one.found_queue]), "all": _report(judged)}


@dataclass(frozen=True, slots=True)
class _Said:
    """The quantiles by which the forecast is judged, and the two ends that are rounded for the slip; seconds."""

    quantiles: Floats
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Pending:
    """What was said to somebody who waits."""

    features: Floats
    median: float
    said: _Said | None
    ahead: int


class Trial:
    """One replay with a forecast at every arrival."""

    def __init__(
        self, visits: Sequence[Visit], history_days: int, head_starts: Mapping[str, float] | None, seed: int
    ) -> None:
        self._visits = visits
        self._first_day = sorted({visit.day for visit in visits})[history_days]
        before = sum(visit.day < self._first_day for visit in visits)
        self._first, self._first_told = max(0, before - _WARM_UP), max(0, before - _TOLD_BEFORE)
        self._hall = Replay(visits, head_starts)
        self._past, self._spread, self._promise = Analogues(), Spread(), Promise()
        self._dice = np.random.default_rng(seed)
        self._pending: dict[int, _Pending] = {}
        self._learn(0.0)

    def run(self) -> Iterator[Judged]:
        """The forecasts of the later days, in the order of arrival."""
        learned_day, learned_calls = 0, 0
        for what, at in self._hall.play():
            visit = self._visits[at]
            if what is What.CALLED and at in self._pending:
                self._called(at, self._pending.pop(at))
            if what is not What.ARRIVED or at < self._first:
                continue
            calls = len(self._hall.past.waits)
            if visit.day != learned_day or calls > 2 * learned_calls:
                learned_day, learned_calls = visit.day, calls
                self._learn(visit.arrival)
            if judged := self._forecast(at):
                yield judged

    def _learn(self, now: float) -> None:
        """Once a day, and on the first one whenever twice as much was seen."""
        self._hall.relearn()
        self._past.refit()
        self._behaviour = self._hall.past.behaviour(now)
        self._longest_rest = self._hall.past.longest_rest()

    def _forecast(self, at: int) -> Judged | None:
        """Look around and run forward; nothing to judge in the days of the history, nor who was never served."""
        visit, seen = self._visits[at], glimpse(self._hall, at, self._longest_rest)
        runs = np.minimum(simulate_last(seen.scene, self._behaviour, self._dice), _ENDLESS_S)
        median = float(runs[len(runs) // 2])
        features = seen.moment.features(median, runs[len(runs) * 95 // 100])
        said = self._say(visit.service, runs, features) if at >= self._first_told else None
        self._pending[at] = _Pending(features, median, said, seen.moment.ahead)
        if said is None or visit.day < self._first_day or not visit.served:
            return None
        shown = wait_range(said.low, said.high)
        return Judged(at, visit.wait, bool(self._hall.waiting), said.quantiles, shown, self._simple(seen))

    def _say(self, service: str, runs: Floats, features: Floats) -> _Said:
        mean = self._behaviour.service.mean
        compared, offset = forecast(runs, features, self._past, mean), offset_of(mean)
        promised = self._promise.of(service, compared, offset)
        return _Said(self._spread.of(service, compared, offset), promised[_P20], promised[_P90])

    def _called(self, at: int, pending: _Pending) -> None:
        """Learn from what was said, now that the wait is known."""
        visit, said = self._visits[at], pending.said
        self._past.add(visit.arrival, pending.features, pending.median, visit.wait)
        if said is not None and pending.ahead and len(self._past) >= FIRST_ANALOGUES:
            self._spread.hear(visit.service, said.quantiles[_P20], said.quantiles[_P90], visit.wait)
            self._promise.hear(visit.service, said.low, said.high, visit.wait)

    def _simple(self, seen: Glimpse) -> tuple[float, ...]:
        """Last to enter service, head of line, mean of ten, mean service × people ahead ÷ windows."""
        waits, work = self._hall.waits, self._behaviour.service.mean * len(self._hall.waiting)
        return (
            waits[-1] if waits else 0.0,
            seen.moment.head_waited,
            sum(waits) / len(waits) if waits else 0.0,
            work / max(1, seen.open_windows),
        )


def _report(judged: Sequence[Judged]) -> dict[str, Any]:
    waits = np.array([one.wait for one in judged])
    quantiles = np.array([one.quantiles for one in judged]).reshape(-1, len(SHARES))
    ours = of_ranges(quantiles, np.array([one.shown.high * MINUTE_S for one in judged]), waits)
    simple = np.array([one.simple for one in judged]).reshape(-1, len(SIMPLE))
    theirs = {name: of_points(said, waits) for name, said in zip(SIMPLE, simple.T, strict=True)}
    return {"n": len(judged), "predictors": {name: asdict(a) for name, a in {"onewindow": ours, **theirs}.items()}}
