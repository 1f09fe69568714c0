"""What the server and the relay ask of the system and of Python for their own process, before anything else begins.

Many open lines: every phone page is one, unasked a system lets a program have a thousand, and one more would lock out
kiosks and clerks. Few pools of memory: glibc gives every thread one of its own and each keeps the most it ever held,
so that of ten threads a server grows for days without holding anything more (`./onewindow bench --only week`).
"""

import ctypes
import gc
import sys
from contextlib import suppress

MOST_LINES = 65_536
"""More than any hall has phones, and not so many that they fill the memory."""
_POOLS = 2
_ARENA_MAX = -8
"""`M_ARENA_MAX` of mallopt(3)."""


def settle_in() -> None:
    """Ask; what the system does not grant the program does without."""
    _let_many_in()
    with suppress(OSError, AttributeError, TypeError):  # another C library has other pools
        ctypes.CDLL(None).mallopt(_ARENA_MAX, _POOLS)


def settled() -> None:
    """Called once it serves: what was loaded stays for good, and no collection of garbage looks through it any more.

    Else a full one stops every call for a tenth of a second (`./onewindow bench --only fanout`).
    """
    gc.collect()
    gc.freeze()


if sys.platform == "win32":

    def _let_many_in() -> None:
        """There is no such limit here."""

else:
    import resource

    def _let_many_in() -> None:
        """As many as the machine's administrator allows."""
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = MOST_LINES if hard == resource.RLIM_INFINITY else min(MOST_LINES, hard)
        if soft < most:
            with suppress(OSError, ValueError):  # a system that names no limit may keep one
                resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
