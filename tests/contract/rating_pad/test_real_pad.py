"""What every serial satisfaction pad must do, the real one too (`--port`). There, press a key within a minute."""

from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from random import Random

import pytest

from devices.config import SerialRatingPadConfig
from devices.health import Health, HealthState
from devices.rating_pad import LevelPressed
from devices.rating_pad.simulator import RatingPadSimulator
from devices.registry import build_rating_pad
from devices.supervisor import Supervisor
from tests.contract.conftest import Place

HANDS_S = 60


@pytest.fixture
def twin(tmp_path: Path) -> RatingPadSimulator:
    return RatingPadSimulator(link=tmp_path / "pad")


@pytest.fixture
def twin_place(twin: RatingPadSimulator) -> Iterator[Place]:
    twin.start()
    yield Place(twin.address, 9600)
    twin.stop()


def test_a_key_that_is_pressed_is_told(place: Place, twin: RatingPadSimulator) -> None:
    told: Queue[LevelPressed] = Queue()
    health: Queue[Health] = Queue()
    config = SerialRatingPadConfig(port=place.port, baud=place.baud or 9600)
    supervisor = Supervisor([build_rating_pad(config, told.put)], health.put, random=Random(1))
    supervisor.start()
    try:
        assert health.get(timeout=20).state is HealthState.ONLINE
        if not place.real:
            twin.act("press", {"level": 5})
        try:
            pressed = told.get(timeout=HANDS_S)
        except Empty:
            pytest.fail("没有收到按键：请在一分钟内按任意一个键；帧和键值不对时，先用 devices learn-keys")
        assert isinstance(pressed, LevelPressed)
    finally:
        assert supervisor.stop() == ()
