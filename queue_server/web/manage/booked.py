"""What the page says about appointments, as plain data: today by group and slot, and the days to come. Pure."""

from dataclasses import dataclass
from datetime import date

from hall.slots import minute_of
from hall.wire.bookings import SlotNow
from hall.wire.views import BookedDay, HallNow

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class SlotLine:
    """One slot of today. `start` is its beginning, minutes after midnight."""

    day: date
    group: str
    start: int
    time: str
    told: str
    capacity: int
    past: bool


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Today's appointments of one group: a line to read, and the slots it opens to."""

    group: str
    title: str
    slots: tuple[SlotLine, ...]


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day to come: how much of it is booked, or that it is closed."""

    day: date
    name: str
    told: str
    booked: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Booked:
    """All of it; `taken` is false in a hall that takes no appointments."""

    taken: bool
    summary: str
    groups: tuple[GroupLine, ...]
    days: tuple[DayLine, ...]


def booked(now: HallNow) -> Booked:
    """The appointments at this moment."""
    names = {group.group: group.name for group in now.groups}
    by_group: dict[str, list[SlotNow]] = {}
    for slot in now.slots:
        by_group.setdefault(slot.group, []).append(slot)
    return Booked(
        taken=bool(now.slots or now.days),
        summary=_told(now.slots) if now.slots else "今天没有可预约的时段",
        groups=tuple(
            GroupLine(group, f"{names.get(group, group)}：{_told(slots)}", tuple(map(_line, slots)))
            for group, slots in by_group.items()
        ),
        days=tuple(
            DayLine(
                day=each.day,
                name=f"{each.day.month} 月 {each.day.day} 日 星期{_WEEKDAYS[each.day.weekday()]}",
                told=_of_day(each),
                booked=each.booked,
                closed=not each.capacity,
            )
            for each in now.days
        ),
    )


def _of_day(day: BookedDay) -> str:
    words = f"已约 {day.booked} / {day.capacity}" if day.capacity else "不接受预约"
    return f"{words}，因停办取消 {day.called_off} 个" if day.called_off else words


def _told(slots: list[SlotNow] | tuple[SlotNow, ...]) -> str:
    total = {
        name: sum(getattr(slot, name) for slot in slots) for name in ("booked", "came", "late", "missed", "called_off")
    }
    words = f"已约 {total['booked']} / {sum(slot.capacity for slot in slots)}"
    if total["booked"]:
        words = f"{words}，按时到 {total['came']}，迟到 {total['late']}，未到 {total['missed']}"
    return f"{words}，因停办取消 {total['called_off']}" if total["called_off"] else words


def _line(slot: SlotNow) -> SlotLine:
    return SlotLine(
        day=slot.day,
        group=slot.group,
        start=minute_of(slot.start),
        time=f"{slot.start}–{slot.end}",
        told="不接受预约" if not (slot.capacity or slot.booked or slot.called_off) else _told((slot,)),
        capacity=slot.capacity,
        past=slot.past,
    )
