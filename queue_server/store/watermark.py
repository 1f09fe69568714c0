"""A second file beside the database that remembers how far the hall got, so that an older copy put back is noticed.

It also keeps the greatest lane number ever given: a lane given after the backup was taken must never be given again.
"""

import hashlib
import logging
from dataclasses import dataclass, replace
from pathlib import Path

from queue_server.store.durable import write_whole
from queue_server.store.reader import Reader

LOST_LANES = 100
"""So many may have been given after a backup, at the very most, when nothing is left that counted them."""

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


class Watermark:
    """The file, one line with its own check sum. The journal's place in it may lag behind, the lane never does."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}.watermark")
        self.mark = self._read()

    def keep(self, mark: Mark) -> None:
        """Write down, durably; nothing happens if it says the same already.

        Raises:
            OSError: If the disk refuses; the line before stands.
        """
        if mark == self.mark:
            return
        line = f"{mark.epoch} {mark.lane} {mark.seq} {mark.hash}"
        write_whole(self._path, f"{line} {_sum(line)}\n".encode())
        self.mark = mark

    def keep_lane(self, lane: int) -> None:
        """Write a lane down before it is given.

        Raises:
            OSError: If the disk refuses; the lane must not be given then.
        """
        if self.mark is not None and lane > self.mark.lane:
            self.keep(replace(self.mark, lane=lane))

    def _read(self) -> Mark | None:
        try:
            line, check = self._path.read_text("ascii").rstrip("\n").rsplit(" ", 1)
            epoch, lane, seq, chained = line.split(" ")
            if check == _sum(line):
                return Mark(epoch, int(lane), int(seq), chained)
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            pass
        _log.warning("store.watermark_unreadable %s %s", self._path.name, _UNREADABLE)
        return None


def follows(reader: Reader, mark: Mark) -> bool:
    """Whether a journal holds the entry that was once written down as its last: its hash vouches for all before."""
    entry = next(reader.entries(mark.seq - 1, 1), None) if mark.seq else None
    return not mark.seq or (entry is not None and entry.hash == mark.hash)


def _sum(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()[:16]
