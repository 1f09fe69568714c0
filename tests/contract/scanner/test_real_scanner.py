"""What every scanner must do, the real one on the desk too (`--port`). There, hold a code before it within a minute.

A port under `/dev/video` is a camera, any other a serial engine. Nothing of the code is shown, also when a test fails.
"""

from collections.abc import Iterator
from queue import Empty, Queue
from random import Random

import pytest

from devices.config import ScannerConfig
from devices.health import Health, HealthState
from devices.registry import build_scanner
from devices.scanner import Scan
from devices.scanner.simulator import ScannerSimulator
from devices.simulation import Simulator
from devices.supervisor import Supervisor
from tests.contract.conftest import Place

HANDS_S = 60


class Held:
    """Whoever holds a code before the scanner: a person, or the twin's own hand."""

    def __init__(self) -> None:
        self.twin: Simulator | None = None

    def show(self) -> None:
        if self.twin is not None:
            self.twin.act("show", {"text": "一窗通 A023"})


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def twin_place(held: Held) -> Iterator[Place]:
    held.twin = ScannerSimulator()
    held.twin.start()
    yield Place(held.twin.address, 9600)
    held.twin.stop()


def test_a_code_held_before_it_is_told_with_its_bytes(place: Place, held: Held) -> None:
    driver = "camera" if place.port.startswith(("/dev/video", "http://")) else "serial"
    config = ScannerConfig.model_validate({"driver": driver, "port": place.port, "baud": place.baud or 9600})
    told: Queue[Scan] = Queue()
    health: Queue[Health] = Queue()
    supervisor = Supervisor([build_scanner(config, told.put)], health.put, random=Random(1))
    supervisor.start()
    try:
        assert health.get(timeout=20).state is HealthState.ONLINE
        held.show()
        try:
            scan = told.get(timeout=HANDS_S)
        except Empty:
            pytest.fail("没有读到码：请在一分钟内把任意一个码对准扫码器，再运行一次")
        assert scan.text.strip() != "", "码里没有文字"
        assert scan.raw != b"", "没有得到码的字节"
    finally:
        assert supervisor.stop() == ()
