"""How urgent something on the page is, and how a time of day is said."""

from enum import StrEnum

from hall.opening import local_time


class Tone(StrEnum):
    """How urgent something is; always shown with a word beside the colour."""

    CALM = "calm"
    GOOD = "good"
    CAUTION = "caution"
    ALARM = "alarm"
    OFF = "off"


def when(moment_us: int, now_us: int, offset_minutes: int) -> str:
    """A moment on the hall's clock: the time alone if it is of today."""
    then, now = local_time(moment_us, offset_minutes), local_time(now_us, offset_minutes)
    return f"{then:%H:%M}" if then.date() == now.date() else f"{then.month} 月 {then.day} 日 {then:%H:%M}"
