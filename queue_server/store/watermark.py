"""A second file beside the database that remembers how far the hall got, so that an older copy put back is noticed.

It also keeps the greatest lane number ever given: a lane given after the backup was taken must never be given again.
And it keeps the moment it was written: if the whole folder is an older copy, file and database agree, but the disk
knows that somebody else wrote the file (`queue_server.link.changed`).
"""

import hashlib
import logging
import os
from dataclasses import dataclass, replace
from pathlib import Path

from queue_server.link import changed
from queue_server.store.durable import sync_folder
from queue_server.store.reader import Reader

LOST_LANES = 100
"""So many may have been given after a backup, at the very most, when nothing is left that counted them."""

_LONGEST = 512
"""No line is longer."""

_UNREADABLE = (
    "读不出来，会重写一份。它记着大厅走到了哪里：数据库刚被换成旧文件的话，这一次服务器看不出来，"
    "请停下，用 ./onewindow backup restore 恢复备份；没有换过，就不用做什么"
)
_log = logging.getLogger("onewindow.store.watermark")


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a hall got: its server's epoch, the greatest lane given, place and hash of a journal entry."""

    epoch: str
    lane: int
    seq: int
    hash: str


def mark_of(database: Path) -> Path:
    """Where the mark of a database lies."""
    return database.with_name(f"{database.name}.watermark")


class Watermark:
    """The file, one line with its own check sum. The journal's place in it may lag behind, the lane never does.

    Attributes:
        mark: What it says; None if there is none that can be read.
        foreign: Whether somebody else wrote or touched the file since, as far as the disk tells.
    """

    foreign = False

    def __init__(self, database: Path) -> None:
        self._path = mark_of(database)
        self.mark: Mark | None = None
        self._marked = False  # with the moment of writing
        self._read()

    def keep(self, mark: Mark) -> None:
        """Write down, durably; nothing happens if it says the same already.

        Raises:
            OSError: If the disk refuses; the line before stands.
        """
        if mark == self.mark and self._marked and not self.foreign:
            return
        there = self._path.exists()
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            changed.write_with_moment(handle, lambda moment: _line(mark, moment))
        finally:
            os.close(handle)
        if not there:
            sync_folder(self._path.parent)
        self.mark, self._marked, self.foreign = mark, True, False

    def keep_lane(self, lane: int) -> None:
        """Write a lane down before it is given.

        Raises:
            OSError: If the disk refuses; the lane must not be given then.
        """
        if self.mark is not None and lane > self.mark.lane:
            self.keep(replace(self.mark, lane=lane))

    def _read(self) -> None:
        try:
            handle = os.open(self._path, os.O_RDONLY)
        except FileNotFoundError:
            return
        except OSError:
            self._unreadable()
            return
        try:
            found, content = changed.change_time(handle), os.read(handle, _LONGEST)
            line, check = content.decode("ascii").rstrip("\n").rsplit(" ", 1)
            epoch, lane, seq, chained, *moment = line.split(" ")
            if check != _sum(line):
                raise ValueError(check)
            self.mark = Mark(epoch, int(lane), int(seq), chained)
            written = int(*moment)  # an earlier version wrote none
        except (OSError, ValueError):
            self._unreadable()
        else:
            self._marked = bool(moment)
            self.foreign = bool(written) and not changed.is_near(found, written)
        finally:
            os.close(handle)

    def _unreadable(self) -> None:
        _log.warning("store.watermark_unreadable %s %s", self._path.name, _UNREADABLE)


def follows(reader: Reader, mark: Mark) -> bool:
    """Whether a journal holds the entry that was once written down as its last: its hash vouches for all before."""
    entry = next(reader.entries(mark.seq - 1, 1), None) if mark.seq else None
    return not mark.seq or (entry is not None and entry.hash == mark.hash)


def _line(mark: Mark, moment_us: int) -> bytes:
    """Always as long as any other, so that nothing is left of a longer one."""
    line = f"{mark.epoch} {mark.lane:05} {mark.seq:016} {mark.hash:64} {moment_us:017}"
    return f"{line} {_sum(line)}\n".encode()


def _sum(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()[:16]
