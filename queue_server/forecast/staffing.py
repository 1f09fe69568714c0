"""A plan for a day by half hours: the fewest windows with which nine in ten wait no longer than they should.

A first guess by Erlang's formula for each group alone; then whole days are run forward, windows are added where the
target is missed and taken away where it is not needed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from queue_server.forecast.behaviour import Behaviour
from queue_server.forecast.coming import draw_day
from queue_server.forecast.day_run import People, Post, Shift, run_day
from queue_server.forecast.past_days import PastDay
from queue_server.forecast.scene import Flags, Floats

HALF_HOUR_S = 1800.0
TARGET_S, SHARE = 20 * 60.0, 0.9
_ROUNDS = 16
_PEOPLE_IN_ALL = 12_000  # of all runs: so many make the shares steady enough
_RUNS = (8, 30)
_ENDLESS_S = 86_400.0
_FEW = 10  # people of one group in one half hour, of all runs: fewer are not judged


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be planned. Times in seconds after midnight.

    Attributes:
        alike: Days that tell of this one (`coming.alike`).
        behaviour: How the people behave.
        penalty: Window × group: as in `scene.Windows`, of all windows that there are.
        opens: When the doors open.
        closes: When they close; who waits then is still served.
        target_s: So long a wait may last …
        share: … for this share of those who come in a half hour, of each group.
    """

    alike: Sequence[PastDay]
    behaviour: Behaviour
    penalty: Floats
    opens: float
    closes: float
    target_s: float = TARGET_S
    share: float = SHARE


@dataclass(frozen=True, slots=True)
class HalfHour:
    """One half hour of a plan.

    Attributes:
        begins: Seconds after midnight.
        windows: Places of the windows that are open.
        people: How many come, in the mean.
        p90_s: Nine in ten of them wait no longer; inf if many are never called.
        within: The share that waits no longer than the target.
        short: Places of the groups whose share does not reach the target although people of it come, worst first.
    """

    begins: float
    windows: tuple[int, ...]
    people: float
    p90_s: float
    within: float
    short: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Outcome:
    """All runs of one plan: the waits of everybody, with the half hour and the group of each."""

    slot: Floats
    group: Floats
    wait: Floats
    runs: int


def plan(task: Task, seed: int) -> list[HalfHour]:
    """The plan; where the target cannot be kept with all windows open, it is said of which groups (`short`)."""
    return _Planner(task, seed).plan()


def windows_for(rate: float, service: Floats, target_s: float, share: float) -> int:
    """The first guess: the fewest windows of one group alone, by Erlang C.

    Allen and Cunneen's correction for services that are not exponential: the tail of the wait is stretched by
    (1 + c²) / 2, c² being the squared coefficient of variation.

    Args:
        rate: Arrivals a second.
        service: Past durations in seconds.
        target_s: So long a wait may last …
        share: … for this share.
    """
    mean = float(service.mean())
    work = rate * mean
    stretch = (1 + float(service.var()) / mean**2) / 2
    windows = max(1, math.ceil(work))
    while True:
        spare = windows - work
        if spare > 0 and _erlang_c(windows, work) * math.exp(-spare * target_s / (mean * stretch)) <= 1 - share:
            return windows
        windows += 1


def _erlang_c(windows: int, work: float) -> float:
    """The probability of having to wait at all, by the stable recursion over Erlang B."""
    blocked = 1.0
    for number in range(1, windows + 1):
        blocked = work * blocked / (number + work * blocked)
    busy = work / windows
    return blocked / (1 - busy + busy * blocked)


