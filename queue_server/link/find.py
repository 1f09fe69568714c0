"""Where the server is: the configured address, else what the network says. A hint only; trust comes from the keys."""

import threading
from typing import Any

from zeroconf import Error as ZeroconfError
from zeroconf import IPVersion, ServiceBrowser, ServiceStateChange, Zeroconf

SERVICE_TYPE = "_onewindow._tcp.local."


class Finder:
    """Tells the server's address, `http://HOST:PORT`.

    Args:
        configured: The address from the settings; wins whenever it is set, and nothing is searched then.
        timeout_s: How long one search listens.
        interfaces: Own addresses to listen on; all of the machine's when None.
    """

    def __init__(self, configured: str = "", *, timeout_s: float = 3.0, interfaces: list[str] | None = None) -> None:
        self._configured = configured.rstrip("/")
        self._timeout_s = timeout_s
        self._interfaces = interfaces

    def address(self, cancel: threading.Event) -> str | None:
        """The address, or None if nobody answered in time or `cancel` was set meanwhile."""
        return self._configured or self._search(cancel)

    def _search(self, cancel: threading.Event) -> str | None:
        found: list[str] = []
        heard = threading.Event()

        def on_change(zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange) -> None:
            if state_change is not ServiceStateChange.Removed:
                found.extend(_addresses(zeroconf, service_type, name))
                if found:
                    heard.set()

        try:
            options: dict[str, Any] = {"interfaces": self._interfaces} if self._interfaces else {}
            zeroconf = Zeroconf(ip_version=IPVersion.V4Only, **options)
        except (OSError, ZeroconfError):
            return None  # no network at all
        try:
            ServiceBrowser(zeroconf, SERVICE_TYPE, handlers=[on_change])
            _first_of(heard, cancel, self._timeout_s)
        finally:
            zeroconf.close()
        return found[0] if found else None


def _addresses(zeroconf: Zeroconf, service_type: str, name: str) -> list[str]:
    info = zeroconf.get_service_info(service_type, name, timeout=1000)
    if info is None or not info.port:
        return []
    return [f"http://{address}:{info.port}" for address in info.parsed_addresses(IPVersion.V4Only)]


def _first_of(heard: threading.Event, cancel: threading.Event, timeout_s: float) -> None:
    slice_s = 0.05
    for _ in range(max(1, round(timeout_s / slice_s))):
        if cancel.is_set() or heard.wait(slice_s):
            return
