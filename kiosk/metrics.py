"""Durations of a visit as JSON lines, for the bench and the demo; a number is the most personal thing in them.

Moments are of the machine-wide monotonic clock, so that another program on the same machine can join in.
"""

import json
import threading
import time
from pathlib import Path


def mono_us() -> int:
    """The present moment."""
    return time.monotonic_ns() // 1000


class Metrics:
    """Writes durations to a file, or drops them.

    Args:
        path: The file, appended to; None to drop everything.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()

    def duration(self, what: str, since_us: int, number: str = "") -> None:
        """Note how long something took until now.

        Args:
            what: `tap_to_durable`, `tap_to_first_byte` or `card_to_choices`.
            since_us: When it began, by `mono_us`.
            number: The ticket's number, empty where there is none yet.
        """
        if self._path is None:
            return
        now = mono_us()
        line = json.dumps({"what": what, "ms": (now - since_us) / 1000, "number": number, "mono_us": now})
        with self._lock, self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
