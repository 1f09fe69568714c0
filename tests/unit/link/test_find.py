"""Finding the server by what it says on the network, here on the loopback interface only."""

import socket
import threading

import pytest
from zeroconf import ServiceInfo, Zeroconf

from queue_server.link.find import SERVICE_TYPE, Finder

LOOPBACK = ["127.0.0.1"]


def test_a_configured_address_wins() -> None:
    assert Finder("http://10.0.0.9:8600/").address(threading.Event()) == "http://10.0.0.9:8600"


def test_finds_the_advertised_server() -> None:
    info = ServiceInfo(
        SERVICE_TYPE, f"hall.{SERVICE_TYPE}", port=8612, addresses=[socket.inet_aton("127.0.0.1")], server="hall.local."
    )
    advertiser = Zeroconf(interfaces=LOOPBACK)
    try:
        advertiser.register_service(info, cooperating_responders=True)
        found = Finder(timeout_s=20, interfaces=LOOPBACK).address(threading.Event())
    finally:
        advertiser.close()
    assert found == "http://127.0.0.1:8612"


@pytest.mark.parametrize("cancelled", [True, False])
def test_nobody_there(cancelled: bool) -> None:
    cancel = threading.Event()
    if cancelled:
        cancel.set()
    assert Finder(timeout_s=0.2, interfaces=LOOPBACK).address(cancel) is None
