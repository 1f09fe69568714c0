"""A backup that was never restored does not count: open the newest one aside and hold it against the hall."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hall.errors import OneWindowError, system_words
from queue_server.backup.label import Label
from queue_server.backup.place import named_label
from queue_server.backup.restore import open_backup
from queue_server.store import Store

_FOLDER = "drill"


@dataclass(frozen=True, slots=True)
class Drilled:
    """How it went: which backup, how many entries it holds, and what is wrong (nothing, if it would do)."""

    name: str
    entries: int
    faults: tuple[str, ...]


def drill(backup: Path, live: Store, hall_key: bytes, scratch: Path, new_id: Callable[[], str]) -> Drilled:
    """Restore a backup into a scratch folder, open it as the server would, recompute everything, compare, clear away.

    Args:
        backup: The sealed file.
        live: The hall that it is a backup of.
        hall_key: Its key.
        scratch: A folder on a local disk for the time of the drill; what is in it belongs to drills.
        new_id: As the store wants it.
    """
    folder = scratch / _FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(mode=0o700, parents=True)
        database = folder / "hall.db"
        named_label(backup, hall_key)
        label = open_backup(backup, database, live.hall_id, hall_key)
        with Store.open(database, live.hall_id, new_id=new_id):
            found = live.check(database)
        faults = (*found.differences, *_against(label, live))
        return Drilled(backup.name, found.entries, faults)
    except OneWindowError as error:
        return Drilled(backup.name, 0, (str(error),))
    except OSError as error:
        return Drilled(backup.name, 0, (f"{folder} 读写不成：{system_words(error)}",))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _against(label: Label, live: Store) -> tuple[str, ...]:
    """The hall's journal must hold the backup's last entry at its place; the chain vouches for those before it."""
    if not label.seq:
        return ()
    with live.read() as reader:
        entry = next(reader.entries(label.seq - 1, 1), None)
    if entry is None:
        return (f"大厅的流水比备份短：没有第 {label.seq} 条",)
    return () if entry.hash == label.head else (f"大厅的第 {label.seq} 条流水与备份不同",)
