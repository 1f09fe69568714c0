"""A technician without a manual: the keys are pressed as asked, and what comes out is the settings that work."""

import argparse
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from devices.__main__ import main
from devices.call_pad import KeyPressed, PadKey
from devices.call_pad.simulator import CallPadSimulator
from devices.config import DevicesConfig, SerialRatingPadConfig
from devices.errors import DeviceSilent
from devices.keys.evdev_source import EvdevSource
from devices.keys.keyboard_twin import KeyboardTwin
from devices.learn_keys import KEYS, add_verb, from_keypad, from_line
from devices.rating_pad.simulator import RatingPadSimulator
from devices.registry import build_call_pad
from devices.transports import SerialTransport
from hall.errors import InputError
from hall.settings import read_settings
from tests.support.watched import watched

WORDS = {key: KEYS["call_pad"][key] for key in (PadKey.DIGIT_1, PadKey.CALL_NEXT, PadKey.PAUSE)}
NAMES = {"1": "KEY_KP1", "叫号": "KEY_KPPLUS", "暂停": "KEY_MUTE"}


@pytest.fixture
def pad(tmp_path: Path) -> Iterator[CallPadSimulator]:
    twin = CallPadSimulator(link=tmp_path / "pad")
    twin.start()
    yield twin
    twin.stop()


@pytest.fixture
def keypad(tmp_path: Path) -> Iterator[KeyboardTwin]:
    twin = KeyboardTwin(link=tmp_path / "keypad")
    twin.start()
    yield twin
    twin.stop()


def obedient(press: Callable[[str], object]) -> Callable[[str], None]:
    """A technician who presses what the tool asks for."""

    def hear(text: str) -> None:
        asked, _, word = text.partition("：")
        if asked == "请按一次":
            press(word)

    return hear


def learnt(driver: str, lines: list[str]) -> DevicesConfig:
    text = "\n".join(["[devices.call_pad]", driver, *lines])
    assert tomllib.loads(text)
    return read_settings(DevicesConfig, text, "learnt", "devices", {})


def test_a_serial_pad_is_learnt_and_works_with_what_was_learnt(pad: CallPadSimulator) -> None:
    keys = {word: key for key, word in WORDS.items()}
    press = obedient(lambda word: pad.act("press", {"key": keys[word]}))
    lines = from_line(SerialTransport(pad.address, 9600), WORDS, 20, press)
    assert lines[0] == 'key_frame = "FF 68 03 03 68 [ 01 01 data:1 ] sum8 16"'
    config = learnt(f'port = "{pad.address}"', lines).call_pad
    assert config is not None
    with watched(lambda tell: build_call_pad(config, tell)) as (_, out):
        for key in WORDS:
            pad.act("press", {"key": key})
            assert out.next() == KeyPressed(key)


def test_a_keypad_is_learnt_and_works_with_what_was_learnt(keypad: KeyboardTwin) -> None:
    press = obedient(lambda word: keypad.act("press", {"key": NAMES[word]}))
    lines = from_keypad(EvdevSource(keypad.address), WORDS, 20, press)
    config = learnt(f'driver = "keyboard"\npath = "{keypad.address}"', lines).call_pad
    assert config is not None
    with watched(lambda tell: build_call_pad(config, tell)) as (_, out):
        for key, word in WORDS.items():
            keypad.act("press", {"key": NAMES[word]})
            assert out.next() == KeyPressed(key)


def test_what_cannot_be_learnt_is_told(pad: CallPadSimulator, keypad: KeyboardTwin) -> None:
    same = obedient(lambda _: pad.act("press", {"key": PadKey.MISS}))
    with pytest.raises(InputError, match="一样"):
        from_line(SerialTransport(pad.address, 9600), WORDS, 20, same)
    same = obedient(lambda _: keypad.act("press", {"key": "KEY_A"}))
    with pytest.raises(InputError, match="同一个"):
        from_keypad(EvdevSource(keypad.address), WORDS, 20, same)
    with pytest.raises(DeviceSilent):
        from_line(SerialTransport(pad.address, 9600), WORDS, 0.01, lambda _: None)


def test_the_verb_writes_settings_that_can_be_pasted(tmp_path: Path) -> None:
    twin = RatingPadSimulator(link=tmp_path / "rating_pad")
    twin.start()
    try:
        levels = {word: level for level, word in KEYS["rating_pad"].items()}
        press = obedient(lambda word: twin.act("press", {"level": levels[word]}))
        parser = argparse.ArgumentParser()
        add_verb(parser.add_subparsers())
        options = parser.parse_args(["learn-keys", "rating_pad", "--port", twin.address, "--timeout", "20"])
        said: list[str] = []
        assert options.run(options, said.append, press) == 0
    finally:
        twin.stop()
    config = read_settings(DevicesConfig, said[0], "learnt", "devices", {})
    assert config.rating_pad == SerialRatingPadConfig(port=twin.address, invite_frame="")


def test_the_verb_says_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["learn-keys", "rating_pad", "--port", str(tmp_path / "none")]) == 1
    told = capsys.readouterr()
    assert "口令" in told.err
    assert "device.missing" in told.err
    assert told.out == ""
