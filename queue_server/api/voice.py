"""The spoken calls."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import FileResponse

from queue_server.api.errors import NoSuchAddressError
from queue_server.api.parts import parts_of
from queue_server.voice import CHIME
from queue_server.voice.chime import chime

router = APIRouter()


@router.get("/voice/{name}.wav", response_class=FileResponse)
async def voice(request: Request, name: Annotated[str, Path(max_length=40)]) -> Response:
    """The WAV of the chime, or of an announced call; waits for the voice while it is still being made.

    Raises:
        NoSuchAddressError: If no such call was announced.
        VoiceError: If it could not be made.
    """
    if request.url.path == CHIME:
        return Response(chime(), media_type="audio/wav")
    announcer = parts_of(request).announcer
    made = announcer.find(name) if announcer else None
    if made is None:
        raise NoSuchAddressError("没有这一次叫号的声音")
    path = await asyncio.wrap_future(made)
    return FileResponse(path, media_type="audio/wav")
