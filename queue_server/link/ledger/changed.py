"""When a file was last changed, by the kernel's word: content, rights and names alike, and no program can set it.

A copy may bring along everything of a file but this (`st_ctime`; cp -a and rsync keep the other times). It comes from
the disk's own clock, so it is compared with that clock alone and no step of the machine's clock can part the two.
Microseconds; 0 where nobody tells.
"""

import os
import sys

NEAR_US = 2_000_000
"""So far apart the times of one writing may be: there are disks that keep whole seconds."""

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
    return abs(one_us - other_us) <= NEAR_US
