"""What a forecast of a full hall costs: 500 waiting, 60 windows with preferences, on one core."""

import time
from collections.abc import Iterator

from installer.bench import foreseeing
from installer.bench.figures import Against, Figure, figure, quantile
from installer.bench.halls import BenchHall
from installer.bench.sizes import Sizes
from queue_server.forecast.crowd import crowd

WAITING, WINDOWS = 500, 60
_BAR = Against(50, "50 ms")


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """Another hall each time; the processor's own time is taken, so that others at work do not count."""
    times = []
    for seed in range(sizes.forecasts):
        full = crowd(WAITING, WINDOWS, seed)
        began = time.thread_time()
        full.run()
        times.append((time.thread_time() - began) * 1000)
    what = f"forecast: {WAITING} waiting × {WINDOWS} windows with preferences"
    yield figure(f"{what}, p50", quantile(times, 0.5), "ms", "≤ 50 ms", _BAR)
    yield figure(f"{what}, p99", quantile(times, 0.99), "ms", "", _BAR)
    yield from foreseeing.measure(hall, sizes)
