"""休息日, 调休 and 办理时间 as forms. Pure."""

from hall.arrangements import WEEKDAYS, GroupHours, Holidays, OpeningHours
from hall.catalog import Catalog
from queue_server.web.manage.settings.fields import Field, Kind, Reading, spans, week_fields

_OWN = (("", "和全厅一样"), ("own", "自己的，写在下面"))
_LIKE = tuple((day, f"按星期{name}") for day, name in WEEKDAYS.items())


def holidays(part: Holidays, _: Catalog) -> tuple[Field, ...]:
    """Two lists of days."""
    worked = "\n".join(f"{made.day} {made.like}" for made in part.make_up)
    return (
        Field("closed", "休息日", spans(part.closed), Kind.DAYS, hint="那几天不放号、不接受预约"),
        Field("make_up", "调休上班日", worked, Kind.MAKE_UPS, hint="那天照另一个星期几上班", choices=_LIKE),
    )


def holidays_read(_: Holidays, reading: Reading) -> Holidays:
    """And back."""
    return Holidays(closed=reading.days("closed"), make_up=reading.make_ups("make_up"))


def hall_hours(part: OpeningHours, _: Catalog) -> tuple[Field, ...]:
    """A line for each weekday."""
    return week_fields("", part.hours)


def hall_hours_read(_: OpeningHours, reading: Reading) -> OpeningHours:
    """And back."""
    return OpeningHours(hours=reading.week(""))


def group_title(part: GroupHours, catalog: Catalog) -> str:
    """The group by name."""
    return f"{catalog.group(part.group).name}的时间"


def group_summary(part: GroupHours, _: Catalog) -> str:
    """What of it is the group's own."""
    own = ["办理时间" if part.hours else "", "放号时段" if part.issuing else ""]
    early = f"提前 {part.pre_opening_minutes} 分钟放号" if part.pre_opening_minutes else ""
    said = [f"自己的{'、'.join(filter(None, own))}" if any(own) else "", early]
    return "，".join(filter(None, said)) or "和全厅一样"


def group_hours(part: GroupHours, _: Catalog) -> tuple[Field, ...]:
    """Whether it has hours of its own, and which; the same for the times in which it gives numbers."""
    return (
        Field("whose_hours", "办理时间", "own" if part.hours else "", Kind.CHOICE, choices=_OWN),
        *week_fields("hours_", part.hours, "办理 "),
        Field("whose_issuing", "放号时段", "own" if part.issuing else "", Kind.CHOICE, choices=_OWN),
        *week_fields("issuing_", part.issuing, "放号 "),
        Field("early", "提前放号", str(part.pre_opening_minutes), Kind.NUMBER, "分钟", "每段开始前多久就放号"),
    )


def group_hours_read(part: GroupHours, reading: Reading) -> GroupHours:
    """And back; what is the hall's is not read."""
    return GroupHours(
        group=part.group,
        hours=reading.week("hours_") if reading.text("whose_hours") else None,
        issuing=reading.week("issuing_") if reading.text("whose_issuing") else None,
        pre_opening_minutes=reading.sure("early", 0, 240),
    )
