"""Restoring: only from what is good, never over a running hall, nothing lost of what was there, killed anywhere."""

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hall.mending import RecoveryReason
from queue_server.backup.errors import (
    BackupDamagedError,
    BackupDiskError,
    BackupError,
    BackupForeignError,
    BackupKeyError,
    BackupNewerError,
)
from queue_server.backup.label import Label
from queue_server.backup.place import Place
from queue_server.backup.restore import Target, restore, restore_newest
from queue_server.store import Store, check, snapshot
from queue_server.store.errors import InUseError
from queue_server.store.migrations import STEPS
from queue_server.store.records import Restored
from tests.support.backups import backed_hall, new_id
from tests.support.mounts import Ballast, remount, tiny_disk
from tests.support.referee import HALL_ID, HALL_KEY

ROOT = Path(__file__).parents[3]
NOW = 1_764_148_500_123_456


def put_back(backup: Path, database: Path, hall_id: str = HALL_ID, key: bytes = HALL_KEY) -> tuple[Label, Path]:
    return restore(backup, Target(database, hall_id, key, new_id), NOW, RecoveryReason.RESTORED)


def hall_and_backup(folder: Path, *, after: int = 2) -> tuple[Path, Path, tuple[int, str], tuple[int, str], str]:
    """A stopped hall and its backup: database, backup, head then, head now, epoch."""
    with backed_hall(folder) as hall:
        hall.issue()
        then = hall.head()
        made = hall.backups.make()
        for _ in range(after):
            hall.issue()
        epoch = hall.referee.run(lambda tx: tx.server_epoch())
        return hall.database, made.path, then, hall.head(), epoch


def state(database: Path, *, moved: bool = False) -> tuple[tuple[int, str], str, Restored | None]:
    with Store.open(database, HALL_ID, new_id=new_id, moved=moved) as store, store.read() as reader:
        assert check(reader).differences == ()
        return reader.head(), reader.server_epoch(), reader.restored()


def test_the_hall_stands_where_the_backup_was_taken_in_another_life(tmp_path: Path) -> None:
    database, backup, then, now, epoch = hall_and_backup(tmp_path)
    label, aside = put_back(backup, database)
    head, new_epoch, restored = state(database)
    assert head == then
    assert new_epoch != epoch
    assert restored == Restored(reason=RecoveryReason.RESTORED, at=NOW, known_until=label.at)
    assert aside.name == "hall.db.replaced-20251126T091500123456Z"
    assert state(aside)[:2] == (now, epoch)  # whole, as it was


def test_a_hall_whose_disk_is_gone_comes_back(tmp_path: Path) -> None:
    database, backup, then, _, _ = hall_and_backup(tmp_path)
    kept = shutil.copy(backup, tmp_path / backup.name)
    shutil.rmtree(database.parent)
    put_back(Path(kept), database)
    assert state(database)[0] == then


def test_a_running_hall_is_not_touched(tmp_path: Path) -> None:
    with backed_hall(tmp_path) as hall:
        hall.issue()
        made = hall.backups.make()
        with pytest.raises(InUseError):
            put_back(made.path, hall.database)
        hall.issue()


def _everything(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.suffix != ".lock"}


def test_a_backup_cut_anywhere_is_refused_and_nothing_is_touched(tmp_path: Path) -> None:
    database, backup, _, _, _ = hall_and_backup(tmp_path)
    before, whole, dice = _everything(database.parent), backup.read_bytes(), random.Random(5)
    lengths = {0, 1, 8, 11, 12, 200, len(whole) - 1, *(dice.randrange(len(whole)) for _ in range(60))}
    for length in sorted(lengths):
        backup.write_bytes(whole[:length])
        with pytest.raises(BackupError) as told:
            put_back(backup, database)
        assert told.value.advice
    assert _everything(database.parent) == before


