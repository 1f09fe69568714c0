"""The settings of a window: every mistake at once, in words a technician can act on."""

from pathlib import Path

import pytest

from devices.call_pad.build import SerialCallPadConfig
from hall.errors import ConfigError
from window_client.config import load


def written(folder: Path, text: str) -> Path:
    key = folder / "hall.key"
    key.write_text("5a" * 32)
    key.chmod(0o600)
    path = folder / "hall.toml"
    path.write_text(text)
    return path


def test_the_key_is_found_beside_the_settings(tmp_path: Path) -> None:
    setup = load(written(tmp_path, '[window]\nnumber = 12\nhall_key = "hall.key"\n'), {})
    assert (setup.window.number, setup.hall_key) == (12, b"\x5a" * 32)
    assert "5a" not in repr(setup)


def test_the_environment_wins(tmp_path: Path) -> None:
    path = written(tmp_path, '[window]\nnumber = 12\nhall_key = "hall.key"\n')
    assert load(path, {"ONEWINDOW_WINDOW_NUMBER": "7"}).window.number == 7


def test_theme_and_key_are_told_together(tmp_path: Path) -> None:
    path = written(tmp_path, '[window]\nnumber = 12\nhall_key = "none.key"\ntheme = "standart"\n')
    with pytest.raises(ConfigError) as told:
        load(path, {})
    assert len(told.value.mistakes) == 2
    assert "high_contrast" in told.value.mistakes[0]
    assert "none.key" in told.value.mistakes[1]


PADS = """
[devices.call_pad]
port = "/dev/call_pad"
[devices.led_display]
driver = "onbon"
port = "/dev/strip"
"""


def test_the_devices_of_a_window_stand_in_the_same_file(tmp_path: Path) -> None:
    setup = load(written(tmp_path, f'[window]\nnumber = 12\nhall_key = "hall.key"\n{PADS}'), {}, box=True)
    assert isinstance(setup.devices.call_pad, SerialCallPadConfig)
    assert setup.devices.call_pad.port == "/dev/call_pad"
    assert setup.devices.rating_pad is None


def test_a_box_needs_a_call_pad(tmp_path: Path) -> None:
    path = written(tmp_path, '[window]\nnumber = 12\nhall_key = "hall.key"\n')
    assert load(path, {}).devices.call_pad is None
    with pytest.raises(ConfigError) as told:
        load(path, {}, box=True)
    assert told.value.mistakes == ("devices.call_pad：没有屏幕的窗口要有呼叫器，请写上",)


def test_mistakes_of_both_tables_are_told_together(tmp_path: Path) -> None:
    path = written(tmp_path, '[window]\nnumber = 0\nhall_key = "hall.key"\n[devices.call_pad]\nbaud = 9601\n')
    with pytest.raises(ConfigError) as told:
        load(path, {}, box=True)
    mistakes = "\n".join(told.value.mistakes)
    for place in ("window.number", "devices.call_pad.port", "devices.call_pad.baud"):
        assert place in mistakes
