"""Keeping at it: pauses that grow, and a thread that opens a live view again whenever it breaks."""

import logging
import random
import threading
from collections.abc import Callable

from queue_server.link.errors import LinkError, SessionLost
from queue_server.link.live import LiveSocket

FIRST_S = 0.5
MOST_S = 2.0
"""However long the outage was, a device is back within five seconds of its server: this pause, a try that was under
way with packets lost (2 s), and hello. Two hundred devices knock 130 times a second then, small change for a LAN."""
_log = logging.getLogger("onewindow.link.follow")


class Backoff:
    """Pauses of half a second, doubling to two seconds, each shortened at random so that devices do not march.

    Args:
        jitter: Source of numbers from 0 to 1.
    """

    def __init__(self, jitter: Callable[[], float] = random.random) -> None:
        self._jitter = jitter
        self._longest_s = FIRST_S

    def next_s(self) -> float:
        """The pause before the next try, seconds: between half of the present longest and all of it."""
        pause = self._longest_s * (0.5 + self._jitter() / 2)
        self._longest_s = min(self._longest_s * 2, MOST_S)
        return pause

    def reset(self) -> None:
        """It worked: begin with short pauses again."""
        self._longest_s = FIRST_S


class Follower:
    """A thread that keeps one live view coming until `stop`.

    Args:
        name: The thread's name.
        open_socket: Opens the view, with whatever must come before; may raise any LinkError.
        on_text: Gets the newest text; older ones that came with it are outdated and left out.
        on_state: Gets whether the view is open and, if not, what a person can do.
        on_session_lost: Given when a lost session ends it; without it the view is simply opened again.
        jitter: Source of numbers from 0 to 1 for the pauses.

    All callbacks come on this thread.
    """

    def __init__(
        self,
        name: str,
        *,
        open_socket: Callable[[], LiveSocket],
        on_text: Callable[[str], None],
        on_state: Callable[[bool, str], None],
        on_session_lost: Callable[[], None] | None = None,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._open_socket = open_socket
        self._on_text = on_text
        self._on_state = on_state
        self._on_session_lost = on_session_lost
        self._backoff = Backoff(jitter)
        self._ended = threading.Event()
        self._socket: LiveSocket | None = None
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """End it and wait for the thread, at most so long."""
        self._ended.set()
        socket = self._socket
        if socket is not None:
            socket.close()
        if self._thread is not threading.current_thread():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        while not self._ended.is_set():
            try:
                self._follow()
            except SessionLost as error:
                if self._on_session_lost is not None:
                    self._tell(online=False, problem=error.advice)
                    if not self._ended.is_set():
                        self._on_session_lost()
                    return
                self._tell(online=False, problem=error.advice)
            except LinkError as error:
                _log.info("%s: %s", error.code, error)
                self._tell(online=False, problem=error.advice)
            except Exception:
                _log.exception("link.follow_bug: the live view stumbled")
                self._tell(online=False, problem="")
            self._ended.wait(self._backoff.next_s())

    def _follow(self) -> None:
        self._socket = socket = self._open_socket()
        try:
            self._backoff.reset()
            if self._ended.is_set():
                return
            self._tell(online=True, problem="")
            while True:
                self._on_text(socket.texts()[-1])
        finally:
            self._socket = None
            socket.close()

    def _tell(self, *, online: bool, problem: str) -> None:
        if not self._ended.is_set():
            self._on_state(online, problem)
