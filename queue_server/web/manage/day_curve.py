"""A day by half hour against the usual weekday, as a page draws it: bars, steps, a sentence. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from hall.grouping import WEEKDAYS
from hall.half_hours import Half, Halves, begins, of_day, usual
from hall.tally import Tally
from hall.visits import GroupHalves

_ROUND = (10, 12, 16, 20, 24, 30, 40, 50, 60, 80)  # tenths, of 1, 10, 100 …


@dataclass(frozen=True, slots=True)
class Curve:
    """One figure by half hour: `bars` of the day, `steps` of the usual one; None where there is nothing to say."""

    name: str
    unit: str
    bars: tuple[float | None, ...]
    steps: tuple[float | None, ...]

    @property
    def most(self) -> int:
        """The upper end of the scale: a round number above all values, whose half is whole too."""
        greatest = max((value for value in (*self.bars, *self.steps) if value is not None), default=0)
        ten = 1
        while True:
            for tenths in _ROUND:
                end = tenths * ten // 10
                if end > greatest and end % 2 == 0 and tenths * ten % 10 == 0:
                    return end
            ten *= 10


@dataclass(frozen=True, slots=True)
class DayCurves:
    """Figures over the same half hours, from the first of which anything is known to the last.

    `first` is the first one, as `hall.half_hours` counts them; `open_half` the place of the one that is not over yet,
    None if there is none.
    """

    first: int
    begins: tuple[str, ...]
    curves: tuple[Curve, ...]
    title: str
    open_half: int | None = None

    def share(self, minute_of_day: float) -> float:
        """Where a minute stands, as a share of the width; below 0 or above 1 outside."""
        return (minute_of_day - 30 * self.first) / (30 * max(1, len(self.begins)))


def day_curves(
    today: GroupHalves, before: Mapping[date, GroupHalves], day: date, group: str = "", now_half: int | None = None
) -> DayCurves:
    """A day beside what is usual on such a day.

    Args:
        today: What is counted of the day.
        before: The days that tell what is usual (`hall.half_hours.usual_days`).
        day: Which day it is.
        group: Whose figures, the whole hall's if empty.
        now_half: The half hour it is, None if the day is over.
    """
    has, used = of_day(_of_group(today, group)), usual([_of_group(each, group) for each in before.values()])
    known = has.keys() | used.keys()
    span = range(min(known), max(known) + 1) if known else range(0)
    bars = {half: has.get(half, Half(0, None)) for half in span if now_half is None or half <= now_half}
    return DayCurves(
        first=span.start,
        begins=tuple(map(begins, span)),
        curves=(
            _curve("取号", "人", span, bars, used, lambda half: half.arrivals),
            _curve("等候中位数", "分钟", span, bars, used, lambda half: half.wait),
        ),
        title=_title(bars, used, len(before), day, now_half),
        open_half=None if now_half is None or now_half not in span else now_half - span.start,
    )


def _of_group(day: GroupHalves, group: str) -> Halves:
    if group:
        return day.get(group, {})
    whole: dict[int, Tally] = {}
    for halves in day.values():
        for half, tally in halves.items():
            whole.setdefault(half, Tally()).merge(tally)
    return whole


def _curve(
    name: str,
    unit: str,
    span: range,
    bars: Mapping[int, Half],
    used: Mapping[int, Half],
    value: Callable[[Half], float | None],
) -> Curve:
    def along(halves: Mapping[int, Half]) -> tuple[float | None, ...]:
        return tuple(value(halves[half]) if half in halves else None for half in span)

    return Curve(name, unit, along(bars), along(used))


def _title(bars: Mapping[int, Half], used: Mapping[int, Half], days: int, day: date, now_half: int | None) -> str:
    """How many came, and how many usually come by then; half hours that are not over are left out."""
    whole = {half: each for half, each in bars.items() if half != now_half}
    until = "全天" if now_half is None else f"{begins(now_half)} 以前"
    came = f"{until}来了 {sum(each.arrivals for each in whole.values()):.0f} 人"
    weekday = WEEKDAYS[day.weekday()]
    if not days:
        return f"{came}，以前还没有哪个{weekday}可以比"
    usually = sum(used[half].arrivals for half in used if now_half is None or half < now_half)
    return f"{came}，往常{weekday} {usually:.0f} 人（最近 {days} 个{weekday}）"
