"""Opening the one file of a hall: who may, whether it is sound, and with which settings every connection works.

WAL with `synchronous=FULL`: a commit that was answered survives the power cut (if the disk tells the truth). One
writing connection that alone checkpoints; all others are read-only (never-down 3.1: two connections checkpointing
the same file can damage it in older SQLite).
"""

import logging
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import peewee
from playhouse.apsw_ext import APSWDatabase

from hall.errors import BugError, system_words
from queue_server.link.file_system import unsafe_kind
from queue_server.store.durable import move, sync_file
from queue_server.store.errors import (
    DamagedError,
    DiskError,
    ForeignFileError,
    InUseError,
    NewerSchemaError,
    UnsafeDiskError,
)
from queue_server.store.migrations import STEPS, climb
from queue_server.store.replacing import finish
from queue_server.store.translation import exact

APPLICATION_ID = 0x4F57_5154  # "OWQT"
WHOLE_CHECK_BYTES = 64 * 1024 * 1024
"""A file up to this size is checked whole at start. Larger ones would keep a hall waiting (half a minute for 20 GB in
memory, minutes from a disk), so of what grows with the years only the newest entries are read; a drill checks all."""
_ROOM = 64 * 1024  # less than the index of a write-ahead log takes
GROWING = frozenset({"journal", "ticket", "served", "rating"})
_NEWEST = "SELECT * FROM journal ORDER BY hall_id DESC, seq DESC LIMIT 500"
FIXED_SQLITE = (3, 51, 3)  # older ones can damage a WAL file under two connections
_log = logging.getLogger("onewindow.store.connections")

SETTINGS: dict[str, int | str] = {"foreign_keys": 1, "busy_timeout": 5000, "synchronous": 2}  # FULL
_ALL: dict[str, int | str] = {**SETTINGS, "mmap_size": 0}
_WRITER: dict[str, int | str] = {
    "journal_mode": "wal",
    "secure_delete": 1,
    "journal_size_limit": 64 * 1024 * 1024,
    **_ALL,
}
_READER: dict[str, int | str] = {"query_only": 1, "wal_autocheckpoint": 0, **_ALL}


class Lock:
    """Held for the life of a store, let go by the system when the process dies.

    It is SQLite's own exclusive lock on an empty file beside the database, so it works wherever SQLite does.
    """

    def __init__(self, path: Path) -> None:
        unsafe = unsafe_kind(path.parent)
        if unsafe:  # asked before the lock is taken: such a disk may promise it to two
            raise UnsafeDiskError(f"{path.parent} 在 {unsafe} 文件系统上，断电或断网会损坏数据库")
        with in_our_words(path):
            self._connection = apsw.Connection(str(path.with_name(path.name + ".lock")))
            try:
                self._connection.pragma("journal_mode", "memory")  # nothing is ever written, so no further file
                self._connection.execute("BEGIN EXCLUSIVE")
            except apsw.Error as error:
                self._connection.close()
                if isinstance(error, apsw.BusyError):
                    raise InUseError(f"{path.name} 正被另一个服务器使用") from None
                raise

    def release(self) -> None:
        """Let another process have the hall."""
        self._connection.close()


def open_writer(path: Path) -> APSWDatabase:
    """Check, migrate and open the file for writing; makes it if it is not there. Call under the `Lock`.

    Raises:
        DamagedError: If the file cannot be read or its quick check finds damage. It is left where it is.
        ForeignFileError: If it is another program's.
        NewerSchemaError: If a newer version wrote it.
        DiskError: If it cannot be opened or written.
    """
    with in_our_words(path):
        finish(path)
        _prepare(path)
        return open_database(str(path), _WRITER)


@contextmanager
def in_our_words(path: Path) -> Iterator[None]:
    """What SQLite and the system say about a file, as our errors."""
    try:
        yield
    except apsw.NotADBError:
        raise DamagedError(f"{path} 不是可读的数据库；文件没有被改动") from None
    except apsw.CorruptError as error:
        raise DamagedError(f"{path} 已损坏（{error}）；文件没有被移动") from None
    except apsw.FullError:
        raise DiskError(f"磁盘已满，写不了 {path}") from None
    except (apsw.CantOpenError, apsw.IOError, apsw.ReadOnlyError, apsw.PermissionsError) as error:
        raise DiskError(f"{'磁盘已满，' if _is_full(path.parent) else ''}无法打开 {path}（{error}）") from None
    except OSError as error:
        raise DiskError(f"无法读写 {path}：{system_words(error)}") from None


