"""The technician's page: whatever command it prints is understood as printed, from the folder it says to stand in."""

import getpass
import re
import shlex
from pathlib import Path

import pytest

from installer.__main__ import main
from installer.hall_init.catalogue import read_catalogue
from installer.hall_init.folder import HallFolder

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "technician.zh-CN.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"`\./onewindow ([^`]+)`", PAGE)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("program")
    HallFolder(folder / "data").create(read_catalogue(ROOT / "installer" / "sample_hall"))
    return folder


@pytest.mark.parametrize("command", COMMANDS)
def test_a_printed_command_is_understood(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    monkeypatch.chdir(made)
    command = command.replace(":8600", ":1")  # whatever runs on this machine is not asked
    words = shlex.split(command.replace("目录文件夹", shlex.quote(str(ROOT / "installer" / "sample_hall"))))
    if {"--new-key", "--moved"} & set(words):
        words.append("--check")  # else it would go on to serve
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: "0000")
    main(words)  # a mistake in the options would end in SystemExit; what a young hall lacks is told in plain words
    told = capsys.readouterr().err
    assert "Traceback" not in told
    assert "读不了" not in told  # every file that the page names is there
    assert "没有大厅" not in told


def test_the_page_prints_no_half_commands() -> None:
    for verb in ("backup", "journal", "devices", "kiosk", "server"):
        assert not re.findall(rf"`{verb} [a-z-]+", PAGE)
    assert len(COMMANDS) > 10
