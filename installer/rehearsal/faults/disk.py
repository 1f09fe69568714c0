"""A disk under SQLite that notes every write on its way and can refuse any call.

It stands in as SQLite's usual way to files while it is entered, so ledger and store are opened by their own code,
unchanged. Files below its folder are real; what is noted is enough to tell what would be left of them after a power
cut at any moment (`images`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import apsw

_JOURNALS = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_SUPER_JOURNAL


class Step(NamedTuple):
    """One thing that happened to a file: `create`, `write`, `truncate`, `sync`, `delete`, `sync_folder`."""

    what: str
    path: str
    place: int = 0
    data: bytes = b""


class Trouble(StrEnum):
    """What a call is refused with."""

    IO_ERROR = "io_error"  # any call
    FULL = "full"  # calls that need room
    READ_ONLY = "read_only"  # calls that change something


_REFUSALS: dict[Trouble, tuple[type[Exception], frozenset[str]]] = {
    Trouble.IO_ERROR: (
        apsw.IOError,
        frozenset({"open", "create", "read", "write", "truncate", "sync", "delete"}),
    ),
    Trouble.FULL: (apsw.FullError, frozenset({"write", "sync"})),
    Trouble.READ_ONLY: (apsw.IOError, frozenset({"create", "write", "truncate", "delete"})),
}


class Disk(apsw.VFS):
    """The disk of one folder; while entered, every SQLite file opened in this process goes through it.

    Files elsewhere pass untouched. One at a time.

    Attributes:
        steps: What happened since it was entered.
        calls: How many calls that the present trouble could refuse were made since `refuse`.
        refused: How many of them it did refuse.
    """

    def __init__(self, folder: Path) -> None:
        self._usual = apsw.vfs_names()[0]
        super().__init__(f"onewindow-disk-{id(self)}", self._usual, makedefault=True)
        self._folder = f"{folder.resolve()}/"
        self.steps: list[Step] = []
        self.calls = self.refused = 0
        self._at = 0
        self._trouble = Trouble.IO_ERROR
        self._lasting = self._too_late = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.unregister()

    def refuse(self, at: int, trouble: Trouble, *, lasting: bool = False, too_late: bool = False) -> None:
        """Refuse the call of that count from now on, 1 for the next.

        Args:
            at: Which call.
            trouble: With what; only calls that it can befall are counted.
            lasting: All later ones too, until `mend`.
            too_late: The disk does it and then says that it failed.
        """
        self.calls = self.refused = 0
        self._at, self._trouble, self._lasting, self._too_late = at, trouble, lasting, too_late

    def mend(self) -> None:
        """All is well again."""
        self._at = 0

    def note_rewritten(self, path: Path) -> None:
        """A small file beside the databases was rewritten in place and synced by its owner, not through SQLite."""
        if not any(step.path == str(path) for step in self.steps):
            self.steps.append(Step("create", str(path)))
        self.steps += [Step("write", str(path), 0, path.read_bytes()), Step("sync", str(path))]

    # ---- SQLite's calls ----

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802
        """Open a file; ours if it lies below the folder."""
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if not path or not path.startswith(self._folder):
            return apsw.VFSFile(self._usual, name, flags)
        is_new = bool(flags[0] & apsw.SQLITE_OPEN_CREATE) and not Path(path).exists()
        with_folder = is_new and bool(flags[0] & _JOURNALS)
        file = self.guarded(
            "create" if is_new else "open", lambda: _File(self, self._usual, name, path, flags, with_folder=with_folder)
        )
        if is_new:
            self.steps.append(Step("create", path))
        return file

    def xDelete(self, name: str, sync_folder: bool) -> None:  # noqa: FBT001, N802
        """Delete a file; with `sync_folder` it is to stay deleted."""
        if not name.startswith(self._folder):
            super().xDelete(name, sync_folder)
            return

        def delete() -> None:
            super(Disk, self).xDelete(name, False)  # noqa: FBT003 - as SQLite has it
            self.steps.append(Step("delete", name))
            if sync_folder:
                self.steps.append(Step("sync_folder", str(Path(name).parent)))

        self.guarded("delete", delete)

    def guarded(self, call: str, act: Callable[[], Any]) -> Any:
        """Do a call, unless it is the one to refuse."""
        error, befalls = _REFUSALS[self._trouble]
        refuse = False
        if self._at and call in befalls:
            self.calls += 1
            refuse = self.calls == self._at or (self._lasting and self.calls > self._at)
        self.refused += refuse
        if refuse and not self._too_late:
            raise error(f"{call} refused on purpose")
        result = act()
        if refuse:
            raise error(f"{call} done and yet called failed, on purpose")
        return result


class _File(apsw.VFSFile):
    """A real file whose changes are noted. Nothing is really synced: the machine stays on."""

    def __init__(self, disk: Disk, usual: str, name: Any, path: str, flags: list[int], *, with_folder: bool) -> None:
        super().__init__(usual, name, flags)
        self._disk = disk
        self._path = path
        self._with_folder = with_folder  # SQLite syncs the folder of a new journal with its first sync

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        read: bytes = self._disk.guarded("read", lambda: super(_File, self).xRead(amount, offset))
        return read

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        def write() -> None:
            super(_File, self).xWrite(data, offset)
            self._disk.steps.append(Step("write", self._path, offset, bytes(data)))

        self._disk.guarded("write", write)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        def truncate() -> None:
            super(_File, self).xTruncate(size)
            self._disk.steps.append(Step("truncate", self._path, size))

        self._disk.guarded("truncate", truncate)

    def xSync(self, _: int) -> None:  # noqa: N802
        def sync() -> None:
            self._disk.steps.append(Step("sync", self._path))
            if self._with_folder:
                self._with_folder = False
                self._disk.steps.append(Step("sync_folder", str(Path(self._path).parent)))

        self._disk.guarded("sync", sync)


def integrity(path: Path) -> str:
    """SQLite's full integrity check of a database nobody writes to; `ok` if all is well."""
    with _looking_at(path) as connection:
        return str(connection.pragma("integrity_check", 1))


def rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a database nobody is writing to, by table."""
    with _looking_at(path) as connection:
        named = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        tables = [name for (name,) in named if not name.startswith("sqlite_")]
        found = {table: connection.execute(f'SELECT * FROM "{table}"') for table in tables}  # noqa: S608 - its own names
        return {table: sorted(map(tuple, content), key=repr) for table, content in found.items()}


@contextmanager
def _looking_at(path: Path) -> Iterator[Any]:
    connection = apsw.Connection(str(path))
    try:
        yield connection
    finally:
        connection.close()
