"""A second file beside the ledger that remembers how far it got, so that an older copy put back in place is noticed."""

import logging
import os
from pathlib import Path

from queue_server.link.ledger.state import DeviceState

_log = logging.getLogger("onewindow.link.ledger")

WATERMARK_FILE = "ledger.watermark"


class Watermark:
    """Incarnation and greatest lane_seq in one short line, synced after each commit that moved it.

    It may lag behind the ledger (power went between the two), never the other way round unless the ledger is older
    than it should be.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / WATERMARK_FILE
        self._written = ""

    def lost_until(self, state: DeviceState) -> int:
        """The greatest lane_seq ever written by this incarnation, if that is above what the ledger holds; else 0.

        A line that does not read back (torn by a power cut) says nothing.
        """
        try:
            incarnation, last_seq = self._path.read_text("ascii").split()
            known = int(last_seq)
        except (OSError, ValueError):
            return 0
        return known if incarnation == state.incarnation and known > state.last_seq else 0

    def keep(self, state: DeviceState) -> None:
        """Write the present place down, durably.

        The ledger has committed by now, so a disk that refuses this line is logged and changes nothing.
        """
        line = f"{state.incarnation} {state.last_seq:012}\n"
        if line == self._written:
            return
        try:
            self._write(line)
        except OSError as error:
            _log.error("link.watermark_unwritable: %s", error)

    def _write(self, line: str) -> None:
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode())
            os.fsync(handle)
        finally:
            os.close(handle)
        self._written = line
