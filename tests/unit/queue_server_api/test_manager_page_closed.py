"""A manager closes the page while news is on its way: nothing is drawn on a page that is gone, so nothing is logged."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from hall.wire.commands import ManagerCommand
from hall.wire.replies import Reply
from hall.wire.views import HallNow
from queue_server.forecast.asked import Asked, Told
from queue_server.web.manage.mount import HallLine, Pictures, Source, keep_up
from queue_server.web.manage.picture import Picture
from queue_server.web.manage.tiles import Thresholds

NEWS = HallNow(at=0, seq=1, hall="厅", groups=(), windows=(), devices=(), ratings={}).model_dump_json()


class Browser:
    """A page that is closed when told, and a line of news whose reading may take that long."""

    def __init__(self, on_take: Callable[["Browser"], None], staff: str | None = "1001") -> None:
        self.is_deleted = False
        self.shown = 0
        self.taken = 0
        self._on_take = on_take
        self._staff = staff

    async def take(self) -> str:
        await asyncio.sleep(0)
        self.taken += 1
        self._on_take(self)
        return NEWS

    def show(self, picture: Picture, clock: str) -> None:  # noqa: ARG002 - as the page's
        assert not self.is_deleted, "drawn on a page that is gone"
        self.shown += 1

    def source(self, while_asked: Callable[["Browser"], None] = lambda _: None) -> Source:
        async def staff_of(_token: str) -> str | None:
            await asyncio.sleep(0)
            while_asked(self)
            return self._staff

        async def nothing(_token: str, _command: ManagerCommand) -> Reply:
            raise AssertionError

        async def unasked(_asked: Asked) -> Told:
            raise AssertionError

        def watch() -> AbstractAsyncContextManager[HallLine]:
            raise AssertionError

        words = (lambda: ""), (lambda: "")
        return Source(watch, staff_of, staff_of, nothing, unasked, *words, lambda: 480, Thresholds(25, 40))

    def follow(self, source: Source) -> bool:
        return asyncio.run(keep_up(self, self, self, Pictures(source.picture), lambda: source.staff_of("token")))


def close_at_the_third(browser: Browser) -> None:
    browser.is_deleted = browser.taken == 3


def test_a_page_closed_while_it_waits_for_news_is_not_drawn_on() -> None:
    browser = Browser(close_at_the_third)
    assert browser.follow(browser.source())
    assert browser.shown == 2


def test_a_page_closed_while_its_session_is_looked_up_is_not_drawn_on() -> None:
    browser = Browser(lambda _: None)
    assert browser.follow(browser.source(close_at_the_third))
    assert browser.shown == 2


def test_a_session_that_ended_is_told_once_and_not_to_a_closed_page() -> None:
    open_page = Browser(lambda _: None, staff=None)
    assert not open_page.follow(open_page.source())
    closed = Browser(lambda browser: setattr(browser, "is_deleted", True), staff=None)
    assert closed.follow(closed.source())


def test_a_picture_is_made_once_for_all_who_look_at_the_same_moment() -> None:
    made: list[str] = []
    whole = Browser(lambda _: None).source().picture(NEWS)

    def make(text: str) -> tuple[Picture, str]:
        made.append(text)
        return whole

    pictures = Pictures(make)
    assert [pictures.of(text) is whole for text in ("one", "one", "one", "two", "two")] == [True] * 5
    assert made == ["one", "two"]
