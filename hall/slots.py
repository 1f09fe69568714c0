"""When people may come by appointment 预约: the times of a day, how many each takes, the days that take none.

Times are minutes after midnight of the hall's own clock, instants microseconds since 1970 UTC.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from hall.clock import MINUTE_US, SECOND_US
from hall.opening import DayPeriods, WeekHours


class SlotPlan(BaseModel):
    """The appointments of a group: slots of so many minutes, each for so many people.

    They fill the opening periods from their start; a rest shorter than a slot takes nobody. `periods` are the hours in
    which there are any, None for the group's own opening hours.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    slot_minutes: int = Field(default=30, ge=5, le=240)
    capacity: int = Field(default=4, ge=1, le=500)
    periods: WeekHours | None = None


class BookingPolicy(BaseModel):
    """What a hall allows with appointments. Every figure is a setting: no public record says which ones are right.

    Attributes:
        most_live: So many appointments to come one person may have.
        days_ahead: So many days after today may be booked; 0 is today alone.
        cancel_minutes: Until so many minutes before its slot an appointment may be cancelled.
        no_shows: After so many in `barred_days` days a person may book no more until the oldest is past; 0 never bars.
        barred_days: For so many days a missed appointment is remembered.
        early_minutes: From so many minutes before its slot a person may check in (waiting 5.2).
        late_minutes: Until so many minutes after its beginning a check-in is on time (waiting 5.2).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    most_live: int = Field(default=2, ge=1, le=50)
    days_ahead: int = Field(default=7, ge=0, le=90)
    cancel_minutes: int = Field(default=120, ge=0, le=7 * 24 * 60)
    no_shows: int = Field(default=2, ge=0, le=20)
    barred_days: int = Field(default=30, ge=1, le=180)
    early_minutes: int = Field(default=30, ge=0, le=240)
    late_minutes: int = Field(default=10, ge=0, le=120)


@dataclass(frozen=True, slots=True)
class Slot:
    """A time of a day for which people can be booked: from `start` for `minutes`."""

    day: date
    start: int
    minutes: int
    at: int
    capacity: int

    @property
    def words(self) -> str:
        """`09:00-09:30`, as on screens and in files."""
        return f"{clock(self.start)}-{clock(self.start + self.minutes)}"


FAR_DAYS = 366
"""Nobody asks of slots further from today, or changes them."""
Changes = Mapping[tuple[str, int], int]
"""What a manager changed of one day: (group or "" for all, start or `WHOLE_DAY`) → how many it takes now."""
WHOLE_DAY = -1


def slots_on(
    plan: SlotPlan, periods: DayPeriods, day: date, offset_minutes: int, group_id: str, changes: Changes
) -> tuple[Slot, ...]:
    """The slots of a group on a day, in order; those that a manager closed take nobody.

    Args:
        plan: The group's plan.
        periods: When there may be any on that very day.
        day: The day.
        offset_minutes: The hall's clock against UTC.
        group_id: The group, to find its changes.
        changes: What was changed of this day. What is closed is closed; else the narrower word counts.
    """
    starts = (start for begin, end in periods for start in range(begin, end - plan.slot_minutes + 1, plan.slot_minutes))
    midnight = instant(day, 0, offset_minutes)
    return tuple(
        Slot(
            day,
            start,
            plan.slot_minutes,
            midnight + start * MINUTE_US,
            _capacity(plan, changes, group_id, start) if changes else plan.capacity,
        )
        for start in starts
    )


def _capacity(plan: SlotPlan, changes: Changes, group_id: str, start: int) -> int:
    places = ((group_id, start), (group_id, WHOLE_DAY), ("", start), ("", WHOLE_DAY))
    told = [changes[place] for place in places if place in changes]
    if 0 in told:  # a closed day is closed
        return 0
    return told[0] if told else plan.capacity


def first_free(slots: Iterable[Slot], booked: Mapping[int, int], after_us: int) -> Slot | None:
    """The first slot that begins after an instant and takes one more person, `booked` as counts by beginning."""
    return next((slot for slot in slots if slot.at > after_us and booked.get(slot.at, 0) < slot.capacity), None)


def instant(day: date, minute: int, offset_minutes: int) -> int:
    """When the hall's clock shows so many minutes after midnight of a day, microseconds since 1970 UTC."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return round(midnight.timestamp()) * SECOND_US + (minute - offset_minutes) * MINUTE_US


def days_from(first: date, count: int) -> Iterable[date]:
    """So many days, the first one included."""
    return (first + timedelta(days=n) for n in range(count))


def clock(minute: int) -> str:
    """`09:05` for 545 minutes after midnight."""
    return f"{minute // 60:02}:{minute % 60:02}"


def minute_of(text: str) -> int:
    """545 for `09:05`."""
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)
