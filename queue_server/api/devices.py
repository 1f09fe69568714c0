"""Devices come in: readiness, nonce, hello, catalogue, facts up, how a window's devices are."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from hall.catalog import Catalog
from hall.wire.hello import Nonce, Ready, Welcome
from hall.wire.sync import Pushed
from hall.wire.version import SCHEMA_VERSION
from queue_server.api.access import admitted
from queue_server.api.bodies import HEALTH, HELLO, PUSH, answer, read_body, takes
from queue_server.api.parts import parts_of
from queue_server.operations import devices, health, sync
from queue_server.operations.errors import UnfitFactError
from queue_server.store.records import Session

router = APIRouter()


@router.get("/api/ready", response_model=Ready)
async def ready(request: Request) -> Response:
    """Whether the server serves, which hall, which version of the wire, and which life of the server."""
    parts = parts_of(request)

    def look() -> str:
        with parts.store.read() as reader:
            return reader.server_epoch()

    here = Ready(hall=parts.store.hall_id, schema_version=SCHEMA_VERSION, epoch=await asyncio.to_thread(look))
    return answer(here)


@router.get("/api/hello/nonce", response_model=Nonce)
async def nonce(request: Request) -> Response:
    """Something for a device to sign."""
    parts = parts_of(request)
    moment = parts.clock.now()
    return answer(await asyncio.wrap_future(parts.store.write(lambda t: devices.new_nonce(t, moment))))


@router.post("/api/hello", response_model=Welcome, openapi_extra=takes("Hello"))
async def hello(request: Request) -> Response:
    """A device introduces itself and gets a session, and a kiosk its lane and plan."""
    parts = parts_of(request)
    wanted = await read_body(request, HELLO)
    moment = parts.clock.now()
    return answer(
        await asyncio.wrap_future(parts.store.write(lambda t: devices.hello(t, moment, wanted, parts.hall_key)))
    )


@router.get("/api/catalog", response_model=Catalog)
async def catalog(request: Request) -> Response:
    """The whole catalogue in force."""
    with parts_of(request).store.read() as reader:
        found = reader.catalog()
    return answer(found)


@router.post("/api/sync", response_model=Pushed, openapi_extra=takes("Push"))
async def push(request: Request, session: Annotated[Session, Depends(admitted)]) -> Response:
    """Facts of a device's lane; answers how far they are applied."""
    parts = parts_of(request)
    sent = await read_body(request, PUSH)
    moment = parts.clock.now()
    try:
        return answer(await asyncio.wrap_future(parts.store.write(lambda t: sync.push(t, moment, session, sent))))
    except UnfitFactError as error:
        trouble = error  # the push was rolled back whole; that it failed is worth a record of its own
        await asyncio.wrap_future(parts.store.write(lambda t: sync.note_refusal(t, moment, session.subject, trouble)))
        raise


@router.post("/api/health", status_code=204, openapi_extra=takes("HealthReport"))
async def report(request: Request, session: Annotated[Session, Depends(admitted)]) -> Response:
    """How the devices of a window are now."""
    parts = parts_of(request)
    told = await read_body(request, HEALTH)
    moment = parts.clock.now()
    await asyncio.wrap_future(parts.store.write(lambda t: health.report(t, moment, session.subject, told)))
    return Response(status_code=204)
