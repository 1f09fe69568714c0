"""One process per data folder, held by the operating system: it lets go by itself however the process ends."""

import os
import sys
from pathlib import Path

from hall.errors import system_words
from queue_server.link.errors import LedgerInUse, LedgerUnwritable

LOCK_FILE = "ledger.lock"


class FolderLock:
    """The hold on a data folder, from construction to `release`.

    Raises:
        LedgerInUse: If another process, or another ledger of this one, has it.
        LedgerUnwritable: If nothing can be written there.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._handle = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise LedgerUnwritable(f"数据文件夹 {folder} 写不进去：{system_words(error)}") from error
        try:
            _take(self._handle)
        except OSError:
            os.close(self._handle)
            raise LedgerInUse(f"数据文件夹 {folder} 正由另一个程序用着") from None

    def release(self) -> None:
        """Let the folder go. The file stays: removing it would let two processes hold two files of one name."""
        os.close(self._handle)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
