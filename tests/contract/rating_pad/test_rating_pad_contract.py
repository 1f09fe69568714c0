"""Every satisfaction pad over its twin on a real pseudo-terminal."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.config import RatingPadConfig
from devices.health import HealthState
from devices.rating_pad import LevelPressed
from devices.rating_pad.simulator import RatingPadSimulator
from devices.registry import build_rating_pad
from hall.rating import Level
from tests.support.watched import watched


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[RatingPadSimulator]:
    twin = RatingPadSimulator(link=tmp_path / "rating_pad")
    twin.start()
    yield twin
    twin.stop()


def test_each_press_of_a_citizen_is_told_once(twin: RatingPadSimulator) -> None:
    with watched(lambda tell: build_rating_pad(RatingPadConfig(port=twin.address), tell)) as (_, out):
        for level in (*Level, Level.GOOD, Level.GOOD):
            twin.act("press", {"level": level})
            assert out.next() == LevelPressed(level)
        assert out.told.empty()


def test_a_pulled_pad_is_missing_and_comes_back_by_itself(twin: RatingPadSimulator) -> None:
    with watched(lambda tell: build_rating_pad(RatingPadConfig(port=twin.address), tell)) as (_, out):
        twin.act("unplug", {})
        assert "数据线" in out.until(HealthState.MISSING).words
        twin.act("plug", {})
        out.until(HealthState.ONLINE)
        twin.act("press", {"level": 1})
        assert out.next() == LevelPressed(Level.VERY_BAD)
