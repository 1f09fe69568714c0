"""Backups as a hall has them: whole, aged, in two places, without people, and told of when they fail."""

import hashlib
import shutil
import subprocess
import threading
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from hall.clock import DAY_US
from hall.wire.commands import CallNext, FinishService, StartService
from queue_server.backup.backups import BACKUP, DRILL
from queue_server.backup.envelope import seal, unseal
from queue_server.backup.errors import BackupDiskError
from queue_server.backup.label import Label
from queue_server.backup.place import Place
from queue_server.backup.restore import open_backup
from queue_server.operations.tick import tick
from queue_server.store import Store, check, snapshot
from queue_server.store.errors import DamagedError, DiskError
from tests.support.backups import BackedHall, backed_hall, new_id
from tests.support.referee import HALL_ID, HALL_KEY


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[BackedHall]:
    with backed_hall(tmp_path) as hall:
        hall.issue()
        yield hall


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def plain(path: Path, target: Path) -> Path:
    open_backup(path, target, HALL_ID, HALL_KEY)
    return target


def test_a_backup_holds_the_hall_as_it_was(hall: BackedHall, tmp_path: Path) -> None:
    head = hall.head()
    made = hall.backups.make()
    hall.issue()
    assert (made.label.seq, made.label.head) == head
    assert names(hall.place.folder) == {made.path.name}
    assert made.path.stat().st_mode & 0o077 == 0
    with Store.open(plain(made.path, tmp_path / "then.db"), HALL_ID, new_id=new_id) as store, store.read() as reader:
        assert reader.head() == head
        assert check(reader).differences == ()
    assert hall.health(BACKUP) == ("online", "")


def test_the_writer_goes_on_while_a_backup_is_taken(hall: BackedHall, monkeypatch: pytest.MonkeyPatch) -> None:
    """With steps of one page: between any two of them a number is taken, and the copy is still that of one commit."""
    monkeypatch.setattr(snapshot, "PAGES", 1)
    real, taken = snapshot.copy, list[int]()

    def take() -> None:
        for number in range(40):
            hall.issue()
            taken.append(number)

    def busy(source: object, target: Path) -> None:
        before = hall.head()
        worker = threading.Thread(target=take)
        worker.start()
        real(source, target)  # type: ignore[arg-type]
        worker.join()
        assert hall.head()[0] > before[0]

    monkeypatch.setattr(snapshot, "copy", busy)
    head = hall.head()
    made = hall.backups.make()
    assert len(taken) == 40
    assert (made.label.seq, made.label.head) == head


def test_a_quiet_hall_fills_no_disk(hall: BackedHall) -> None:
    hall.backups.make()
    hall.referee.pass_time(300)
    first = hall.backups.make()  # the first one's own success was a change
    hall.referee.pass_time(300)
    again = hall.backups.make()
    assert not again.fresh
    assert again.path == first.path
    hall.issue()
    hall.referee.pass_time(300)
    assert hall.backups.make().fresh


def test_old_ones_go_and_other_files_stay(hall: BackedHall) -> None:
    stranger = hall.place.folder / "notes.txt"
    hall.place.folder.mkdir()
    stranger.write_text("mine")
    (hall.place.folder / "other-hall-20200101T000000Z-seq1.owb").write_text("theirs")
    for _ in range(14):
        hall.issue()
        hall.backups.make()
        hall.referee.pass_time(300)
    hall.referee.pass_time(2 * 86_400)
    for _ in range(13):
        hall.issue()
        hall.backups.make()
        hall.referee.pass_time(300)
    kept = list(hall.backups.kept())
    assert len(kept) == 13
    assert all(found.label and hall.now().wall_us - found.label.at < DAY_US for found in kept)
    assert {"notes.txt", "other-hall-20200101T000000Z-seq1.owb"} <= names(hall.place.folder)


