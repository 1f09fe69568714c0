"""A uvicorn that tells when it serves, and sends home who waits at it when it stops."""

import socket
from collections.abc import Callable

import uvicorn


class Server(uvicorn.Server):
    """As uvicorn's own, for a program whose callers ask questions that wait for news: open ones would hold its end up.

    Args:
        config: What is served, and how.
        on_ready: Called once it serves.
        on_stop: Called when it begins to stop: whatever waits for news is to be answered now.
    """

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None], on_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready
        self._on_stop = on_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, then tell."""
        await super().startup(sockets)
        if self.started:
            self._on_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer who waits, then stop in order."""
        self._on_stop()
        await super().shutdown(sockets)
