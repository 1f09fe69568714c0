"""The fan-out: once per burst, the same text for all, nobody holds up anybody."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack, nullcontext
from typing import Any

import pytest

from queue_server.api.errors import NoSessionError, StoppingError
from queue_server.api.live import Live, View


def run(play: Callable[[Live[None]], Coroutine[Any, Any, None]]) -> None:
    async def main() -> None:
        live = Live(nullcontext)
        async with asyncio.timeout(20), live.running():
            await play(live)

    asyncio.run(main())


class Counter:
    """A view that says a value and counts how often it was composed."""

    def __init__(self) -> None:
        self.value = 0
        self.composed = 0

    def __call__(self, _scene: None) -> View:
        self.composed += 1
        return View(f"{self.value} at {self.composed}", self.value)


def test_two_hundred_watchers_get_the_same_text_composed_once() -> None:
    async def play(live: Live[None]) -> None:
        view = Counter()
        async with AsyncExitStack() as stack:
            lines = [await stack.enter_async_context(live.boards.watching("board", view)) for _ in range(200)]
            for line in lines:
                assert (await line.take()).startswith("0 at")
            view.value, before = 1, view.composed
            live.committed()
            texts = {await line.take() for line in lines}
            assert len(texts) == 1
            assert view.composed == before + 1

    run(play)


def test_a_server_that_stops_sends_home_who_watches() -> None:
    async def play(live: Live[None]) -> None:
        async with live.phones.watching("phone", Counter()) as line:
            await line.take()
            live.phones.close()
            with pytest.raises(StoppingError):
                await line.take()

    run(play)


def test_a_slow_watcher_gets_the_newest_only() -> None:
    async def play(live: Live[None]) -> None:
        view = Counter()
        async with live.boards.watching("board", view) as slow, live.boards.watching("board", view) as quick:
            await quick.take()
            for value in (1, 2, 3):
                view.value = value
                live.committed()
                assert (await quick.take()).startswith(str(value))
            assert (await slow.take()).startswith("3")

    run(play)


def test_nothing_is_sent_when_nothing_changed() -> None:
    async def play(live: Live[None]) -> None:
        calm, busy = Counter(), Counter()
        async with live.desks.watching("calm", calm) as calm_line, live.desks.watching("busy", busy) as busy_line:
            await calm_line.take()
            await busy_line.take()
            busy.value = 7
            live.committed()
            assert (await busy_line.take()).startswith("7")
            assert calm.composed == 2
            assert not calm_line._news.is_set()

    run(play)


def test_a_view_that_may_no_longer_be_seen_ends_its_lines_and_no_others() -> None:
    async def play(live: Live[None]) -> None:
        allowed = True

        def compose(_scene: None) -> View:
            if not allowed:
                raise NoSessionError("over")
            return View("desk", "desk")

        view = Counter()
        async with live.desks.watching("mine", compose) as mine, live.desks.watching("other", view) as other:
            await mine.take()
            await other.take()
            allowed, view.value = False, 1
            live.committed()
            with pytest.raises(NoSessionError):
                await mine.take()
            assert (await other.take()).startswith("1")

    run(play)


def test_a_broken_view_is_logged_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    async def play(live: Live[None]) -> None:
        broken = False

        def compose(_scene: None) -> View:
            if broken:
                raise ZeroDivisionError("something private")
            return View("board", "board")

        view = Counter()
        async with live.boards.watching("bad", compose), live.boards.watching("good", view) as good:
            await good.take()
            broken, view.value = True, 1
            live.committed()
            assert (await good.take()).startswith("1")

    run(play)
    assert "ZeroDivisionError at" in caplog.text
    assert "something private" not in caplog.text


def test_a_feed_is_woken_by_a_commit() -> None:
    async def play(live: Live[None]) -> None:
        waiting = asyncio.create_task(live.after(live.commits, 15))
        await asyncio.sleep(0)
        live.committed()
        await waiting
        assert live.commits == 1

    run(play)
