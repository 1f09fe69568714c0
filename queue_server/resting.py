"""Work that can wait takes only a share of a core, and ends when it is told to: calls come first."""

import threading
import time


class Rest:
    """Called again and again by the one thread that works.

    Args:
        stopped: Set by whoever ends the work.
        share: The work takes at most one part in so many of a core's time.
    """

    def __init__(self, stopped: threading.Event, share: int) -> None:
        self._stopped = stopped
        self._share = share
        self._woke: float | None = None

    def __call__(self) -> bool:
        """Rest in proportion to what was worked since the last time; False once it shall end."""
        worked = 0.0 if self._woke is None else time.thread_time() - self._woke
        self._stopped.wait((self._share - 1) * worked)
        self._woke = time.thread_time()
        return not self._stopped.is_set()
