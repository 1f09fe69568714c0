"""Several real drivers over their twins under one supervisor: one hangs, one is pulled, the others serve on."""

import threading
from collections import defaultdict
from pathlib import Path
from queue import Queue
from random import Random

from devices.config import EscposConfig, IdCardConfig, ScannerConfig
from devices.errors import DeviceMissing
from devices.health import Health, HealthState
from devices.id_card import CardRead
from devices.id_card.drivers.sdt import SdtReader
from devices.id_card.simulator import IdCardSimulator
from devices.printer.simulator import PrinterSimulator
from devices.registry import build_id_card, build_printer, build_scanner
from devices.scanner import Scan
from devices.scanner.simulator import ScannerSimulator
from devices.supervisor import Supervisor

PATIENCE_S = 20
STUCK_S = 4.0  # far longer than a stall of this machine, so that only the hanging one is called stuck


class DeadCable:
    """A port whose read never returns, as some USB drivers have it when the device hangs; until the test lets it."""

    address = "/dev/dead"

    def __init__(self) -> None:
        self.free = threading.Event()

    def open(self) -> None: ...

    def close(self) -> None: ...

    def read(self, length: int, timeout_s: float) -> bytes:
        del length, timeout_s
        self.free.wait(120)
        raise DeviceMissing("the port is gone")

    def read_available(self) -> bytes:
        return b""

    def write(self, data: bytes) -> None: ...

    def reset(self) -> None: ...


class Told:
    """What the supervisor said, by device."""

    def __init__(self) -> None:
        self._queues: dict[str, Queue[Health]] = defaultdict(Queue)

    def put(self, health: Health) -> None:
        self._queues[health.device].put(health)

    def next(self, device: str) -> Health:
        return self._queues[device].get(timeout=PATIENCE_S)

    def silent(self, device: str) -> bool:
        return self._queues[device].empty()


def test_one_hangs_one_is_pulled_and_the_others_serve_on(tmp_path: Path) -> None:
    reader, printer = IdCardSimulator(link=tmp_path / "id_card"), PrinterSimulator()
    scanner = ScannerSimulator(link=tmp_path / "scanner")
    cable, told = DeadCable(), Told()
    cards: Queue[object] = Queue()
    scans: Queue[Scan] = Queue()
    for twin in (reader, scanner, printer):
        twin.start()
    supervisor = Supervisor(
        [
            SdtReader(cable, cards.put, name="hanging"),
            build_id_card(IdCardConfig(port=reader.address), cards.put),
            build_scanner(ScannerConfig(port=scanner.address), scans.put),
            build_printer(EscposConfig(address=f"tcp:{printer.address}")),
        ],
        told.put,
        random=Random(5),
        stuck_s=STUCK_S,
    )
    supervisor.start()
    try:
        for name in ("id_card", "scanner", "printer"):
            assert told.next(name).state is HealthState.ONLINE
        stuck = told.next("hanging")
        assert (stuck.problem, stuck.state, stuck.seen_us) == ("device.stuck", HealthState.MISSING, 0)
        assert stuck.trouble
        assert stuck.advice

        scanner.act("unplug", {})
        pulled = told.next("scanner")
        assert (pulled.problem, pulled.trouble) == ("device.missing", "没有接上")
        assert 0 < pulled.seen_us <= pulled.since_us
        reader.act("lay", {"seed": 5})
        assert isinstance(cards.get(timeout=PATIENCE_S), CardRead)
        printer.act("paper", {"state": "out"})
        assert told.next("printer").problem == "printer.paper_end"

        scanner.act("plug", {})  # a new tty behind the same name, as udev would have it
        assert told.next("scanner").state is HealthState.ONLINE
        scanner.act("show", {"text": "OW1:BACK"})
        assert scans.get(timeout=PATIENCE_S).text == "OW1:BACK"
        assert told.silent("id_card")

        cable.free.set()
        assert told.next("hanging").problem == "device.missing"
    finally:
        cable.free.set()
        ended = supervisor.stop(PATIENCE_S)
        for twin in (reader, scanner, printer):
            twin.stop()
    assert ended == ()
