"""A hall's database as a loose file: copied while the hall works, looked through, cleaned, and made ready to go back.

Only `copy` touches the hall, and through a reading connection: the writer is never held, and the picture is that of
one commit. The other functions take a file that nobody has open.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import apsw
from playhouse.apsw_ext import APSWDatabase

from hall.facts import GENESIS, TimeQuality, entry_hash
from queue_server.store.connections import APPLICATION_ID, in_our_words, open_plain
from queue_server.store.errors import DamagedError, ForeignFileError, NewerSchemaError
from queue_server.store.migrations import STEPS
from queue_server.store.reader import Reader
from queue_server.store.records import Meta, Restored

PAGES = 1024
"""So many pages a step: 4 MiB, then other threads of this process get their turn."""

_PASSING = ("session", "nonce")  # nobody's after a restore: everybody says hello or signs in again
_HOLDERS = ("holder", "note", "booker")


@dataclass(frozen=True, slots=True)
class Contents:
    """What a loose database says it is: whose, which schema, which life of the server, and where its journal ends."""

    hall_id: str
    schema: int
    epoch: str
    seq: int
    hash: str


def copy(source: apsw.Connection, target: Path) -> None:
    """Copy everything a reading connection sees, by SQLite's backup interface.

    The source must be in a read transaction: the writer goes on beside it, and nothing that it commits meanwhile
    makes the copy begin again.

    Raises:
        DiskError: If the disk refuses; the target is then worth nothing.
    """
    with _loose(target) as connection:
        with connection.backup("main", source, "main") as backup:
            while not backup.done:
                backup.step(PAGES)
        connection.pragma("journal_mode", "delete")


def examine(path: Path) -> Contents:
    """Look a loose database through: pages, references, whose it is, and that its last entry is what its hash says.

    Raises:
        DamagedError: If anything does not hold.
        ForeignFileError: If it is no hall's.
        NewerSchemaError: If a newer version wrote it.
        DiskError: If it cannot be read.
    """
    with in_our_words(path), _readable(path), _loose(path, flags=apsw.SQLITE_OPEN_READONLY) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").get
        if found != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise DamagedError(f"{path.name} 检查发现损坏：{found}")
        if connection.pragma("application_id") != APPLICATION_ID:
            raise ForeignFileError(f"{path.name} 不是一窗通的数据库")
        schema = connection.pragma("user_version")
        if schema > len(STEPS):
            raise NewerSchemaError(f"{path.name} 的数据版本是 {schema}，这个程序只认识到 {len(STEPS)}")
        owner = connection.execute("SELECT hall_id, value FROM meta WHERE name = 'server_epoch'").fetchone()
        if owner is None:
            raise DamagedError(f"{path.name} 没有说明是哪个大厅的")
        hall_id, epoch = owner
        seq, chained = _head(connection, path)
        return Contents(hall_id, schema, epoch, seq, chained)


def clean(path: Path, *, holders: bool) -> None:
    """Take out what a backup needs not: sessions and nonces always, who holds which ticket if told so. Overwritten."""
    with in_our_words(path), _loose(path) as connection:
        connection.pragma("secure_delete", 1)
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for table in there.intersection((*_PASSING, *(_HOLDERS if holders else ()))):  # an older schema has fewer
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names


def renew(path: Path, hall_id: str, epoch: str, restored: Restored) -> None:
    """Give a loose database a new life of its server, and note why, for the next start to act on."""
    with in_our_words(path), _loose(path) as connection:
        for meta in (Meta("server_epoch", epoch), restored.as_meta()):
            connection.execute(
                "INSERT INTO meta (hall_id, name, value) VALUES (:hall_id, :name, :value) "
                "ON CONFLICT (hall_id, name) DO UPDATE SET value = excluded.value",
                {"hall_id": hall_id, **asdict(meta)},
            )


@contextmanager
def reading(path: Path, hall_id: str) -> Iterator[Reader]:
    """A loose database at the newest schema, to be asked like any hall."""
    with in_our_words(path):
        database: APSWDatabase = open_plain(path)
    try:
        yield Reader(database, hall_id, {})
    finally:
        database.close()


def _head(connection: apsw.Connection, path: Path) -> tuple[int, str]:
    last = connection.execute(
        "SELECT seq, at, quality, fact_json, prev_hash, hash FROM journal ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    if last is None:
        return 0, GENESIS
    seq, at, quality, text, previous, own = last
    if own != entry_hash(seq, at, TimeQuality(quality), text, previous):
        raise DamagedError(f"{path.name} 的最后一条流水与它的校验值不符")
    return seq, own


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except (apsw.SQLError, ValueError):  # a table that is not there, a word that nobody knows
        raise DamagedError(f"{path.name} 里没有完整的大厅数据") from None


@contextmanager
def _loose(path: Path, flags: int = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE) -> Iterator[apsw.Connection]:
    """A file that can be made again, so nothing in it is kept safe while it is worked on."""
    connection = apsw.Connection(str(path), flags=flags)
    try:
        connection.pragma("synchronous", 0)
        yield connection
    finally:
        connection.close()
