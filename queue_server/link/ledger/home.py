"""Where a ledger lives: a folder of one machine. Everything the ledger wants of the outside goes through here."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from playhouse.apsw_ext import APSWDatabase

from queue_server.link import changed
from queue_server.link.errors import LedgerOnUnsafeDisk
from queue_server.link.file_system import unsafe_kind
from queue_server.link.ledger.database import FILE, WATERMARK_FILE, open_database
from queue_server.link.ledger.gone import refuse_if_gone
from queue_server.link.ledger.lock import LOCK_FILE, FolderLock
from queue_server.link.ledger.place import Machine, Place, place_of, this_machine

_LONGEST = 256
"""No line of a watermark is longer."""


class Hold(Protocol):
    """The hold on a home; nobody else has it until `release`."""

    def release(self) -> None:
        """Let others have it."""
        ...


class Home(Protocol):
    """What a ledger needs around it. The simulated hall has homes of its own, without a file."""

    def take(self) -> Hold:
        """Hold the home for this process.

        Raises:
            LedgerInUse: If another process, or another ledger of this one, has it.
        """
        ...

    def database(self) -> APSWDatabase:
        """The one database, checked and up to date.

        Raises:
            LedgerError: One of its branches.
        """
        ...

    def place(self) -> Place:
        """Where the database lies, once it is opened; not inside a transaction."""
        ...

    def read_watermark(self) -> str:
        """The line of the watermark. Raises OSError if there is none that can be read."""
        ...

    def write_watermark(self, line: str) -> None:
        """Put that line in place of the one before, durably. Raises OSError if the disk does not take it."""
        ...

    def touched_us(self) -> int:
        """When somebody else wrote or touched the watermark last, by the disk's clock; 0 if nobody did, or who knows.

        Of a line that is gone, or that an earlier version wrote, nobody can say: then it is now.
        """
        ...

    def now_us(self) -> int:
        """The time by the disk's clock; 0 if it has none."""
        ...


class Folder:
    """A home on the disk, made if it is not there.

    Args:
        path: The data folder of this device alone.
        machine: The machine it lies in.
        change_time: When an open file was last changed.
    """

    def __init__(
        self, path: Path, machine: Machine | None = None, change_time: Callable[[int], int] = changed.change_time
    ) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._change_time = change_time
        self._machine = this_machine() if machine is None else machine

    def take(self) -> Hold:
        """Hold the folder by the operating system's lock.

        Raises:
            LedgerInUse: If somebody else has it.
            LedgerOnUnsafeDisk: If its disk cannot keep a database.
        """
        unsafe = unsafe_kind(self._path)
        if unsafe:
            raise LedgerOnUnsafeDisk(f"{self._path} 在 {unsafe} 上，文件容易坏")
        return FolderLock(self._path)

    def database(self) -> APSWDatabase:
        """The file `ledger.db`, made if there never was one.

        Raises:
            LedgerDamaged: If there was one, and it is missing or empty now.
        """
        refuse_if_gone(self._path)
        return open_database(self._path / FILE)

    def place(self) -> Place:
        """Of the file `ledger.db`. Not inside a transaction: another handle let go would let go of its locks too."""
        return place_of(self._path / FILE, self._machine)

    def read_watermark(self) -> str:
        """The file `ledger.watermark`, without the moment at its end."""
        return " ".join((self._path / WATERMARK_FILE).read_text("ascii").split()[:2])

    def write_watermark(self, line: str) -> None:
        """Written and synced with the moment of writing: so it is known who wrote it."""
        handle = os.open(self._path / WATERMARK_FILE, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            changed.write_with_moment(handle, lambda moment: f"{line} {moment:017}\n".encode(), self._change_time)
        finally:
            os.close(handle)

    def touched_us(self) -> int:
        """By the change time of the file `ledger.watermark`."""
        try:
            handle = os.open(self._path / WATERMARK_FILE, os.O_RDONLY)
        except FileNotFoundError:
            return self.now_us()
        try:
            found = self._change_time(handle)
            moment = _moment(os.read(handle, _LONGEST))
        finally:
            os.close(handle)
        if moment is None:
            return self.now_us()
        return 0 if not moment or changed.is_near(found, moment) else found

    def now_us(self) -> int:
        """By the change time of the file `ledger.lock`."""
        handle = os.open(self._path / LOCK_FILE, os.O_WRONLY)
        try:
            changed.touch(handle)
            return self._change_time(handle)
        finally:
            os.close(handle)


def _moment(line: bytes) -> int | None:
    """The moment at the end of a watermark's line, None if it has none."""
    try:
        _, _, moment = line.decode("ascii").split()
        return int(moment)
    except ValueError:
        return None
