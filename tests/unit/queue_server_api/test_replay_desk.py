"""Two managers who read past days: the second waits its turn, and need not."""

import asyncio
import threading
from pathlib import Path

import pytest

from queue_server.link.clock import SystemClock
from queue_server.operations.errors import StoppedError
from queue_server.operations.progress import unheard
from queue_server.web.manage.replay_desk import ReplayDesk
from tests.support.referee import Referee


async def _manager(_token: str) -> str | None:
    return "9001"


def test_who_waits_until_another_day_is_read_can_stop(tmp_path: Path) -> None:
    referee = Referee(tmp_path / "hall.db")
    kiosk = referee.kiosk()
    day = kiosk.issue("alpha").day
    kiosk.push()
    reading, go_on = threading.Event(), threading.Event()

    def slow(_done: int, _total: int, /) -> bool:
        reading.set()
        return go_on.wait(30)

    async def both() -> None:
        desk = ReplayDesk(referee.store, SystemClock(), _manager)
        first = asyncio.create_task(desk.read("one", day, slow))
        assert await asyncio.to_thread(reading.wait, 30)
        try:
            with pytest.raises(StoppedError):
                await desk.read("two", day, lambda _done, _total: False)
            assert not first.done()
        finally:
            go_on.set()
        assert (await first).replay.day == day
        assert (await desk.read("two", day, unheard)).replay.day == day

    asyncio.run(both())
    referee.store.close()
