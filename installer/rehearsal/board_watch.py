"""Looks at the public board as a display does, and tells when something stands on it."""

import threading
import time
from collections.abc import Callable

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from hall.wire.views import Board
from installer.rehearsal.processes import ProgramError

_RETRY_SECONDS = 0.2


class BoardWatch:
    """One display. It comes back by itself when the server does.

    Args:
        address: The server, `http://host:port`.
    """

    def __init__(self, address: str) -> None:
        self._address = f"ws{address.removeprefix('http')}/board/live"
        self._changed = threading.Condition()
        self._board: Board | None = None
        self._since = 0.0
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="board-watch", daemon=True)
        self._thread.start()

    def until(self, shows: Callable[[Board], bool], seconds: float = 20.0) -> tuple[Board, float]:
        """Wait until the board shows something; returns it and when it arrived (`time.monotonic`).

        Raises:
            ProgramError: If it does not in time.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._board is not None and shows(self._board), seconds):
                raise ProgramError(f"叫号屏在 {seconds:.0f} 秒内没有等到该显示的内容")
            assert self._board is not None
            return self._board, self._since

    def stop(self) -> None:
        """End the display."""
        self._stopping.set()
        self._thread.join(5)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            try:
                with connect(self._address, open_timeout=5, close_timeout=1) as socket:
                    self._look(socket.recv)
            except (OSError, WebSocketException):
                self._stopping.wait(_RETRY_SECONDS)

    def _look(self, receive: Callable[..., str | bytes]) -> None:
        while not self._stopping.is_set():
            try:
                text = receive(timeout=0.5)
            except TimeoutError:
                continue
            arrived = time.monotonic()
            board = Board.model_validate_json(text)
            with self._changed:
                self._board, self._since = board, arrived
                self._changed.notify_all()
