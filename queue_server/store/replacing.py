"""Putting another database in place of a hall's, so that a crash at any moment leaves the old one or the new one.

The new file is made whole under the name `hall.db.new-STAMP`. From then on the exchange is decided: whoever opens the
hall next finishes it. The old file and SQLite's own files beside it become `hall.db.replaced-STAMP…`; none is deleted.
"""

import logging
from pathlib import Path

from queue_server.store.durable import move, sync_file

_log = logging.getLogger("onewindow.store.replacing")
_BESIDE = ("-wal", "-shm", "-journal")


def fresh_of(database: Path) -> Path:
    """Where the new database is made; what a crash leaves there is taken away when the hall is opened."""
    return database.with_name(f"{database.name}.fresh")


def replace(database: Path, fresh: Path, stamp: str) -> Path:
    """Exchange the files. Call under the store's lock, with no connection open to either.

    Args:
        database: The hall's database, there or not, whole or not.
        fresh: The new database in the same folder, complete, with no log of its own.
        stamp: Names the old one; letters and digits.

    Returns:
        What the old one is called now.

    Raises:
        OSError: If the disk refuses; the hall opens as it was before or as it shall be.
    """
    sync_file(fresh)
    move(fresh, database.with_name(f"{database.name}.new-{stamp}"))
    return _exchange(database, stamp)


def finish(database: Path) -> None:
    """Finish an exchange that a crash cut short, or clear away one not decided. Call under the store's lock."""
    fresh_of(database).unlink(missing_ok=True)
    for decided in sorted(database.parent.glob(f"{database.name}.new-*")):
        _exchange(database, decided.name.rpartition("-")[2])


def is_pending(database: Path) -> bool:
    """Whether an exchange waits to be finished, so that the hall is there though its file may not be."""
    return any(database.parent.glob(f"{database.name}.new-*"))


def _exchange(database: Path, stamp: str) -> Path:
    aside = database.with_name(f"{database.name}.replaced-{stamp}")
    # The log goes first: beside another database's file it would be played back into it.
    for beside in (*_BESIDE, ""):
        present = database.with_name(database.name + beside)
        if present.exists():
            move(present, aside.with_name(aside.name + beside))
    move(database.with_name(f"{database.name}.new-{stamp}"), database)
    _log.info("store.replaced the database was replaced; the one before is kept as %s", aside.name)
    return aside
