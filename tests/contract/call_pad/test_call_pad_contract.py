"""Every call pad over its twin: a real pseudo-terminal, or a pipe with the kernel's own records."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.call_pad import KeyPressed, PadKey, samples
from devices.call_pad.build import DRIVERS
from devices.call_pad.simulator import CallPadSimulator
from devices.config import KeyboardCallPadConfig, SerialCallPadConfig
from devices.errors import ActRefused
from devices.health import HealthState
from devices.keys.serial_keys import NOISE
from devices.registry import build_call_pad
from devices.simulation import TwinProcess
from devices.simulation.faults import orders_of
from devices.simulation.line_faults import KINDS
from tests.support.pads import PadRig, keyboard_rig
from tests.support.watched import watched


def serial_rig(link: Path) -> PadRig:
    return PadRig(CallPadSimulator(link=link), SerialCallPadConfig(port=str(link)), lambda key: {"key": key})


RIGS: dict[str, Callable[[Path], PadRig]] = {
    "serial": serial_rig,
    "keyboard": lambda link: keyboard_rig(link, KeyboardCallPadConfig, samples.KEY_NAMES),
}
KEYS = sorted(set(samples.KEY_NAMES.values()))  # what every pad here has


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


def test_each_key_of_a_clerk_is_told_once(rig: PadRig) -> None:
    with watched(lambda tell: build_call_pad(rig.config, tell)) as (_, out):
        for key in (*KEYS, PadKey.CALL_NEXT, PadKey.CALL_NEXT):
            rig.press(key)
            assert out.next() == KeyPressed(key)
        assert out.told.empty()


def test_a_pulled_pad_is_missing_and_comes_back_by_itself(rig: PadRig) -> None:
    with watched(lambda tell: build_call_pad(rig.config, tell)) as (_, out):
        rig.twin.act("unplug", {})
        assert "数据线" in out.until(HealthState.MISSING).words
        rig.twin.act("plug", {})
        out.until(HealthState.ONLINE)
        rig.press(PadKey.RECALL)
        assert out.next() == KeyPressed(PadKey.RECALL)


def test_a_text_does_no_harm_to_a_pad_without_a_display(rig: PadRig) -> None:
    with watched(lambda tell: build_call_pad(rig.config, tell)) as (pad, out):
        pad.show("A023")
        rig.press(PadKey.CALL_NEXT)
        assert out.next() == KeyPressed(PadKey.CALL_NEXT)


def test_no_key_is_in_any_log_line_or_repr(rig: PadRig, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with watched(lambda tell: build_call_pad(rig.config, tell)) as (_, out):
        for _ in range(3):
            rig.press(PadKey.DIGIT_7)
        said = [repr(out.next()) for _ in range(3)]
    assert said == ["KeyPressed()"] * 3
    assert "7" not in "".join(record.getMessage() for record in caplog.records)


def test_the_newest_text_stands_on_the_pad_also_after_it_was_away(serial: PadRig) -> None:
    with watched(lambda tell: build_call_pad(serial.config, tell)) as (pad, out):
        for text in ("A023", "暂停", "A12-1045"):
            pad.show(text)
        serial.until("text", "A12-1045")
        serial.twin.act("unplug", {})
        out.until(HealthState.MISSING)
        pad.show("B007")
        serial.twin.act("plug", {})
        serial.until("text", "B007")


def test_a_pad_of_five_digits_never_shows_another_number(serial: PadRig) -> None:
    config = serial.config.model_copy(update={"cells": 5})
    with watched(lambda tell: build_call_pad(config, tell)) as (pad, _):
        for text, shown in (("A12-104", "-104"), ("A023", "A023"), ("请 A0234", "请"), ("暂停", "暂停")):
            pad.show(text)
            serial.until("text", shown)


def test_a_pad_of_seven_segments_shows_digits_only(serial: PadRig) -> None:
    config = serial.config.model_copy(update={"cells": 5, "digits": True})
    with watched(lambda tell: build_call_pad(config, tell)) as (pad, _):
        for text, shown in (("A023办理", "023"), ("已暂停", ""), ("A12-104", "-104")):
            pad.show(text)
            serial.until("text", shown)


@pytest.mark.parametrize("kind", ["silence", "flipped_bit", "truncated"])
def test_a_damaged_key_is_none_and_the_next_one_counts(serial: PadRig, kind: str) -> None:
    with watched(lambda tell: build_call_pad(serial.config, tell)) as (_, out):
        serial.twin.act("fault", {"kind": kind})
        serial.press(PadKey.MISS)
        serial.press(PadKey.CALL_NEXT)
        assert out.next() == KeyPressed(PadKey.CALL_NEXT)
        assert out.told.empty()


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"silence", "flipped_bit", "truncated"}))
def test_a_key_is_understood_beside_strange_bytes_and_in_parts(serial: PadRig, kind: str) -> None:
    with watched(lambda tell: build_call_pad(serial.config, tell)) as (_, out):
        serial.twin.act("fault", {"kind": kind, "count": None})
        serial.twin.act("type", {"digits": "0042"})
        assert [out.next().key for _ in range(4)] == ["0", "0", "4", "2"]


def test_a_pad_set_to_another_rate_says_nothing_and_is_understood_again(serial: PadRig) -> None:
    ((act, arguments),) = orders_of(CallPadSimulator.faults, ["wrong_baud"])
    with watched(lambda tell: build_call_pad(serial.config, tell)) as (_, out):
        serial.twin.act(act, dict(arguments))
        serial.press(PadKey.MISS)
        serial.twin.act("unplug", {})  # nothing of it is left on the way
        serial.twin.act("baud", {})
        serial.twin.act("plug", {})
        out.until(HealthState.MISSING)
        out.until(HealthState.ONLINE)
        serial.press(PadKey.CALL_NEXT)
        assert out.next() == KeyPressed(PadKey.CALL_NEXT)


def test_the_manager_is_told_of_a_noisy_line_and_when_it_is_clean_again(serial: PadRig) -> None:
    with watched(lambda tell: build_call_pad(serial.config, tell)) as (_, out):
        serial.twin.act("fault", {"kind": "flipped_bit", "count": None})
        for _ in range(NOISE):
            serial.press(PadKey.MISS)
        assert "设备设置" in out.until(HealthState.ATTENTION, "keys.noise").words
        serial.twin.act("mend", {})
        serial.press(PadKey.MISS)
        out.until(HealthState.ONLINE)
        assert out.next() == KeyPressed(PadKey.MISS)


def test_twins_run_as_processes_and_refuse_what_no_finger_can_press(tmp_path: Path) -> None:
    with TwinProcess("call_pad", ["--link", str(tmp_path / "pad")]) as pad:
        with watched(lambda tell: build_call_pad(SerialCallPadConfig(port=pad.address), tell)) as (_, out):
            pad.control.act("press", key="call_next")
            assert out.next() == KeyPressed(PadKey.CALL_NEXT)
        for wrong in ({"key": "fly"}, {}):
            with pytest.raises(ActRefused):
                pad.control.act("press", **wrong)
        with pytest.raises(ActRefused):
            pad.control.act("type", digits="12x")
    with TwinProcess("keyboard", ["--link", str(tmp_path / "keypad")]) as keypad:
        with watched(lambda tell: build_call_pad(KeyboardCallPadConfig(path=keypad.address), tell)) as (_, out):
            keypad.control.act("press", key="KEY_KPPLUS")
            assert out.next() == KeyPressed(PadKey.CALL_NEXT)
        with pytest.raises(ActRefused, match="KEY_FLY"):
            keypad.control.act("press", key="KEY_FLY")
