"""What the relay knows: today's tickets by digest, and what citizens wish. In memory only; gone with the process."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from itertools import islice

from hall.clock import MINUTE_US, SECOND_US, Clock, Moment
from hall.opening import CHINA_MINUTES, business_day
from hall.rating import Level
from hall.slip_code import day_told, digest_told
from hall.wire.phone import PhoneTicket
from hall.wire.relay import CLOCKS_DIFFER_US, RelayAnswer, RelayPush, Wish
from queue_server.relay.errors import HallSilentError, NotToldError, OtherDayError

FRESH_S = 20.0
"""The hall speaks every second or two; silent for so long, what is shown is no longer how things stand."""
_MOST_TICKETS = 50_000
_MOST_WISHES = 500
_WISH_HOLDS_S = 60.0
_PATIENCE_S = 8.0


class Shelf:
    """Today's tickets as the hall told them. All of it belongs to one event loop.

    Args:
        clock: The host's clock.
        new_id: Makes ids for lives and wishes.
    """

    def __init__(self, clock: Clock, new_id: Callable[[], str]) -> None:
        self.life = new_id()
        self._clock = clock
        self._new_id = new_id
        self._seq = 0
        self._heard_us: int | None = None
        self._told_at = 0
        self._offset_minutes = CHINA_MINUTES
        self._whole = False  # whether everything was told, so that a ticket that is not here is none
        self._tickets: dict[str, PhoneTicket] = {}
        self._wishes: dict[str, tuple[Wish, int]] = {}
        self._done = asyncio.Event()  # another one each time that wishes were seen to
        self._watched: dict[str, asyncio.Event] = {}  # by digest, for the pages that are open
        self._swept_us = clock.now().mono_us
        self._closed = False

    # -- the hall's side

    def take(self, push: RelayPush) -> RelayAnswer:
        """A push whose signature is good: counts if it is of this life, new, and of now."""
        now = self._clock.now()
        new = push.life == self.life and push.seq > self._seq
        if not new or abs(now.wall_us - push.sent_at) > CLOCKS_DIFFER_US:
            return RelayAnswer(life=self.life, taken=False)
        self._seq = push.seq
        self._heard_us, self._told_at = now.mono_us, push.sent_at
        self._whole = not push.more
        if push.anew:
            self._tickets.clear()
            self._wake(self._watched)
        for news in push.tickets:
            self._tickets[news.digest] = news.ticket
            self._offset_minutes = news.ticket.offset_minutes
        self._wake(news.digest for news in push.tickets)
        for wish in push.done:
            self._wishes.pop(wish, None)
        if push.done:
            self._done.set()
            self._done = asyncio.Event()
        self._forget(now)
        return RelayAnswer(life=self.life, taken=True, wishes=tuple(wish for wish, _ in self._wishes.values()))

    @property
    def _today(self) -> date:
        return business_day(self._clock.now().wall_us, self._offset_minutes)

    def _forget(self, now: Moment) -> None:
        """Wishes that nobody came for, the oldest of too many tickets; once a minute those of days that are over."""
        for wish, since in list(self._wishes.values()):
            if now.mono_us - since > _WISH_HOLDS_S * SECOND_US:
                del self._wishes[wish.id]
        for digest in list(islice(self._tickets, max(0, len(self._tickets) - _MOST_TICKETS))):
            del self._tickets[digest]
        if now.mono_us - self._swept_us >= MINUTE_US:
            self._swept_us = now.mono_us
            today = self._today
            self._tickets = {at: ticket for at, ticket in self._tickets.items() if ticket.day >= today}

    def _wake(self, digests: Iterable[str]) -> None:
        """The pages of these tickets, and no others: there may be thousands."""
        for digest in list(digests):
            if event := self._watched.pop(digest, None):
                event.set()

    # -- the page's side, as `web.ticket.routes.Tickets`

    @property
    def fresh(self) -> bool:
        """Whether the hall spoke just now."""
        now = self._clock.now().mono_us
        return self._heard_us is not None and now - self._heard_us <= FRESH_S * SECOND_US

    def close(self) -> None:
        """The relay stops: whoever waits is answered, and no wish is carried out any more."""
        self._closed = True
        self._wishes.clear()
        self._wake(self._watched)
        self._done.set()

    async def look(self, code: str) -> PhoneTicket:
        """The ticket as the hall told it last, as of when it spoke last.

        Raises:
            CodeError: If it is none.
            OtherDayError: If it is of a day that is over.
            NotToldError: If the hall told of no such ticket.
            HallSilentError: If nobody can say, for the hall does not speak or is still telling.
        """
        ticket = self._tickets.get(digest_told(code))
        if self._closed:
            raise HallSilentError("中转正在停止")
        if ticket is None and not (self._whole and self.fresh):
            raise HallSilentError("大厅还没有送来今天的号")
        day = day_told(code) if ticket is None else ticket.day
        if day < self._today:
            raise OtherDayError("取号单当天有效")
        if ticket is None:
            raise NotToldError("这里还没有这个号")
        return ticket.model_copy(update={"at": self._told_at})

    async def after(self, code: str, seen: str, seconds: float) -> PhoneTicket:
        """The ticket once it differs from the stamp that was seen, or as it is after so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while (ticket := await self.look(code)).stamp == seen:
                    await self._watched.setdefault(digest_told(code), asyncio.Event()).wait()
                return ticket
        return await self.look(code)

    async def leave(self, code: str) -> None:
        """Let the hall know, and wait a little until it has seen to it."""
        await self._wish(Wish(id=self._new_id(), kind="leave", code=code.strip()))

    async def rate(self, code: str, level: Level) -> None:
        """Let the hall know, and wait a little until it has seen to it."""
        await self._wish(Wish(id=self._new_id(), kind="rate", code=code.strip(), level=level))

    async def _wish(self, wish: Wish) -> None:
        await self.look(wish.code)
        if not self.fresh or len(self._wishes) >= _MOST_WISHES:
            raise HallSilentError("大厅没有应答")
        self._wishes[wish.id] = (wish, self._clock.now().mono_us)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                while wish.id in self._wishes:
                    await self._done.wait()
        except TimeoutError:
            self._wishes.pop(wish.id, None)
            raise HallSilentError("大厅没有应答") from None
        if self._closed:
            raise HallSilentError("中转正在停止")
