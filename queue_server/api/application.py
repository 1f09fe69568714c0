"""The application: every route behind the table of access, every error a problem, the manager's pages mounted."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from fastapi import Depends, FastAPI

from queue_server.api import devices, feed, journal, managers, pages, staff, views
from queue_server.api.access import admit
from queue_server.api.bodies import describe_bodies
from queue_server.api.limits import Door
from queue_server.api.parts import Parts
from queue_server.api.problems import install_problems

_ROUTERS = (devices, feed, staff, views, journal, pages, managers)
Beside = Callable[[], AbstractAsyncContextManager[None]]


def create(parts: Parts, beside: tuple[Beside, ...] = ()) -> FastAPI:
    """The server's application over its parts.

    Args:
        parts: What the routes work with.
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
    for module in _ROUTERS:
        app.include_router(module.router)
    pages.mount_folders(app)
    install_problems(app, pages.lost)
    describe_bodies(app)
    app.add_middleware(Door)
    return app
