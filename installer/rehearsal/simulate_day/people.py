"""One invented day, as data: who comes, for what and for how long; when clerks are not there; which kiosk breaks.

Everything that chance decides is decided here, before anybody is called, so that one day can be played by two rules.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from hall.clock import MINUTE_US, SECOND_US
from installer.rehearsal.hall_sim.clockwork import Dice
from installer.rehearsal.simulate_day import catalogue
from installer.rehearsal.simulate_day.shape import CLOSES_MINUTE, HALF_HOURS, OPENS_MINUTE, Shape

LUNCH, BREAK = "午休", "暂离"
LUNCH_MINUTES = 45
_LUNCH_FROM = 11 * 60 + 30
_BREAK_MINUTES = (5, 15)
_WEEKDAYS = (1.0, 0.92, 0.88, 0.9, 0.97)  # people of Monday to Friday
_SIGMA = 0.55  # of the logarithm of a service time
_WALK_S, _WRAP_UP_S = (8, 45), (4, 30)
_PATIENCE_MINUTES = 60
_BACK_MINUTES = (5, 40)
_LAST_DAY = date(2026, 11, 23)  # a Monday


@dataclass(frozen=True, slots=True)
class Citizen:
    """One person. Times are µs: `comes` after midnight, all others durations.

    Attributes:
        comes: When the person wants a number.
        service: What for.
        group: Its group.
        priority: Whether the person has priority.
        walks: From the call until the person is at the window.
        takes: The service, with a clerk of usual pace.
        wrap_up: From its end until the clerk calls again.
        stays: So long the person waits at most; None: as long as it takes.
        absent: Does not come when called, though still about.
        back: So long after being missed the person asks to be called after all; None: never.
    """

    comes: int
    service: str
    group: str
    priority: bool
    walks: int
    takes: int
    wrap_up: int
    stays: int | None
    absent: bool
    back: int | None


@dataclass(frozen=True, slots=True)
class Absence:
    """A clerk's lunch or break, taken when the window is next free. `at` is µs after midnight."""

    at: int
    lasts: int
    reason: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is to be played.

    Attributes:
        day: The calendar day.
        citizens: In the order in which they come.
        absences: Of each window, in order.
        pace: Of each window: how many times as long as usual a service takes there.
        broken: Of one kiosk (its place, from when, how long), or None.
    """

    day: date
    citizens: tuple[Citizen, ...]
    absences: dict[int, tuple[Absence, ...]]
    pace: dict[int, float]
    broken: tuple[int, int, int] | None


def invent(shape: Shape, days: int, seed: int) -> list[Day]:
    """So many working days in a row, the last of them a Monday with exactly `shape.citizens`."""
    dates = [_LAST_DAY]
    while len(dates) < days:
        before = dates[-1] - timedelta(days=1)
        while before.weekday() > 4:
            before -= timedelta(days=1)
        dates.append(before)
    dates.reverse()
    clerks = Dice(f"clerks {seed}")
    pace = {number: _about(clerks, shape.clerk_spread) for number in range(1, shape.windows + 1)}
    return [_day(shape, day, place / max(1, days - 1), seed, pace) for place, day in enumerate(dates)]


def _day(shape: Shape, day: date, passed: float, seed: int, pace: dict[int, float]) -> Day:
    dice = Dice(f"day {seed} {day}")
    busy, slow = _about(dice, shape.day_spread), _about(dice, shape.day_spread / 2)
    last = day == _LAST_DAY
    count = shape.citizens if last else round(shape.citizens * _WEEKDAYS[day.weekday()] * busy)
    slow *= shape.drift**passed
    minutes = _mean_minutes(shape) * slow
    citizens = sorted((_citizen(shape, dice, minutes) for _ in range(count)), key=lambda citizen: citizen.comes)
    absences = {number: _absences(shape, number, dice) for number in pace}
    broken = None
    if shape.breakdown:
        at = dice.between(OPENS_MINUTE, CLOSES_MINUTE - 60) * MINUTE_US
        broken = (dice.between(0, shape.kiosks - 1), at, 60 * MINUTE_US)
    return Day(day, tuple(citizens), absences, pace, broken)


def _mean_minutes(shape: Shape) -> float:
    """How long people keep a window in the mean, so that the load is what it shall be."""
    there = CLOSES_MINUTE - OPENS_MINUTE - LUNCH_MINUTES - shape.breaks * sum(_BREAK_MINUTES) / 2
    return shape.load * shape.windows * there / shape.citizens


def _citizen(shape: Shape, dice: Dice, minutes: float) -> Citizen:
    groups = catalogue.sample().groups
    at = dice.part() * sum(shape.profile)
    half_hour = 0
    while half_hour < HALF_HOURS - 1 and at >= shape.profile[half_hour]:
        at -= shape.profile[half_hour]
        half_hour += 1
    minute = OPENS_MINUTE + 30 * (half_hour + min(at / shape.profile[half_hour], 0.999))
    group = dice.weighted(tuple(catalogue.SHARES), tuple(catalogue.SHARES.values()))
    usual = {each.id: each.usual_minutes for each in groups}
    mean = sum(catalogue.SHARES[name] * usual[name] for name in usual)
    walks, wrap_up = dice.between(*_WALK_S) * SECOND_US, dice.between(*_WRAP_UP_S) * SECOND_US
    besides = (sum(_WALK_S) + sum(_WRAP_UP_S)) / 2 / 60
    own = max(0.2, (minutes - besides) * usual[group] / mean)
    return Citizen(
        comes=round(minute * MINUTE_US),
        service=dice.pick([service.id for service in catalogue.sample().services_of(group)]),
        group=group,
        priority=dice.chance(shape.priority),
        walks=walks,
        takes=round(own * dice.lognormal(_SIGMA) * MINUTE_US),
        wrap_up=wrap_up,
        stays=dice.around(_PATIENCE_MINUTES * MINUTE_US) if dice.chance(shape.leaves) else None,
        absent=dice.chance(shape.no_show),
        back=dice.between(*_BACK_MINUTES) * MINUTE_US if dice.chance(shape.returns) else None,
    )


def _absences(shape: Shape, number: int, dice: Dice) -> tuple[Absence, ...]:
    """Lunch by turns, breaks as they come."""
    lunch = _LUNCH_FROM + LUNCH_MINUTES * (number % 2) + dice.between(-5, 5)
    found = [Absence(lunch * MINUTE_US, LUNCH_MINUTES * MINUTE_US, LUNCH)]
    for _ in range(int(shape.breaks) + dice.chance(shape.breaks % 1)):
        at = dice.between(OPENS_MINUTE + 30, CLOSES_MINUTE - 30)
        found.append(Absence(at * MINUTE_US, dice.between(*_BREAK_MINUTES) * MINUTE_US, BREAK))
    return tuple(sorted(found, key=lambda absence: absence.at))


def _about(dice: Dice, spread: float) -> float:
    """A factor around 1."""
    return dice.lognormal(spread)
