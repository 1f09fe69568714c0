"""Lines of text that are on disk before anybody hears of them: appended and synced, each with a sum of its own.

Enough for a few hundred acts a day of one writer; no second file, nothing to migrate, readable in any editor.
"""

import logging
import os
import zlib
from contextlib import suppress
from pathlib import Path

from queue_server.link.errors import LedgerUnwritable

_log = logging.getLogger("onewindow.link.acts")


class Lines:
    """One file of lines. The folder must be held by its lock.

    Args:
        path: The file; made at the first line.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._torn = False

    def read(self) -> list[str]:
        """Every line that reads back right. What a power cut tore is left out and told in the log.

        Raises:
            LedgerUnwritable: If the file cannot be read at all.
        """
        try:
            raw = self._path.read_bytes().split(b"\n")
        except FileNotFoundError:
            return []
        except OSError as error:
            raise LedgerUnwritable(f"{self._path} cannot be read: {error}") from error
        lines = [_open(each) for each in raw if each]
        whole = [line for line in lines if line is not None]
        self._torn = bool(raw[-1])
        if len(whole) < len(lines):
            _log.warning("link.acts_torn %d of %d lines do not read back", len(lines) - len(whole), len(lines))
        return whole

    def append(self, line: str) -> None:
        """Add a line; on return it is on disk.

        Raises:
            LedgerUnwritable: If the disk did not take it; then the line does not count.
        """
        start = b"\n" if self._torn else b""  # so that what a failed write left never spoils the next line
        self._torn = True
        try:
            _write(self._path, start + _seal(line), os.O_APPEND)
        except OSError as error:
            raise LedgerUnwritable(f"the disk did not take the record: {error}") from error
        self._torn = False

    def replace(self, lines: list[str]) -> None:
        """Put these lines in place of all there are, or leave everything as it is.

        Raises:
            LedgerUnwritable: If the disk did not take them.
        """
        beside = self._path.with_suffix(".new")
        try:
            _write(beside, b"".join(map(_seal, lines)), os.O_TRUNC)
            beside.replace(self._path)
            _sync_folder(self._path.parent)
        except OSError as error:
            raise LedgerUnwritable(f"the disk did not take the records: {error}") from error
        self._torn = False


def _seal(line: str) -> bytes:
    text = line.encode()
    return b"%08x %s\n" % (zlib.crc32(text), text)


def _open(sealed: bytes) -> str | None:
    mark, _, text = sealed.partition(b" ")
    return text.decode() if mark == b"%08x" % zlib.crc32(text) else None


def _write(path: Path, data: bytes, how: int) -> None:
    fresh = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | how | getattr(os, "O_BINARY", 0), 0o600)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if fresh:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """A new name is durable once its folder is; where a folder cannot be opened (Windows) the system sees to it."""
    with suppress(PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
