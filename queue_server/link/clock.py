"""The machine's clocks and its source of ids: the only place of this room that asks the system for either."""

import os
import sys
import time
from pathlib import Path

from hall.clock import Moment

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def new_id() -> str:
    """128 random bits from the operating system as 32 hex digits."""
    return os.urandom(16).hex()


class SystemClock:
    """A `hall.clock.Clock` over the machine's own clocks.

    `mono_us` counts since boot with suspend included where the system offers such a clock (Linux), else it is the
    ordinary monotonic clock. Where the system names its boots the moment carries that name; elsewhere every start of
    the program counts as a boot of its own, which is the careful reading: times across it are estimates.
    """

    def __init__(self) -> None:
        self._boot_id = _boot_id()

    def now(self) -> Moment:
        """The present moment."""
        return Moment(wall_us=time.time_ns() // 1000, mono_us=_mono_ns() // 1000, boot_id=self._boot_id)


def _boot_id() -> str:
    try:
        return _BOOT_ID.read_text("ascii").strip().replace("-", "")
    except OSError:
        return new_id()


if sys.platform == "linux":

    def _mono_ns() -> int:
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)

else:

    def _mono_ns() -> int:
        return time.monotonic_ns()
