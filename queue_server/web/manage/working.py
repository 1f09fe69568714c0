"""A long work of a page: a line that says how far it is, and a button that stops it. One at a time."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

from nicegui import ui

from queue_server.operations.progress import Progress
from queue_server.web.manage.elements import button, say, text

T = TypeVar("T")
_LOOK_S = 0.2


class Working:
    """Drawn where it is made: the line, then the button.

    Args:
        classes: Of the line.
    """

    def __init__(self, classes: str = "muted") -> None:
        self._stop = threading.Event()
        self.busy = False
        self._line = text("", classes).props('role="status"')
        self._stopper = button("停止", self._stop.set, "button plain")
        self._stopper.set_visibility(False)

    def say(self, words: str) -> None:
        """Change the line; to nobody if the page is closed."""
        if not self._line.is_deleted:
            say(self._line, words)

    async def run(self, words: str, work: Callable[[Progress], Awaitable[T]]) -> T:
        """Do it, saying how far it is. A page that is closed stops it too.

        Raises:
            StoppedError: If it was stopped.
            OneWindowError: What the work raises.
        """
        client = ui.context.client
        done = [0, 0]

        def progress(count: int, total: int, /) -> bool:
            done[:] = count, total
            return not (self._stop.is_set() or client.is_deleted)

        self._stop.clear()
        self.busy = True
        self._stopper.set_visibility(True)
        task = asyncio.ensure_future(work(progress))
        try:
            while not (await asyncio.wait([task], timeout=_LOOK_S))[0]:
                self.say(f"{words} {100 * done[0] // done[1]}%" if done[1] else f"{words}…")
        finally:
            self.busy = False
            if not client.is_deleted:
                self._stopper.set_visibility(False)
        return task.result()
