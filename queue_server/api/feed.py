"""The feed: the journal sent down to devices, entry by entry, from wherever they left off."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query, WebSocket

from hall.wire.sync import FeedHead, FeedItem
from queue_server.api.access import admitted
from queue_server.api.parts import Parts, parts_of
from queue_server.api.sockets import Sender, serve
from queue_server.api.standing import still_open
from queue_server.store.records import Session, SessionKind

router = APIRouter()
PAGE = 200
HEARTBEAT_SECONDS = 10.0


@router.websocket("/api/feed")
async def feed(
    socket: WebSocket,
    session: Annotated[Session, Depends(admitted)],
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
) -> None:
    """Every journal entry after a place, then every new one, then a head whenever all has been sent.

    Backlog and news are read from the journal by the same loop, so there is no seam where one could be lost or come
    twice. Whoever is dropped comes back with the last seq it has.
    """
    parts = parts_of(socket)

    async def work(send: Sender) -> None:
        place = after
        while True:
            noticed = parts.live.commits
            items, head = await asyncio.to_thread(_page, parts, session, place)
            for item in items:
                await send(_for(session, item).model_dump_json())
                place = item.entry.seq
            if len(items) < PAGE:
                await send(head.model_dump_json())
                await parts.live.after(noticed, HEARTBEAT_SECONDS)

    await serve(socket, work, session)


def _page(parts: Parts, session: Session, after: int) -> tuple[list[FeedItem], FeedHead]:
    with parts.store.read() as reader:
        still_open(reader, parts.clock.now(), session)
        head = FeedHead(
            seq=reader.head_seq(),
            server_epoch=reader.server_epoch(),
            server_time=parts.clock.now().wall_us,
            catalog_version=reader.catalog_version(),
        )
        return reader.feed(after, PAGE), head


def _for(session: Session, item: FeedItem) -> FeedItem:
    """Only kiosks need the holder, for the one-live-ticket rule."""
    return item if session.kind is SessionKind.KIOSK else item.model_copy(update={"holder": None})
