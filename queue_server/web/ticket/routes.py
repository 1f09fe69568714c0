"""The addresses of the phone page, the same at the hall and at the relay: the page, its news, the two acts."""

import logging
import time
from collections.abc import Awaitable, Callable
from typing import Protocol
from urllib.parse import parse_qs

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from hall.errors import CodeError, WorldError
from hall.rating import Level
from hall.slip_code import digest_told
from hall.wire.phone import PhoneTicket
from queue_server.web.ticket import kind_words
from queue_server.web.ticket.allowance import Allowance
from queue_server.web.ticket.page import news, page
from queue_server.web.ticket.tongue import ENGLISH, address, is_english

log = logging.getLogger("onewindow.server.phone")
WAIT_SECONDS = 20.0
_HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


class Tickets(Protocol):
    """Where tickets come from. Every act raises `CodeError` for a code behind which there is none."""

    @property
    def fresh(self) -> bool:
        """Whether what is shown is how things stand now."""
        ...

    async def look(self, code: str) -> PhoneTicket:
        """The ticket as it is now."""
        ...

    async def after(self, code: str, seen: str, seconds: float) -> PhoneTicket:
        """The ticket once it differs from the stamp that was seen, or as it is after so long."""
        ...

    async def leave(self, code: str) -> None:
        """让号; where that is not possible (any more) the page shows why."""
        ...

    async def rate(self, code: str, level: Level) -> None:
        """评价, once; a second one changes nothing."""
        ...


class PhonePage:
    """The phone page over its tickets.

    Args:
        tickets: Where they come from.
        each: How often one slip may be asked for. Not how often an address may: a whole hall may stand behind one
            (a carrier's, a proxy's), and whoever asks without end then locks out nobody but the own slip.
        wrong: How often an address may ask with codes that are none; good codes go on.
    """

    def __init__(self, tickets: Tickets, each: Allowance | None = None, wrong: Allowance | None = None) -> None:
        self._tickets = tickets
        self._each = each or Allowance(60, 3)
        self._wrong = wrong or Allowance(20, 0.1)
        self._said = Allowance(1, 1 / 60)

    def routes(self) -> APIRouter:
        """The page, its news and the two acts; a phone that opens a tab of an act again gets the page."""
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/t/{code}", self._show, methods=["GET"])
        router.add_api_route("/t/{code}/now", self._news, methods=["GET"])
        router.add_api_route("/t/{code}/leave", self._leave, methods=["POST"])
        router.add_api_route("/t/{code}/rate", self._rate, methods=["POST"])
        for act in ("leave", "rate"):
            router.add_api_route(f"/t/{{code}}/{act}", _back, methods=["GET"])
        return router

    async def _show(self, request: Request, code: str) -> Response:
        async def show() -> Response:
            ticket = await self._tickets.look(code)
            return _html(page(code, ticket, english=is_english(request.url.query), fresh=self._tickets.fresh))

        return await self._kindly(request, code, show)

    async def _news(self, request: Request, code: str, seen: str = "") -> Response:
        async def tell() -> Response:
            ticket = await self._tickets.after(code, seen[:32], WAIT_SECONDS if seen else 0)
            english = is_english(request.url.query)
            told = news(code, ticket, english=english, fresh=self._tickets.fresh, whole=ticket.stamp != seen)
            return JSONResponse(told, headers=_HEADERS)

        return await self._kindly(request, code, tell)

    async def _leave(self, request: Request, code: str) -> Response:
        async def leave() -> Response:
            await self._tickets.leave(code)
            return await _back(request, code)

        return await self._kindly(request, code, leave)

    async def _rate(self, request: Request, code: str) -> Response:
        async def rate() -> Response:
            pressed = parse_qs((await request.body()).decode("ascii", "replace")).get("level", [""])[0]
            if pressed in {str(int(level)) for level in Level}:
                await self._tickets.rate(code, Level(int(pressed)))
            return await _back(request, code)

        return await self._kindly(request, code, rate)

    async def _kindly(self, request: Request, code: str, answer: Callable[[], Awaitable[Response]]) -> Response:
        """Whatever goes wrong, a person reads it: in words, with what to do."""
        now, english = time.monotonic(), is_english(request.url.query)
        try:
            if not self._each.spend(digest_told(code), now):
                return _html(kind_words.too_often(code, english=english), 429)
            return await answer()
        except CodeError as error:
            if not self._wrong.spend(_address_of(request), now):
                return _html(kind_words.too_often(code, english=english), 429)
            return _html(kind_words.no_such_code(error, code, english=english), 404)
        except WorldError as error:
            if self._said.spend(error.code, now):  # once a minute: a whole hall asks again and again
                log.warning("phone.away %s", error.code)
            return _html(kind_words.away(code, english=english), 503)


def _html(text: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(text, status, headers=_HEADERS)


async def _back(request: Request, code: str) -> Response:
    english = is_english(request.url.query)
    return RedirectResponse(address(code, ENGLISH if english else ""), 303, headers=_HEADERS)


def _address_of(request: Request) -> str:
    return request.client.host if request.client else "unknown"
