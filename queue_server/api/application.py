"""The application: every route behind the table of access, every error a problem."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles

from queue_server.api import (
    accounts,
    arrangements,
    backups,
    bookings,
    devices,
    feed,
    journal,
    rule,
    staff,
    statistics,
    views,
    voice,
    waits,
    windows,
)
from queue_server.api.access import admit
from queue_server.api.bodies import describe_bodies
from queue_server.api.limits import Door
from queue_server.api.parts import Parts
from queue_server.api.problems import install_problems

_SUBJECTS = (
    devices,
    feed,
    staff,
    views,
    voice,
    waits,
    windows,
    rule,
    arrangements,
    accounts,
    journal,
    backups,
    bookings,
    statistics,
)
Beside = Callable[[], AbstractAsyncContextManager[None]]


@dataclass(frozen=True, slots=True)
class Pages:
    """What `queue_server.web` adds.

    Attributes:
        routers: Pages, subject to the table of access like every route.
        folders: Files open to everybody, by address.
        lost: The page for a person at an address that is not there; None for a program.
    """

    routers: tuple[APIRouter, ...]
    folders: Mapping[str, Path]
    lost: Callable[[Request], Response | None]


def create(parts: Parts, pages: Pages, beside: tuple[Beside, ...] = ()) -> FastAPI:
    """The server's application over its parts.

    Args:
        parts: What the routes work with.
        pages: What browsers see.
        beside: Whatever else shall run while the application runs (the passing of time, the advertisement).
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        parts.store.on_commit(lambda _items: parts.live.committed())
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(parts.live.running())
            for context in beside:
                await stack.enter_async_context(context())
            yield

    app = FastAPI(
        title="OneWindow 一窗通",
        summary="The referee of a public service hall.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        dependencies=[Depends(admit)],
    )
    app.state.parts = parts
    for router in (*(subject.router for subject in _SUBJECTS), *pages.routers):
        app.include_router(router)
    for path, folder in pages.folders.items():
        app.mount(path, StaticFiles(directory=folder))
    install_problems(app, pages.lost)
    describe_bodies(app)
    app.add_middleware(Door)
    return app
