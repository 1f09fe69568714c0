"""Every kind of scanner beside its twin, behind one face: what a suite needs to hold codes before it and to hear."""

import threading
from collections.abc import Callable
from queue import Queue
from typing import Any

from devices.clock import mono_us
from devices.scanner.camera_scanner import CameraScanner
from devices.scanner.camera_simulator import CameraSimulator
from devices.scanner.frames import Frames
from devices.scanner.mrz import Mrz
from devices.scanner.scanner import Scan, Scanner
from devices.scanner.serial_scanner import SerialScanner
from devices.scanner.simulator import ScannerSimulator
from devices.simulation.simulator import Simulator
from devices.transports import SerialTransport

PATIENCE_S = 20
Told = Callable[[Scan], None]


class Gate:
    """A twin, its driver on a thread of its own, and what the driver tells.

    Attributes:
        told: The scans.
        watched: Why the driver came back from watching: the problem of its health.
    """

    def __init__(self, twin: Simulator, build: Callable[[str, Told], Scanner]) -> None:
        self.twin = twin
        twin.start()
        self.told: Queue[Scan] = Queue()
        self.watched: Queue[str] = Queue()
        self.scanner = build(twin.address, self.told.put)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.scanner.open()
        self._thread.start()

    def _watch(self) -> None:
        while not self._stop.is_set():
            self.scanner.watch(self._stop)
            self.watched.put(self.scanner.health().problem)

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(PATIENCE_S)
        self.scanner.close()
        self.twin.stop()

    def show(self, **arguments: Any) -> None:
        self.twin.act("show", arguments)

    def next(self) -> Scan:
        return self.told.get(timeout=PATIENCE_S)


def serial(address: str, told: Told, now_us: Callable[[], int] = mono_us) -> Scanner:
    """Patient with pauses, so that a busy machine does not cut a code in two."""
    return SerialScanner(SerialTransport(address, 9600), told, pause_s=2.0, now_us=now_us)


def camera(
    address: str, told: Told, now_us: Callable[[], int] = mono_us, on_document: Callable[[Mrz], None] | None = None
) -> Scanner:
    """The camera as the registry builds it, with a clock of the test's own."""
    return CameraScanner(Frames(address, 15), told, now_us=now_us, on_document=on_document)


# driver → how it is built, and its twin
DRIVERS: dict[str, tuple[Callable[..., Scanner], Callable[[], Simulator]]] = {
    "serial": (serial, ScannerSimulator),
    "camera": (camera, CameraSimulator),
}
