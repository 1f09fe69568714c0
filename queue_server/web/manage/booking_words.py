"""What the page of appointments says: what a file would bring, what is free, why something is not done. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hall.booking import Booking, BookingState, NoBooking
from hall.opening import local_time
from hall.wire.bookings import Imported, SlotNow

_WEEKDAYS = "一二三四五六日"
REFUSED = {
    NoBooking.NOT_BOOKABLE: "这个事项不接受预约",
    NoBooking.NO_SUCH_SLOT: "这一天没有这个时段，请重新选",
    NoBooking.DAY_CLOSED: "这一天不接受预约，请换一天",
    NoBooking.PAST: "这个时段已经开始，请换一个",
    NoBooking.TOO_FAR: "还不能约这么远，请换近一点的一天",
    NoBooking.BAD_DOCUMENT: "证件号码不对，请核对位数和每一位",
    NoBooking.FULL: "这个时段刚刚约满了，请换一个",
    NoBooking.UNKNOWN: "没有这个预约号，请核对",
    NoBooking.NOT_OPEN: "这个预约已经取消、用过或者过期了",
    NoBooking.TOO_LATE: "离预约的时间太近，不能再取消；市民不来会记为未到",
}
STATES = {
    BookingState.BOOKED: "已约",
    BookingState.CANCELLED: "已取消",
    BookingState.CALLED_OFF: "因停办取消",
    BookingState.CHECKED_IN: "已取号",
    BookingState.NO_SHOW: "未到",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A service that can be booked."""

    service: str
    name: str
    group: str


@dataclass(frozen=True, slots=True)
class FreeDay:
    """A day on which a service has places left, and its times: beginning → words."""

    day: date
    words: str
    times: dict[str, str]


def free_days(slots: Iterable[SlotNow]) -> tuple[FreeDay, ...]:
    """The times that can still be booked, by day."""
    days: dict[date, dict[str, str]] = {}
    for slot in slots:
        if slot.free:
            days.setdefault(slot.day, {})[slot.start] = f"{slot.start}–{slot.end}，还有 {slot.free} 个"
    return tuple(FreeDay(day, day_words(day), times) for day, times in days.items())


def day_words(day: date) -> str:
    """`11 月 27 日 星期五`."""
    return f"{day.month} 月 {day.day} 日 星期{_WEEKDAYS[day.weekday()]}"


def time_words(booking: Booking, offset_minutes: int) -> str:
    """`11 月 27 日 星期五 09:00`."""
    return f"{day_words(booking.day)} {local_time(booking.slot_at, offset_minutes):%H:%M}"


def would_bring(told: Imported) -> str:
    """What taking a file would do."""
    if not told.made:
        return f"{told.known} 个都早已导入过，没有新的"
    words = f"没有错。会新导入 {told.made} 个预约"
    words += f"，另有 {told.known} 个早已导入过" if told.known else ""
    return words + (f"。其中 {told.over} 个超出时段设定的人数，照样有效" if told.over else "")


def brought(told: Imported) -> str:
    """What taking it did."""
    return f"已导入 {told.made} 个预约" + (f"，{told.known} 个早已导入过" if told.known else "")
