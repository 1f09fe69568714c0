"""The server can be found on the network it serves, and only as a hint."""

import asyncio
import gc
from collections.abc import Iterator
from threading import Event

import pytest
from zeroconf import ServiceBrowser, ServiceListener, Zeroconf

from queue_server.advertise import SERVICE, advertised


class _Finder(ServiceListener):
    def __init__(self) -> None:
        self.found = Event()
        self.port = 0
        self.properties: dict[bytes, bytes | None] = {}

    def add_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        info = zc.get_service_info(type_, name)
        if info is not None and info.port == 18_600:
            self.port, self.properties = info.port, info.properties
            self.found.set()

    def update_service(self, zc: Zeroconf, type_: str, name: str) -> None: ...

    def remove_service(self, zc: Zeroconf, type_: str, name: str) -> None: ...


@pytest.fixture
def loopback() -> Iterator[Zeroconf]:
    zeroconf = Zeroconf(interfaces=["127.0.0.1"])
    yield zeroconf
    zeroconf.close()


def test_a_kiosk_on_the_same_network_finds_the_server(loopback: Zeroconf) -> None:
    finder = _Finder()
    browser = ServiceBrowser(loopback, SERVICE, finder)

    async def play() -> None:
        async with advertised("127.0.0.1", 18_600, "test-hall"):
            assert await asyncio.to_thread(finder.found.wait, 30)

    asyncio.run(play())
    browser.cancel()
    assert finder.properties == {b"hall": b"test-hall", b"schema": b"1"}


# zeroconf leaves its own socket to the collector when it cannot join the group.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_address_that_is_not_ours_is_told_and_the_server_runs_on(caplog: pytest.LogCaptureFixture) -> None:
    async def play() -> None:
        async with advertised("203.0.113.7", 18_601, "test-hall"):
            pass

    asyncio.run(play())
    gc.collect()
    assert "advertise.failed" in caplog.text
