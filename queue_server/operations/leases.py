"""What every lane may still count by, on which day: plans given, less those that an issuer says it has let go of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from math import gcd

from hall.numbering import NumberPlan
from queue_server.store import Reader
from queue_server.store.records import GivenPlan, Lane, LaneStanding

DAYS_AHEAD = 7
"""A plan reaches so many days beyond today, so that an issuer may be cut off that long."""

LONG_PAST = date(2000, 1, 1)
"""The only day of a plan that is none: by telling of it an issuer says that it has let go of all others."""


def given_for(reader: Reader, day: date) -> list[GivenPlan]:
    """Every plan that may matter on a day or later, oldest first; what is left out was given before all of them."""
    recent = reader.plans_from(day - timedelta(days=DAYS_AHEAD + 1))
    return sorted([*recent, *reader.plans_ending_on(LONG_PAST)], key=lambda plan: plan.seq)


def holding(plans: Iterable[GivenPlan]) -> list[GivenPlan]:
    """What an issuer holds after being told plans in this order: a newer one ends all that reach into its days."""
    held: list[GivenPlan] = []
    for plan in plans:
        held = [before for before in held if before.last_day < plan.first_day] + [plan]
    return held


def meet(one: GivenPlan | NumberPlan, other: GivenPlan | NumberPlan) -> bool:
    """Whether two plans hold a number of one day in common.

    r1 + a·K1 = r2 + b·K2 has a solution if and only if gcd(K1, K2) divides r1 − r2.
    """
    together = one.first_day <= other.last_day and other.first_day <= one.last_day
    return together and (one.residue - other.residue) % gcd(one.modulus, other.modulus) == 0


@dataclass(frozen=True, slots=True)
class Leases:
    """The leases of a day and later.

    Attributes:
        day: Today.
        rest: The last day on which forgotten plans may be in use since the server was set back.
        given: What each lane was given, oldest first, as far back as it may matter.
        usable: What each lane may still use, today or later.
    """

    day: date
    rest: date
    given: dict[int, list[GivenPlan]]
    usable: dict[int, list[GivenPlan]]

    def newest(self, lane: int) -> GivenPlan | None:
        """What the lane was given last."""
        given = self.given.get(lane)
        return given[-1] if given else None

    def today_of(self, lane: int) -> GivenPlan | None:
        """What the lane counts by today, when it has heard everything."""
        held = holding(self.given.get(lane, ()))
        return next((plan for plan in held if plan.first_day <= self.day <= plan.last_day), None)

    def end(self, besides: Iterable[int] = ()) -> date:
        """The last day that anybody may count by a plan, apart from some lanes."""
        left = self.usable.keys() - set(besides)
        return max((plan.last_day for lane in left for plan in self.usable[lane]), default=date.min)

    def is_free(self, lane: int, plan: NumberPlan) -> bool:
        """Whether no other lane may give a number of this plan, and none that may have been forgotten does."""
        if plan.last_day >= self.day and plan.first_day <= self.rest:
            return False
        others = (theirs for other, plans in self.usable.items() if other != lane for theirs in plans)
        return not any(meet(plan, theirs) for theirs in others)


def leases_on(reader: Reader, day: date) -> Leases:
    """The leases as they stand."""
    given: dict[int, list[GivenPlan]] = {}
    for plan in given_for(reader, day):
        given.setdefault(plan.lane, []).append(plan)
    usable = {
        lane.lane: [plan for plan in _usable(reader, lane, given[lane.lane]) if plan.last_day >= day]
        for lane in reader.every(Lane)
        if lane.lane in given
    }
    return Leases(day, resting_until(reader), given, usable)


def resting_until(reader: Reader) -> date:
    """The last day on which no new plan may be used, because forgotten ones may be."""
    recovery = reader.last_recovery()
    return date.min if recovery is None else recovery.plans_rest_until


def last_told(reader: Reader, lane: int) -> GivenPlan | None:
    """The newest plan that a lane says it holds, None if it says so of none that is known."""
    standing = reader.get(LaneStanding, lane)
    plan = None if standing is None else reader.get(GivenPlan, standing.plan_id)
    return plan if plan is not None and plan.lane == lane else None


def _usable(reader: Reader, lane: Lane, given: list[GivenPlan]) -> list[GivenPlan]:
    """What it said last and all that was told since; of two files that share a lane each may hold anything.

    Of one that a manager has retired what it was told last counts, heard or not: that ends with the day.
    """
    if lane.retired:
        return holding(given)
    told = None if lane.quarantined else last_told(reader, lane.lane)
    if told is None:
        return given
    known = holding(plan for plan in given if plan.seq <= told.seq)
    return known + [plan for plan in given if plan.seq > told.seq]
