"""From a commit to every screen: views are composed once per burst and the same text goes to all who watch one.

    writer thread ── on_commit ──▶ Live.committed() ──▶ a task per pace ──▶ one look at the hall (worker thread)
    ──▶ each watched topic composed from that look ──▶ Line … Line

A line holds only the newest text: a slow screen skips what is outdated anyway and never holds up another.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from hall.errors import OneWindowError
from queue_server.api.errors import StoppingError
from queue_server.api.problems import log_bug

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class View:
    """A composed view: `text` is what goes out, `content` what it says apart from the time it was composed."""

    text: str
    content: object


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
class _Topic(Generic[S]):
    compose: Callable[[S], View]
    lines: set[Line] = field(default_factory=set)
    last: View | None = None

    def offer(self, composed: View | OneWindowError | None, *, even_if_equal: bool) -> None:
        """Pass on what a round composed; nothing if it said nothing new or broke."""
        if isinstance(composed, OneWindowError):
            for line in self.lines:
                line.end(composed)
        elif composed is not None:
            if even_if_equal or self.last is None or composed.content != self.last.content:
                for line in self.lines:
                    line.offer(composed.text)
            self.last = composed


class Pace(Generic[S]):
    """Topics refreshed together after each burst of commits, and all of them once in a while without one.

    Args:
        look: Opens one consistent look at the hall for a round; entered in a worker thread.
        repeat_s: So often every topic is sent even if nothing changed, so that screens can tell silence from calm.
        rest_s: Pause after a round, so that many commits cost one round.
    """

    def __init__(self, look: Callable[[], AbstractContextManager[S]], repeat_s: float, rest_s: float = 0.0) -> None:
        self._look = look
        self._repeat_s = repeat_s
        self._rest_s = rest_s
        self._changed = asyncio.Event()
        self._turn = asyncio.Lock()  # an older look never overwrites a newer one
        self._topics: dict[Hashable, _Topic[S]] = {}

    def changed(self) -> None:
        """Something was committed; only from the loop's own thread."""
        self._changed.set()

    def close(self) -> None:
        """Nothing more will come: whoever watches is told; only from the loop's own thread."""
        for topic in self._topics.values():
            for line in topic.lines:
                line.end(StoppingError("服务器正在停止"))

    @asynccontextmanager
    async def watching(self, key: Hashable, compose: Callable[[S], View]) -> AsyncIterator[Line]:
        """A line that first gets the view as it is now, then every change of it. Equal keys share one composing.

        Raises:
            OneWindowError: What composing raises.
        """
        line = Line()
        topic = self._topics.setdefault(key, _Topic(compose))
        topic.lines.add(line)
        try:
            async with self._turn:
                if topic.last is None:
                    (first,) = await asyncio.to_thread(self._compose, [topic])
                    if isinstance(first, OneWindowError):
                        raise first
                    topic.last = first
                if topic.last is not None:
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
            async with self._turn:
                topics = list(self._topics.values())
                if topics:
                    composed = await asyncio.to_thread(self._compose, topics)
                    for topic, outcome in zip(topics, composed, strict=True):
                        topic.offer(outcome, even_if_equal=not burst)
            await asyncio.sleep(self._rest_s)

    async def _next_burst(self) -> bool:
        try:
            async with asyncio.timeout(self._repeat_s):
                await self._changed.wait()
        except TimeoutError:
            return False
        self._changed.clear()
        return True

    def _compose(self, topics: list[_Topic[S]]) -> list[View | OneWindowError | None]:
        """All topics from one look, each standing or falling alone; None where one of ours broke."""
        try:
            with self._look() as scene:
                return [_attempt(topic.compose, scene) for topic in topics]
        except Exception as error:
            log_bug(error)  # no look at all: every view stays as it was
            return [None] * len(topics)


def _attempt(compose: Callable[[S], View], scene: S) -> View | OneWindowError | None:
    try:
        return compose(scene)
    except OneWindowError as error:
        return error
    except Exception as error:
        log_bug(error)
        return None


class Live(Generic[S]):
    """All paces of the server: boards at once, all other screens a moment later, waits when foretold anew.

    Args:
        look: Opens one consistent look at the hall.
    """

    def __init__(self, look: Callable[[], AbstractContextManager[S]]) -> None:
        self.boards = Pace(look, repeat_s=5)
        self.desks = Pace(look, repeat_s=15, rest_s=0.03)
        self.managers = Pace(look, repeat_s=5, rest_s=2.0)  # every page draws each of them: a person reads no faster
        self.waits = Pace(look, repeat_s=15, rest_s=0.5)
        self.phones = Pace(look, repeat_s=15, rest_s=0.5)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._commits = 0
        self._waiting: asyncio.Event = asyncio.Event()

    def committed(self) -> None:
        """The store committed something; from any thread, returns at once."""
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop may be closing
                loop.call_soon_threadsafe(self._spread)

    def foreseen(self) -> None:
        """There is a new forecast; from any thread, returns at once."""
        loop = self._loop
        if loop is not None:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._show_waits)

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

    @property
    def _paces(self) -> tuple[Pace[S], ...]:
        return self.boards, self.desks, self.managers, self.waits, self.phones

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Keeps the paces going while the application runs."""
        self._loop = asyncio.get_running_loop()
        tasks = [asyncio.create_task(pace.run()) for pace in self._paces]
        try:
            yield
        finally:
            self._loop = None
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _show_waits(self) -> None:
        for pace in (self.waits, self.desks, self.managers, self.phones):
            pace.changed()

    def _spread(self) -> None:
        self._commits += 1
        self._waiting.set()
        self._waiting = asyncio.Event()
        for pace in (self.boards, self.desks, self.managers, self.phones):
            pace.changed()
