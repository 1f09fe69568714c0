"""From a backup to a hall's database: opened, looked through, given another life, and put in place whole.

The database that was there is kept beside under another name. Nothing is touched before the backup has proven good.
"""

import errno
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from hall.mending import RecoveryReason
from queue_server.backup.envelope import read_label, unseal
from queue_server.backup.errors import (
    BackupDamagedError,
    BackupDiskError,
    BackupError,
    BackupForeignError,
    BackupKeyError,
    BackupNewerError,
    NoBackupError,
)
from queue_server.backup.label import Label, stamp
from queue_server.backup.place import Place, named_label, told
from queue_server.backup.rotation import Name, newest_first
from queue_server.store import snapshot
from queue_server.store.connections import Lock
from queue_server.store.errors import DamagedError, ForeignFileError, NewerSchemaError
from queue_server.store.migrations import STEPS
from queue_server.store.records import Restored
from queue_server.store.replacing import fresh_of, replace

T = TypeVar("T")
_OF_THE_TARGET = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}  # a write is refused so, never the reading of a backup
_log = logging.getLogger("onewindow.backup")


@dataclass(frozen=True, slots=True)
class Target:
    """The hall that a backup goes back to: its database, there or not, whose it is, its key, a source of names."""

    database: Path
    hall_id: str
    hall_key: bytes
    new_id: Callable[[], str]


def restore(backup: Path, target: Target, at: int, reason: RecoveryReason) -> tuple[Label, Path]:
    """Put a backup in place of a hall's database.

    Args:
        backup: The sealed file.
        target: Where it goes.
        at: Now, microseconds.
        reason: Why, for the recovery that the next start begins.

    Returns:
        The backup's label, and what the database before is called now.

    Raises:
        BackupError: If the backup is not good; nothing was touched then.
        InUseError: If a server has the hall.
        StoreError: If the disk does not let it be done; the hall opens as before or as restored.
    """
    with _opened(backup, target) as (label, fresh):
        snapshot.renew(fresh, target.hall_id, target.new_id(), Restored(reason=reason, at=at, known_until=label.at))
        aside = replace(target.database, fresh, f"{stamp(at)[:-1]}{at % 1_000_000:06}Z")
    _log.info("backup.restored %s is the hall's database now, the one before is %s", backup.name, aside.name)
    return label, aside


@contextmanager
def _opened(backup: Path, target: Target) -> Iterator[tuple[Label, Path]]:
    """Hold the hall and open a backup beside its database; what has not been put in place is gone afterwards."""
    folder, fresh = target.database.parent, fresh_of(target.database)
    with told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = Lock(target.database)
    try:
        with told(folder):
            yield open_backup(backup, fresh, target.hall_id, target.hall_key), fresh
    finally:
        with suppress(OSError):  # a read-only disk has been told of; a file left there goes when the hall is opened
            fresh.unlink(missing_ok=True)
        lock.release()


def restore_newest(
    places: Iterable[Place], target: Target, at: int, reason: RecoveryReason, before: int | None = None
) -> tuple[Path, Label, Path]:
    """Put the newest backup that is good in place of a hall's database; those that are not are told in the log.

    Args:
        places: Where backups are looked for; of two with one name, that of the first place is tried first.
        target: Where it goes.
        at: Now, microseconds.
        reason: As `restore`.
        before: Only those taken before this instant; None for all.

    Returns:
        The backup's file, its label, and what the database before is called now.

    Raises:
        NoBackupError: If there is none, or none is good; nothing was touched then.
        BackupKeyError: If there are some, all sealed with another hall key; nothing was touched.
        BackupDiskError: If the hall's disk is full or read-only (an older backup is no way out of that), or if a disk
            refused the last that was tried.
        InUseError: If a server has the hall.
    """
    places = list(places)
    found = newest(places, at, before)
    if not found and before is not None and newest(places, at):
        raise NoBackupError("指定的时间之前没有备份，之后的有", advice="请看 ./onewindow backup list，换一个时间")
    backup, (label, aside) = _first_good(found, target, lambda backup: restore(backup, target, at, reason))
    return backup, label, aside


def would_restore(places: Iterable[Place], target: Target, at: int) -> Label:
    """The label of the backup that `restore_newest` would take, opened whole to know; raises the same."""

    def look(backup: Path) -> Label:
        with _opened(backup, target) as (label, _):
            return label

    return _first_good(newest(places, at), target, look)[1]


def _first_good(found: list[Path], target: Target, act: Callable[[Path], T]) -> tuple[Path, T]:
    unfit: list[BackupError] = []
    for backup in found:
        try:
            named_label(backup, target.hall_key)
            return backup, act(backup)
        except BackupError as error:
            if isinstance(error.__cause__, OSError) and error.__cause__.errno in _OF_THE_TARGET:
                raise
            _log.warning("backup.unfit %s: %s", backup, error)
            unfit.append(error)
    if unfit and isinstance(unfit[-1], BackupDiskError):
        raise unfit[-1]
    if unfit and all(isinstance(error, BackupKeyError) for error in unfit):
        raise BackupKeyError(f"{len(unfit)} 份备份都是用另一把大厅密钥封的：现在的 hall.key 不是这个大厅的那一把")
    raise NoBackupError(f"{len(unfit)} 份备份都不能用" if unfit else "没有备份")


def newest(places: Iterable[Place], now: int, before: int | None = None) -> list[Path]:
    """The backups of several places, newest first; a place that cannot be read has none, and the log says so."""
    found: list[tuple[Name, Path]] = []
    for place in places:
        try:
            found += [(name, place.folder / name.text) for name in place.names() if before is None or name.at < before]
        except BackupError as error:
            _log.warning("backup.place_away %s", error)
    order = {name: rank for rank, name in enumerate(newest_first({name for name, _ in found}, now))}
    return [path for _, path in sorted(found, key=lambda pair: order[pair[0]])]  # stable: the first place leads


def open_backup(backup: Path, target: Path, hall_id: str, hall_key: bytes) -> Label:
    """Open a backup into a loose database that has proven good.

    Raises:
        BackupError: With what is wrong; the target is worth nothing then.
    """
    try:
        with backup.open("rb") as sealed:
            _refuse_strangers(read_label(sealed, hall_key), hall_id)
            sealed.seek(0)
            target.touch(mode=0o600)
            with target.open("wb") as database:
                label = unseal(sealed, database, hall_key)
    except FileNotFoundError:
        raise BackupForeignError(f"没有 {backup} 这个文件") from None
    except IsADirectoryError:
        raise BackupForeignError(
            f"{backup} 是文件夹，不是备份文件", advice="请写备份文件；大厅文件夹写在 --folder 后面"
        ) from None
    try:
        found = snapshot.examine(target)
    except (DamagedError, ForeignFileError, NewerSchemaError) as error:
        raise BackupDamagedError(f"备份里的数据库不能用：{error}") from None
    if (found.hall_id, found.epoch, found.seq, found.hash) != (label.hall, label.epoch, label.seq, label.head):
        raise BackupDamagedError("备份里的数据库与说明不符")
    return label


def _refuse_strangers(label: Label, hall_id: str) -> None:
    if label.hall != hall_id:
        raise BackupForeignError(f"这是大厅 {label.hall} 的备份，不是 {hall_id} 的")
    if label.schema_version > len(STEPS):
        raise BackupNewerError(f"备份的数据版本是 {label.schema_version}，这个程序只认识到 {len(STEPS)}")
