"""People come in and act: sign-in, sign-out, commands."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from hall.wire.replies import Reply, SignedIn
from queue_server.api.access import admitted
from queue_server.api.bodies import COMMAND, MEMORY, SIGN_IN, WITHDRAW, answer, read_body, takes
from queue_server.api.parts import parts_of
from queue_server.operations import accounts, commands, memory
from queue_server.operations.withdrawal import withdraw as take_back
from queue_server.store.records import Session

router = APIRouter()


@router.post("/api/sessions", response_model=SignedIn, openapi_extra=takes("SignIn"))
async def sign_in(request: Request) -> Response:
    """Staff number and PIN for a session."""
    parts = parts_of(request)
    wanted = await read_body(request, SIGN_IN)
    signed = await asyncio.to_thread(accounts.sign_in, parts.store, parts.clock.now(), wanted, source_of(request))
    return answer(signed)


@router.delete("/api/sessions", status_code=204)
async def sign_out(request: Request, session: Annotated[Session, Depends(admitted)]) -> Response:
    """End the session; a clerk's window closes with it."""
    parts = parts_of(request)
    moment = parts.clock.now()
    await asyncio.wrap_future(parts.store.write(lambda t: accounts.end_session(t, moment, session)))
    return Response(status_code=204)


@router.post("/api/commands", response_model=Reply, openapi_extra=takes("Command"))
async def command(request: Request, session: Annotated[Session, Depends(admitted)]) -> Response:
    """One command; the same request id always gets the same answer."""
    parts = parts_of(request)
    asked = await read_body(request, COMMAND)
    moment = parts.clock.now()
    reply = await asyncio.wrap_future(
        parts.store.write(lambda t: commands.carry_out(t, moment, session, asked, parts.hall_key))
    )
    return answer(reply)


@router.post("/api/commands/withdraw", response_model=Reply, openapi_extra=takes("Withdraw"))
async def withdraw(request: Request, session: Annotated[Session, Depends(admitted)]) -> Response:
    """What became of a command; one that was not carried out never will be."""
    parts = parts_of(request)
    asked = await read_body(request, WITHDRAW)
    moment = parts.clock.now()
    reply = await asyncio.wrap_future(parts.store.write(lambda t: take_back(t, moment, session, asked)))
    return answer(reply)


@router.post("/api/acts", status_code=204, openapi_extra=takes("Memory"))
async def acts(request: Request, session: Annotated[Session, Depends(admitted)]) -> Response:
    """What the clerk's window remembers of its acts, after the server was set back."""
    parts = parts_of(request)
    told = await read_body(request, MEMORY)
    moment = parts.clock.now()
    await asyncio.wrap_future(parts.store.write(lambda t: memory.remember(t, moment, session, told)))
    return Response(status_code=204)


def source_of(request: Request) -> str:
    """Where a sign-in comes from, counted against guessing."""
    return request.client.host if request.client else "unknown"
