"""What the manager's page says of appointments and of a day's numbers that run out."""

from datetime import date
from typing import Any

from hall.wire.bookings import SlotNow
from hall.wire.views import BookedDay, GroupNow, HallNow
from queue_server.web.manage.booked import booked
from queue_server.web.manage.picture import picture
from queue_server.web.manage.tiles import Thresholds

FRIDAY = date(2026, 11, 27)


def slot(start: str, end: str, **figures: int) -> SlotNow:
    told: dict[str, Any] = {"capacity": 3, "booked": 0, "free": 3} | figures
    return SlotNow(group="property", day=date(2026, 11, 26), start=start, end=end, at=0, **told)


def hall(
    *slots: SlotNow,
    days: tuple[BookedDay, ...] = (),
    issued: int = 0,
    limit: int | None = None,
    warn: int | None = None,
) -> HallNow:
    group = GroupNow(
        group="property", name="不动产登记", prefix="D", waiting=0, longest_wait_us=0, windows_open=1, issued=issued,
        finished=0, missed=0, cancelled=0, mean_wait_us=None, daily_limit=limit, warning_at=warn,
    )  # fmt: skip
    return HallNow(at=0, seq=1, hall="厅", groups=(group,), windows=(), devices=(), ratings={}, slots=slots, days=days)


def test_a_group_is_one_line_that_opens_to_its_slots() -> None:
    told = booked(hall(slot("09:00", "09:30", booked=2, came=1, missed=1), slot("09:30", "10:00", booked=1, late=1)))
    (group,) = told.groups
    assert group.title == "不动产登记：已约 3 / 6，按时到 1，迟到 1，未到 1"
    assert [(line.time, line.start) for line in group.slots] == [("09:00–09:30", 540), ("09:30–10:00", 570)]


def test_days_to_come_say_how_full_they_are_or_that_they_are_closed() -> None:
    saturday = BookedDay(day=date(2026, 11, 28), capacity=0, booked=0, called_off=4)
    days = (BookedDay(day=FRIDAY, capacity=12, booked=5), saturday)
    told = booked(hall(days=days))
    assert [(day.name, day.told, day.closed) for day in told.days] == [
        ("11 月 27 日 星期五", "已约 5 / 12", False),
        ("11 月 28 日 星期六", "不接受预约，因停办取消 4 个", True),
    ]
    assert told.taken
    assert not booked(hall()).taken


def test_the_manager_is_told_at_the_warning_value_and_when_all_numbers_are_given() -> None:
    def titles(issued: int) -> list[str]:
        now = hall(issued=issued, limit=10, warn=8)
        return [alert.title for alert in picture(now, Thresholds(warn=25, alert=40)).alerts]

    assert titles(7) == []
    assert titles(8) == ["不动产登记：今天已取 8 个号，还剩 2 个"]
    assert titles(10) == ["不动产登记：今天 10 个号取完了"]
