"""What the page says of a window more or less and of a day's plan, with the last days replayed beside it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from queue_server.forecast.asked import PlanTold, ReplayTold, Told, WhatIfTold

_NOBODY = "等不到"
_UNTRIED = "还没有办过的日子可以拿来试这个推算，请只作参考"
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Table:
    """Figures under a line that says what they are."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Supposed:
    """An answer: its sentence, what it rests on, its figures, and how true the model was."""

    title: str
    note: str
    tables: tuple[Table, ...]
    replay: Table


def supposed(told: Told, names: Mapping[str, str]) -> Supposed:
    """An answer in words; `names` are those of the groups by id."""
    match told:
        case WhatIfTold():
            return _what_if(told, names)
        case PlanTold():
            return _plan(told, names)


def minutes_until(clock: str, wanted: str) -> int | None:
    """From one time of day to a later one, both as `11:30`; None if it is over, too far away, or no time."""
    try:
        now, then = ((int(hours) * 60 + int(minutes)) for hours, minutes in (clock.split(":"), wanted.split(":")))
    except ValueError:
        return None
    return then - now if 0 <= then - now <= _FURTHEST else None


_FURTHEST = 480


def day_words(day: date) -> str:
    """A day to plan, as `11 月 28 日 周六`."""
    return f"{day.month} 月 {day.day} 日 周{_WEEKDAYS[day.weekday()]}"


def _what_if(told: WhatIfTold, names: Mapping[str, str]) -> Supposed:
    if not told.known:
        return Supposed("现在还说不出来", told.note, (), _replay(told.replayed))
    rows = tuple(
        (names.get(each.group, each.group), _within(each.before_minutes), _within(each.after_minutes))
        for each in told.effects
    )
    first = told.effects[0] if told.effects else None
    title = "各类的等候看不出变化"
    if first is not None and first.before_minutes != first.after_minutes:
        title = (
            f"{names.get(first.group, first.group)}：九成人的等候 "
            f"{_within(first.before_minutes)} → {_within(first.after_minutes)}"
        )
    table = Table("之后一小时来的人，九成等候", ("业务", "不变", "这样改"), rows)
    return Supposed(title, told.note, (table,), _replay(told.replayed))


def _plan(told: PlanTold, names: Mapping[str, str]) -> Supposed:
    if not told.known:
        return Supposed(f"{day_words(told.day)}排不出来", told.note, (), _replay(told.replayed))
    most = max((len(half.windows) for half in told.halves), default=0)
    halves = tuple(
        (
            half.begins,
            f"{len(half.windows)} 个",
            f"{half.people} 人",
            _within(half.p90_minutes),
            _short([names.get(group, group) for group in half.short]),
        )
        for half in told.halves
    )
    shifts = tuple(
        (f"{number} 号窗口", "，".join(f"{shift.begins}–{shift.ends}" for shift in pieces))
        for number, pieces in groupby(told.shifts, key=lambda shift: shift.window)
    )
    return Supposed(
        f"{day_words(told.day)}：最多同时开 {most} 个窗口",
        told.note,
        (
            Table("每半小时最少开几个", ("从", "开窗", "来的人", "九成等候", ""), halves),
            Table("排成班次", ("窗口", "几点到几点"), shifts),
        ),
        _replay(told.replayed),
    )


def _short(groups: list[str]) -> str:
    return f"{'、'.join(groups)}超过目标，能办的窗口已全开" if groups else ""


def _replay(days: tuple[ReplayTold, ...]) -> Table:
    """The same model on days that are over."""
    gaps = [
        abs(day.mean_minutes - day.model_mean_minutes)
        for day in days
        if day.mean_minutes is not None and day.model_mean_minutes is not None
    ]
    title = _UNTRIED
    if gaps:
        mean = f"{sum(gaps) / len(gaps):.0f}"
        gap = f"推算的平均等候和实际平均差 {mean} 分钟，最多差 {max(gaps)} 分钟"
        title = f"拿最近 {len(days)} 天试过：{gap}（下面：实际 / 推算）"
    rows = tuple(
        (
            day_words(day.day),
            f"{day.people} 人",
            _pair(day.mean_minutes, day.model_mean_minutes),
            _pair(day.p90_minutes, day.model_p90_minutes),
        )
        for day in days
    )
    return Table(title, ("哪一天", "来的人", "平均", "九成"), rows)


def _pair(was: int | None, model: int | None) -> str:
    """Minutes as they were, then as the model has them."""
    if was is None or model is None:
        return "没有可比的"
    return f"{was} / {model} 分"


def _within(minutes: int | None) -> str:
    return _NOBODY if minutes is None else f"{minutes} 分钟内"
