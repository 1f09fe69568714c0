"""The thread that keeps the figures of days up to date, a little at a time: a call never waits for statistics."""

import logging
import threading
from collections.abc import Callable

from hall.clock import Clock
from hall.errors import OneWindowError
from queue_server.operations.summaries import bring_up_to_date
from queue_server.resting import Rest
from queue_server.store import Store

log = logging.getLogger("onewindow.server.summing")
_EVERY_S = 60.0
_SHARE = 4
"""At most one part in so many of a core's time."""


class Summing:
    """Counts what is behind, every minute.

    Args:
        store: The hall's store.
        clock: The server's clock.
        on_bug: Takes what nobody expected.
    """

    def __init__(self, store: Store, clock: Clock, on_bug: Callable[[BaseException], None]) -> None:
        self._store = store
        self._clock = clock
        self._on_bug = on_bug
        self._stopped = threading.Event()
        self._rest = Rest(self._stopped, _SHARE)
        self._thread = threading.Thread(target=self._run, name="summing", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End within a moment; what is half counted is counted again another time."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                bring_up_to_date(self._store, self._clock, self._rest)
            except OneWindowError as error:
                log.error("statistics.failed 统计没算成，一分钟后再试：%s", error.code)
            except Exception as error:
                self._on_bug(error)
            self._stopped.wait(_EVERY_S)
