"""The present, one journal entry at a time: the rules by which derived records follow from facts.

Written once over a small promise (`Present`), kept twice: by a transaction in the tables, and in memory by `rebuild`.
So the tables can never follow other rules than the journal.
"""

from dataclasses import replace

from hall.booking import CapacitySet
from hall.errors import BugError
from hall.facts import (
    ActUndone,
    DeviceEnrolled,
    HealthChanged,
    JournalEntry,
    PlanGiven,
    RatingGiven,
    ServiceFinished,
    TicketFact,
    TicketIssued,
    TimeQuality,
    WindowFact,
)
from hall.mending import (
    HandOutcome,
    OutcomeRecovered,
    ServedByHand,
)
from hall.projection import WindowStatus, ticket_after, window_after
from hall.statistics import Counts, DayFigures
from hall.ticket import UNENDED, Ticket, TicketState
from hall.words import SERVER_LANE
from queue_server.store.booked import book, change_slots
from queue_server.store.decided import DecidedFact, decide
from queue_server.store.mended import MendingFact, mend
from queue_server.store.promise import Present
from queue_server.store.records import (
    DayCount,
    Doubled,
    GivenPlan,
    HandCall,
    Health,
    Lane,
    Rating,
    Served,
)

_WORKS = ("online", "attention")


def apply(present: Present, entry: JournalEntry) -> Ticket | None:
    """Change the present by one entry.

    Returns:
        The ticket concerned as it stands afterwards, None if the entry concerns none.

    Raises:
        BugError: If the entry cannot follow from the present (an edge that does not exist, an unknown ticket).
    """
    _advance_lane(present, entry)
    body = entry.fact.body
    book(present, entry)
    match body:
        case CapacitySet():
            change_slots(present, body)
        case DeviceEnrolled():
            before = present.get(Lane, body.device_lane)
            if before is not None and before.incarnation == body.incarnation:
                present.put(replace(before, device=body.device))
            else:
                present.put(Lane(body.device_lane, body.device, body.device_kind, body.incarnation))
        case PlanGiven(plan=plan):
            present.put(
                GivenPlan(
                    plan.plan_id,
                    body.device_lane,
                    plan.modulus,
                    plan.residue,
                    plan.first_day,
                    plan.last_day,
                    entry.seq,
                )
            )
        case HealthChanged():
            present.put(_health_after(present.get(Health, body.device, body.part), body, entry.at))
        case _ if isinstance(body, DecidedFact):
            decide(present, entry, body)
        case _ if isinstance(body, MendingFact):
            mend(present, entry, body)
        case _ if isinstance(body, WindowFact):
            status = present.get(WindowStatus, body.window) or WindowStatus(number=body.window)
            present.put(window_after(status, entry))
        case _ if isinstance(body, TicketFact):
            return _apply_to_ticket(present, entry, body)
        case _:
            pass
    return None


def _advance_lane(present: Present, entry: JournalEntry) -> None:
    fact = entry.fact
    if fact.lane == SERVER_LANE:
        return
    lane = present.get(Lane, fact.lane)
    if lane is None or fact.lane_seq != lane.highwater + 1:
        raise BugError(f"journal entry {entry.seq} does not follow in lane {fact.lane}")
    offset = entry.at - fact.wall_us if entry.quality is TimeQuality.EXACT else lane.wall_offset_us
    present.put(replace(lane, highwater=fact.lane_seq, last_at=entry.at, wall_offset_us=offset))


def _health_after(before: Health | None, body: HealthChanged, at: int) -> Health:
    """It worked until now if it did before or does from now on."""
    works = body.state in _WORKS or (before is not None and before.state in _WORKS)
    seen = at if works else before.seen if before else 0
    return Health(body.device, body.part, body.state, body.problem, body.advice, at, seen, body.paper)


def _is_doubled(present: Present, entry: JournalEntry, body: TicketFact) -> bool:
    """Whether a fact concerns a number that was printed twice; it is kept apart, for a manager, and in no queue."""
    if present.get(Doubled, body.ticket) is not None:
        return True
    if not isinstance(body, TicketIssued):
        return False
    if present.ticket_of_number(body.day, body.prefix, body.lane, body.n) is None:
        return False
    present.put(
        Doubled(body.ticket, body.day, body.prefix, body.lane or 0, body.n, body.service, entry.fact.lane, entry.at)
    )
    return True


def _apply_to_ticket(present: Present, entry: JournalEntry, body: TicketFact) -> Ticket | None:
    before = present.get(Ticket, body.ticket)
    if before is None and _is_doubled(present, entry, body):
        return None
    after = ticket_after(before, entry)
    if after is None:
        return None
    if after != before:
        present.move(before, after)
    _count(present, entry, before, after)
    match body:
        case ServiceFinished(outcome=outcome) if outcome != UNENDED:
            present.put(Served(after.id, body.window, body.clerk, after.day, entry.at, entry.seq))
        case ServedByHand() if body.outcome is HandOutcome.FINISHED:
            present.put(Served(after.id, body.window, body.clerk, after.day, entry.at, entry.seq))
        case OutcomeRecovered() if after.state is TicketState.FINISHED:
            present.put(Served(after.id, body.window, body.clerk, after.day, after.ended_at or entry.at, entry.seq))
        case ActUndone() | OutcomeRecovered() if before is not None and before.state is TicketState.FINISHED:
            present.drop(Served, after.id)
        case RatingGiven():
            present.put(Rating(after.id, body.window, body.clerk, after.day, int(body.level), entry.at))
        case _:
            pass
    if isinstance(body, ServedByHand):
        _join_hand_call(present, after)
    return after


def _join_hand_call(present: Present, ticket: Ticket) -> None:
    """A call noted by number has found its ticket."""
    noted = present.get(HandCall, ticket.day, ticket.prefix, ticket.lane or 0, ticket.n)
    if noted is not None:
        present.put(replace(noted, ticket=ticket.id))


def _count(present: Present, entry: JournalEntry, before: Ticket | None, after: Ticket) -> None:
    """Add what `hall.statistics` counts for this entry, by folding this one entry alone."""
    figures = DayFigures(after.day, tickets={} if before is None else {before.id: before})
    figures.add(entry)
    for group, counts in figures.groups.items():
        if counts == Counts():
            continue
        so_far = present.get(DayCount, after.day, group) or DayCount(after.day, group)
        present.put(
            DayCount(
                after.day,
                group,
                issued=so_far.issued + counts.issued,
                finished=so_far.finished + counts.finished,
                missed=so_far.missed + counts.missed,
                cancelled=so_far.cancelled + counts.cancelled,
                first_calls=so_far.first_calls + counts.first_calls,
                wait_us=so_far.wait_us + counts.wait_us,
                chosen=so_far.chosen + counts.chosen,
            )
        )
