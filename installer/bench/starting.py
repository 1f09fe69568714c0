"""How long each program takes until it can be used, and how much memory it holds then."""

import time
from collections.abc import Callable, Iterator

from installer.bench.figures import Figure, figure, quantile
from installer.bench.halls import BenchHall
from installer.bench.sizes import Sizes
from installer.bench.using import resident_mb
from installer.rehearsal.processes import Program

_PATIENCE_S = 60


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Each program is started so often by itself, the screens with a server; the median is told."""
    yield from _starts("server, until ready", 1.5, 120, sizes.starts, hall.stage.start_server)
    hall.stage.start_server()
    _kiosk(hall).stop()  # the first start brings the catalogue
    home = "kiosk, until its home page stands (a played script finds it)"
    yield from _starts(home, 1.5, 200, sizes.starts, lambda: _kiosk(hall))
    yield from _starts("window client, until both its screens are up", None, None, sizes.starts, lambda: _window(hall))


def _starts(
    what: str, bar_s: float | None, bar_mb: int | None, starts: int, start: Callable[[], Program]
) -> Iterator[Figure]:
    seconds, megabytes = [], []
    for _ in range(starts):
        began = time.perf_counter()
        program = start()
        seconds.append(time.perf_counter() - began)
        megabytes.append(resident_mb(program.pid))
        program.stop()
    yield figure(f"start: {what}", quantile(seconds, 0.5), "s", f"< {bar_s} s" if bar_s else "")
    name = what.partition(",")[0]
    yield figure(f"start: {name}, memory then", quantile(megabytes, 0.5), "MB", f"< {bar_mb} MB" if bar_mb else "")


def _kiosk(hall: BenchHall) -> Program:
    script: list[dict[str, object]] = [{"wait": "home"}, {"say": "home"}, {"wait": "help", "patience_s": 600}]
    kiosk = hall.stage.start_kiosk(script)
    kiosk.hear("say", _PATIENCE_S)
    return kiosk


def _window(hall: BenchHall) -> Program:
    window = hall.stage.start_window(played=False)
    window.hear("ready", _PATIENCE_S)
    return window
