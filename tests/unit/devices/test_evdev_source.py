"""A keypad through the input layer: what the kernel refuses, in words; what happens when it goes away."""

import errno
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from devices.errors import DeviceError, DeviceFault, DeviceMissing
from devices.keys import evdev_source
from devices.keys.evdev_source import EvdevSource
from devices.keys.keyboard_twin import KeyboardTwin

NAMES = frozenset({"KEY_KP1", "KEY_ENTER"})


def refusing(number: int) -> Any:
    def grab() -> None:
        raise OSError(number, os.strerror(number))

    return lambda _: SimpleNamespace(fd=-1, grab=grab, close=lambda: None)


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.EBUSY, "keys.taken"), (errno.EACCES, "keys.forbidden"), (errno.ENODEV, "device.missing")],
)
def test_what_the_kernel_refuses_is_told_in_words(monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    monkeypatch.setattr(evdev_source, "_opened", refusing(number))
    source = EvdevSource("/dev/input/by-id/keypad")
    with pytest.raises(DeviceMissing) as told:
        source.open(NAMES)
    assert told.value.code == code
    assert told.value.advice
    source.close()


def test_a_keypad_that_is_not_there_or_no_keypad_is_missing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "none", tmp_path / "file"):
        with pytest.raises(DeviceMissing):
            EvdevSource(str(path)).open(NAMES)
    with pytest.raises(DeviceMissing):
        EvdevSource(str(tmp_path)).read(0.0)


def test_a_name_that_no_key_has_is_told(tmp_path: Path) -> None:
    with pytest.raises(DeviceFault) as told:
        EvdevSource(str(tmp_path)).open(frozenset({"KEY_FLY"}))
    assert told.value.code == "keys.unknown_name"
    assert "KEY_FLY" in told.value.advice


def test_a_computer_without_an_input_layer_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "evdev", None)
    with pytest.raises(DeviceFault) as told:
        EvdevSource(str(tmp_path)).open(NAMES)
    assert told.value.code == "keys.no_evdev"


def test_only_keys_that_go_down_after_opening_are_told(tmp_path: Path) -> None:
    twin = KeyboardTwin(link=tmp_path / "keypad")
    twin.start()
    twin.act("press", {"key": "KEY_KP1"})  # before anybody listened
    source = EvdevSource(twin.address)
    try:
        source.open(NAMES)
        assert source.read(0.0) == []
        for key in ("KEY_KP1", "KEY_A", "KEY_ENTER", "KEY_KP1"):
            twin.act("press", {"key": key, "held": 3})
        found: list[str] = []
        while len(found) < 3:
            found += source.read(20.0)
        assert found == ["KEY_KP1", "KEY_ENTER", "KEY_KP1"]
        twin.act("unplug", {})
        with pytest.raises(DeviceError, match="拔掉"):
            source.read(20.0)
    finally:
        source.close()
        twin.stop()
