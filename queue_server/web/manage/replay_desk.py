"""What the page of replays asks of the server: a day read on a thread of its own, a little at a time, until stopped."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date

from hall.catalog import Catalog
from hall.clock import Clock
from queue_server.operations.day_replay import PlayableDay, playable_day
from queue_server.operations.days import today
from queue_server.operations.errors import PeriodError, SessionOverError, StoppedError
from queue_server.operations.progress import Progress
from queue_server.operations.rule_preview import newest_day
from queue_server.resting import Rest
from queue_server.store import Store

_LOOK_S = 0.2
_SHARE = 2
"""At most one part in so many of a core's time, in which a call would have to wait."""


@dataclass(frozen=True, slots=True)
class ReplayDesk:
    """Over the hall's store; one day is read at a time, others wait their turn."""

    store: Store
    clock: Clock
    staff_of: Callable[[str], Awaitable[str | None]]
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def begin(self) -> tuple[Catalog, date, date]:
        """The catalogue, today, and the newest day before it on which anybody was called (else today)."""

        def look() -> tuple[Catalog, date, date]:
            with self.store.read() as reader:
                now = today(reader, self.clock.now())
                return reader.catalog(), now, newest_day(reader, now) or now

        return await asyncio.to_thread(look)

    async def read(self, token: str, day: date, progress: Progress) -> PlayableDay:
        """A day made ready; `progress` is told of on another thread.

        Raises:
            StoppedError: If it was stopped.
            SignInError: If the session has ended.
            PeriodError: If the day is still to come.
        """
        if await self.staff_of(token) is None:
            raise SessionOverError
        await self._take_turn(progress)
        try:
            return await asyncio.to_thread(self._read, day, progress)
        finally:
            self._turn.release()

    async def _take_turn(self, progress: Progress) -> None:
        """Wait until nobody else reads a day; whoever waits can stop too."""
        while True:
            try:
                async with asyncio.timeout(_LOOK_S):
                    await self._turn.acquire()
            except TimeoutError:
                if not progress(0, 0):
                    raise StoppedError("已停止") from None
            else:
                return

    def _read(self, day: date, progress: Progress) -> PlayableDay:
        rest = Rest(threading.Event(), _SHARE)

        def go_on(done: int, total: int, /) -> bool:
            return progress(done, total) and rest()

        with self.store.read() as reader:
            if day > today(reader, self.clock.now()):
                raise PeriodError(f"{day} 还没有到", advice="请选今天或以前的一天")
            return playable_day(reader, day, go_on)