class _Planner:
    """One search. Every plan is tried on the same days, so that two plans differ by their windows alone."""

    def __init__(self, task: Task, seed: int) -> None:
        self._task = task
        self._groups = task.penalty.shape[1]
        self._slots = math.ceil((task.closes - task.opens) / HALF_HOUR_S)
        mean = sum(len(day.came) for day in task.alike) / len(task.alike)
        runs = int(min(max(_PEOPLE_IN_ALL / max(mean, 1.0), _RUNS[0]), _RUNS[1]))
        self._days = [draw_day(task.alike, task.behaviour, dice) for dice in np.random.default_rng(seed).spawn(runs)]

    def plan(self) -> list[HalfHour]:
        """Guess, add, take away."""
        opened = self._guess()
        outcome = self._try(opened)
        for _ in range(_ROUNDS):
            if not self._add(opened, outcome):
                break
            outcome = self._try(opened)
        self._take_away(opened)
        return self._told(opened)

    def _guess(self) -> Flags:
        """By group and half hour alone; windows that serve least else come first."""
        task, opened = self._task, np.zeros((self._slots, len(self._task.penalty)), bool)
        few_first = np.argsort(np.isfinite(task.penalty).sum(axis=1), kind="stable")
        for slot in range(self._slots):
            for group in range(self._groups):
                people = sum(((self._slot_of(day) == slot) & (day.group == group)).sum() for day in self._days)
                if not people:
                    continue
                busy = np.concatenate([day.busy[day.group == group] for day in self._days])
                wanted = windows_for(people / len(self._days) / HALF_HOUR_S, busy, task.target_s, task.share)
                able = [int(window) for window in few_first if task.penalty[window, group] == 0]
                wanted -= sum(opened[slot, window] for window in able)
                for window in [window for window in able if not opened[slot, window]][: max(0, wanted)]:
                    opened[slot, window] = True
        return opened

    def _add(self, opened: Flags, outcome: _Outcome) -> bool:
        """One window more in each half hour that misses the target, for its worst group; else in the one before."""
        added = False
        for slot in range(self._slots):
            worst_first = self._missed(outcome, slot)
            before = [slot, *([slot - 1] if slot else [])]
            added |= any(self._open_one(opened, each, group) for each in before for group in worst_first)
        return added

    def _missed(self, outcome: _Outcome, slot: int) -> tuple[int, ...]:
        """The groups that miss the target in a half hour, the worst first."""
        shares = {group: self._share(outcome, slot, group) for group in range(self._groups)}
        missed = [group for group, share in shares.items() if share is not None and share < self._task.share]
        return tuple(sorted(missed, key=lambda group: shares[group] or 0.0))

    def _open_one(self, opened: Flags, slot: int, group: int) -> bool:
        penalty = self._task.penalty[:, group]
        able = [window for window in np.argsort(penalty, kind="stable") if penalty[window] < np.inf]
        window = next((int(window) for window in able if not opened[slot, window]), None)
        if window is not None:
            opened[slot, window] = True
        return window is not None

    def _take_away(self, opened: Flags) -> None:
        """Windows of each half hour, those of the best-served groups first, as long as nobody is worse off for it."""
        short = self._short(self._try(opened))
        for slot in reversed(range(self._slots)):
            for window in self._least_needed(opened, slot):
                opened[slot, window] = False
                without = self._short(self._try(opened))
                if without > short:
                    opened[slot, window] = True
                    break
                short = without

    def _least_needed(self, opened: Flags, slot: int) -> list[int]:
        """Open windows, first those whose groups have most others open."""
        able = np.isfinite(self._task.penalty)
        others = (opened[slot][:, None] & able).sum(axis=0)
        spare = {int(window): int(others[able[window]].min(initial=0)) for window in np.flatnonzero(opened[slot])}
        return sorted(spare, key=lambda window: -spare[window])

    def _short(self, outcome: _Outcome) -> float:
        """By how much, of all runs, people wait longer than the target where too many do."""
        excess = np.clip(outcome.wait - self._task.target_s, 0.0, _ENDLESS_S)
        short = 0.0
        for slot in range(self._slots):
            for group in range(self._groups):
                share = self._share(outcome, slot, group)
                if share is not None and share < self._task.share:
                    short += float(excess[(outcome.slot == slot) & (outcome.group == group)].sum())
        return short

    def _share(self, outcome: _Outcome, slot: int, group: int) -> float | None:
        waits = outcome.wait[(outcome.slot == slot) & (outcome.group == group)]
        return float((waits <= self._task.target_s).mean()) if len(waits) >= _FEW else None

    def _try(self, opened: Flags) -> _Outcome:
        posts = [
            Post(tuple(penalty), self._shifts(opened[:, window]))
            for window, penalty in enumerate(self._task.penalty.tolist())
        ]
        waits = [run_day(day, posts, self._groups, self._task.behaviour.absent_s) - day.came for day in self._days]
        slots = [self._slot_of(day) for day in self._days]
        groups = [day.group for day in self._days]
        return _Outcome(np.concatenate(slots), np.concatenate(groups), np.concatenate(waits), len(self._days))

    def _shifts(self, opened: Flags) -> tuple[Shift, ...]:
        """Half hours on end are one shift; who is there at closing stays until all are served."""
        found: list[Shift] = []
        for slot in np.flatnonzero(opened):
            begins = self._task.opens + slot * HALF_HOUR_S
            ends = begins + HALF_HOUR_S if slot < self._slots - 1 else math.inf
            if found and found[-1][1] == begins:
                found[-1] = (found[-1][0], ends)
            else:
                found.append((begins, ends))
        return tuple(found)

    def _slot_of(self, day: People) -> Floats:
        slots: Floats = ((day.came - self._task.opens) // HALF_HOUR_S).clip(0, self._slots - 1)
        return slots

    def _told(self, opened: Flags) -> list[HalfHour]:
        outcome = self._try(opened)
        found = []
        for slot in range(self._slots):
            waits = np.sort(outcome.wait[outcome.slot == slot])
            found.append(
                HalfHour(
                    begins=self._task.opens + slot * HALF_HOUR_S,
                    windows=tuple(int(window) for window in np.flatnonzero(opened[slot])),
                    people=len(waits) / outcome.runs,
                    p90_s=float(waits[math.ceil(0.9 * len(waits)) - 1]) if len(waits) else 0.0,
                    within=float((waits <= self._task.target_s).mean()) if len(waits) else 1.0,
                    short=self._missed(outcome, slot),
                )
            )
        return found
