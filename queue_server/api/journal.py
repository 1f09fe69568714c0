"""The journal for whoever must look: all entries as lines, and whether they hold together."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from hall.wire.views import JournalCheck
from queue_server.api.bodies import answer
from queue_server.api.parts import Parts, parts_of
from queue_server.operations.export import journal_lines

router = APIRouter()
_PAGE = 500


@router.get("/api/journal", response_class=StreamingResponse)
async def export(request: Request, after: Annotated[int, Query(ge=0, le=2**53)] = 0) -> StreamingResponse:
    """Every entry after a place, one JSON text a line, up to the last one when it is reached."""
    return StreamingResponse(_lines(parts_of(request), after), media_type="application/x-ndjson")


@router.get("/api/journal/check", response_model=JournalCheck)
async def check(request: Request) -> Response:
    """Whether the chain holds and the tables say what the journal says; computed anew from the first entry."""
    return answer(await asyncio.to_thread(parts_of(request).store.check))


async def _lines(parts: Parts, after: int) -> AsyncIterator[str]:
    place = after
    while True:
        lines, place = await asyncio.to_thread(_page, parts, place)
        if not lines:
            return
        yield lines


def _page(parts: Parts, after: int) -> tuple[str, int]:
    with parts.store.read() as reader:
        lines = list(journal_lines(reader, after, _PAGE))
    return "".join(f"{line}\n" for line in lines), after + len(lines)  # the journal has no gaps
