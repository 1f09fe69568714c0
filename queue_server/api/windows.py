"""What if a window opened or closed, and which windows a day needs: asked of the forecast, told in whole minutes."""

import asyncio

from fastapi import APIRouter, Request, Response

from queue_server.api.bodies import PLAN_DAY, WHAT_IF, answer, read_body, takes
from queue_server.api.errors import NoForecastError
from queue_server.api.parts import parts_of
from queue_server.forecast.asked import Asked, PlanTold, Told, WhatIfTold
from queue_server.foresight import Foresight

router = APIRouter()
_PATIENCE_S = 60.0


@router.post("/api/windows/what-if", response_model=WhatIfTold, openapi_extra=takes("WhatIf"))
async def what_if(request: Request) -> Response:
    """One window more for a group, or one less, now or in a while; beside it the last ten days replayed."""
    asked: Asked = await read_body(request, WHAT_IF)
    return await _ask(request, asked)


@router.post("/api/windows/plan", response_model=PlanTold, openapi_extra=takes("PlanDay"))
async def plan(request: Request) -> Response:
    """The fewest windows for each half hour of a day; beside it the last ten days replayed."""
    asked: Asked = await read_body(request, PLAN_DAY)
    return await _ask(request, asked)


async def _ask(request: Request, asked: Asked) -> Response:
    return answer(await ask(parts_of(request).foresight, asked))


async def ask(foresight: Foresight | None, asked: Asked) -> Told:
    """Ask the forecast, and wait for a minute at most.

    Raises:
        NoForecastError: If it does not answer, or the hall wants none.
    """
    if foresight is None:
        raise NoForecastError("这个服务器没有开预计等候")
    try:
        return await asyncio.wait_for(asyncio.wrap_future(foresight.ask(asked)), _PATIENCE_S)
    except (TimeoutError, OSError, EOFError) as error:
        raise NoForecastError("预计等候这会儿答不上来") from error
