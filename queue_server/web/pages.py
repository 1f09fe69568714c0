"""What a browser gets without signing in: the board, the files of all pages, a kind word where nothing is."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from hall.catalog import Catalog
from queue_server.web import board, look, ticket
from queue_server.web.nothing_here import page as nothing_here

FOLDERS = {"/board/parts": board.PARTS, "/look": look.FOLDER, "/ticket/parts": ticket.PARTS}
"""Folders open to everybody, by address."""


def routes(catalog: Callable[[], Catalog]) -> APIRouter:
    """The public pages.

    Args:
        catalog: The catalogue in force.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/board")
    async def board_page() -> HTMLResponse:
        return _fresh(board.page(catalog().hall.offset_minutes))

    @router.get("/board/zone/{zone}")
    async def zone_page(zone: str) -> HTMLResponse:
        hall = catalog().hall
        known = any(each.id == zone for each in hall.zones)
        return _fresh(board.page(hall.offset_minutes)) if known else _nothing()

    @router.get("/board/window/{window}")
    async def door_page(window: str) -> HTMLResponse:
        now = catalog()
        known = any(str(each.number) == window for each in now.windows)
        return _fresh(board.door(now.hall.offset_minutes)) if known else _nothing()

    return router


def _fresh(text: str) -> HTMLResponse:
    return HTMLResponse(text, headers={"Cache-Control": "no-cache"})


def _nothing() -> HTMLResponse:
    return HTMLResponse(nothing_here(), 404)


def lost(request: Request) -> Response | None:
    """The page for a person who went to an address that is not there; None for programs, which get a problem."""
    if "text/html" not in request.headers.get("accept", ""):
        return None
    return _nothing()
