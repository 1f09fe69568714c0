"""Two network namespaces with a cable between them; where that is not permitted the test says so and is skipped."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from shutil import which

import pytest

_NET = "10.213.77"


@dataclass(frozen=True)
class TwoNetworks:
    """A kiosk's network and the server's; the test itself reaches the server by a cable of its own."""

    kiosk: str
    server: str
    address_for_kiosk: str
    address_for_test: str

    def pull(self) -> None:
        """The kiosk's cable comes out."""
        _ip("link", "set", "cable", "down", within=self.kiosk)

    def plug(self) -> None:
        """And in again."""
        _ip("link", "set", "cable", "up", within=self.kiosk)

    @staticmethod
    def within(network: str) -> tuple[str, ...]:
        """How a program is started there."""
        return _within(network)


@contextmanager
def two_networks() -> Iterator[TwoNetworks]:
    """Made for one test, gone afterwards."""
    if os.geteuid() != 0 or which("ip") is None:
        pytest.skip("network namespaces need root and iproute2")
    own = f"ow{os.getpid()}"
    nets = TwoNetworks(f"{own}-kiosk", f"{own}-server", f"{_NET}.2", f"{_NET}.6")
    with ExitStack() as made:
        for network in (nets.kiosk, nets.server):
            added = _try("netns", "add", network)
            if added.returncode:
                pytest.skip(f"no network namespace can be made here: {added.stderr.strip()}")
            made.callback(_ip, "netns", "delete", network)
            _ip("link", "set", "lo", "up", within=network)
        _ip("link", "add", "cable", "netns", nets.kiosk, "type", "veth", "peer", "name", "cable", "netns", nets.server)
        _ip("link", "add", own, "type", "veth", "peer", "name", "test", "netns", nets.server)
        for network, device, address in (
            (nets.kiosk, "cable", f"{_NET}.1/30"),
            (nets.server, "cable", f"{nets.address_for_kiosk}/30"),
            (nets.server, "test", f"{nets.address_for_test}/30"),
        ):
            _ip("address", "add", address, "dev", device, within=network)
            _ip("link", "set", device, "up", within=network)
        _ip("address", "add", f"{_NET}.5/30", "dev", own)
        _ip("link", "set", own, "up")
        yield nets


def _within(network: str) -> tuple[str, ...]:
    """Into the network and nothing else: `ip netns exec` would mount as well, which no changed root permits."""
    return ("nsenter", f"--net=/run/netns/{network}")


def _try(*arguments: str, within: str = "") -> "subprocess.CompletedProcess[str]":
    before = _within(within) if within else ()
    return subprocess.run([*before, "ip", *arguments], capture_output=True, text=True, check=False)


def _ip(*arguments: str, within: str = "") -> None:
    done = _try(*arguments, within=within)
    assert done.returncode == 0, f"ip {' '.join(arguments)}: {done.stderr}"
