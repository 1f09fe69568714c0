"""快到号了: tells a city's own channel of each ticket once few are left before it. Calls never wait for it."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

from hall.clock import SECOND_US, Clock
from hall.errors import WorldError
from hall.guidance import windows_of
from hall.slip_code import digest
from hall.ticket import Ticket
from hall.wire.phone import NEAR
from hall.wire.webhook import NearNews, event_id
from queue_server.api.screens import Scene
from queue_server.link.webhook_link import WebhookLink

log = logging.getLogger("onewindow.server.webhook")
TRIES = 6
FIRST_PAUSE_S = 2.0
"""Before the second try; each further one waits twice as long, so that the last comes after about a minute."""


@dataclass(slots=True)
class _Pending:
    news: NearNews
    tries: int = 0
    not_before_us: int = 0


class Nearing:
    """One round after another: who has come near, and what was not taken yet.

    Args:
        link: The way to the channel.
        look: Opens one consistent look at the hall.
        clock: The hall's clock.
    """

    SECONDS = 2.0
    """From one round to the next."""

    def __init__(self, link: WebhookLink, look: Callable[[], AbstractContextManager[Scene]], clock: Clock) -> None:
        self._link = link
        self._look = look
        self._clock = clock
        self._day: date | None = None
        self._known: set[str] = set()  # tickets of the day that were told, or given up
        self._pending: dict[str, _Pending] = {}
        self._head = -1

    async def round(self) -> None:
        """Tell what is due. A ticket that waits no longer is not told any more."""
        await asyncio.to_thread(self._tell)

    def close(self) -> None:
        """Close the way."""
        self._link.close()

    def _tell(self) -> None:
        self._see_who_is_near()
        for ticket, pending in list(self._pending.items()):
            now = self._clock.now().mono_us
            if now < pending.not_before_us:
                continue
            try:
                self._link.send(pending.news)
            except WorldError as error:
                self._put_off(ticket, pending, now, error)
                return  # the others would meet the same; their turn comes
            del self._pending[ticket]

    def _put_off(self, ticket: str, pending: _Pending, now: int, error: WorldError) -> None:
        pending.tries += 1
        pending.not_before_us = now + round(FIRST_PAUSE_S * 2 ** (pending.tries - 1) * SECOND_US)
        if pending.tries >= TRIES:
            log.warning("webhook.given_up 快到号的通知没有送到，不再试：%s", error)
            del self._pending[ticket]

    def _see_who_is_near(self) -> None:
        with self._look() as scene:
            head = scene.reader.head_seq()
            if head == self._head:
                return
            self._head = head
            if scene.live.day != self._day:
                self._day, self._known = scene.live.day, set()
            near = dict(_near(scene))
        for gone in self._pending.keys() - near.keys():
            del self._pending[gone]
            self._known.discard(gone)  # it was not told, and may come near again: somebody with priority came before it
        for ticket, news in near.items():
            if ticket in self._pending:
                self._pending[ticket].news = news  # what is told late is told as it is then
            elif ticket not in self._known:
                self._known.add(ticket)
                self._pending[ticket] = _Pending(news)


def _near(scene: Scene) -> Iterator[tuple[str, NearNews]]:
    for group in scene.live.waiting.values():
        for ahead, ticket in enumerate(group[: NEAR + 1]):
            yield ticket.id, _news(scene, ticket, ahead)


def _news(scene: Scene, ticket: Ticket, ahead: int) -> NearNews:
    hall, group = scene.live.catalog.hall.id, scene.live.group(ticket.group)
    return NearNews(
        event_id=event_id(hall, ticket.id),
        hall=hall,
        day=ticket.day,
        number=ticket.number,
        digest=digest(ticket.id),
        ahead=ahead,
        place="" if group is None else group.place,
        windows=windows_of(scene.live.catalog, ticket.group, "–"),
        at=scene.live.at,
    )