def test_who_holds_a_ticket_is_in_no_daily_backup_and_in_no_other_after_a_day(hall: BackedHall, tmp_path: Path) -> None:
    token, clerk = hashlib.sha256(b"somebody").hexdigest(), hall.referee.clerk(1)
    hall.issue(token, "欧阳**")
    often, daily = hall.backups.make(), hall.backups.make(daily=True)
    assert token.encode() in plain(often.path, tmp_path / "often.db").read_bytes()
    content = plain(daily.path, tmp_path / "daily.db").read_bytes()
    assert token.encode() not in content
    assert "欧阳".encode() not in content
    assert token.encode() not in often.path.read_bytes()
    for _ in range(2):  # whoever came before, then somebody
        ticket = hall.referee.do(clerk, CallNext(request_id=new_id())).ticket
        assert ticket is not None
        for command in (StartService, FinishService):
            hall.referee.do(clerk, command(request_id=new_id(), ticket=ticket.id))
    hall.referee.pass_time(86_400)
    hall.referee.run(lambda tx: tick(tx, hall.now()))
    for _ in range(13):
        hall.issue()
        hall.backups.make()
        hall.referee.pass_time(300)
    left = [plain(path, tmp_path / "left.db").read_bytes() for path in hall.place.paths(hall.now().wall_us)]
    assert len(left) == 14
    assert daily.path.exists()
    assert not any(token.encode() in content for content in left)


def test_sessions_are_in_no_backup(hall: BackedHall, tmp_path: Path) -> None:
    session = hall.referee.clerk(1)
    made = hall.backups.make()
    assert session.token_hash.encode() not in plain(made.path, tmp_path / "then.db").read_bytes()


def test_a_second_place_gets_the_same_and_catches_up(tmp_path: Path) -> None:
    second = tmp_path / "usb"
    with backed_hall(tmp_path, second=second) as hall:
        hall.issue()
        hall.backups.make()  # the disk is not there
        assert not second.exists()
        state, words = hall.health(BACKUP)
        assert state == "attention"
        assert "第二处" in words
        second.mkdir()
        (second / f"{HALL_ID}-20200101T000000Z-seq1.owb.part").write_text("left by a crash")
        hall.referee.pass_time(300)
        hall.issue()
        hall.backups.make()
        assert names(second) == names(hall.place.folder)
        assert len(names(second)) == 2
        assert hall.health(BACKUP) == ("online", "")


def test_a_second_place_that_hangs_holds_up_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    second, go_on = tmp_path / "share", threading.Event()
    second.mkdir()
    real = Place.copy_from

    def hang(self: Place, source: Path) -> Path:
        assert go_on.wait(60)
        return real(self, source)

    monkeypatch.setattr(Place, "copy_from", hang)
    with backed_hall(tmp_path, second=second, patience=0.01) as hall:
        for _ in range(2):
            hall.issue()
            assert hall.backups.make().fresh
            hall.referee.pass_time(300)
        assert "没有反应" in hall.health(BACKUP)[1]
        go_on.set()
        hanging = hall.backups._second
        assert hanging is not None
        assert hanging._filling is not None
        hanging._filling.join(60)
        hanging._patience = 60.0
        hall.backups.make()
        assert hall.health(BACKUP) == ("online", "")
        assert names(second) == names(hall.place.folder)


def _full(_database: BinaryIO, sealed: BinaryIO, _label: Label, _hall_key: bytes) -> None:
    sealed.write(b"some")
    raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_no_half_backup_and_is_told(hall: BackedHall, monkeypatch: pytest.MonkeyPatch) -> None:
    before = hall.backups.make()
    hall.issue()
    hall.referee.pass_time(300)
    with monkeypatch.context() as patch:
        patch.setattr("queue_server.backup.backups.seal", _full)
        with pytest.raises(BackupDiskError, match="No space left"):
            hall.backups.make()
    assert names(hall.place.folder) == {before.path.name}
    state, words = hall.health(BACKUP)
    assert state == "fault"
    assert "备份没有做成" in words
    hall.backups.make()
    assert hall.health(BACKUP) == ("online", "")


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "tiny"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs the right to mount")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_really_full_harms_neither_hall_nor_backups(tmp_path: Path, tiny_disk: Path) -> None:
    with backed_hall(tmp_path) as hall:
        hall.issue()
        hall.place.folder.symlink_to(tiny_disk)
        with pytest.raises(DiskError, match="磁盘已满"):
            hall.backups.make()
        assert hall.health(BACKUP)[0] == "fault"
        assert [path for path in tiny_disk.rglob("*") if path.is_file()] == []
        hall.issue()


