"""Every satisfaction pad over its twin: a real pseudo-terminal, or a pipe with the kernel's own records."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.config import KeyboardRatingPadConfig, SerialRatingPadConfig
from devices.errors import ActRefused
from devices.health import HealthState
from devices.keys.serial_keys import NOISE
from devices.rating_pad import LevelPressed, samples
from devices.rating_pad.build import DRIVERS
from devices.rating_pad.simulator import RatingPadSimulator
from devices.registry import build_rating_pad
from devices.simulation import TwinProcess
from devices.simulation.faults import orders_of
from devices.simulation.line_faults import KINDS
from hall.rating import Level
from tests.support.pads import PadRig, keyboard_rig
from tests.support.watched import watched


def serial_rig(link: Path) -> PadRig:
    return PadRig(
        RatingPadSimulator(link=link),
        SerialRatingPadConfig(port=str(link), invite_frame=samples.INVITE_FRAME),
        lambda level: {"level": level},
    )


RIGS: dict[str, Callable[[Path], PadRig]] = {
    "serial": serial_rig,
    "keyboard": lambda link: keyboard_rig(link, KeyboardRatingPadConfig, samples.KEY_NAMES),
}


@pytest.fixture(params=sorted(DRIVERS))
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PadRig]:
    rig = RIGS[request.param](tmp_path / "pad")
    rig.twin.start()
    yield rig
    rig.twin.stop()


@pytest.fixture
def serial(tmp_path: Path) -> Iterator[PadRig]:
    rig = serial_rig(tmp_path / "pad")
    rig.twin.start()
    yield rig
    rig.twin.stop()


def test_each_press_of_a_citizen_is_told_once(rig: PadRig) -> None:
    with watched(lambda tell: build_rating_pad(rig.config, tell)) as (_, out):
        for level in (*Level, Level.GOOD, Level.GOOD):
            rig.press(level)
            assert out.next() == LevelPressed(level)
        assert out.told.empty()


def test_a_pad_set_to_another_rate_says_nothing_and_is_understood_again(serial: PadRig) -> None:
    ((act, arguments),) = orders_of(RatingPadSimulator.faults, ["wrong_baud"])
    with watched(lambda tell: build_rating_pad(serial.config, tell)) as (_, out):
        serial.twin.act(act, dict(arguments))
        serial.press(Level.BAD)
        serial.twin.act("unplug", {})  # nothing of it is left on the way
        serial.twin.act("baud", {})
        serial.twin.act("plug", {})
        out.until(HealthState.MISSING)
        out.until(HealthState.ONLINE)
        serial.press(Level.GOOD)
        assert out.next() == LevelPressed(Level.GOOD)


def test_a_press_counts_whether_it_was_invited_or_not(rig: PadRig) -> None:
    with watched(lambda tell: build_rating_pad(rig.config, tell)) as (pad, out):
        pad.invite()
        rig.press(Level.FAIR)
        assert out.next() == LevelPressed(Level.FAIR)


def test_a_pulled_pad_is_missing_and_comes_back_by_itself(rig: PadRig) -> None:
    with watched(lambda tell: build_rating_pad(rig.config, tell)) as (_, out):
        rig.twin.act("unplug", {})
        assert "数据线" in out.until(HealthState.MISSING).words
        rig.twin.act("plug", {})
        out.until(HealthState.ONLINE)
        rig.press(Level.VERY_BAD)
        assert out.next() == LevelPressed(Level.VERY_BAD)


def test_the_pad_asks_the_citizen_and_a_late_invitation_is_dropped(serial: PadRig) -> None:
    with watched(lambda tell: build_rating_pad(serial.config, tell)) as (pad, out):
        pad.invite()
        serial.until("invited", 1)
        serial.twin.act("unplug", {})
        out.until(HealthState.MISSING)
        pad.invite()
        serial.twin.act("plug", {})
        out.until(HealthState.ONLINE)
        serial.press(Level.GOOD)
        assert out.next() == LevelPressed(Level.GOOD)
        assert serial.state("invited") == 1


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"stray_bytes", "split_writes"}))
def test_what_is_lost_on_the_line_is_no_rating_and_the_next_press_counts(serial: PadRig, kind: str) -> None:
    with watched(lambda tell: build_rating_pad(serial.config, tell)) as (_, out):
        serial.twin.act("fault", {"kind": kind})
        serial.press(Level.VERY_BAD)
        serial.press(Level.GOOD)
        assert out.next() == LevelPressed(Level.GOOD)


@pytest.mark.parametrize("kind", ["stray_bytes", "split_writes"])
def test_a_press_is_understood_beside_strange_bytes_and_in_parts(serial: PadRig, kind: str) -> None:
    with watched(lambda tell: build_rating_pad(serial.config, tell)) as (_, out):
        serial.twin.act("fault", {"kind": kind, "count": None})
        serial.press(Level.VERY_GOOD)
        assert out.next() == LevelPressed(Level.VERY_GOOD)
        serial.twin.act("mend", {})
        serial.press(Level.FAIR)
        assert out.next() == LevelPressed(Level.FAIR)


def test_the_manager_is_told_of_a_pad_whose_keys_mean_nothing(serial: PadRig) -> None:
    with watched(lambda tell: build_rating_pad(serial.config, tell)) as (_, out):
        serial.twin.act("fault", {"kind": "flipped_bit", "count": None})
        for _ in range(NOISE):
            serial.press(Level.BAD)
        assert "设备设置" in out.until(HealthState.ATTENTION, "keys.noise").words
        serial.twin.act("mend", {})
        serial.press(Level.GOOD)
        out.until(HealthState.ONLINE)
        assert out.next() == LevelPressed(Level.GOOD)


def test_a_held_key_of_a_keypad_is_one_rating(tmp_path: Path) -> None:
    rig = RIGS["keyboard"](tmp_path / "pad")
    rig.twin.start()
    try:
        with watched(lambda tell: build_rating_pad(rig.config, tell)) as (_, out):
            rig.press(Level.BAD, held=30)
            rig.press(Level.GOOD)
            assert [out.next(), out.next()] == [LevelPressed(Level.BAD), LevelPressed(Level.GOOD)]
            assert out.told.empty()
    finally:
        rig.twin.stop()


def test_the_twin_runs_as_a_process_and_refuses_what_no_finger_can_press(tmp_path: Path) -> None:
    with TwinProcess("rating_pad", ["--link", str(tmp_path / "pad")]) as twin:
        config = SerialRatingPadConfig(port=twin.address)
        with watched(lambda tell: build_rating_pad(config, tell)) as (_, out):
            twin.control.act("press", level=5)
            assert out.next() == LevelPressed(Level.VERY_GOOD)
        for act, wrong in (("press", {"level": 6}), ("press", {}), ("fault", {"kind": "fire"}), ("sing", {})):
            with pytest.raises(ActRefused):
                twin.control.act(act, **wrong)
