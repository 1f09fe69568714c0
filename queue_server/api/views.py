"""What screens show, once and live: board, desk, rating page, hall."""

import asyncio
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response, WebSocket
from pydantic import BaseModel

from hall.wire.views import Board, Desk, HallNow, RatingPage, WentBefore
from queue_server.api.access import admitted
from queue_server.api.bodies import answer
from queue_server.api.parts import Parts, parts_of
from queue_server.api.screens import Scene, live
from queue_server.api.sockets import follow
from queue_server.store.records import Session

router = APIRouter()
Admitted = Annotated[Session, Depends(admitted)]
ZoneName = Annotated[str, Query(max_length=24)]


@router.get("/api/board", response_model=Board)
async def board(request: Request, zone: ZoneName = "") -> Response:
    """The public board of the hall or of a zone, as it is now."""
    parts = parts_of(request)
    return await _once(parts, lambda scene: scene.board(parts.announcer, zone))


@router.websocket("/board/live")
async def board_live(socket: WebSocket, zone: ZoneName = "") -> None:
    """The public board of the hall or of a zone, at every change and every few seconds without one."""
    parts = parts_of(socket)
    key = ("board", zone)
    async with parts.live.boards.watching(key, lambda scene: live(scene.board(parts.announcer, zone))) as line:
        await follow(socket, line)


@router.websocket("/board/window/{window}/live")
async def door_live(socket: WebSocket, window: Annotated[int, Path(ge=1, le=999)]) -> None:
    """The screen over a window, at every change and every few seconds without one."""
    boards = parts_of(socket).live.boards
    async with boards.watching(("door", window), lambda scene: live(scene.door(window))) as line:
        await follow(socket, line)


@router.get("/api/desk", response_model=Desk)
async def desk(request: Request, session: Admitted) -> Response:
    """The clerk's desk as it is now."""
    return await _once(parts_of(request), lambda scene: scene.desk(session))


@router.websocket("/api/desk/live")
async def desk_live(socket: WebSocket, session: Admitted) -> None:
    """The clerk's desk at every change."""
    desks = parts_of(socket).live.desks
    async with desks.watching(session.token_hash, lambda scene: live(scene.desk(session))) as line:
        await follow(socket, line, session)


@router.get("/api/rating", response_model=RatingPage)
async def rating(request: Request, session: Admitted) -> Response:
    """What may be rated at this window now."""
    return await _once(parts_of(request), lambda scene: scene.rating(session))


@router.websocket("/api/rating/live")
async def rating_live(socket: WebSocket, session: Admitted) -> None:
    """What may be rated at this window, at every change."""
    desks = parts_of(socket).live.desks
    async with desks.watching(session.token_hash, lambda scene: live(scene.rating(session))) as line:
        await follow(socket, line, session)


@router.get("/api/hall", response_model=HallNow)
async def hall(request: Request) -> Response:
    """The hall for its manager."""
    return await _once(parts_of(request), lambda scene: scene.hall())


@router.get("/api/tickets/{number}/before", response_model=WentBefore)
async def before(request: Request, number: str) -> Response:
    """Who was called before a number of today though they came later, and why."""
    return await _once(parts_of(request), lambda scene: scene.overtakers(number))


async def _once(parts: Parts, compose: Callable[[Scene], BaseModel]) -> Response:
    def look() -> BaseModel:
        with parts.look() as scene:
            return compose(scene)

    return answer(await asyncio.to_thread(look))
