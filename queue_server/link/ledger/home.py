"""Where a ledger lives: a folder of one machine. Everything the ledger wants of the outside goes through here."""

import os
from pathlib import Path
from typing import Protocol

from playhouse.apsw_ext import APSWDatabase

from queue_server.link.errors import LedgerOnUnsafeDisk
from queue_server.link.file_system import unsafe_kind
from queue_server.link.ledger.database import FILE, open_database
from queue_server.link.ledger.lock import FolderLock
from queue_server.link.ledger.place import Machine, Place, place_of, this_machine

WATERMARK_FILE = "ledger.watermark"


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


class Folder:
    """A home on the disk, made if it is not there.

    Args:
        path: The data folder of this device alone.
        machine: The machine it lies in.
    """

    def __init__(self, path: Path, machine: Machine | None = None) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._machine = this_machine() if machine is None else machine

    def take(self) -> Hold:
        """Hold the folder by the operating system's lock.

        Raises:
            LedgerInUse: If somebody else has it.
            LedgerOnUnsafeDisk: If its disk cannot keep a database.
        """
        unsafe = unsafe_kind(self._path)
        if unsafe:
            raise LedgerOnUnsafeDisk(f"{self._path} is on {unsafe}, where a file can be damaged")
        return FolderLock(self._path)

    def database(self) -> APSWDatabase:
        """The file `ledger.db`."""
        return open_database(self._path / FILE)

    def place(self) -> Place:
        """Of the file `ledger.db`. Not inside a transaction: another handle let go would let go of its locks too."""
        return place_of(self._path / FILE, self._machine)

    def read_watermark(self) -> str:
        """The file `ledger.watermark`."""
        return (self._path / WATERMARK_FILE).read_text("ascii")

    def write_watermark(self, line: str) -> None:
        """Written and synced; the line always has the same length, so nothing is left of the one before."""
        handle = os.open(self._path / WATERMARK_FILE, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode())
            os.fsync(handle)
        finally:
            os.close(handle)
