"""Statistics of days, added up from what is kept of each."""

import asyncio
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from hall.grouping import By, grouping
from hall.wire.statistics import Statistics, statistics_of
from queue_server.api.bodies import answer
from queue_server.api.parts import Parts, parts_of
from queue_server.operations.summaries import table

router = APIRouter()
_MOST_MINUTES = 1440


@router.get("/api/statistics", response_model=Statistics)
async def statistics(
    request: Request,
    first: Annotated[date, Query(alias="from")],
    last: Annotated[date, Query(alias="to")],
    by: Annotated[str, Query(max_length=100)] = "",
    target: Annotated[int | None, Query(ge=0, le=_MOST_MINUTES)] = None,
) -> Response:
    """The figures from one day to another, by such as `group,hour`; the target is the hall's unless said otherwise."""
    parts = parts_of(request)
    minutes = int(parts.settings.alert_minutes) if target is None else target
    return answer(await asyncio.to_thread(_made, parts, first, last, grouping(by), minutes))


def _made(parts: Parts, first: date, last: date, bys: tuple[By, ...], target: int) -> Statistics:
    with parts.store.read() as reader:
        made = table(reader, first, last, bys)
        return statistics_of(made, first, last, target, reader.counted_at(first, last))
