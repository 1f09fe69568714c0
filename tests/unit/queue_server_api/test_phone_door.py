"""The phone page's door, at the relay: whom it lets ask how often, and what whoever asks in a strange way gets."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from types import SimpleNamespace

import httpx
import pytest

from hall.slip_code import SlipCode, digest, seal
from hall.wire.relay import ADDRESS, RelayPush, TicketNews
from queue_server.link.clock import SystemClock
from queue_server.relay.application import application
from queue_server.relay.shelf import Shelf
from tests.support.phones import DAY, phone_ticket
from tests.support.referee import HALL_ID, HALL_KEY
from tests.support.served_hall import new_id

KEY = b"k" * 32
MINE, YOURS = ("ab" * 16, "cd" * 16)


def code_of(ticket: str) -> str:
    return seal(SlipCode(ticket, DAY, "A", None, 23, 0), HALL_ID, HALL_KEY)


def visit(act: Callable[[httpx.AsyncClient], Awaitable[None]], *, told: bool = True) -> None:
    """What a browser meets at a relay that was told of two tickets, or at one that was told nothing."""
    shelf, now = Shelf(SystemClock(), new_id), SystemClock().now().wall_us
    ticket = phone_ticket(day=DAY.replace(year=9999))
    news = tuple(TicketNews(digest=digest(each), ticket=ticket) for each in (MINE, YOURS))
    if told:
        assert shelf.take(RelayPush(life=shelf.life, seq=1, sent_at=now, tickets=news)).taken

    async def go() -> None:
        way = httpx.ASGITransport(application(shelf, KEY))
        async with httpx.AsyncClient(transport=way, base_url="http://relay.test") as browser:
            await act(browser)

    asyncio.run(go())


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """All requests come in the same instant."""
    monkeypatch.setattr("queue_server.web.ticket.routes.time", SimpleNamespace(monotonic=lambda: 0.0))


def test_who_asks_without_end_locks_out_nobody_else_behind_the_same_address() -> None:
    async def act(browser: httpx.AsyncClient) -> None:
        mine = [(await browser.get(f"/t/{code_of(MINE)}")).status_code for _ in range(700)]
        assert mine == [200] * 60 + [429] * 640
        wrong = [(await browser.get(f"/t/{code_of(new_id())}")).status_code for _ in range(30)]
        assert wrong == [404] * 20 + [429] * 10
        assert (await browser.get(f"/t/{code_of(YOURS)}")).status_code == 200

    visit(act)


def test_a_slip_has_one_purse_however_its_code_is_written() -> None:
    async def act(browser: httpx.AsyncClient) -> None:
        code = code_of(MINE)
        written = [code, code.lower(), f"OW1:{code}", f" {code}"]
        answers = [(await browser.get(f"/t/{written[n % 4]}")).status_code for n in range(80)]
        assert answers == [200] * 60 + [429] * 20

    visit(act)


def test_a_tab_that_stood_at_a_press_is_opened_again_at_the_ticket() -> None:
    async def act(browser: httpx.AsyncClient) -> None:
        for place in ("leave", "rate"):
            answer = await browser.get(f"/t/{code_of(MINE)}/{place}?lang=en")
            assert (answer.status_code, answer.headers["location"]) == (303, f"/t/{code_of(MINE)}?lang=en")

    visit(act)


def test_where_nothing_can_be_said_the_page_comes_again_by_itself() -> None:
    async def act(browser: httpx.AsyncClient) -> None:
        for answer in (await browser.get(f"/t/{code_of(MINE)}"), await browser.post(f"/t/{code_of(MINE)}/leave")):
            assert answer.status_code == 503
            assert f'http-equiv="refresh" content="20; url=/t/{code_of(MINE)}"' in answer.text
            assert "您的号还在" in answer.text

    visit(act, told=False)


def test_a_slip_that_was_not_told_of_yet_is_looked_for_again() -> None:
    async def act(browser: httpx.AsyncClient) -> None:
        answer = await browser.get(f"/t/{code_of('ef' * 16)}")
        assert answer.status_code == 404
        assert "一分钟后这里会自己再找一次" in answer.text
        assert f'content="60; url=/t/{code_of("ef" * 16)}"' in answer.text
        assert "refresh" not in (await browser.get("/t/none")).text

    visit(act)


def test_what_no_browser_sends_is_turned_away_in_order() -> None:
    async def much() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * 100_000

    async def act(browser: httpx.AsyncClient) -> None:
        assert (await browser.post(ADDRESS, content=much())).status_code == 413
        assert (await browser.post(f"/t/{code_of(MINE)}/rate", content=much())).status_code == 413
        assert "网址可能写错了" in (await browser.put(f"/t/{code_of(MINE)}")).text

    visit(act)
