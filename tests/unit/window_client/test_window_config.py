"""The settings of a window: every mistake at once, in words a technician can act on."""

from pathlib import Path

import pytest

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
