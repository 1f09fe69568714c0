"""From a commit to every screen: a view is composed once per burst and the same text goes to all who watch it.

    writer thread ── on_commit ──▶ Live.changed() ──▶ one task per pace ──▶ Topic.compose (worker thread) ──▶ Line …

A line holds only the newest text: a slow screen skips what is outdated anyway and never holds up another.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from hall.errors import OneWindowError
from queue_server.api.problems import log_bug

log = logging.getLogger("onewindow.server.live")


@dataclass(frozen=True, slots=True)
class View:
    """A composed view: `text` is what goes out, `content` what it says apart from the time it was composed."""

    text: str
    content: object


Compose = Callable[[], View]


class Line:
    """One watcher's end: the newest text not yet taken, or why there will be no more."""

    def __init__(self) -> None:
        self._text = ""
        self._error: OneWindowError | None = None
        self._news = asyncio.Event()

    def offer(self, text: str) -> None:
        """Replace whatever has not been taken yet."""
        self._text = text
        self._news.set()

    def end(self, error: OneWindowError) -> None:
        """Nothing more will come."""
        self._error = error
        self._news.set()

    async def take(self) -> str:
        """The next text, waiting for it.

        Raises:
            OneWindowError: If the view can no longer be composed for this watcher (its session ended).
        """
        await self._news.wait()
        self._news.clear()
        if self._error:
            raise self._error
        return self._text


@dataclass(slots=True)
class _Topic:
    compose: Compose
    lines: set[Line] = field(default_factory=set)
    last: View | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)  # an older composing never overwrites a newer one


class Pace:
    """Topics refreshed together after each burst of commits, and all of them once in a while without one.

    Args:
        repeat_s: So often every topic is sent even if nothing changed, so that screens can tell silence from calm.
        rest_s: Pause after a round, so that many commits cost one round.
    """

    def __init__(self, repeat_s: float, rest_s: float = 0.0) -> None:
        self._repeat_s = repeat_s
        self._rest_s = rest_s
        self._changed = asyncio.Event()
        self._topics: dict[Hashable, _Topic] = {}

    def changed(self) -> None:
        """Something was committed; only from the loop's own thread."""
        self._changed.set()

    @asynccontextmanager
    async def watching(self, key: Hashable, compose: Compose) -> AsyncIterator[Line]:
        """A line that first gets the view as it is now, then every change of it. Equal keys share one composing."""
        line = Line()
        topic = self._topics.setdefault(key, _Topic(compose))
        topic.lines.add(line)
        try:
            async with topic.turn:
                if topic.last is None:
                    topic.last = await asyncio.to_thread(topic.compose)
                line.offer(topic.last.text)
            yield line
        finally:
            topic.lines.discard(line)
            if not topic.lines and self._topics.get(key) is topic:
                del self._topics[key]

    async def run(self) -> None:
        """Refresh for ever; one task of the application."""
        while True:
            burst = await self._next_burst()
            for topic in list(self._topics.values()):
                async with topic.turn:
                    await self._refresh(topic, even_if_equal=not burst)
            await asyncio.sleep(self._rest_s)

    async def _next_burst(self) -> bool:
        try:
            async with asyncio.timeout(self._repeat_s):
                await self._changed.wait()
        except TimeoutError:
            return False
        self._changed.clear()
        return True

    async def _refresh(self, topic: _Topic, *, even_if_equal: bool) -> None:
        try:
            view = await asyncio.to_thread(topic.compose)
        except OneWindowError as error:
            for line in topic.lines:
                line.end(error)
            return
        except Exception as error:
            log_bug(error)  # this view stays as it was; the others go on
            return
        if even_if_equal or topic.last is None or view.content != topic.last.content:
            for line in topic.lines:
                line.offer(view.text)
        topic.last = view


class Live:
    """All paces of the server: boards at once, desks and the manager's page a moment later."""

    def __init__(self) -> None:
        self.boards = Pace(repeat_s=5)
        self.desks = Pace(repeat_s=15, rest_s=0.03)
        self.managers = Pace(repeat_s=5, rest_s=0.5)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._commits = 0
        self._waiting: asyncio.Event = asyncio.Event()

    def committed(self) -> None:
        """The store committed something; from any thread, returns at once."""
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop may be closing
                loop.call_soon_threadsafe(self._spread)

    @property
    def commits(self) -> int:
        """How many bursts were noticed so far; give it to `after`."""
        return self._commits

    async def after(self, commits: int, seconds: float) -> None:
        """Wait until more bursts than `commits` were noticed, at most so long."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._commits <= commits:
                    await self._waiting.wait()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keeps the paces going while the application runs."""
        self._loop = asyncio.get_running_loop()
        tasks = [asyncio.create_task(pace.run()) for pace in (self.boards, self.desks, self.managers)]
        try:
            yield
        finally:
            self._loop = None
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _spread(self) -> None:
        self._commits += 1
        self._waiting.set()
        self._waiting = asyncio.Event()
        for pace in (self.boards, self.desks, self.managers):
            pace.changed()
