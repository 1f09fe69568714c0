"""The verb: a running hall through its API, a stopped one by its folder, every mistake in plain words."""

import getpass
import secrets
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hall.mending import RecoveryReason
from installer import backup
from installer.hall_init.catalogue import read_catalogue
from installer.hall_init.folder import HallFolder
from queue_server.link.clock import SystemClock
from queue_server.store import Store
from tests.support.backups import new_id
from tests.support.served_hall import PIN, served

SAMPLE = Path(backup.__file__).parent / "sample_hall"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "data"
    HallFolder(folder).create(read_catalogue(SAMPLE))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "data"))


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    status = backup.main([str(word) for word in words])
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    return status, told.out, told.err


def test_a_stopped_hall_from_first_backup_to_restore(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "list", "--folder", folder)[:2] == (1, f"{folder}/server/backups：\n  没有备份\n")
    status, out, _ = run(capsys, "now", "--folder", folder)
    assert status == 0
    name = out.split()[-1]
    status, out, _ = run(capsys, "list", "--folder", folder)
    assert status == 0
    assert name in out
    assert "手动" in out
    status, out, _ = run(capsys, "drill", "--folder", folder)
    assert status == 0
    assert "恢复演练通过" in out
    for words in ([], ["latest"], [name], [folder / "server" / "backups" / name], ["--before", "2099-01-01T00:00"]):
        status, out, _ = run(capsys, "restore", *words, "--folder", folder)
        assert status == 0
        assert "已恢复" in out
        assert "原来的数据库留着" in out
        assert "口令、工号、办事目录和开门时间也回到那时" in out
    with Store.open(folder / "server" / "hall.db", "qinghe", new_id=new_id) as store, store.read() as reader:
        restored = reader.restored()
        assert restored is not None
        assert restored.reason is RecoveryReason.RESTORED


def test_before_a_time_takes_the_newest_one_before(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = SystemClock().now()
    for year in (2020, 2021):
        then = moment.model_copy(update={"wall_us": round(datetime(year, 5, 1, tzinfo=UTC).timestamp()) * 1_000_000})
        with monkeypatch.context() as patch:
            patch.setattr(SystemClock, "now", lambda _self, then=then: then)
            assert run(capsys, "now", "--folder", folder)[0] == 0
    status, out, err = run(capsys, "restore", "--before", "2021-01-01T00:00", "--folder", folder)
    assert (status, err) == (0, "")
    assert "qinghe-20200501T000000Z" in out
    status, _, err = run(capsys, "restore", "--before", "2019-01-01", "--folder", folder)
    assert status == 1
    assert "指定的时间之前没有备份，之后的有" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["restore"], "没有备份"),
        (["restore", "nothing.owb"], "没有 nothing.owb 这个文件"),
        (["restore", "--before", "yesterday"], "yesterday 不是时间"),
        (["drill"], "还没有备份"),
        (["now", "--server", "http://127.0.0.1:1"], "没有输入口令"),
        (["now", "--server", "127.0.0.1:1"], "没有输入口令"),
        (["now", "--server", "ftp://127.0.0.1"], "不是服务器地址"),
        (["now", "--server", "http://:8600"], "不是服务器地址"),
    ],
)
def test_mistakes_are_told(folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str,
                           monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    def nobody(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr(getpass, "getpass", nobody)
    status, _, err = run(capsys, *words, "--folder", folder)
    assert status == 1
    assert told in err
    assert len(err.strip().splitlines()) == 2  # what, and what to do


def test_a_folder_without_a_hall_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "list", "--folder", tmp_path)
    assert status == 1
    assert "hall.toml" in err


def test_of_a_running_hall_the_person_is_told_how_to_ask_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hall = backup.Hall.at(folder)
    with Store.open(hall.settings.database, hall.settings.hall_id, new_id=new_id):
        status, _, err = run(capsys, "now", "--folder", folder)
    assert status == 1
    assert "--server" in err


def test_a_running_hall_is_asked_and_never_restored_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: PIN)
    with served(tmp_path / "running") as hall:
        options = ("--server", hall.address)
        assert run(capsys, "list", *options)[:2] == (1, "没有备份\n")
        status, out, _ = run(capsys, "now", *options)
        assert (status, "到第" in out) == (0, True)
        assert run(capsys, "list", *options)[0] == 0
        assert run(capsys, "list", "--server", hall.address.removeprefix("http://"))[0] == 0
        assert "恢复演练通过" in run(capsys, "drill", *options)[1]
    run(capsys, "now", "--folder", folder)
    with Store.open(folder / "server" / "hall.db", "qinghe", new_id=new_id):
        for act in ("now", "restore", "drill"):
            status, _, err = run(capsys, act, "--folder", folder)
            assert status == 1
            assert "正被另一个服务器使用" in err


def test_a_drill_that_fails_ends_with_a_status(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "now", "--folder", folder)
    found = next((folder / "server" / "backups").glob("*.owb"))
    content = bytearray(found.read_bytes())
    content[-1] ^= 1
    found.write_bytes(content)
    status, out, err = run(capsys, "drill", "--folder", folder)
    assert status == 1
    assert "没有通过" in out
    assert "被改动过" in err


def test_with_another_hall_key_nothing_is_sealed_or_restored_and_the_person_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key = folder / "secrets" / "hall.key"
    right = key.read_text()
    assert run(capsys, "now", "--folder", folder)[0] == 0
    key.write_text(secrets.token_hex(32))
    for act, told in (("now", "不是这个大厅的那一把"), ("restore", "另一把大厅密钥封的")):
        status, _, err = run(capsys, act, "--folder", folder)
        assert status == 1
        assert told in err
        assert "保险柜" in err
    key.write_text(right)
    assert run(capsys, "restore", "--folder", folder)[0] == 0


@pytest.mark.parametrize("zone", ["UTC", "America/New_York"])
def test_times_are_those_of_the_hall_whatever_the_machine_says(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, zone: str
) -> None:
    then = SystemClock().now().model_copy(update={"wall_us": round(datetime(2026, 5, 1, tzinfo=UTC).timestamp() * 1e6)})
    monkeypatch.setattr(SystemClock, "now", lambda _self: then)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        run(capsys, "now", "--folder", folder)
        assert "2026-05-01 08:00:00  手动" in run(capsys, "list", "--folder", folder)[1]
        assert run(capsys, "restore", "--before", "2026-05-01T08:00", "--folder", folder)[0] == 1
        status, out, _ = run(capsys, "restore", "--before", "2026-05-01T08:01", "--folder", folder)
        assert (status, "已恢复 2026-05-01 08:00:00" in out) == (0, True)
        assert run(capsys, "restore", "--before", "2026-05-01T00:01+00:00", "--folder", folder)[0] == 0
    finally:
        monkeypatch.undo()
        time.tzset()
