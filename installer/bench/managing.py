"""What ten open manager's pages cost those who call: real Chromium pages at one of two halls, the same load by turns.

The browsers step back, as they would be on machines of their own: the server comes first. What the server itself
spends, in its own processor time, stands beside the latencies.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

from installer.bench import disk
from installer.bench.errors import BenchError
from installer.bench.figures import Against, Figure, figure, hard_count, quantile
from installer.bench.flow import EVENTS_A_SECOND, WAITING, Flow
from installer.bench.halls import BenchHall, bench_hall
from installer.bench.sizes import Sizes
from installer.bench.using import processor_s, resident_mb
from installer.rehearsal.browser import Browser, find

PAGES = 10
_SIZE = 1366, 768
_ASIDE = "sh", "-c", '(echo 19 > /proc/self/autogroup) 2>/dev/null; exec nice -n 19 "$@"', "aside"
"""Linux weighs sessions before the niceness within them (sched(7), autogroup), so the whole session steps back."""
_OPENS_S = 120.0
_FRESH = "!document.documentElement.classList.contains('is-lost') && !!document.querySelector('.heart').dataset.beat"


@dataclass(slots=True)
class _Side:
    """One of the two halls and what was measured of it."""

    flow: Flow
    ms: list[float] = field(default_factory=list)
    events_s: float = 0.0
    server_s: float = 0.0

    def turn(self, *, counted: bool) -> None:
        """Some seconds of events; a first turn only warms up."""
        began, used = time.monotonic(), processor_s(self.flow.server.pid)
        ms = self.flow.turn()
        if counted:
            self.ms += ms
            self.events_s += time.monotonic() - began
            self.server_s += processor_s(self.flow.server.pid) - used

    @property
    def busy(self) -> float:
        """How much of a core its server used."""
        return self.server_s / self.events_s


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Two halls with 500 who wait; at one of them ten managers look on.

    Raises:
        BenchError: If there is no Chromium.
    """
    chromium = find()
    if chromium is None:
        raise BenchError("没有 chromium，测不了打开的管理页")
    with ExitStack() as closing:
        other = closing.enter_context(bench_hall(hall.folder))
        watched, alone = _Side(Flow(hall)), _Side(Flow(other))
        before = resident_mb(watched.flow.server.pid)
        browser = closing.enter_context(Browser(chromium, _ASIDE))
        _open_pages(browser, hall)
        disk_ms = list[float]()
        for turn in range(sizes.managed + 1):
            for side in (watched, alone) if turn % 2 else (alone, watched):
                side.turn(counted=turn > 0)
            disk_ms += disk.probe(hall.folder, 20)
        yield from disk.rows("manage", disk_ms)
        yield from _rows(watched, alone, disk_ms)
        grown = resident_mb(watched.flow.server.pid) - before
        yield figure("manage: the server's memory for one page", grown / PAGES, "MB")
        yield hard_count("manage: pages that lost the server", PAGES - browser.count(_FRESH))


def _rows(watched: _Side, alone: _Side, disk_ms: list[float]) -> Iterator[Figure]:
    name = f"manage: call next, {EVENTS_A_SECOND} events a second, {WAITING} waiting"
    for share in (0.5, 0.95):
        usual, now, what = quantile(alone.ms, share), quantile(watched.ms, share), f"{name}, p{share * 100:.0f}"
        yield figure(f"{what}, no page open", usual, "ms", "", disk.beside(disk_ms))
        yield figure(f"{what}, {PAGES} pages open", now, "ms", "ratio ≤ 1.3", Against(usual, "none open"))
    yield figure("manage: of a core, the server with no page open", alone.busy, "")
    against = Against(alone.busy, "none open")
    yield figure(f"manage: of a core, the server with {PAGES} pages open", watched.busy, "", "", against)


def _open_pages(browser: Browser, hall: BenchHall) -> None:
    """The first one through the form, the others with its cookie."""
    browser.open(f"{hall.stage.address}/manage/sign-in", *_SIZE)
    browser.enter("#staff", hall.manager.staff)
    browser.enter("#pin", hall.manager.pin)
    browser.click("button")
    for page in range(PAGES):
        if page:
            browser.open(f"{hall.stage.address}/manage/", *_SIZE)
        browser.until(_FRESH, _OPENS_S)
