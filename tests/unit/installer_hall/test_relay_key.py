"""The key that a hall shares with its relay: made by a verb, good for a relay, and nothing else of the hall in it."""

import stat
from pathlib import Path

import pytest

from hall.keys import Purpose, derive
from installer.hall_init.__main__ import main
from queue_server.link.hall_key import read_hall_key
from queue_server.relay.__main__ import main as relay


def test_the_key_is_written_for_its_owner_alone_and_a_relay_takes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["init", str(tmp_path / "hall")]) == 0
    assert main(["relay-key", str(tmp_path / "hall")]) == 0
    written = tmp_path / "hall" / "secrets" / "relay.key"
    hall_key = read_hall_key(tmp_path / "hall" / "secrets" / "hall.key")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert bytes.fromhex(written.read_text()) == derive(hall_key, Purpose.RELAY)
    assert str(written) in capsys.readouterr().out
    monkeypatch.setenv("ONEWINDOW_RELAY_KEY", str(written))
    assert relay(["--check"]) == 0


def test_a_relay_without_its_key_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ONEWINDOW_RELAY_KEY", str(tmp_path / "none.key"))
    assert relay(["--check"]) == 2
    told = capsys.readouterr().err
    assert "中转密钥" in told
    assert "hall relay-key" in told
    assert main(["relay-key", str(tmp_path)]) == 1
    assert "没有大厅" in capsys.readouterr().err
