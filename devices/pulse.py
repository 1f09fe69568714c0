"""A stop sign that also shows whether whoever looks at it still moves."""

import threading
from collections.abc import Callable

from devices.clock import mono_us


class Pulse(threading.Event):
    """Every driver looks at its stop sign again and again; one that no longer does is stuck in some call.

    Waiting for the sign is rest, however long it lasts: only a driver that neither looks nor waits is still.

    Args:
        now_us: A clock that never jumps.
    """

    def __init__(self, now_us: Callable[[], int] = mono_us) -> None:
        super().__init__()
        self._now_us = now_us
        self._resting = False
        self._beat_us = now_us()

    def beat(self) -> None:
        """A sign of life."""
        self._beat_us = self._now_us()

    @property
    def still_us(self) -> int:
        """Microseconds since the last sign of life; 0 while its holder rests."""
        return 0 if self._resting else self._now_us() - self._beat_us

    def is_set(self) -> bool:
        """Whether to stop; a sign of life."""
        self.beat()
        return super().is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Rest until told to stop, `timeout` seconds at most; whether to stop."""
        self._resting = True
        try:
            return super().wait(timeout)
        finally:
            self.beat()
            self._resting = False