def _is_full(folder: Path) -> bool:
    """Whether there is no room for the files that SQLite makes beside a database; it calls that an I/O error."""
    try:
        return shutil.disk_usage(folder).free < _ROOM
    except OSError:
        return False


def open_reader(path: Path) -> APSWDatabase:
    """A read-only connection to a file that a writer holds open. It cannot checkpoint: only the writer may."""
    with in_our_words(path):
        database = open_database(str(path), _READER, flags=apsw.SQLITE_OPEN_READONLY)
    if not database.connection().readonly("main"):
        raise BugError("a reader could write, and so checkpoint")
    return database


def open_plain(path: Path) -> APSWDatabase:
    """A file that nobody else has open, for looking only."""
    return open_database(str(path), _ALL, flags=apsw.SQLITE_OPEN_READONLY)


def open_memory() -> APSWDatabase:
    """A hall in memory, at the newest schema: for the simulator."""
    database = open_database(":memory:", SETTINGS)
    climb(database.connection())
    return database


def open_database(name: str, settings: dict[str, int | str], **options: int) -> APSWDatabase:
    """One connection with its settings, each read back; a setting that did not take is a defect and stops the start."""
    database = APSWDatabase(name, pragmas=settings, thread_safe=False, autoconnect=False, **options)
    prepare(database, settings)
    return database


def prepare(database: APSWDatabase, settings: dict[str, int | str]) -> None:
    """Connect a database that was made with these settings and read each back; if one did not take it is closed."""
    try:
        database.connect()
        for pragma, wanted in settings.items():
            found = database.pragma(pragma)
            if found != wanted:
                raise BugError(f"PRAGMA {pragma} is {found!r}, not {wanted!r}")
    except peewee.PeeweeException as error:
        database.close()
        raise exact(error) from None
    except BaseException:
        database.close()
        raise


def shut(database: APSWDatabase) -> None:
    """Close a connection. A disk that refuses at this loses nothing: what was answered is durable."""
    try:
        database.close()
    except (peewee.PeeweeException, apsw.Error) as error:
        _log.error("store.close_refused %s", error)


def _prepare(path: Path) -> None:
    if tuple(map(int, apsw.sqlite_lib_version().split("."))) < FIXED_SQLITE:
        _log.warning("store.old_sqlite SQLite %s has known faults with WAL files", apsw.sqlite_lib_version())
    connection = apsw.Connection(str(path))
    try:
        connection.set_busy_timeout(5000)
        if connection.pragma("page_count") == 0:  # also one whose making a power cut interrupted
            connection.pragma("application_id", APPLICATION_ID)
        _refuse_strangers(connection, path)
        version = connection.pragma("user_version")
        if version < len(STEPS):
            if version:
                _back_up(connection, path.with_name(f"{path.name}.schema-{version}"))
            connection.pragma("journal_mode", "wal")
            connection.pragma("synchronous", 2)
            climb(connection, STEPS)
    finally:
        connection.close()


def _refuse_strangers(connection: apsw.Connection, path: Path) -> None:
    if connection.pragma("application_id") != APPLICATION_ID:
        raise ForeignFileError(f"{path} 是别的程序的数据库，不是一窗通的")
    version = connection.pragma("user_version")
    if version > len(STEPS):
        raise NewerSchemaError(f"{path} 的数据版本是 {version}，这个程序只认识到 {len(STEPS)}")
    for found in _quick_checks(connection):
        if found != "ok":
            raise DamagedError(f"{path} 检查发现损坏：{found}；文件没有被移动")


def _quick_checks(connection: apsw.Connection) -> Iterator[str]:
    """What is found in the whole file; in a large one, in each table by itself but those that grow with the years."""
    if connection.pragma("page_count") * connection.pragma("page_size") <= WHOLE_CHECK_BYTES:
        yield connection.pragma("quick_check", 1)
        return
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    for name in sorted({str(name) for (name,) in tables.fetchall()} - GROWING):
        yield connection.pragma("quick_check", name)
    connection.execute(_NEWEST).fetchall()  # raises if they cannot be read


def _back_up(connection: apsw.Connection, target: Path) -> None:
    """A whole copy through SQLite's backup interface, before the schema changes; durable, or not there at all.

    Who holds which ticket is left out: this copy has no end, and what is known of people has one.
    """
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    copy = apsw.Connection(str(part))
    try:
        with copy.backup("main", connection, "main") as backup:
            backup.step()
        copy.pragma("journal_mode", "delete")
        copy.pragma("secure_delete", 1)
        for table in ("holder", "note"):
            if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).get:
                copy.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    finally:
        copy.close()
    sync_file(part)
    move(part, target)
    _log.info("store.backed_up the old schema was kept as %s", target.name)
