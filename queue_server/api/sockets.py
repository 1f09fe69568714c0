"""What every socket of ours does alike: sends until the other end goes away, drops whoever does not keep up."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable

from fastapi import WebSocket, WebSocketDisconnect

from hall.errors import OneWindowError
from queue_server.api.live import Line
from queue_server.api.parts import parts_of
from queue_server.operations.sessions import note_used
from queue_server.store.records import Session

log = logging.getLogger("onewindow.server.sockets")

SEND_SECONDS = 10.0
TOO_SLOW = 4408
"""Close code for whoever did not take a message in time; it may come back and resume."""
ENDED = 4401
"""Close code when the session ended."""

Sender = Callable[[str], Awaitable[None]]


async def serve(socket: WebSocket, work: Callable[[Sender], Awaitable[None]], session: Session | None = None) -> None:
    """Accept a socket and run its work until the other end leaves or the work ends.

    Args:
        socket: A socket that has been let in.
        work: Gets a function that sends one text, waiting at most `SEND_SECONDS` for the other end.
        session: Whose it is; in use while texts go out, so that the manager's page knows who is connected.
    """
    await socket.accept()

    async def send(text: str) -> None:
        nonlocal session
        async with asyncio.timeout(SEND_SECONDS):
            await socket.send_text(text)
        if session is not None:
            parts = parts_of(socket)
            session = note_used(parts.store, parts.clock.now(), session)

    working = asyncio.ensure_future(work(send))
    listening = asyncio.create_task(_until_gone(socket))
    try:
        await asyncio.wait({working, listening}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (working, listening):
            task.cancel()
        (outcome, _) = await asyncio.gather(working, listening, return_exceptions=True)
    match outcome:
        case TimeoutError():
            log.warning("socket.too_slow 一个连接收得太慢，已断开，可以重连续传")
            await _close(socket, TOO_SLOW, "too slow, resume")
        case OneWindowError():
            await _close(socket, ENDED, outcome.code)
        case WebSocketDisconnect() | asyncio.CancelledError() | None:
            pass
        case BaseException():
            raise outcome


async def follow(socket: WebSocket, line: Line, session: Session | None = None) -> None:
    """Send every text of a line."""

    async def work(send: Sender) -> None:
        while True:
            await send(await line.take())

    await serve(socket, work, session)


async def _until_gone(socket: WebSocket) -> None:
    """Read and forget: nothing is asked over these sockets."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


async def _close(socket: WebSocket, code: int, reason: str) -> None:
    with contextlib.suppress(RuntimeError, WebSocketDisconnect):
        async with asyncio.timeout(1):
            await socket.close(code, reason)
