"""Days and hours in words, in both languages."""

from datetime import date, datetime

_WEEKDAYS = "一二三四五六日"
_ENGLISH_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date_words(day: date, *, english: bool) -> str:
    """`11 月 24 日  星期二`, `Tue 24 Nov`."""
    if english:
        return f"{_ENGLISH_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return f"{day.month} 月 {day.day} 日\u2003星期{_WEEKDAYS[day.weekday()]}"


def opening_words(now: datetime, opening: datetime | None, *, english: bool) -> str:
    """When it opens, as one says it: today by the hour, later by the weekday; empty if never."""
    if opening is None:
        return ""
    hour, days = f"{opening:%H:%M}", (opening.date() - now.date()).days
    if english:
        return hour if days == 0 else f"{_ENGLISH_DAYS[opening.weekday()]} {hour}"
    day = (
        "今天" if days == 0 else "明天" if days == 1 else f"{opening.month} 月 {opening.day} 日星期" + _weekday(opening)
    )
    return f"{day} {hour}"


def _weekday(day: date) -> str:
    return _WEEKDAYS[day.weekday()]
