"""How long each program takes until it can be used, and how much memory it holds then."""

import time
from collections.abc import Iterator
from pathlib import Path

from installer.bench.figures import Figure, figure, quantile
from installer.bench.halls import BenchHall
from installer.bench.sizes import Sizes
from installer.rehearsal.processes import Program

_MB = 1024 * 1024


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Each program is started so often by itself; the median is told. The kiosk starts with a catalogue it knows."""
    yield from _server(hall, sizes.starts)
    hall.stage.start_server()
    yield from _kiosk(hall, sizes.starts)


def resident_mb(pid: int) -> float:
    """A process's resident set, megabytes (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024 / _MB
    raise ProcessLookupError(pid)


def _server(hall: BenchHall, starts: int) -> Iterator[Figure]:
    seconds, megabytes = [], []
    for _ in range(starts):
        began = time.perf_counter()
        server = hall.stage.start_server()
        seconds.append(time.perf_counter() - began)
        megabytes.append(resident_mb(server.pid))
        server.stop()
    yield figure("start: server, until ready", quantile(seconds, 0.5), "s", "< 1.5 s")
    yield figure("start: server, memory when ready", quantile(megabytes, 0.5), "MB", "< 120 MB")


def _kiosk(hall: BenchHall, starts: int) -> Iterator[Figure]:
    _shown_kiosk(hall).stop()  # the first start brings the catalogue
    seconds, megabytes = [], []
    for _ in range(starts):
        began = time.perf_counter()
        kiosk = _shown_kiosk(hall)
        seconds.append(time.perf_counter() - began)
        megabytes.append(resident_mb(kiosk.pid))
        kiosk.stop()
    yield figure("start: kiosk, until its home page stands (played script)", quantile(seconds, 0.5), "s", "< 1.5 s")
    yield figure("start: kiosk, memory then", quantile(megabytes, 0.5), "MB", "< 200 MB")


def _shown_kiosk(hall: BenchHall) -> Program:
    script: list[dict[str, object]] = [{"wait": "home"}, {"say": "home"}, {"wait": "help", "patience_s": 600}]
    kiosk = hall.stage.start_kiosk(script)
    kiosk.hear("say", 60)
    return kiosk
