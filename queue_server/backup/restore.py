"""From a backup to a hall's database: opened, looked through, given another life, and put in place whole.

The database that was there is kept beside under another name. Nothing is touched before the backup has proven good.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from hall.mending import RecoveryReason
from queue_server.backup.envelope import read_label, unseal
from queue_server.backup.errors import (
    BackupDamagedError,
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
    database = target.database
    with told(database.parent):
        database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock, fresh = Lock(database), fresh_of(database)
    try:
        with told(database.parent):
            label = open_backup(backup, fresh, target.hall_id, target.hall_key)
            snapshot.renew(fresh, target.hall_id, target.new_id(), Restored(reason=reason, at=at, known_until=label.at))
            aside = replace(database, fresh, f"{stamp(at)[:-1]}{at % 1_000_000:06}Z")
    finally:
        fresh.unlink(missing_ok=True)
        lock.release()
    _log.info("backup.restored %s is the hall's database now, the one before is %s", backup.name, aside.name)
    return label, aside


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
        InUseError: If a server has the hall.
    """
    tried, others = 0, 0
    for backup in newest(places, at, before):
        try:
            named_label(backup, target.hall_key)
            label, aside = restore(backup, target, at, reason)
        except BackupError as error:
            _log.warning("backup.unfit %s: %s", backup, error)
            tried += 1
            others += isinstance(error, BackupKeyError)
        else:
            return backup, label, aside
    if others and others == tried:
        raise BackupKeyError(f"{tried} 份备份都是用另一把大厅密钥封的：现在的 hall.key 不是这个大厅的那一把")
    raise NoBackupError(f"{tried} 份备份都不能用" if tried else "没有备份")


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
