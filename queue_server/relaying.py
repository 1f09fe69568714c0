"""The hall's end of the relay: tells it how tickets stand, only what differs, and carries out what citizens wish there.

Outbound only: the hall asks, the relay answers. Of what it says only a code counts, once its seal has been looked at.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from hall.clock import Clock
from hall.errors import CodeError, WorldError
from hall.slip_code import SlipCode, digest
from hall.system_fault import FaultHonoured
from hall.ticket import Flag, Ticket
from hall.wire.phone import PhoneTicket
from hall.wire.relay import MOST_TICKETS, RelayPush, TicketNews, Wish
from queue_server.api.phones import Phones
from queue_server.api.screens import Scene
from queue_server.link.errors import ClocksApart
from queue_server.link.relay_link import RelayLink

log = logging.getLogger("onewindow.server.relay")
ROUND_SECONDS = 1.0


class Relaying:
    """One round after another, each a push and its answer.

    Args:
        link: The way to the relay.
        phones: Carries out wishes.
        look: Opens one consistent look at the hall.
        clock: The hall's clock.
    """

    def __init__(
        self,
        link: RelayLink,
        phones: Phones,
        look: Callable[[], AbstractContextManager[Scene]],
        clock: Clock,
    ) -> None:
        self._link = link
        self._phones = phones
        self._look = look
        self._clock = clock
        self._life = ""
        self._seq = 0
        self._told: dict[str, str] = {}
        self._done: list[str] = []
        self._place = 0  # in the journal, up to which everything was looked at
        self._looked: object = None  # what the last look was at
        self._renewed: dict[str, Ticket] = {}  # slips that another number took the place of: they show that one
        self._day: date | None = None
        self._away = False

    async def round(self) -> None:
        """Tell what differs; see to what is wished. A relay that is away is told everything when it is back."""
        try:
            wishes = await asyncio.to_thread(self._tell)
        except WorldError as error:
            if not self._away:
                log.warning("relay.away 中转连不上，手机页暂时不更新：%s", error)
            self._away = True
            return
        if self._away:
            log.info("relay.back 中转又连上了")
        self._away = False
        for wish in wishes:
            await self._see_to(wish)

    def close(self) -> None:
        """Close the way."""
        self._link.close()

    def _tell(self) -> tuple[Wish, ...]:
        news = self._news() if self._life else {}
        wishes: tuple[Wish, ...] = ()
        while True:
            some = dict(list(news.items())[:MOST_TICKETS])
            self._seq = max(self._seq + 1, self._clock.now().wall_us)  # rises through every start of the hall
            answer = self._link.send(
                RelayPush(
                    life=self._life,
                    seq=self._seq,
                    sent_at=self._clock.now().wall_us,
                    tickets=tuple(TicketNews(digest=each, ticket=ticket) for each, ticket in some.items()),
                    done=tuple(self._done),
                )
            )
            if answer.life != self._life:  # it was started anew, and knows nothing
                self._life, self._told, self._looked = answer.life, {}, None
                return ()
            if not answer.taken:
                raise ClocksApart("中转没有收下：大厅和中转主机的时钟相差太多")
            self._told |= {each: ticket.stamp for each, ticket in some.items()}
            self._done, wishes = [], answer.wishes
            news = {each: ticket for each, ticket in news.items() if each not in some}
            if not news:
                return wishes

    def _news(self) -> dict[str, PhoneTicket]:
        """By digest, the tickets that stand otherwise than was told."""
        with self._look() as scene:
            looked = (scene.reader.head_seq(), scene.reader.catalog_version(), scene.outlook, scene.live.day)
            if looked == self._looked:
                return {}
            if self._day != scene.live.day:  # what was told of the day before is forgotten there, and here
                self._day, self._told, self._looked = scene.live.day, {}, None
            composed = {digest(ticket.id): scene.phone(_slip(ticket)) for ticket in self._to_look_at(scene)}
            self._looked, self._place = looked, looked[0]
        return {each: ticket for each, ticket in composed.items() if self._told.get(each) != ticket.stamp}

    def _to_look_at(self, scene: Scene) -> list[Ticket]:
        """All of the day at first; then those that something happened to, and those that wait for others."""
        found = {ticket.id: ticket for ticket in scene.reader.live_tickets()}
        if self._looked is None:
            found |= {ticket.id: ticket for ticket in scene.reader.tickets_of(scene.live.day)}
            self._renewed = {each: ticket for each, ticket in found.items() if Flag.HONOURED in ticket.flags}
        else:
            for entry in scene.reader.entries(after=self._place):
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


def _slip(ticket: Ticket) -> SlipCode:
    return SlipCode(ticket.id, ticket.day, ticket.prefix, ticket.lane, ticket.n, ticket.issued_at)
