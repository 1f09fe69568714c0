"""Who gets which number plan, so that no two issuers can ever give the same number (never-down 2.2).

All lanes in service share one modulus and hold different residues. The set of lanes may only change for days that lie
after every plan given before: until then a newcomer counts in its own lane. While the set stays the same the plans
are renewed day by day. Plans are facts, given to all lanes at once, so the feed brings them to connected kiosks.
"""

from datetime import date, timedelta
from typing import NamedTuple

from hall.clock import Moment
from hall.facts import PlanGiven
from hall.numbering import NumberPlan
from queue_server.operations.lanes import in_service
from queue_server.store import Reader, Transaction
from queue_server.store.records import GivenPlan, Lane

DAYS_AHEAD = 7
"""A plan reaches so many days beyond today, so that an issuer may be cut off that long."""


def renew(transaction: Transaction, moment: Moment, day: date) -> None:
    """Give or prolong plans as far as the rule allows; does nothing if today has been seen to already."""
    lanes = in_service(transaction.every(Lane))
    outstanding = transaction.plans_from(day)
    last_day = day + timedelta(days=DAYS_AHEAD)
    if not outstanding:
        for residue, lane in enumerate(lanes):
            _give(
                transaction,
                moment,
                lane,
                NumberPlan(
                    plan_id=transaction.new_id(), modulus=len(lanes), residue=residue, first_day=day, last_day=last_day
                ),
            )
        return
    newest = {plan.lane: plan for plan in outstanding}
    if sorted(newest) != lanes:
        return  # the set changed: what is outstanding runs out first
    for plan in newest.values():
        if plan.last_day < last_day:
            _give(
                transaction,
                moment,
                plan.lane,
                NumberPlan(
                    plan_id=transaction.new_id(),
                    modulus=plan.modulus,
                    residue=plan.residue,
                    first_day=day,
                    last_day=last_day,
                ),
            )


class Pair(NamedTuple):
    """What an issuer may count by: from now on, and after that."""

    plan: NumberPlan | None = None
    next_plan: NumberPlan | None = None


def pair_of(reader: Reader, lane: int, day: date) -> Pair:
    """What a lane may count by; without a plan it counts in lane form."""
    plan = reader.plan_on(lane, day)
    return Pair(None if plan is None else _as_word(plan))


def _give(transaction: Transaction, moment: Moment, lane: int, plan: NumberPlan) -> None:
    transaction.record(PlanGiven(device_lane=lane, plan=plan), moment)


def _as_word(plan: GivenPlan) -> NumberPlan:
    return NumberPlan(
        plan_id=plan.plan_id,
        modulus=plan.modulus,
        residue=plan.residue,
        first_day=plan.first_day,
        last_day=plan.last_day,
    )
