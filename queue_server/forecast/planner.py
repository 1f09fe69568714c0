"""What a manager asks the forecast of a living hall: one window more or less, tomorrow's windows, the window plans.

Hears the journal as `live` does, in the same process. Whatever it says stands beside the last days replayed.
"""

import math
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np

from hall.catalog import Catalog
from hall.clock import SECOND_US
from hall.facts import JournalEntry
from hall.opening import local_time
from hall.window_plan import LONGEST_MINUTES, PlanWait, Suggestion
from queue_server.forecast.asked import (
    Asked,
    CloseOne,
    EffectTold,
    HalfHourTold,
    OpenOne,
    PlanDay,
    PlanTold,
    ReplayTold,
    ShiftTold,
    Told,
    WhatIfTold,
)
from queue_server.forecast.behaviour import Behaviour
from queue_server.forecast.coming import Lately, alike
from queue_server.forecast.diary import Diary
from queue_server.forecast.fidelity import replay
from queue_server.forecast.outlook import PlanOutlook
from queue_server.forecast.present import Present
from queue_server.forecast.shifts import shifts, time_of_day
from queue_server.forecast.staffing import Task, plan
from queue_server.forecast.what_if import Change, Closes, Effect, Opens, Serves, Situation, what_if
from queue_server.forecast.witness import RECENT_S, Witness

PLANS_EVERY_US = 300 * SECOND_US
_FORESEEN = timedelta(days=28)
"""So far ahead the last weeks tell of a day."""
_MINUTE_S = 60
_FIRST_DAY = "以前没有办过的日子可比：只照今天近半小时来人的多少推算，请只作参考"
_TOO_EARLY = "以前没有办过的日子可比，今天开门还不到半小时：半小时以后再看"
_NOBODY_CAME = "以前没有办过的日子可比，近半小时也没有人来：看不出会有什么变化"
_CLOSED = "以前没有办过的日子可比，今天也不再有人来"
_NO_DAYS = "以前没有办过的日子可比：至少办过一天才能排"
_DAY_OFF = "这一天不办公"
_NO_GROUP = "没有这个业务类别，请核对"
_NO_WINDOW = "这个窗口没有开，请核对窗口号"


