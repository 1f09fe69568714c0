"""Folders for a moment."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - speed, not safety: nothing here is to survive anything


@contextmanager
def scratch(below: Path | None = None) -> Iterator[Path]:
    """A folder for a moment, in memory where the system has a place for that."""
    if below is None and _IN_MEMORY.is_dir():
        below = _IN_MEMORY
    with tempfile.TemporaryDirectory(prefix="onewindow-faults-", dir=below) as folder:
        yield Path(folder)
