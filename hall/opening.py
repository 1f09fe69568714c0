"""When the hall is open: business days, opening periods, what the clock on the wall says.

All instants are integer microseconds since 1970 UTC; a hall lives at a fixed offset (UTC+08:00 unless set), and
its business day turns at 00:00 there.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from hall.clock import SECOND_US

_PERIOD = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]|24):([0-5]\d)", re.ASCII)
CHINA_MINUTES = 480
"""So far is a hall ahead of UTC that says nothing else: UTC+08:00."""

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DayPeriods = tuple[tuple[int, int], ...]
"""The opening periods of one very day, as minutes after midnight, in order; empty for a day on which all is closed."""


def local_time(wall_us: int, offset_minutes: int) -> datetime:
    """The hall's own clock (naive on purpose: there is only one clock on the wall)."""
    utc = datetime.fromtimestamp(wall_us // SECOND_US, UTC).replace(tzinfo=None, microsecond=wall_us % SECOND_US)
    return utc + timedelta(minutes=offset_minutes)


def business_day(wall_us: int, offset_minutes: int) -> date:
    """The business day an instant belongs to."""
    return local_time(wall_us, offset_minutes).date()


def day_begins(day: date, offset_minutes: int) -> int:
    """The first instant of a business day, UTC microseconds."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(minutes=offset_minutes)
    return int(midnight.timestamp()) * SECOND_US


def minutes_of(period: str) -> tuple[int, int]:
    """Start and end of a period `HH:MM-HH:MM`, in minutes after midnight; ValueError if it is none."""
    match = _PERIOD.fullmatch(period)
    if not match:
        raise ValueError(f"时段 {period!r} 应写成 09:00-12:00 的样子")
    start_hour, start_minute, end_hour, end_minute = (int(part) for part in match.groups())
    return start_hour * 60 + start_minute, end_hour * 60 + end_minute


def _in_order(periods: tuple[str, ...]) -> tuple[str, ...]:
    last = -1
    for period in periods:
        start, end = minutes_of(period)
        if end <= start:
            raise ValueError(
                f"时段 {period} 的先后不对：结束应在开始之后；过半夜的写成两段，如 00:00-06:00 和 22:00-24:00"
            )
        if not last < start < end <= 24 * 60:
            raise ValueError(f"时段 {period} 的先后不对：应从早到晚，互不重叠")
        last = end
    return periods


Periods = Annotated[tuple[str, ...], AfterValidator(_in_order)]
"""Times of a day, each `HH:MM-HH:MM`, in order and apart."""


class MakeUpDay(BaseModel):
    """调休上班日: a day that is worked as another weekday is, whatever the calendar says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day: date
    like: Weekday


class WeekHours(BaseModel):
    """Opening periods per weekday, each `HH:MM-HH:MM`, in order and apart; an empty tuple is a closed day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    monday: Periods = ()
    tuesday: Periods = ()
    wednesday: Periods = ()
    thursday: Periods = ()
    friday: Periods = ()
    saturday: Periods = ()
    sunday: Periods = ()

    def periods_of(self, weekday: Weekday) -> DayPeriods:
        """The periods of such a day."""
        texts: tuple[str, ...] = getattr(self, weekday)
        return tuple(minutes_of(period) for period in texts)

    def periods_on(self, day: date) -> DayPeriods:
        """The periods of a day by the calendar alone, whatever holidays there are (`hall.catalog.Hall.periods`)."""
        return self.periods_of(DAYS[day.weekday()])

    def next_opening(self, local: datetime) -> datetime | None:
        """The next moment the hall opens within a fortnight, None if never."""
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        starts = (
            midnight + timedelta(days=days, minutes=start)
            for days in range(15)
            for start, _ in self.periods_on((midnight + timedelta(days=days)).date())
        )
        return next((start for start in starts if start > local), None)


def open_at(periods: DayPeriods, local: datetime) -> bool:
    """Whether it is open at this local time of the day whose periods these are."""
    return any(start <= _minute(local) < end for start, end in periods)


def over_at(periods: DayPeriods, local: datetime) -> bool:
    """Whether the day's last period is over (so what still waits is served or cancelled as `day_end`)."""
    return not periods or _minute(local) >= periods[-1][1]


def _minute(local: datetime) -> int:
    return local.hour * 60 + local.minute
