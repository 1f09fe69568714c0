"""What a browser gets without signing in: the board, the files of all pages, a kind word where nothing is."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from queue_server.web import board, look, ticket
from queue_server.web.nothing_here import page as nothing_here

FOLDERS = {"/board/parts": board.PARTS, "/look": look.FOLDER, "/ticket/parts": ticket.PARTS}
"""Folders open to everybody, by address."""


def routes(offset_minutes: Callable[[], int]) -> APIRouter:
    """The public pages.

    Args:
        offset_minutes: The hall's clock against UTC.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/board")
    async def board_page() -> HTMLResponse:
        return HTMLResponse(board.page(offset_minutes()), headers={"Cache-Control": "no-cache"})

    return router


def lost(request: Request) -> Response | None:
    """The page for a person who went to an address that is not there; None for programs, which get a problem."""
    if "text/html" not in request.headers.get("accept", ""):
        return None
    return HTMLResponse(nothing_here(), 404)
