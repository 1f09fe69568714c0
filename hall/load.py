"""How loaded a group or a window is: one of a few words, by thresholds that are stated here and nowhere else. Pure.

The manager's tiles get their colour and their word from it, now as in the replay of a past day. Which colour a word has
is the page's matter; a colour never stands without its word.
"""

from enum import StrEnum

from hall.clock import MINUTE_US
from hall.window import WindowState

NEEDED_MINUTES = 1
"""So long a window may be free while somebody waits: between two people a clerk files papers."""
AWAITED_MINUTES = 5
"""So long after a call that nobody has come, the call should be told again or the number be missed."""
LONG_MINUTES = 45
"""So long into a service somebody might look whether the window needs help."""


class GroupLoad(StrEnum):
    """How it stands with those who wait for a group; the first that is true of it, in this order."""

    DOWN = "down"  # 系统故障: it cannot be served
    BEYOND = "beyond"  # the longest wait is beyond the target
    UNSERVED = "unserved"  # somebody waits and no window is open that may call him
    NEAR = "near"  # the longest wait is beyond the warning
    STEADY = "steady"  # somebody waits, nobody for long
    NOBODY = "nobody"  # nobody waits
    SUSPENDED = "suspended"  # 停办, and nobody waits for it any more


class WindowLoad(StrEnum):
    """What a window does, and whether somebody should look at it."""

    LOST = "lost"  # its screen is not heard any more
    CLOSED = "closed"
    PAUSED = "paused"
    NEEDED = "needed"  # free for NEEDED_MINUTES, while somebody waits whom it may call
    IDLE = "idle"
    AWAITING = "awaiting"  # called, and for AWAITED_MINUTES nobody has come
    CALLING = "calling"
    LONG = "long"  # one service for LONG_MINUTES
    SERVING = "serving"


def group_load(
    waiting: int,
    longest_us: int,
    windows_open: int,
    *,
    warn_minutes: float,
    target_minutes: float,
    down: bool = False,
    suspended: bool = False,
) -> GroupLoad:
    """The load of a group.

    Args:
        waiting: How many wait.
        longest_us: How long the one has waited who waits longest, in microseconds.
        windows_open: How many open windows may call for it.
        warn_minutes: From when a wait is near the target; the target itself where that is shorter.
        target_minutes: Nobody should wait longer.
        down: Whether it cannot be served, 系统故障.
        suspended: Whether it is 停办; whoever waits is called still, and loads it as ever.
    """
    if down:
        return GroupLoad.DOWN
    if longest_us > target_minutes * MINUTE_US:
        return GroupLoad.BEYOND
    if waiting and not windows_open:
        return GroupLoad.UNSERVED
    if longest_us > min(warn_minutes, target_minutes) * MINUTE_US:
        return GroupLoad.NEAR
    if waiting:
        return GroupLoad.STEADY
    return GroupLoad.SUSPENDED if suspended else GroupLoad.NOBODY


def window_load(state: WindowState, since_us: int, waiting: int, *, lost: bool = False) -> WindowLoad:
    """The load of a window.

    Args:
        state: What its band shows.
        since_us: For how long it has shown that, in microseconds.
        waiting: How many wait whom it may call.
        lost: Whether its screen is not heard: whoever cannot be heard is not shown as it stood when it was.
    """
    if lost:
        return WindowLoad.LOST
    match state:
        case WindowState.IDLE:
            needed = waiting and since_us >= NEEDED_MINUTES * MINUTE_US
            return WindowLoad.NEEDED if needed else WindowLoad.IDLE
        case WindowState.CALLING:
            return WindowLoad.AWAITING if since_us >= AWAITED_MINUTES * MINUTE_US else WindowLoad.CALLING
        case WindowState.SERVING:
            return WindowLoad.LONG if since_us >= LONG_MINUTES * MINUTE_US else WindowLoad.SERVING
        case WindowState.PAUSED:
            return WindowLoad.PAUSED
        case WindowState.CLOSED:
            return WindowLoad.CLOSED
