"""Scanners on a serial line or a USB serial port (UART, CDC): they speak whenever a code is held before them."""

import logging
import threading
from collections.abc import Callable

from devices.clock import mono_us, wall_us
from devices.health import Health, HealthState
from devices.scanner.debounce import Debounce
from devices.scanner.decoding import decode
from devices.scanner.framing import Framer
from devices.scanner.scanner import Scan
from devices.transports import Transport

_log = logging.getLogger("onewindow.devices.scanner")

PAUSE_S = 0.1  # silence that ends a code when no suffix does
_PAUSE_WITH_SUFFIX_S = 1.0  # once a suffix was seen, a pause is only a broken code
_WAIT_S = 0.2  # how long a stop may go unnoticed


class SerialScanner:
    """The driver. `open`, `watch` and `close` run on one thread, which also delivers the scans.

    Args:
        transport: Not yet open.
        on_event: Told every Scan; must be quick.
        name: In settings and logs.
        pause_s: Silence that ends a code as long as this scanner has shown no suffix.
        now_us: A clock that never jumps.
        clock_us: UTC microseconds, for health.
    """

    def __init__(
        self,
        transport: Transport,
        on_event: Callable[[Scan], None],
        *,
        name: str = "scanner",
        pause_s: float = PAUSE_S,
        now_us: Callable[[], int] = mono_us,
        clock_us: Callable[[], int] = wall_us,
    ) -> None:
        self._transport = transport
        self._on_event = on_event
        self._name = name
        self._pause_s = pause_s
        self._now_us = now_us
        self._clock_us = clock_us
        self._since_us = 0
        self._debounce = Debounce()

    @property
    def name(self) -> str:
        """In settings and logs."""
        return self._name

    def health(self) -> Health:
        """Online while open: a scanner with nothing to scan is silent and well."""
        return Health(self._name, HealthState.ONLINE, self._since_us)

    def open(self) -> None:
        """See Device."""
        self._transport.open()
        self._since_us = self._clock_us()

    def close(self) -> None:
        """See Device."""
        self._transport.close()

    def watch(self, stop: threading.Event) -> None:
        """Listen until stopped; see Device."""
        framer = Framer()
        while not stop.is_set():
            pause_s = _PAUSE_WITH_SUFFIX_S if framer.suffix_seen else self._pause_s
            data = self._transport.read(1, pause_s if framer.unfinished else _WAIT_S)
            too_long = framer.too_long
            codes = framer.feed(data + self._transport.read_available()) if data else framer.pause()
            for code in codes:
                self._scanned(code)
            if framer.too_long > too_long:
                _log.warning("scanner.too_long %s", self._name)

    def _scanned(self, code: bytes) -> None:
        scan = decode(code) if self._debounce.is_new(code, self._now_us()) else None
        if scan is not None:
            self._on_event(scan)
