"""Disks: databases in memory that survive the process above them, and lose what was not synced with the power.

The real ledger and the real store run on them with their real settings. Every commit is a place where the process can
be killed, before or after; statements can meet a full or failing disk.
"""

from pathlib import Path
from typing import Any

import apsw
import peewee
from playhouse.apsw_ext import APSWDatabase

from queue_server.link.errors import LedgerInUse
from queue_server.link.ledger import database as ledger_database
from queue_server.link.ledger.place import Machine, Place
from queue_server.store import connections
from queue_server.store.watermark import Mark, Watermark


class Killed(BaseException):
    """The process ends here, in the middle of whatever it does. Not an `Exception`: nobody may catch and go on."""


class Disk:
    """One machine's disk with one database on it.

    Args:
        image: What stands on it at first.
        safe_at: From this `PRAGMA synchronous` on a commit is on the platter when it is answered.

    Attributes:
        commits: How many there were; grows with every change of what stands here.
        kill_in: The process dies at the so-manieth commit from now; `kill_after` says on which side of it.
        fail_in: The so-manieth statement from now meets a failing disk.
    """

    def __init__(self, image: bytes, safe_at: int) -> None:
        self.connection = _spinning(image)
        self._safe_at = safe_at
        self._on_platter: bytes | None = None
        self.commits = 0
        self.kill_in = 0
        self.kill_after = False
        self.fail_in = 0
        self.full = False

    def image(self) -> bytes:
        """Everything that stands here, as bytes."""
        return bytes(self.connection.serialize("main"))

    def rows(self, question: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """What stands here, asked from outside."""
        return self.connection.execute(question, values).fetchall()

    def put_back(self, image: bytes) -> None:
        """Another image in place of what stands here."""
        self.drop_unfinished()
        self.connection = _spinning(image)
        self._on_platter = None
        self.commits += 1

    def drop_unfinished(self) -> None:
        """What a dying process had begun and not committed is gone, and so are its hands on the disk."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")
        self.connection = _spinning(self.image())

    def power_loss(self) -> None:
        """What was committed but not synced is gone too."""
        self.drop_unfinished()
        if self._on_platter is not None:
            self.put_back(self._on_platter)

    def begin(self) -> None:
        """A transaction begins; with a setting that does not sync, what stands now is what power loss leaves."""
        if self._on_platter is None and self.connection.pragma("synchronous") < self._safe_at:
            self._on_platter = self.image()

    def strike(self, word: str) -> None:
        """A statement is about to run: a full disk takes no writing, a failing one breaks the transaction.

        Raises:
            OperationalError: In place of the statement; SQLite may have given the whole transaction up with it.
        """
        if word == "ROLLBA" or not self.connection.in_transaction:
            return
        fails = self.fail_in == 1
        self.fail_in -= self.fail_in > 0
        if fails or (self.full and word in ("INSERT", "UPDATE", "DELETE")):
            if self.commits % 2:
                self.connection.execute("ROLLBACK")
            with peewee.__exception_wrapper__:  # type: ignore[attr-defined] # what peewee makes of SQLite's own errors
                raise apsw.FullError("database or disk is full")

    def before_commit(self) -> None:
        """The place before the commit: die here and nothing was done."""
        if self.kill_in == 1 and not self.kill_after:
            self.kill_in = 0
            raise Killed

    def after_commit(self) -> None:
        """The place after it: die here and all was done, but nobody was told."""
        self.commits += 1
        if self.kill_in:
            self.kill_in -= 1
            if self.kill_in == 0:
                raise Killed


def _spinning(image: bytes) -> apsw.Connection:
    connection = apsw.Connection(":memory:", statementcachesize=1000)
    if image:
        connection.deserialize("main", image)
    return connection


class DiskDatabase(APSWDatabase):  # type: ignore[misc] # peewee has no types
    """The product's database object over a disk; closing it leaves the disk as it is."""

    def __init__(self, disk: Disk, settings: dict[str, str | int]) -> None:
        super().__init__("disk", pragmas=settings, thread_safe=False, autoconnect=False)
        self._disk = disk

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        """Every statement of the product, with the places where the world may strike around it."""
        disk = self._disk
        word = sql[:6]
        if word == "COMMIT":
            disk.before_commit()
            cursor = super().execute_sql(sql, params)
            disk.after_commit()
            return cursor
        if word == "BEGIN ":
            disk.begin()
        elif disk.full or disk.fail_in:
            disk.strike(word)
        return super().execute_sql(sql, params)

    def begin(self, lock_type: str | None = None) -> None:
        """A transaction of the ledger begins."""
        self._disk.begin()
        super().begin(lock_type)

    def commit(self) -> bool:
        """A transaction of the ledger ends."""
        self._disk.before_commit()
        done: bool = super().commit()
        self._disk.after_commit()
        return done

    def _connect(self) -> apsw.Connection:
        self._add_conn_hooks(self._disk.connection)
        return self._disk.connection

    def _close(self, conn: apsw.Connection) -> None:
        """The disk stays."""


class SimHome:
    """A ledger's home on a simulated disk: database, watermark beside it, and the hold of one process."""

    def __init__(self, disk: Disk, place: int) -> None:
        self.disk = disk
        self.watermark = ""
        self._place = Place(inode=place, machine=Machine(name=f"{place:032x}"))
        self.held = False

    def take(self) -> "SimHome":
        """One process only."""
        if self.held:
            raise LedgerInUse("the folder is held by another process")
        self.held = True
        return self

    def release(self) -> None:
        """Let go; the operating system does it for a process that died."""
        self.held = False

    def database(self) -> APSWDatabase:
        """The ledger's database with the ledger's own settings and checks."""
        database = DiskDatabase(self.disk, ledger_database.SETTINGS)
        ledger_database.prepare(database, Path("ledger.db"), ledger_database.SETTINGS)
        return database

    def place(self) -> Place:
        """A machine of its own for every home."""
        return self._place

    def read_watermark(self) -> str:
        """The line beside the database."""
        if not self.watermark:
            raise FileNotFoundError
        return self.watermark

    def write_watermark(self, line: str) -> None:
        """Synced with the same care as a commit."""
        if self.disk.full:
            raise OSError
        self.watermark = line

    def touched_us(self) -> int:
        """Nobody writes it but the ledger."""
        return 0

    def now_us(self) -> int:
        """It has no clock of its own."""
        return 0


class SimWatermark(Watermark):
    """The mark beside the server's database, on the same disk."""

    def __init__(self) -> None:
        self.mark: Mark | None = None

    def keep(self, mark: Mark) -> None:
        """Written down."""
        self.mark = mark


def server_database(disk: Disk) -> APSWDatabase:
    """The store's database with the store's own settings."""
    database = DiskDatabase(disk, connections.SETTINGS)
    connections.prepare(database, connections.SETTINGS)
    return database
