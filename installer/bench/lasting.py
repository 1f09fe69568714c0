"""Whether a call and a start cost the same with years of tickets behind them: an empty store beside a full one."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from installer.bench import disk
from installer.bench.calling import call_rounds, double_calls, issue_waiting, sign_in
from installer.bench.figures import Against, Figure, figure, hard_count, quantile
from installer.bench.halls import BenchHall, bench_hall
from installer.bench.past import fill
from installer.bench.sharing import Load
from installer.bench.sizes import Sizes
from installer.hall_init.folder import FirstPin

WINDOWS = (1, 8)
_TURNS = 10
_PER_GROUP = 4


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two halls."""

    hall: BenchHall
    clerks: list[tuple[int, FirstPin]]
    sessions: list[str] = field(default_factory=list)
    loads: dict[int, Load] = field(default_factory=lambda: {count: Load() for count in WINDOWS})

    def open(self, rounds: int) -> None:
        """Start the server, sign everybody in, let people come for so many turns."""
        self.hall.start_server()
        self.sessions.extend(sign_in(self.hall, window, staff.staff, staff.pin) for window, staff in self.clerks)
        issue_waiting(self.hall, _PER_GROUP * len(self.hall.stage.catalog.groups) * rounds)

    def call(self, count: int, rounds: int) -> tuple[Load, int]:
        """Rounds of calls at so many windows; the load, and how many repeated requests were answered otherwise."""
        return call_rounds(self.hall.stage.address, self.sessions[:count], rounds)


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Two halls side by side, called at by turns in one run."""
    with bench_hall(hall.folder) as old:
        empty, full = sides = [_Side(each, each.clerks(max(WINDOWS))) for each in (hall, old)]
        began = time.perf_counter()
        fill(old.stage.hall.database, old.stage.catalog, sizes.past)
        yield figure(f"past: {sizes.past:,} tickets written in bulk", time.perf_counter() - began, "s")
        yield figure("past: the full store's file", old.stage.hall.database.stat().st_size / 1e6, "MB")
        yield from _starts(hall, old, sizes.starts)
        for side in sides:
            side.open(len(WINDOWS) * (_TURNS + 1) * sizes.rounds)
        places = [side.hall.head_seq() for side in sides]
        yield from _calls(empty, full, sizes.rounds)
        entries = [side.hall.journal(place) for side, place in zip(sides, places, strict=True)]
        yield hard_count("past: double calls in both journals", sum(map(double_calls, entries)))


def _starts(hall: BenchHall, old: BenchHall, starts: int) -> Iterator[Figure]:
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(starts):
        for each, seconds in zip((hall, old), took, strict=True):
            began = time.perf_counter()
            server = each.start_server()
            seconds.append(time.perf_counter() - began)
            server.stop()
    empty, full = (quantile(seconds, 0.5) for seconds in took)
    yield figure("past: server until ready, empty store", empty, "s", "< 1.5 s")
    yield figure("past: server until ready, full store", full, "s", "< 1.5 s", Against(empty, "empty store"))


def _calls(empty: _Side, full: _Side, rounds: int) -> Iterator[Figure]:
    different, disk_ms = 0, list[float]()
    for turn in range(_TURNS + 1):
        for side in (empty, full) if turn % 2 else (full, empty):
            for count in WINDOWS:
                load, unlike = side.call(count, rounds)
                different += unlike
                if turn:  # the first one only warms up
                    side.loads[count].add(load)
        disk_ms += disk.probe(empty.hall.folder, 10)
    yield from disk.rows("past", disk_ms)
    for count in WINDOWS:
        name = f"past: call next, {count} window{'s' if count > 1 else ''}"
        for share in (0.5, 0.95):
            base, now = (quantile(side.loads[count].ms, share) for side in (empty, full))
            quantity, bar = f"p{share * 100:.0f}", "ratio ≤ 1.2" if share > 0.5 else ""
            yield figure(f"{name}, {quantity}, empty store", base, "ms", "", disk.beside(disk_ms))
            yield figure(f"{name}, {quantity}, full store", now, "ms", bar, Against(base, "empty store"))
    yield hard_count("past: other answers to a request id sent again", different)
