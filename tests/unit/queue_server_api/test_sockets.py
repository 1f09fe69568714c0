"""A socket over which texts go out keeps its session in use: so the manager's page knows who is connected."""

import asyncio
from types import SimpleNamespace
from typing import Any, cast

from fastapi import WebSocket

from hall.clock import Moment
from queue_server.api.sockets import Sender, serve
from queue_server.operations.sessions import TOUCH_US
from queue_server.store.records import Session
from tests.support.referee import Referee


class _Socket:
    """The other end takes everything and never leaves."""

    def __init__(self, referee: Referee) -> None:
        clock = SimpleNamespace(now=lambda: referee.moment)
        self.app = SimpleNamespace(state=SimpleNamespace(parts=SimpleNamespace(store=referee.store, clock=clock)))
        self.sent: list[str] = []

    async def accept(self) -> None:
        return

    async def send_text(self, text: str) -> None:
        self.sent.append(text)

    async def receive(self) -> dict[str, Any]:
        await asyncio.Event().wait()
        return {}


def _seen_at(referee: Referee, session: Session) -> int:
    kept = referee.store.write(lambda transaction: transaction.get(Session, session.token_hash)).result()
    assert kept is not None
    return kept.seen_at


def _serve(referee: Referee, session: Session | None, minutes: int) -> tuple[_Socket, list[int]]:
    """One text a minute; what the store says of the session after each."""
    socket, seen = _Socket(referee), []

    async def work(send: Sender) -> None:
        for _ in range(minutes):
            referee.pass_time(TOUCH_US / 1_000_000 + 1)
            await send("text")
            if session is not None:
                seen.append(_seen_at(referee, session))

    asyncio.run(serve(cast("WebSocket", socket), work, session))
    return socket, seen


def test_each_minute_of_a_live_socket_is_noted() -> None:
    referee = Referee()
    began: Moment = referee.moment
    step = TOUCH_US + 1_000_000
    _, seen = _serve(referee, referee.clerk(1), 3)
    assert seen == [began.wall_us + step * count for count in (1, 2, 3)]


def test_a_board_has_no_session_and_is_served_all_the_same() -> None:
    socket, _ = _serve(Referee(), None, 2)
    assert socket.sent == ["text", "text"]
