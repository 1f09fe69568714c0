"""设置: every part of the catalogue that a manager may change, with its changes; one is changed by a command."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from hall.wire.arrangements import ArrangementsNow
from queue_server.api.bodies import answer
from queue_server.api.parts import parts_of
from queue_server.operations.views.changes import arrangements

router = APIRouter()


@router.get("/api/arrangements", response_model=ArrangementsNow)
async def arrangements_now(request: Request, before: Annotated[int | None, Query(ge=1, le=2**53)] = None) -> Response:
    """As they stand, and the changes before a place of the journal, newest first."""
    parts = parts_of(request)

    def look() -> ArrangementsNow:
        with parts.store.read() as reader:
            return arrangements(reader, before)

    return answer(await asyncio.to_thread(look))
