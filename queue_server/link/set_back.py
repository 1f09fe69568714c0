"""Notices that the server was set back while nobody is signed in at a window that remembers more.

A window tells what it remembers under a clerk's session, so until somebody signs in the hall waits for it.
"""

import logging
import threading
from collections.abc import Callable

from hall.clock import Clock
from queue_server.link.act_log import ActLog
from queue_server.link.errors import LinkError
from queue_server.link.find import Finder
from queue_server.link.server_link import connect

AGAIN_S = 10.0
"""So often the server is asked which life it is in; without a session it costs both next to nothing."""
_log = logging.getLogger("onewindow.link.set_back")


class SetBackWatch:
    """Tells whether this window owes its server what it remembers.

    Args:
        finder: Where the server is.
        clock: The machine's clock.
        log: What this window remembers of its acts, and which life of the server knows it.
        on_owed: Gets whether it owes, at each change, on this room's thread. What was not told yet is False.
        on_away: Gets whether the server cannot be reached, first after the first look and then at each change.
        again_s: Seconds between two looks.
    """

    def __init__(
        self,
        finder: Finder,
        clock: Clock,
        log: ActLog,
        on_owed: Callable[[bool], None],
        on_away: Callable[[bool], None] = lambda _: None,
        again_s: float = AGAIN_S,
    ) -> None:
        self._finder = finder
        self._clock = clock
        self._acts = log
        self._on_owed = on_owed
        self._on_away = on_away
        self._again_s = again_s
        self._away: bool | None = None
        self._owed = False
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="set-back-watch", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def close(self, timeout_s: float = 5.0) -> None:
        """Stop; the program ends."""
        self._closed.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._closed.is_set():
            try:
                self._look()
                self._tell_away(away=False)
            except LinkError as error:
                _log.debug("%s: %s", error.code, error)
                self._tell_away(away=True)
            except Exception as error:
                _log.error("bug %s while asking which life the server is in", type(error).__name__)
            self._closed.wait(self._again_s)

    def _tell_away(self, *, away: bool) -> None:
        if away != self._away and not self._closed.is_set():
            self._away = away
            self._on_away(away)

    def _look(self) -> None:
        with connect(self._finder, self._clock, self._closed) as link:
            epoch = link.ready().epoch
        # A window that never told anything yet has met no other life of the server.
        owed = bool(epoch and self._acts.epoch) and epoch != self._acts.epoch
        if owed != self._owed and not self._closed.is_set():
            self._owed = owed
            self._on_owed(owed)