def test_every_mistake_is_told_in_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database, backup, _, _, _ = hall_and_backup(tmp_path)
    before = _everything(database.parent)
    with pytest.raises(BackupKeyError, match="另一把大厅密钥"):
        put_back(backup, database, key=b"x" * 32)
    with pytest.raises(BackupForeignError, match="大厅 test-hall 的备份，不是 another-hall"):
        put_back(backup, database, "another-hall")
    with pytest.raises(BackupForeignError, match="没有"):
        put_back(tmp_path / "nowhere.owb", database)
    with pytest.raises(BackupForeignError, match="不是一窗通的备份"):
        put_back(database, database)
    with monkeypatch.context() as patch:
        patch.setattr("queue_server.backup.restore.STEPS", STEPS[:1])
        with pytest.raises(BackupNewerError, match="只认识到 1"):
            put_back(backup, database)
    with monkeypatch.context() as patch:
        patch.setattr("queue_server.backup.restore.unseal", _full)
        with pytest.raises(BackupDiskError, match="No space left"):
            put_back(backup, database)
    assert _everything(database.parent) == before


def test_a_read_only_disk_is_told_and_a_full_one_is_no_fault_of_the_backups(tmp_path: Path) -> None:
    database, backup, _, now, _ = hall_and_backup(tmp_path)
    place = Place(backup.parent, HALL_ID, HALL_KEY)
    with tiny_disk(tmp_path / "small", 1024) as disk:
        small = Path(shutil.copy(database, disk / database.name))
        assert state(small)[0] == now
        remount(disk, "ro")
        with pytest.raises(BackupDiskError, match="磁盘是只读的"):
            put_back(backup, small)
        remount(disk, "rw")
        Ballast(disk).load()
        with pytest.raises(BackupDiskError, match="磁盘已满"):
            restore_newest([place], Target(small, HALL_ID, HALL_KEY, new_id), NOW, RecoveryReason.RESTORED)
        (disk / "ballast").unlink()
        assert state(small)[0] == now  # as it was


def test_a_folder_is_no_backup(tmp_path: Path) -> None:
    database, backup, _, _, _ = hall_and_backup(tmp_path)
    with pytest.raises(BackupForeignError, match="是文件夹，不是备份文件"):
        put_back(backup.parent, database)


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_database_that_is_not_what_the_label_says_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database, backup, _, _, _ = hall_and_backup(tmp_path)
    real = snapshot.examine
    monkeypatch.setattr(snapshot, "examine", lambda path: _other(real(path)))
    with pytest.raises(BackupDamagedError, match="与说明不符"):
        put_back(backup, database)


def _other(found: snapshot.Contents) -> snapshot.Contents:
    return snapshot.Contents(found.hall_id, found.schema, "f" * 32, found.seq, found.hash)


def test_a_log_left_by_a_killed_server_does_not_flow_into_the_restored_hall(tmp_path: Path) -> None:
    database, backup, then, _, _ = hall_and_backup(tmp_path)
    script = (
        "import os, signal, sys; from pathlib import Path; from tests.support.referee import Referee\n"
        "r = Referee(Path(sys.argv[1])); r.ids._last = 1 << 70; [r.clerk(1) for _ in range(5)]\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    _run(script, str(database))
    assert database.with_name("hall.db-wal").stat().st_size > 0
    _, aside = put_back(backup, database)
    assert state(database)[0] == then
    assert aside.with_name(aside.name + "-wal").stat().st_size > 0


def _run(script: str, *arguments: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", script, *arguments], env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False
    ).returncode


_KILLED = """
import os, signal, sys
from pathlib import Path
from hall.mending import RecoveryReason
from queue_server.backup.restore import Target, restore
from tests.support.referee import HALL_ID, HALL_KEY

left = int(sys.argv[3])

def step(event, values):
    global left
    if event not in {"open", "os.rename", "os.remove", "os.mkdir"}:
        return
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1

sys.addaudithook(step)
target = Target(Path(sys.argv[2]), HALL_ID, HALL_KEY, lambda: "9" * 32)
restore(Path(sys.argv[1]), target, 1, RecoveryReason.RESTORED)
"""


def test_killed_at_any_step_of_a_restore_the_hall_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    database, backup, then, now, _ = hall_and_backup(tmp_path)
    seen = set()
    for step in range(60):
        folder = tmp_path / str(step)
        shutil.copytree(database.parent, folder)
        ended = _run(_KILLED, str(backup), str(folder / "hall.db"), str(step))
        head, _, restored = state(folder / "hall.db", moved=True)
        assert (head, restored is None) in [(now, True), (then, False)]
        seen.add(head)
        assert not [
            path for path in folder.iterdir() if path.name.endswith((".fresh", ".part")) or ".new-" in path.name
        ]
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    else:
        pytest.fail("the restore never ended")
    assert seen == {then, now}
