"""A line beside the ledger that remembers how far it got, so that an older copy put back in place is noticed."""

import logging

from queue_server.link.ledger.home import Home
from queue_server.link.ledger.state import DeviceState

_log = logging.getLogger("onewindow.link.ledger")


class Watermark:
    """Incarnation and greatest lane_seq in one short line, synced after each commit that moved it.

    It may lag behind the ledger (power went between the two), never the other way round unless the ledger is older
    than it should be.

    Attributes:
        refused: Whether the disk did not take the line the last time.
    """

    def __init__(self, home: Home) -> None:
        self._home = home
        self._written = ""
        self.refused = False

    def lost_until(self, state: DeviceState) -> int:
        """The greatest lane_seq ever written by this incarnation, if that is above what the ledger holds; else 0.

        A line that does not read back (torn by a power cut) says nothing.
        """
        incarnation, known = self._read()
        return known if incarnation == state.incarnation and known > state.last_seq else 0

    def outlived(self, state: DeviceState) -> bool:
        """Whether the ledger is of an earlier life than the one written down: an old file was put back.

        Power may go between the beginning of a life and this line, so the life just before is no such sign.
        """
        incarnation, _ = self._read()
        return incarnation not in ("", state.incarnation, state.before)

    def touched_us(self) -> int:
        """When somebody else last wrote or touched the line, microseconds by the disk's clock; 0 if nobody did."""
        try:
            return self._home.touched_us()
        except OSError as error:
            _log.error("link.watermark_unreadable: %s", error)
            return 0

    def now_us(self) -> int:
        """The time by the disk's clock; 0 if it has none."""
        return self._home.now_us()

    def _read(self) -> tuple[str, int]:
        try:
            incarnation, last_seq = self._home.read_watermark().split()
            return incarnation, int(last_seq)
        except (OSError, ValueError):
            return "", 0

    def keep(self, state: DeviceState) -> None:
        """Write the present place down, durably.

        The ledger has committed by now, so a disk that refuses this line is logged and changes nothing.
        """
        line = f"{state.incarnation} {state.last_seq:012}\n"
        if line == self._written:
            return
        try:
            self._home.write_watermark(line)
        except OSError as error:
            _log.error("link.watermark_unwritable: %s", error)
            self.refused = True
        else:
            self._written, self.refused = line, False
