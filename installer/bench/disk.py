"""How long this disk takes to make a small write durable: every durable figure is judged beside it."""

import os
import time
from pathlib import Path

from installer.bench.figures import quantile


def fdatasync_ms(folder: Path, times: int = 60) -> tuple[float, float]:
    """Median and 99th percentile of a 4 KiB append plus fdatasync, in milliseconds."""
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
    return quantile(taken, 0.5), quantile(taken, 0.99)