class Planner:
    """Answers questions about windows.

    Args:
        witness: The hall as its facts tell it; heard by the live forecast.
        seed: Of all runs.
    """

    def __init__(self, witness: Witness, seed: int) -> None:
        self._witness = witness
        self._seed = seed
        self._diary = Diary(witness.catalog)
        self._groups = [group.id for group in witness.catalog.groups]
        self._suggestion = Suggestion()
        self._plans: tuple[PlanOutlook, ...] = ()
        self._looked = 0

    def publish(self, catalog: Catalog) -> None:
        """Another catalogue is in force; with other groups, the days before no longer fit it."""
        groups = [group.id for group in catalog.groups]
        if groups != self._groups:
            self._diary, self._groups = Diary(catalog), groups

    def hear(self, entry: JournalEntry) -> None:
        """The next entry of the journal."""
        self._diary.hear(entry)

    def answer(self, asked: Asked, now_us: int) -> Told:
        """What would be; `known` is false while too little of the past is."""
        match asked:
            case PlanDay():
                return self._plan(asked, now_us)
            case OpenOne() | CloseOne():
                return self._what_if(asked, now_us)

    def plans(self, present: Present, now_us: int) -> tuple[tuple[PlanOutlook, ...], str | None]:
        """Every window plan with the waits it would bring, and the one that is suggested; anew every few minutes."""
        catalog = self._witness.catalog
        if not catalog.plans or now_us - self._looked < PLANS_EVERY_US:
            return self._plans, self._suggestion.plan
        self._looked = now_us
        situation, numbers = self._situation(present, now_us)
        if not situation.alike or not numbers:
            self._plans = ()
            return (), None
        outlooks = []
        for name in ("", *catalog.plans):
            under = catalog.under(name)
            penalty = tuple(_penalty(under, number) for number in numbers)
            effects = what_if(situation, Serves(penalty), self._seed)
            outlooks.append(PlanOutlook(plan=name, waits=tuple(_wait(catalog, effect) for effect in effects)))
        self._plans = tuple(outlooks)
        longest = {each.plan: _longest(each.waits) for each in outlooks}
        self._suggestion = self._suggestion.seen(catalog.plan, longest)
        return self._plans, self._suggestion.plan

    # -- inside

    def _what_if(self, asked: OpenOne | CloseOne, now_us: int) -> WhatIfTold:
        catalog = self._witness.catalog
        situation, numbers = self._situation(Present(self._witness, now_us / SECOND_US), now_us)
        change: Change
        if isinstance(asked, OpenOne):
            served = tuple(0.0 if group.id == asked.group else math.inf for group in catalog.groups)
            change = Opens(served, asked.in_minutes * _MINUTE_S)
            fits = any(group.id == asked.group for group in catalog.groups)
        else:
            fits = asked.window in numbers
            change = Closes(numbers.index(asked.window) if fits else 0, asked.in_minutes * _MINUTE_S)
        if not fits:
            return WhatIfTold(known=False, note=_NO_GROUP if isinstance(asked, OpenOne) else _NO_WINDOW)
        note = ""
        if not situation.alike:
            lately = self._lately(now_us)
            if isinstance(lately, str):
                return WhatIfTold(known=False, note=lately)
            situation, note = replace(situation, lately=lately), _FIRST_DAY
        effects = what_if(situation, change, self._seed)
        told = (
            EffectTold(
                group=catalog.groups[effect.group].id,
                before_minutes=_minutes(effect.before_s),
                after_minutes=_minutes(effect.after_s),
            )
            for effect in effects
        )
        replayed = self._replayed(now_us, situation.behaviour)
        return WhatIfTold(known=True, note=note, effects=tuple(told), replayed=replayed)

    def _plan(self, asked: PlanDay, now_us: int) -> PlanTold:
        catalog = self._witness.catalog
        today = self._today(now_us)
        if not today <= asked.day <= today + _FORESEEN:
            return PlanTold(day=asked.day, known=False, note=f"只能看今天起 {_FORESEEN.days} 天以内")
        days = alike(self._diary.days(today), asked.day)  # today's is not whole yet
        periods = self._periods(asked.day)
        if not days or not periods:
            return PlanTold(day=asked.day, known=False, note=_NO_DAYS if periods else _DAY_OFF)
        behaviour = self._behaviour()
        numbers = [window.number for window in catalog.windows]
        penalty = np.array([_penalty(catalog, number) for number in numbers])
        opens, closes = periods[0][0] * _MINUTE_S, periods[-1][1] * _MINUTE_S
        task = Task(days, behaviour, penalty, float(opens), float(closes), float(asked.target_minutes * _MINUTE_S))
        planned = plan(task, self._seed)
        halves = (
            HalfHourTold(
                begins=time_of_day(half.begins),
                windows=tuple(numbers[window] for window in half.windows),
                people=round(half.people),
                p90_minutes=_minutes(half.p90_s),
                short=tuple(catalog.groups[group].id for group in half.short),
            )
            for half in planned
        )
        pieces = (
            ShiftTold(
                window=numbers[each.window],
                begins=time_of_day(each.begins),
                ends=time_of_day(each.ends),
            )
            for each in shifts(planned)
        )
        return PlanTold(
            day=asked.day,
            known=True,
            halves=tuple(halves),
            shifts=tuple(pieces),
            replayed=self._replayed(now_us, behaviour),
        )

    def _situation(self, present: Present, now_us: int) -> tuple[Situation, list[int]]:
        scene, numbers = present.by_group()
        local = local_time(now_us, self._witness.catalog.hall.offset_minutes)
        days = alike(self._diary.days(local.date()), local.date())
        groups = len(self._witness.catalog.groups)
        return Situation(scene, self._behaviour(), groups, _second_of(local), days), numbers

    def _lately(self, now_us: int) -> Lately | str:
        """On a first day who came in the last half hour, or why that tells nothing."""
        catalog = self._witness.catalog
        local = local_time(now_us, catalog.hall.offset_minutes)
        now_s = _second_of(local)
        minutes = self._periods(local.date())
        periods = [(begins * _MINUTE_S - now_s, ends * _MINUTE_S - now_s) for begins, ends in minutes]
        if not periods:
            return _DAY_OFF
        if periods[0][0] > -RECENT_S:
            return _TOO_EARLY
        spans = tuple((max(0.0, begins), ends) for begins, ends in periods if ends > 0.0)
        if not spans:
            return _CLOSED
        numbers = {group.id: number for number, group in enumerate(catalog.groups)}
        seen = [(numbers[group], head_start) for _, group, head_start in self._witness.arrivals if group in numbers]
        if not seen:
            return _NOBODY_CAME
        group, head_start = zip(*seen, strict=True)
        return Lately(np.array(group, np.intp), np.array(head_start), RECENT_S, spans)

    def _periods(self, day: date) -> tuple[tuple[int, int], ...]:
        """The hall's opening periods of a day, minutes after midnight; none on a day off."""
        hall = self._witness.catalog.hall
        return hall.periods(hall.hours, day)

    def _behaviour(self) -> Behaviour:
        catalog = self._witness.catalog
        return self._witness.lessons.behaviour(catalog, [group.id for group in catalog.groups])

    def _replayed(self, now_us: int, behaviour: Behaviour) -> tuple[ReplayTold, ...]:
        catalog = self._witness.catalog
        penalty = {str(window.number): _penalty(catalog, window.number) for window in catalog.windows}
        days = self._diary.days(self._today(now_us))
        return tuple(
            ReplayTold(
                day=each.day,
                people=each.people,
                mean_minutes=_minutes(each.mean_s),
                p90_minutes=_minutes(each.p90_s),
                model_mean_minutes=_minutes(each.model_mean_s),
                model_p90_minutes=_minutes(each.model_p90_s),
            )
            for each in replay(days, penalty, len(catalog.groups), behaviour, self._seed)
        )

    def _today(self, now_us: int) -> date:
        return local_time(now_us, self._witness.catalog.hall.offset_minutes).date()


def _second_of(local: datetime) -> float:
    return (local - local.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds()


def _penalty(catalog: Catalog, number: int) -> tuple[float, ...]:
    window = catalog.window(number)
    added = (window.penalty_us(group.id) for group in catalog.groups)
    return tuple(math.inf if each is None else each / SECOND_US for each in added)


def _minutes(seconds: float) -> int | None:
    """Whole minutes, upward; None for who is never called. Never seconds: the model is not that good."""
    return math.ceil(seconds / _MINUTE_S) if math.isfinite(seconds) else None


def _wait(catalog: Catalog, effect: Effect) -> PlanWait:
    minutes = _minutes(effect.after_s)
    told = None if minutes is None else min(minutes, LONGEST_MINUTES)
    return PlanWait(group=catalog.groups[effect.group].id, minutes=told)


def _longest(waits: tuple[PlanWait, ...]) -> int | None:
    minutes = [wait.minutes for wait in waits]
    return None if None in minutes else max((each for each in minutes if each is not None), default=0)
