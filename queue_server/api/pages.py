"""What a browser gets without signing in: the board, its files, the voice."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, FastAPI, Path, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from fastapi.staticfiles import StaticFiles

from queue_server.api.errors import NoSuchAddressError
from queue_server.api.parts import parts_of
from queue_server.web import board, look
from queue_server.web.nothing_here import page as nothing_here

router = APIRouter(include_in_schema=False)
FOLDERS = {"/board/parts": board.PARTS, "/look": look.FOLDER}
"""Folders open to everybody."""


@router.get("/board")
async def board_page(request: Request) -> HTMLResponse:
    """The board on the wall."""
    with parts_of(request).store.read() as reader:
        offset = reader.catalog().hall.offset_minutes
    return HTMLResponse(board.page(offset), headers={"Cache-Control": "no-cache"})


@router.get("/voice/{name}.wav")
async def voice(request: Request, name: Annotated[str, Path(max_length=40)]) -> Response:
    """The WAV of an announced call; waits for the voice while it is still being made.

    Raises:
        NoSuchAddressError: If no such call was announced.
        VoiceError: If it could not be made.
    """
    announcer = parts_of(request).announcer
    made = announcer.find(name) if announcer else None
    if made is None:
        raise NoSuchAddressError("没有这一次叫号的声音")
    path = await asyncio.wrap_future(made)
    return FileResponse(path, media_type="audio/wav")


def mount_folders(app: FastAPI) -> None:
    """Serve the files of the pages."""
    for path, folder in FOLDERS.items():
        app.mount(path, StaticFiles(directory=folder))


def lost(request: Request) -> Response | None:
    """The page for a person who went to an address that is not there; None for programs, which get a problem."""
    if "text/html" not in request.headers.get("accept", ""):
        return None
    return HTMLResponse(nothing_here(), 404)
