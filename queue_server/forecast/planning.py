"""Tomorrow's windows from a log alone, with the last days replayed beside it: `./onewindow forecast plan LOG.csv`."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

import numpy as np

from queue_server.forecast.coming import alike
from queue_server.forecast.fidelity import Replayed, replay
from queue_server.forecast.log_file import Visit
from queue_server.forecast.past_days import PastDay, days_of_log, without_breaks
from queue_server.forecast.replay import Replay
from queue_server.forecast.shifts import shifts, time_of_day
from queue_server.forecast.staffing import HALF_HOUR_S, HalfHour, Task, plan

_SEED = 1
_SATURDAY = 5
_MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan from a log: for which day, its half hours, and how well the model reproduces the days before.

    The half hours number windows and groups by their places in `servers` and `groups`, the names in the log.
    """

    day: date
    servers: list[str]
    groups: list[str]
    halves: list[HalfHour]
    replayed: list[Replayed]


def plan_of_log(visits: Sequence[Visit], head_starts: Mapping[str, float] | None, target_s: float) -> Planned | None:
    """The plan of the next working day; None if the log names no servers, for then nobody knows who can serve what."""
    hall = Replay(visits, head_starts)
    for _ in hall.play():
        pass
    hall.relearn()
    servers = [name for name in hall.windows if any(visit.server == name for visit in visits)]
    if not servers:
        return None
    groups = range(len(hall.names))
    penalty = {
        name: tuple(0.0 if hall.may_serve(name, group) else np.inf for group in groups) for name in sorted(servers)
    }
    heads = {visit.priority: hall.head_start(at) for at, visit in enumerate(visits)}
    past = days_of_log(visits, hall.names, heads)
    behaviour = without_breaks(hall.past.behaviour(visits[-1].arrival))
    day = _next_working_day(past)
    days = alike(past, day)
    opens, closes = _hours(days)
    task = Task(days, behaviour, np.array(list(penalty.values())), opens, closes, target_s)
    return Planned(
        day,
        sorted(servers),
        list(hall.names),
        plan(task, _SEED),
        replay(past, penalty, len(hall.names), behaviour, _SEED),
    )


def _next_working_day(past: Sequence[PastDay]) -> date:
    """The next day of a kind on which the hall was ever open."""
    weekdays = {each.day.weekday() for each in past}
    day = past[-1].day + timedelta(days=1)
    while day.weekday() not in weekdays:
        day += timedelta(days=1)
    return day


def _hours(days: Sequence[PastDay]) -> tuple[float, float]:
    """From the half hour of the first arrival to that of the last."""
    first, last = min(day.came[0] for day in days), max(day.came[-1] for day in days)
    return math.floor(first / HALF_HOUR_S) * HALF_HOUR_S, math.floor(last / HALF_HOUR_S + 1) * HALF_HOUR_S


def in_words(planned: Planned, target_s: float) -> str:
    """For people, in minutes: the half hours, then what the model made of the last days."""
    lines = [f"{planned.day}：每半小时最少开几个窗口，让各类业务九成的人等候不超过 {target_s / _MINUTE_S:.0f} 分钟"]
    for half in planned.halves:
        short = "、".join(planned.groups[group] for group in half.short)
        note = f"   {short}还是超过，能办的窗口已全开" if short else ""
        lines.append(
            f"  {time_of_day(half.begins)}  开 {len(half.windows):>3} 个   来 {half.people:>4.0f} 人"
            f"   九成等候 {_minutes(half.p90_s)}{note}"
        )
    lines.append("排成班次（空出半小时的连上，一班至少一小时）：")
    for name, pieces in groupby(shifts(planned.halves), key=lambda each: planned.servers[each.window]):
        lines.append(
            f"  {name}：" + "、".join(f"{time_of_day(each.begins)}–{time_of_day(each.ends)}" for each in pieces)
        )
    lines.append("模型重算最近几天（分钟）：        实际平均  模型平均  实际九成  模型九成")
    for each in planned.replayed:
        figures = (each.mean_s, each.model_mean_s, each.p90_s, each.model_p90_s)
        lines.append(f"  {each.day}  {each.people:>5} 人        " + "".join(f"{_whole(one):>10}" for one in figures))
    return "\n".join(lines)


def _minutes(seconds: float) -> str:
    return f"{_whole(seconds):>4} 分钟内" if math.isfinite(seconds) else "有人等不到"


def _whole(seconds: float) -> str:
    return f"{math.ceil(seconds / _MINUTE_S)}" if math.isfinite(seconds) else "—"
