"""How long people wait: what kiosks follow, and how true it came."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response, WebSocket

from hall.wire.views import ForecastAccuracy, Waits
from queue_server.api.access import admitted
from queue_server.api.bodies import answer
from queue_server.api.parts import Parts, parts_of
from queue_server.api.screens import live
from queue_server.api.sockets import follow
from queue_server.operations import forecasting
from queue_server.store.records import Session

router = APIRouter()
MOST_WEEKS = 14


@router.get("/api/waits", response_model=Waits)
async def waits(request: Request) -> Response:
    """How long who comes now waits, by group; without groups while nothing is known."""
    parts = parts_of(request)

    def look() -> Waits:
        with parts.look() as scene:
            return scene.waits()

    return answer(await asyncio.to_thread(look))


@router.websocket("/api/waits/live")
async def waits_live(socket: WebSocket, session: Annotated[Session, Depends(admitted)]) -> None:
    """The same at every forecast, and every few seconds without one."""
    pace = parts_of(socket).live.waits
    async with pace.watching(session.token_hash, lambda scene: live(scene.waits(session))) as line:
        await follow(socket, line, session)


@router.get("/api/forecast/accuracy", response_model=ForecastAccuracy)
async def accuracy(request: Request, weeks: Annotated[int, Query(ge=1, le=MOST_WEEKS)] = forecasting.WEEKS) -> Response:
    """How well the waits said at issue came true, by week and group."""
    return answer(await asyncio.to_thread(_accuracy, parts_of(request), weeks))


def _accuracy(parts: Parts, weeks: int) -> ForecastAccuracy:
    with parts.store.read() as reader:
        return forecasting.accuracy(reader, parts.clock.now(), weeks)
