"""A clock that is carried forward by hand: the machine's own time, and ahead of it what a shared file says.

So a real server, its kiosks and its clerks live a week in minutes, all at the same moment of it.
"""

import mmap
import struct
from pathlib import Path

from hall.clock import Moment
from queue_server.link.clock import SystemClock

_AHEAD = struct.Struct("<q")


class CarriedClock:
    """A `hall.clock.Clock` of everybody who opens the same file; time passes by itself too.

    Args:
        file: Eight bytes, made if missing; whoever carries the clock forward writes, the others read.
    """

    def __init__(self, file: Path) -> None:
        self._real = SystemClock()
        with file.open("ab") as made:
            if not made.tell():
                made.write(_AHEAD.pack(0))
        with file.open("r+b") as shared:
            self._ahead = mmap.mmap(shared.fileno(), _AHEAD.size)

    def now(self) -> Moment:
        """The moment everybody believes in."""
        (ahead,) = _AHEAD.unpack(self._ahead[:])
        real = self._real.now()
        return Moment(wall_us=real.wall_us + ahead, mono_us=real.mono_us + ahead, boot_id=real.boot_id)

    def forward(self, us: int) -> None:
        """Let so many microseconds pass at once."""
        (ahead,) = _AHEAD.unpack(self._ahead[:])
        self._ahead[:] = _AHEAD.pack(ahead + us)