def test_when_space_runs_short_old_ones_go_before_their_time(hall: BackedHall, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(15):
        hall.issue()
        hall.backups.make()
        hall.referee.pass_time(300)
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10, 10, 0))
    hall.issue()
    hall.backups.make()
    assert len(hall.place.names()) == 13  # twelve and the new one


def test_a_hall_that_is_damaged_inside_is_told_at_the_next_backup(
    hall: BackedHall, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = hall.backups.make()
    real = snapshot.copy

    def spoil(source: object, target: Path) -> None:
        real(source, target)  # type: ignore[arg-type]
        content = bytearray(target.read_bytes())
        for start in range(4096 * 2, len(content), 4096):
            content[start : start + 40] = b"\xee" * 40
        target.write_bytes(content)

    monkeypatch.setattr(snapshot, "copy", spoil)
    hall.referee.pass_time(300)
    with pytest.raises(DamagedError):
        hall.backups.make()
    assert hall.health(BACKUP)[0] == "fault"
    assert names(hall.place.folder) == {good.path.name}


def test_a_drill_tries_the_newest_and_leaves_nothing(hall: BackedHall) -> None:
    hall.backups.make()
    hall.issue()
    drilled = hall.backups.drill()
    assert drilled.faults == ()
    assert drilled.entries > 0
    assert hall.health(DRILL) == ("online", "")
    assert not (hall.place.folder / "scratch" / "drill").exists()


def test_a_drill_catches_a_file_that_was_touched(hall: BackedHall) -> None:
    made = hall.backups.make()
    content = bytearray(made.path.read_bytes())
    content[len(content) // 2] ^= 1
    made.path.write_bytes(content)
    assert "被改动过" in hall.backups.drill().faults[0]
    assert hall.health(DRILL)[0] == "fault"


def test_a_drill_catches_tables_that_somebody_with_the_key_has_changed(hall: BackedHall, tmp_path: Path) -> None:
    """The envelope is in order, the chain too; only recomputing the tables from the journal shows it."""
    made = hall.backups.make()
    database = plain(made.path, tmp_path / "then.db")
    with snapshot._loose(database) as connection:
        connection.execute("UPDATE ticket SET effective_at = effective_at - 3600000000")
    _reseal(made.label, database, made.path)
    assert any("Ticket" in fault for fault in hall.backups.drill().faults)


def test_a_drill_catches_a_backup_of_another_past(hall: BackedHall, tmp_path: Path) -> None:
    shutil.copytree(hall.database.parent, tmp_path / "twin" / "server")
    hall.issue()
    with backed_hall(tmp_path / "twin") as twin:
        for _ in range(2):
            twin.issue()
        theirs = twin.backups.make()
    hall.place.folder.mkdir()
    shutil.copy(theirs.path, hall.place.folder)
    assert any("与备份不同" in fault or "比备份短" in fault for fault in hall.backups.drill().faults)


def _reseal(label: Label, database: Path, path: Path) -> None:
    content = database.read_bytes()
    again = label.model_copy(update={"size": len(content), "digest": hashlib.sha256(content).hexdigest()})
    with database.open("rb") as plain_file, path.open("wb") as sealed:
        seal(plain_file, sealed, again, HALL_KEY)
    with path.open("rb") as sealed, Path("/dev/null").open("wb") as nowhere:
        unseal(sealed, nowhere, HALL_KEY)
