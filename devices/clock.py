"""The two clocks of this room, as functions that tests and rehearsals replace."""

import time


def wall_us() -> int:
    """Microseconds of UTC since 1970."""
    return time.time_ns() // 1000


def mono_us() -> int:
    """Microseconds of a clock that never jumps; only differences mean anything."""
    return time.monotonic_ns() // 1000
