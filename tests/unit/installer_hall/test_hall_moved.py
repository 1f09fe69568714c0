"""A hall whose settings name another data folder: every verb of a stopped hall uses the database that they name."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from installer import backup, journal
from installer.hall_init.__main__ import SAMPLE, main
from installer.hall_init.folder import HallFolder
from queue_server.operations.accounts import roles_of
from queue_server.store import Store
from tests.support.backups import new_id

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its data moved to `elsewhere`, and an old copy left behind."""
    root = tmp_path_factory.mktemp("moved") / "hall"
    assert main(["init", str(root)]) == 0
    shutil.copytree(root / "server", root / "elsewhere")
    settings = (root / "hall.toml").read_text("utf-8").replace('data = "server"', 'data = "elsewhere"')
    (root / "hall.toml").write_text(settings, "utf-8")
    return root


@pytest.fixture
def hall(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "hall"))


def manager(database: Path, staff: str) -> bool:
    with Store.open(database, "qinghe", new_id=new_id) as store:
        return bool(roles_of(store, staff))


def test_the_folder_knows_its_database(hall: Path) -> None:
    assert HallFolder(hall).database == hall / "elsewhere" / "hall.db"


def test_a_pin_is_for_the_hall_that_runs_not_for_the_old_copy(hall: Path) -> None:
    assert main(["pin", "2002", "--new", "manager", str(hall)]) == 0
    assert manager(hall / "elsewhere" / "hall.db", "2002")
    assert not manager(hall / "server" / "hall.db", "2002")


def newer(tmp_path: Path) -> str:
    catalogue = Path(shutil.copytree(SAMPLE, tmp_path / "catalogue"))
    text = (catalogue / "windows.toml").read_text("utf-8")
    (catalogue / "windows.toml").write_text(text.replace('name = "', 'name = "新', 1), "utf-8")
    return str(catalogue)


VERBS: list[Callable[[Path, Path], int]] = [
    lambda hall, _: main(["pin", "1001", str(hall)]),
    lambda hall, tmp: main(["seed", str(hall), "--catalogue", newer(tmp)]),
    lambda hall, _: journal.main(["verify", str(hall)]),
    lambda hall, _: journal.main(["rebuild", str(hall)]),
    lambda hall, _: journal.main(["export", str(hall)]),
    lambda hall, _: backup.main(["now", "--folder", str(hall)]),
]


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_needs_or_touches_the_old_place(
    hall: Path, tmp_path: Path, capsys: Capture, verb: Callable[[Path, Path], int]
) -> None:
    shutil.rmtree(hall / "server")
    before = (hall / "elsewhere" / "hall.db").stat().st_mtime_ns
    assert verb(hall, tmp_path) == 0
    assert not (hall / "server").exists()
    assert (hall / "elsewhere" / "hall.db").stat().st_mtime_ns >= before
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("verb", VERBS)
def test_data_that_are_not_where_the_settings_say(
    hall: Path, tmp_path: Path, capsys: Capture, verb: Callable[[Path, Path], int]
) -> None:
    shutil.rmtree(hall / "elsewhere")
    assert verb(hall, tmp_path) == 1
    told = capsys.readouterr().err
    assert f"还没有大厅数据 {hall / 'elsewhere' / 'hall.db'}" in told
    assert "[server] 的 data" in told
    assert "hall init" not in told


@pytest.mark.parametrize("verb", VERBS)
def test_a_folder_that_is_none_is_asked_for_again(
    tmp_path: Path, capsys: Capture, verb: Callable[[Path, Path], int]
) -> None:
    assert verb(tmp_path / "wrong", tmp_path) == 1
    told = capsys.readouterr().err
    assert f"{tmp_path / 'wrong'} 里没有大厅的设置 hall.toml" in told
    assert "请写上大厅文件夹" in told
    assert "请先运行" not in told


@pytest.mark.parametrize("verb", VERBS[:3])
def test_while_the_server_runs(hall: Path, tmp_path: Path, capsys: Capture, verb: Callable[[Path, Path], int]) -> None:
    with Store.open(hall / "elsewhere" / "hall.db", "qinghe", new_id=new_id):
        assert verb(hall, tmp_path) == 1
    told = capsys.readouterr().err
    assert "服务器正在运行" in told
    assert "只能运行一个服务器" not in told


def test_the_export_is_of_the_moved_hall(hall: Path, capsys: Capture) -> None:
    shutil.rmtree(hall / "server")
    assert main(["pin", "1001", str(hall)]) == 0
    capsys.readouterr()
    assert journal.main(["export", str(hall)]) == 0
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert entries
