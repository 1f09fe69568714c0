"""The server's settings: defaults, files, variables, and mistakes in words."""

from pathlib import Path

import pytest

from hall.errors import ConfigError
from queue_server.config import load


def test_without_a_file_the_server_stays_on_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load(None, {"ONEWINDOW_SERVER_HALL_ID": "qinghe"})
    assert settings.loopback
    assert settings.port == 8600
    assert settings.data == tmp_path / "data/server"
    assert settings.data not in settings.hall_key.parents


def test_paths_are_taken_from_the_folder_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    file.write_text(
        '[server]\nhall_id = "qinghe"\ndata = "d"\nhall_key = "/keys/hall"\nvoice_clips = "clips"\n[kiosk]\nother = 1\n'
    )
    settings = load(file, {"ONEWINDOW_SERVER_PORT": "9000", "ONEWINDOW_SERVER_HOST": "192.168.0.2"})
    assert settings.data == tmp_path / "d"
    assert settings.hall_key == Path("/keys/hall")
    assert settings.voice_clips == tmp_path / "clips"
    assert settings.port == 9000
    assert not settings.loopback


def test_all_mistakes_are_told_at_once_with_a_guess(tmp_path: Path) -> None:
    file = tmp_path / "hall.toml"
    file.write_text('[server]\nprot = 8600\nhost = "here"\nport = 70000\nvoice = "loud"\n')
    with pytest.raises(ConfigError) as told:
        load(file, {})
    assert len(told.value.mistakes) == 5
    assert "server.hall_id：缺少这个设置" in str(told.value)
    assert "是不是想写 port" in str(told.value)
    assert "127.0.0.1" in str(told.value)


def test_an_unreadable_file_is_a_mistake_in_words(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="读不了"):
        load(tmp_path / "absent.toml", {})


def test_thresholds_that_contradict_each_other_are_a_mistake() -> None:
    with pytest.raises(ConfigError, match="先报黄，再报红"):
        load(None, {"ONEWINDOW_SERVER_HALL_ID": "qinghe", "ONEWINDOW_SERVER_WARN_MINUTES": "50"})
