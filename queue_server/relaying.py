"""The hall's end of the relay: tells it how tickets stand, only what differs, and carries out what citizens wish there.

Outbound only: the hall asks, the relay answers. Of what it says only a code counts, once its seal has been looked at.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from datetime import date
from itertools import islice
from typing import NamedTuple

from hall.clock import SECOND_US, Clock
from hall.errors import CodeError, WorldError
from hall.slip_code import SlipCode, digest
from hall.system_fault import FaultHonoured
from hall.ticket import Flag, Ticket
from hall.wire.phone import PhoneTicket
from hall.wire.relay import MOST_TICKETS, RelayPush, TicketNews, Wish
from queue_server.api.limits import BODY_BYTES
from queue_server.api.phones import Phones
from queue_server.api.screens import Scene
from queue_server.forecast.outlook import Outlook
from queue_server.link.errors import ClocksApart
from queue_server.link.relay_link import RelayLink
from queue_server.operations.troubles import Trouble

log = logging.getLogger("onewindow.server.relay")
RELAY = "relay"
"""How the way to it stands among the server's parts on the manager's page."""
AWAY_US = 60 * SECOND_US
"""A line that is cut for a moment is not worth a word to the manager."""
_PUSH_BYTES = BODY_BYTES // 2
"""Tickets with long lists of papers fill a push before there are too many of them."""


class _Looked(NamedTuple):
    """What a look at the hall was at: another look at the same tells nothing new."""

    head: int
    catalog: str
    outlook: Outlook | None
    day: date


class Relaying:
    """One round after another, each a push and its answer.

    Args:
        link: The way to the relay.
        phones: Carries out wishes.
        look: Opens one consistent look at the hall.
        clock: The hall's clock.
        say: Tells the manager what is wrong with it, or that nothing is.
    """

    SECONDS = 1.0
    """From one round to the next."""

    def __init__(
        self,
        link: RelayLink,
        phones: Phones,
        look: Callable[[], AbstractContextManager[Scene]],
        clock: Clock,
        say: Callable[[Trouble | None], Awaitable[None]],
    ) -> None:
        self._link = link
        self._phones = phones
        self._look = look
        self._clock = clock
        self._say = say
        self._life = ""
        self._seq = 0
        self._told: dict[str, str] = {}  # by digest, the stamp that the relay took
        self._untold: dict[str, PhoneTicket] = {}  # what it has not taken yet: kept until it has
        self._done: list[str] = []
        self._looked: _Looked | None = None
        self._renewed: dict[str, Ticket] = {}  # slips that another number took the place of: they show that one
        self._away_since: int | None = None
        self._told_off: bool | None = None  # None while the manager was told neither that it is away nor that it is not

    async def round(self) -> None:
        """Tell what differs; see to what is wished. A relay that is away is told everything when it is back."""
        try:
            wishes = await asyncio.to_thread(self._tell)
        except WorldError as error:
            await self._is_away(error)
            return
        if self._away_since is not None:
            log.info("relay.back 中转又连上了")
        self._away_since = None
        if self._told_off is not False:
            self._told_off = False
            await self._say(None)
        for wish in wishes:
            await self._see_to(wish)

    async def _is_away(self, error: WorldError) -> None:
        now = self._clock.now().mono_us
        if self._away_since is None:
            log.warning("relay.away 中转连不上，手机页暂时不更新：%s", error)
            self._away_since = now
        if now - self._away_since >= AWAY_US and not self._told_off:
            self._told_off = True
            await self._say(Trouble("手机页的中转连不上", _advice(error)))

    def close(self) -> None:
        """Close the way."""
        self._link.close()

    def _tell(self) -> tuple[Wish, ...]:
        if self._life:
            self._look_again()
        anew = not self._told
        while True:
            some = _one_push(self._untold)
            more = len(some) < len(self._untold)
            self._seq = max(self._seq + 1, self._clock.now().wall_us)  # rises through every start of the hall
            answer = self._link.send(
                RelayPush(
                    life=self._life,
                    seq=self._seq,
                    sent_at=self._clock.now().wall_us,
                    anew=anew,
                    more=more,
                    tickets=tuple(TicketNews(digest=each, ticket=ticket) for each, ticket in some.items()),
                    done=tuple(self._done),
                )
            )
            if answer.life != self._life:  # it was started anew, and knows nothing
                self._life, self._looked = answer.life, None
                self._forget()
                return ()
            if not answer.taken:
                raise ClocksApart("中转没有收下：大厅和中转主机的时钟相差太多")
            for each, ticket in some.items():
                self._told[each] = ticket.stamp
                del self._untold[each]
            self._done, anew = [], False
            if not more:
                return answer.wishes

    def _forget(self) -> None:
        self._told, self._untold = {}, {}

    def _look_again(self) -> None:
        """Find the tickets that stand otherwise than was told."""
        with self._look() as scene:
            looked = _Looked(scene.reader.head_seq(), scene.reader.catalog_version(), scene.outlook, scene.live.day)
            if looked == self._looked:
                return
            if self._looked is not None and self._looked.day != looked.day:  # it forgets the day before, and so do we
                self._looked = None
                self._forget()
            composed = {digest(ticket.id): scene.phone(_slip(ticket)) for ticket in self._to_look_at(scene)}
        self._looked = looked
        for each, ticket in composed.items():
            if self._told.get(each) == ticket.stamp:
                self._untold.pop(each, None)
            else:
                self._untold[each] = ticket

    def _to_look_at(self, scene: Scene) -> list[Ticket]:
        """All of the day at first; then those that something happened to, and those that wait for others."""
        found = {ticket.id: ticket for ticket in scene.reader.live_tickets()}
        if self._looked is None:
            found |= {ticket.id: ticket for ticket in scene.reader.tickets_of(scene.live.day)}
            self._renewed = {each: ticket for each, ticket in found.items() if Flag.HONOURED in ticket.flags}
        else:
            for entry in scene.reader.entries(after=self._looked.head):
                ticket = scene.reader.ticket(getattr(entry.fact.body, "ticket", "") or "")
                if ticket is not None:
                    found[ticket.id] = ticket
                if ticket is not None and isinstance(entry.fact.body, FaultHonoured):
                    self._renewed[ticket.id] = ticket
        return list((found | self._renewed).values())

    async def _see_to(self, wish: Wish) -> None:
        try:
            if wish.kind == "leave":
                await self._phones.leave(wish.code)
            elif wish.level is not None:
                await self._phones.rate(wish.code, wish.level)
        except CodeError:
            log.warning("relay.forged 中转送来的一个请求没有通过核对，没有照办")
        self._done.append(wish.id)


def _advice(error: WorldError) -> str:
    way = error.advice if isinstance(error, ClocksApart) else "请检查大厅到中转的网络，和中转主机是否开着"
    return f"现场叫号照常，只是用手机流量看不到排队。{way}"


def _one_push(news: dict[str, PhoneTicket]) -> dict[str, PhoneTicket]:
    """As many of them as go in one push, the first ones first."""
    size = 0
    for place, ticket in enumerate(news.values()):
        size += len(ticket.model_dump_json().encode())
        if place == MOST_TICKETS or (place and size > _PUSH_BYTES):
            return dict(islice(news.items(), place))
    return dict(news)


def _slip(ticket: Ticket) -> SlipCode:
    return SlipCode(ticket.id, ticket.day, ticket.prefix, ticket.lane, ticket.n, ticket.issued_at)
