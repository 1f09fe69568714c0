"""What the page of replays says of a day and a moment of it. Pure."""

from dataclasses import replace
from datetime import date

from hall.clock import MINUTE_US
from hall.grouping import WEEKDAYS
from hall.half_hours import HALF_US
from hall.opening import local_time
from hall.replay import DayReplay
from queue_server.operations.views.then import HallThen
from queue_server.web.manage.day_curve import Curve, DayCurves


def day_name(day: date) -> str:
    """A day, as `2026 年 11 月 20 日 周五`."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日 {WEEKDAYS[day.weekday()]}"


def at_clock(moment: int, offset_minutes: int) -> str:
    """What the clock on the wall said, to the second."""
    return f"{local_time(moment, offset_minutes):%H:%M:%S}"


def so_far(then: HallThen) -> str:
    """The day up to a moment, in one line."""
    groups = then.groups
    words = (("取号", "issued"), ("办完", "finished"), ("过号", "missed"), ("弃号", "cancelled"))
    counted = "，".join(f"{word} {sum(getattr(group, name) for group in groups)}" for word, name in words)
    return f"到这时{counted}，在等 {then.waiting} 人"


def half_hours(first: int, last: int, offset_minutes: int) -> dict[str, str]:
    """The half hours of a day's span that can be jumped to: moment and words."""
    offset = offset_minutes * MINUTE_US
    begun = -(-(first + offset) // HALF_US) * HALF_US - offset
    return {str(at): f"{local_time(at, offset_minutes):%H:%M}" for at in range(begun, last + 1, HALF_US)}


def with_queues(shown: DayCurves, replay: DayReplay, midnight: int) -> DayCurves:
    """The same, and how many waited when each half hour began."""
    moments = [midnight + (shown.first + place) * HALF_US for place in range(len(shown.begins))]
    waited = tuple(float(sum(line.at(each).waiting for line in replay.queues.values())) for each in moments)
    queues = Curve("在等", "人，每半小时开始时", waited, (None,) * len(moments))
    return replace(shown, curves=(*shown.curves, queues))
