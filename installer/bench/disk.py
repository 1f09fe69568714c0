"""How long this disk takes to make a small write durable: every durable figure is judged beside it."""

import os
import time
from pathlib import Path

from installer.bench.figures import Against, Figure, figure, quantile

WRITES = 60


def probe(folder: Path, times: int = WRITES) -> list[float]:
    """Milliseconds of each of so many 4 KiB appends with fdatasync, in a file of its own."""
    path = folder / "fdatasync.probe"
    taken = []
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    try:
        for _ in range(times):
            start = time.perf_counter()
            os.write(descriptor, b"\0" * 4096)
            os.fdatasync(descriptor)
            taken.append((time.perf_counter() - start) * 1000)
    finally:
        os.close(descriptor)
        path.unlink()
    return taken


def beside(taken: list[float]) -> Against:
    """The probe's median, to compare durable figures with."""
    return Against(quantile(taken, 0.5), "fdatasync p50")


def rows(subject: str, taken: list[float]) -> list[Figure]:
    """The probe itself, as rows beside the figures it judges."""
    return [
        figure(f"{subject}: disk, 4 KiB + fdatasync, p50", quantile(taken, 0.5), "ms"),
        figure(f"{subject}: disk, 4 KiB + fdatasync, p99", quantile(taken, 0.99), "ms"),
    ]
