"""What a printer may still hold of a slip that did not end well, and how it is kept from the next person.

A printer that stood still goes on with the old half when it is mended, and one that was cut off in the middle of a
picture takes the next bytes for dots. So, before anything else is printed: white for the rest of that picture, the
order to clear, and whatever stands under the head is marked as void and cut off.
"""

from devices.printer.escpos import encode
from devices.printer.profile import Profile
from devices.printer.slip import Align, Cut, Slip, Text
from devices.transports import Transport

VOID = "作废"
REASON = "没打完的取号单，请不要用"
CHUNK = 1024  # bytes in one write

_CLEAR = b"\x10\x05\x02"  # DLE ENQ 2: leave the error, drop what waits
_LONGEST_PIECE = 32768  # bytes a picture of a slip can have; for a job of an earlier life


class LeftOver:
    """The remains of one printer's jobs. For one thread at a time, like its transport.

    Attributes:
        suspected: Whether the printer may hold part of an earlier job.
        voided: Whether that was marked as void and cut off, as far as we know.
    """

    def __init__(self, transport: Transport, profile: Profile) -> None:
        self._transport = transport
        large = Text(VOID, min(3, profile.largest_size), bold=True, align=Align.CENTRE)  # in the printer's own type
        self._void = encode(Slip((large, Text(REASON, align=Align.CENTRE), Cut())), profile)
        self._longest = 0
        self._owed = 0  # bytes the printer may still wait for
        self.suspected = False
        self.voided = False

    def suspect(self, piece: int) -> None:
        """Part of a job is on its way, so many bytes of it."""
        self.suspected, self.voided, self._longest = True, False, max(self._longest, piece)

    def broke_off(self) -> None:
        """The line broke: nobody knows which byte was the last to arrive."""
        self._owed = self._longest

    def inherit(self) -> None:
        """An earlier life may have been broken off in the middle of anything."""
        self.suspect(_LONGEST_PIECE)
        self.broke_off()

    def settle(self) -> None:
        """The job came out whole."""
        self.suspected, self.voided, self._longest, self._owed = False, False, 0, 0

    def finish_command(self) -> int:
        """End a command that broke off: white dots if it was a picture, nothing to a printer that waits for none.

        Returns:
            How many bytes were needed.

        Raises:
            DeviceError: The link is gone or takes nothing.
        """
        needed = self._owed
        while self._owed:
            white = min(self._owed, CHUNK)
            self._transport.write(bytes(white))
            self._owed -= white
        return needed

    def clear(self) -> None:
        """Drop what waits in the printer.

        Raises:
            DeviceError: The link is gone or takes nothing.
        """
        self.finish_command()
        self._transport.write(_CLEAR)

    def expel(self) -> None:
        """Mark what stands under the head as void and cut it off; for a printer that is clear and ready.

        Raises:
            DeviceError: The link is gone or takes nothing.
        """
        self._transport.write(self._void)
        self.voided = True
