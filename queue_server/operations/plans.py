"""Who counts by which residue, so that no two issuers can ever give the same number (never-down 2.2).

All lanes in service share one modulus and hold different residues. A plan is a lease: whoever was given it may use it
until its last day, or until it has said that it holds a later one. When the lanes in service change, the old plans are
cut short; once no lease reaches beyond today the new ones begin tomorrow. Until then the old ones are prolonged day by
day, and a newcomer counts in its own lane. Plans are facts, given to all lanes at once, so the feed tells connected
kiosks to ask for theirs.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from hall.clock import Moment
from hall.facts import PlanGiven
from hall.numbering import NumberPlan
from queue_server.operations.lanes import in_service
from queue_server.operations.leases import DAYS_AHEAD, LONG_PAST, Leases, given_for, holding, last_told, leases_on
from queue_server.store import Reader, Transaction
from queue_server.store.records import GivenPlan, Lane

_TOMORROW = timedelta(days=1)


class Pair(NamedTuple):
    """What an issuer may count by: from now on, and after that."""

    plan: NumberPlan | None = None
    next_plan: NumberPlan | None = None


def renew(transaction: Transaction, moment: Moment, day: date) -> None:
    """Give, prolong or cut plans as far as the rule allows; does nothing if today has been seen to already."""
    lanes = in_service(transaction.every(Lane))
    leases = leases_on(transaction, day)
    if _is_whole(leases, lanes):
        _prolong(transaction, moment, leases, lanes)
        return
    _cut(transaction, moment, leases, lanes)
    leases = leases_on(transaction, day)
    begins = max(day, *(each + _TOMORROW for each in (leases.end(), leases.rest)))
    if begins > day + _TOMORROW:
        _bridge(transaction, moment, leases, lanes)
        return
    last_day = day + timedelta(days=DAYS_AHEAD)
    for residue, lane in enumerate(lanes):
        _give(transaction, moment, day, lane, (len(lanes), residue), begins, last_day)


def end(transaction: Transaction, moment: Moment, day: date, lane: int) -> None:
    """A lane gives no numbers any more. Its plan ends with today: what nobody has told of may be on paper."""
    leases = leases_on(transaction, day)
    now = leases.today_of(lane)
    if now is not None:
        _give(transaction, moment, day, lane, _kind(now), day, day)
    elif (newest := leases.newest(lane)) is not None:
        _give(transaction, moment, day, lane, _kind(newest), LONG_PAST, LONG_PAST)


def pair_of(reader: Reader, lane: int, day: date) -> Pair:
    """What a lane may count by, now and next; without a plan it counts in lane form.

    While plans rest after the server was set back, nothing of before is told but what the issuer says that it holds:
    what it does not name may be older than what others hold by now.
    """
    given = [plan for plan in given_for(reader, day) if plan.lane == lane]
    recovery = reader.last_recovery()
    if recovery is not None and day <= recovery.plans_rest_until:
        told = last_told(reader, lane)
        known = 0 if told is None or told.seq > recovery.seq else told.seq
        given = [plan for plan in given if plan.seq <= known or plan.seq > recovery.seq]
    held = holding(given)
    if not held:
        return Pair()
    *before, newest = held
    if newest.first_day <= day:
        return Pair(_as_word(newest))
    now = next((plan for plan in before if plan.first_day <= day <= plan.last_day), None)
    return Pair(None if now is None else _as_word(now), _as_word(newest))


def plan_until(reader: Reader, lane: int, day: date) -> date | None:
    """The last day on which a lane may count by plans without a gap from today on, None in lane form."""
    pair = pair_of(reader, lane, day)
    until = None
    for plan in pair:
        if plan is not None and plan.valid_on(day if until is None else until + _TOMORROW):
            until = plan.last_day
    return until


def _is_whole(leases: Leases, lanes: Sequence[int]) -> bool:
    """Whether exactly these lanes share plans that go on beyond today."""
    newest = [leases.newest(lane) for lane in lanes]
    plans = [plan for plan in newest if plan is not None and plan.last_day > leases.day]
    residues = {plan.residue for plan in plans if plan.modulus == len(lanes)}
    return len(lanes) == len(residues)


def _prolong(transaction: Transaction, moment: Moment, leases: Leases, lanes: Sequence[int]) -> None:
    """The same lanes as before: each may go on by its residue for another week."""
    last_day = leases.day + timedelta(days=DAYS_AHEAD)
    for lane in lanes:
        newest = leases.newest(lane)
        if newest is not None and newest.last_day < last_day:
            _give(transaction, moment, leases.day, lane, _kind(newest), max(newest.first_day, leases.day), last_day)


def _cut(transaction: Transaction, moment: Moment, leases: Leases, lanes: Sequence[int]) -> None:
    """End what reaches beyond today, or beyond the leases of machines that cannot be asked to let go of theirs."""
    last_day = max(leases.day, leases.end(besides=lanes))
    for lane in lanes:
        newest, now = leases.newest(lane), leases.today_of(lane)
        if newest is None or newest.last_day <= last_day:
            continue
        if now is not None and leases.day > leases.rest:
            _give(transaction, moment, leases.day, lane, _kind(now), leases.day, min(now.last_day, last_day))
        elif newest.first_day > leases.rest:
            _give(transaction, moment, leases.day, lane, _kind(newest), LONG_PAST, LONG_PAST)


def _bridge(transaction: Transaction, moment: Moment, leases: Leases, lanes: Sequence[int]) -> None:
    """Somebody may still count by an old plan: those who have one of its kind go on with it meanwhile."""
    last_day = max(leases.day, leases.end(besides=lanes))
    for lane in lanes:
        before = next((plan for plan in reversed(leases.given.get(lane, ())) if plan.last_day != LONG_PAST), None)
        if before is not None and leases.today_of(lane) is None and before.first_day <= leases.day:
            _give(transaction, moment, leases.day, lane, _kind(before), leases.day, last_day)


def _give(
    transaction: Transaction,
    moment: Moment,
    day: date,
    lane: int,
    kind: tuple[int, int],
    first_day: date,
    last_day: date,
) -> None:
    """Give a plan, unless somebody else may give one of its numbers: then the lane counts in lane form."""
    plan = NumberPlan(
        plan_id=transaction.new_id(), modulus=kind[0], residue=kind[1], first_day=first_day, last_day=last_day
    )
    if leases_on(transaction, day).is_free(lane, plan):
        transaction.record(PlanGiven(device_lane=lane, plan=plan), moment)


def _kind(plan: GivenPlan) -> tuple[int, int]:
    return plan.modulus, plan.residue


def _as_word(plan: GivenPlan) -> NumberPlan:
    return NumberPlan(
        plan_id=plan.plan_id,
        modulus=plan.modulus,
        residue=plan.residue,
        first_day=plan.first_day,
        last_day=plan.last_day,
    )
