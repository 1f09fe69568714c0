"""Instants and lengths of time as a clerk reads them."""

from hall.clock import MINUTE_US, SECOND_US
from hall.opening import local_time
from window_client.i18n.phrases import Phrases


def clock(at_us: int, offset_minutes: int) -> str:
    """An instant on the hall's own clock, `09:17`."""
    return local_time(at_us, offset_minutes).strftime("%H:%M")


def day(at_us: int, offset_minutes: int, words: Phrases) -> str:
    """The day as it stands in the top bar, `11 月 24 日　星期二`."""
    local = local_time(at_us, offset_minutes)
    return words.date.format(month=local.month, day=local.day) + "　" + words.weekdays[local.weekday()]


def running(since_us: int, now_us: int) -> str:
    """A running time, `03:42`, from an hour on `1:03:42`; never below zero when clocks differ a little."""
    seconds = max(0, now_us - since_us) // SECOND_US
    hours, rest = divmod(seconds, 3600)
    minutes = f"{rest // 60:02}:{rest % 60:02}"
    return f"{hours}:{minutes}" if hours else minutes


def minutes_between(since_us: int, until_us: int) -> int:
    """Full minutes from one instant to another, never below zero."""
    return max(0, until_us - since_us) // MINUTE_US


def length(since_us: int, until_us: int, words: Phrases) -> str:
    """A length of time in words, `12 分钟`."""
    minutes = minutes_between(since_us, until_us)
    return words.minutes.format(minutes=minutes) if minutes else words.minute_or_less
