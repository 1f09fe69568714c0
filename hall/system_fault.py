"""系统故障: the department's own system has failed, so a group cannot be served whatever window is open.

Whoever waits is told at once: the number ends, and its slip gives priority on the same day or a few working days after.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from hall.words import Id, Name, Staff, Word


class FaultDeclared(Word):
    """A clerk or manager says that a group cannot be served until it is ended; why, in words, if they say it."""

    kind: Literal["fault_declared"] = "fault_declared"
    group: Name
    staff: Staff
    reason: str = Field(default="", max_length=40)


class FaultEnded(Word):
    """The group can be served again."""

    kind: Literal["fault_ended"] = "fault_ended"
    group: Name
    staff: Staff


class FaultHonoured(Word):
    """A slip that a fault had ended was shown: its holder waits again with priority, under another number. Once."""

    kind: Literal["fault_honoured"] = "fault_honoured"
    ticket: Id
    renewed: Id


def last_day(day: date, opens: Callable[[date], bool], working_days: int) -> date:
    """Until when a slip of `day` gives priority: so many days on which the group is open after that one.

    A group that never opens again in two months has no such days: then the slip is good for its own day.
    """
    left, last = working_days, day
    for ahead in range(1, 62):
        if left and opens(day + timedelta(days=ahead)):
            left, last = left - 1, day + timedelta(days=ahead)
    return last
