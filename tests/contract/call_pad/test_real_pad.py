"""What every serial call pad must do, the real one on the desk too (`--port`). There, press a key within a minute."""

from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from random import Random

import pytest

from devices.call_pad import KeyPressed
from devices.call_pad.simulator import CallPadSimulator
from devices.config import SerialCallPadConfig
from devices.health import Health, HealthState
from devices.registry import build_call_pad
from devices.supervisor import Supervisor
from tests.contract.conftest import Place

HANDS_S = 60


@pytest.fixture
def twin(tmp_path: Path) -> CallPadSimulator:
    return CallPadSimulator(link=tmp_path / "pad")


@pytest.fixture
def twin_place(twin: CallPadSimulator) -> Iterator[Place]:
    twin.start()
    yield Place(twin.address, 9600)
    twin.stop()


def test_a_key_that_is_pressed_is_told(place: Place, twin: CallPadSimulator) -> None:
    told: Queue[KeyPressed] = Queue()
    health: Queue[Health] = Queue()
    config = SerialCallPadConfig(port=place.port, baud=place.baud or 9600)
    supervisor = Supervisor([build_call_pad(config, told.put)], health.put, random=Random(1))
    supervisor.start()
    try:
        assert health.get(timeout=20).state is HealthState.ONLINE
        if not place.real:
            twin.act("press", {"key": "call_next"})
        try:
            pressed = told.get(timeout=HANDS_S)
        except Empty:
            pytest.fail("没有收到按键：请在一分钟内按任意一个键；帧和键值不对时，先用 devices learn-keys")
        assert isinstance(pressed, KeyPressed)
    finally:
        assert supervisor.stop() == ()
