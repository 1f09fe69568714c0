"""How a window's devices are, told to the server under the window's own device session."""

import logging
import random
import threading
from collections.abc import Callable

from hall.clock import Clock
from hall.wire.health import HealthReport, PartHealth
from hall.wire.hello import DeviceKind
from queue_server.link.clock import new_id
from queue_server.link.errors import LinkError, SessionLost
from queue_server.link.find import Finder
from queue_server.link.follow import Backoff
from queue_server.link.server_link import ServerLink, connect

AGAIN_S = 60.0
"""So often everything is told again though nothing changed: a server set back to a backup knows it then, too."""
_log = logging.getLogger("onewindow.link.health")


class HealthLink:
    """Tells the newest state of every device until the server has it; states in between do not matter.

    Args:
        finder: Where the server is.
        hall_key: The hall's secret, to prove the window.
        window: The window's number.
        clock: The machine's clock.
        jitter: Source of numbers from 0 to 1 for the pauses between tries.
    """

    def __init__(
        self,
        finder: Finder,
        hall_key: bytes,
        window: int,
        clock: Clock,
        *,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._finder = finder
        self._hall_key = hall_key
        self._window = window
        self._clock = clock
        self._incarnation = new_id()
        self._backoff = Backoff(jitter)
        self._parts: dict[str, PartHealth] = {}
        self._news = threading.Event()
        self._closed = threading.Event()
        self._link: ServerLink | None = None
        self._thread = threading.Thread(target=self._run, name="health-link", daemon=True)

    def start(self) -> None:
        """Begin to tell."""
        self._thread.start()

    def tell(self, part: PartHealth) -> None:
        """A device is so now; returns at once, callable from any thread."""
        self._parts[part.part] = part
        self._news.set()

    def close(self, timeout_s: float = 5.0) -> None:
        """Stop; what is untold is told by the next start. The program ends."""
        self._closed.set()
        self._news.set()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._closed.is_set():
            self._news.wait(AGAIN_S)
            self._news.clear()
            parts = tuple(self._parts.values())
            if not parts or self._closed.is_set():
                continue
            try:
                self._session().report_health(HealthReport(parts=parts))
                self._backoff.reset()
                continue
            except SessionLost as error:
                self._leave()
                _log.info("%s: %s", error.code, error)
            except LinkError as error:
                _log.info("%s: %s", error.code, error)
            except Exception:
                _log.exception("link.health_bug: what a device is was not told")
            self._news.set()
            self._closed.wait(self._backoff.next_s())
        self._leave()

    def _session(self) -> ServerLink:
        if self._link is None:
            link = connect(self._finder, self._clock, self._closed)
            try:
                link.hello(
                    self._hall_key,
                    device=f"window-{self._window}",
                    kind=DeviceKind.WINDOW,
                    incarnation=self._incarnation,
                    boot_id=self._clock.now().boot_id,
                    window=self._window,
                )
            except BaseException:
                link.close()
                raise
            self._link = link
        return self._link

    def _leave(self) -> None:
        link, self._link = self._link, None
        if link is not None:
            link.close()
