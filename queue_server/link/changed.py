"""When a file was last changed, by the kernel's word: content, rights and names alike, and no program can set it.

A copy may bring along everything of a file but this (`st_ctime`; cp -a and rsync keep the other times). It comes from
the disk's own clock, so it is compared with that clock alone and no step of the machine's clock can part the two.
Microseconds; 0 where nobody tells.
"""

import os
import sys
from collections.abc import Callable

COARSE_US = 2_000_000
"""So far apart the times of one writing may be on a disk that keeps whole seconds."""

_NEAR_US = 100_000
_SECOND_US = 1_000_000
_TRIES = 5
"""So often a line is written whose moment came too late, because the machine slept between; then without one."""

if sys.platform == "win32":

    def change_time(handle: int) -> int:  # noqa: ARG001 - as elsewhere
        """Windows tells the time of making instead."""
        return 0

    def touch(handle: int) -> None:
        """Nothing to find out."""

else:

    def change_time(handle: int) -> int:
        """When the open file was last changed."""
        return os.fstat(handle).st_ctime_ns // 1000

    def touch(handle: int) -> None:
        """Let the open file's change time be now."""
        os.utime(handle)


def is_near(one_us: int, other_us: int) -> bool:
    """Whether two change times may be of one writing."""
    whole = one_us % _SECOND_US == 0 == other_us % _SECOND_US
    return abs(one_us - other_us) <= (COARSE_US if whole else _NEAR_US)


def write_with_moment(
    handle: int, line: Callable[[int], bytes], change_time: Callable[[int], int] = change_time
) -> None:
    """Write a line over the beginning of an open file, with the moment of writing in it, durably.

    A file whose change time is another one than its line says was put there by somebody else.

    Args:
        handle: The file, open for writing.
        line: Makes the line of a moment in µs, 0 for no moment; always as long, so nothing is left of one before.
        change_time: As the function of that name.

    Raises:
        OSError: If the disk refuses.
    """
    for tries_left in reversed(range(_TRIES)):
        touch(handle)
        moment = change_time(handle) if tries_left else 0
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, line(moment))
        if is_near(change_time(handle), moment):
            break
    os.fsync(handle)
