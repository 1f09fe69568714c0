"""`hall init` makes all of a hall or nothing; half a hall, left by a run that was killed, says how to go on."""

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from hall.errors import ConfigError
from installer.hall_init import folder as making
from installer.hall_init.__main__ import main
from queue_server.store import Store
from queue_server.store.errors import DiskError

Capture = pytest.CaptureFixture[str]


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def refused(*_: object, **__: object) -> None:
    raise DiskError("磁盘没有写进去")


def interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


PLACES = [(making, "make_hall_key"), (Path, "write_text"), (Store, "open"), (making, "add_staff")]


def everything(root: Path) -> dict[str, str]:
    return {str(path): path.read_text() if path.is_file() else "" for path in sorted(root.rglob("*"))}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("failure", [full, refused])
def test_what_fails_leaves_nothing_and_says_so(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: Capture,
    place: tuple[object, str],
    failure: Callable[..., None],
) -> None:
    hall = tmp_path / "deep" / "hall"
    with monkeypatch.context() as patch:
        patch.setattr(*place, failure)
        assert main(["init", str(hall)]) == 1
    assert list(tmp_path.iterdir()) == []
    told = capsys.readouterr().err
    assert "大厅没有建成" in told
    assert "磁盘" in told
    assert "这一次建的已经拿掉" in told
    assert "Namespace" not in told
    assert failure is refused or str(hall) in told
    assert main(["init", str(hall)]) == 0
    assert not (hall / "hall.unfinished").exists()


@pytest.mark.parametrize("place", PLACES)
def test_what_was_there_before_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: tuple[object, str]
) -> None:
    for name in ("notes.txt", "secrets/other.key", "server/backups/one.owbackup"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"mine")
    before = everything(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(*place, full)
        assert main(["init", str(tmp_path)]) == 1
    assert everything(tmp_path) == before


def test_ctrl_c_on_the_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "add_staff", interrupted)
    with pytest.raises(KeyboardInterrupt):
        main(["init", str(tmp_path / "hall")])
    assert list(tmp_path.iterdir()) == []


def killed(hall: Path, monkeypatch: pytest.MonkeyPatch, place: tuple[object, str]) -> None:
    """What a kill at this place leaves: nobody takes anything away."""
    with monkeypatch.context() as patch:
        patch.setattr(*place, full)
        patch.setattr(Path, "unlink", full)
        assert main(["init", str(hall)]) == 1


@pytest.mark.parametrize("place", PLACES)
def test_half_a_hall_names_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture, place: tuple[object, str]
) -> None:
    killed(tmp_path, monkeypatch, place)
    capsys.readouterr()
    assert main(["init", str(tmp_path)]) == 1
    told = capsys.readouterr().err
    assert "没有建完" in told
    named = re.search(r"里的 (\S+) 移到别处", told)
    assert named
    for name in named[1].split("、"):
        (tmp_path / name).unlink()
    assert main(["init", str(tmp_path)]) == 0


def test_half_a_hall_gives_no_pin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    killed(tmp_path, monkeypatch, (making, "add_staff"))
    capsys.readouterr()
    assert main(["pin", "1001", "--new", "manager", str(tmp_path)]) == 1
    assert "没有建完" in capsys.readouterr().err


@pytest.mark.parametrize("left", ["secrets/hall.key", "server/hall.db.watermark", "hall.toml"])
def test_what_is_left_of_a_hall_is_not_built_over(tmp_path: Path, capsys: Capture, left: str) -> None:
    (tmp_path / left).parent.mkdir(exist_ok=True)
    (tmp_path / left).write_text("")
    assert main(["init", str(tmp_path)]) == 1
    assert "请从别处拷回或恢复备份" in capsys.readouterr().err
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / left]


def test_a_refusal_that_names_no_file_names_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    monkeypatch.setattr(making, "refuse_half_made", full)
    assert main(["init", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path} 用不了：磁盘已满")


def test_settings_that_do_not_read_are_told(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "hall.toml").write_text("[server\n")
    with pytest.raises(ConfigError):
        making.HallFolder(tmp_path).database  # noqa: B018 - asked for its refusal
    assert main(["pin", "1001", str(tmp_path)]) == 1
    assert "第 1 行" in capsys.readouterr().err
