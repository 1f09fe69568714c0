"""系统故障: a group that cannot be served, from the word of a clerk or manager until it is taken back.

Nobody is left waiting for what does not come: their numbers end, and a slip that is shown again within some working
days gives a number with the head start of 优先. Whoever stands at a window is the clerk's matter.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from hall.clock import Moment
from hall.closing import why_ended
from hall.facts import TicketCancelled, TicketIssued
from hall.system_fault import FaultDeclared, FaultEnded, FaultHonoured, last_day
from hall.ticket import ACTIVE, CancelReason, Flag, Ticket, TicketState
from hall.wire.commands import DeclareFault, EndFault
from hall.wire.replies import Refusal
from queue_server.operations.days import today
from queue_server.operations.lanes import own_lane
from queue_server.operations.office import Office
from queue_server.operations.scene import Done, Outcome, Scene
from queue_server.store import Reader, Transaction
from queue_server.store.records import SystemFault

_PRIORITY_LATER = (CancelReason.SYSTEM_FAULT, CancelReason.CLOSED)


def declare_fault(place: Scene | Office, command: DeclareFault) -> Outcome:
    """These groups cannot be served; a clerk says so of what the own window serves."""
    if not _known(place, command.groups):
        return Refusal.UNKNOWN_GROUP
    down = faults(place.transaction)
    new = [group for group in dict.fromkeys(command.groups) if group not in down]
    if not new:
        return Refusal.WRONG_STATE
    if not all(_may_tell(place, group) for group in new):
        return Refusal.CANNOT_SERVE
    done = None
    for group in new:
        done = place.record(FaultDeclared(group=group, staff=place.session.subject, reason=command.reason))
    end_those_waiting(place.transaction, place.moment)
    assert done is not None  # there is a new one
    return done


def end_fault(place: Scene | Office, command: EndFault) -> Outcome:
    """These groups can be served again. Numbers that ended stay so; their slips have priority."""
    if not _known(place, command.groups):
        return Refusal.UNKNOWN_GROUP
    over = [group for group in dict.fromkeys(command.groups) if group in faults(place.transaction)]
    if not over:
        return Refusal.WRONG_STATE
    if isinstance(place, Scene) and not all(_may_tell(place, group) for group in over):
        return Refusal.CANNOT_SERVE
    done = None
    for group in over:
        done = place.record(FaultEnded(group=group, staff=place.session.subject))
    assert done is not None
    return done


def _known(place: Scene | Office, groups: Iterable[str]) -> bool:
    """Whether the hall has them all, or one that it had is down still."""
    there = {group.id for group in place.transaction.catalog().groups}
    return there | faults(place.transaction) >= set(groups)


def faults(reader: Reader) -> frozenset[str]:
    """The groups that cannot be served just now."""
    return frozenset(fault.group for fault in reader.every(SystemFault))


def end_those_waiting(transaction: Transaction, moment: Moment) -> None:
    """End every number that waits, was missed or is on hold for such a group, also one that came meanwhile.

    So too where a manager closed a group early and let its numbers end. An uncertain one is left to a person's word.
    """
    if not transaction.catalog_version():
        return
    catalog, down, day = transaction.catalog(), faults(transaction), today(transaction, moment)
    ended = {group.ended_on for group in catalog.groups} - {None}
    # Of a day that is over a kiosk tells late, and few: a full hall is not read through for them.
    tickets = transaction.live_tickets(before=None if down or day in ended else day) if down or ended else ()
    for ticket in _aside(tickets):
        reason = why_ended(ticket, catalog, down)
        if reason is not None and Flag.UNCERTAIN not in ticket.flags:
            transaction.record(TicketCancelled(ticket=ticket.id, reason=reason), moment)


def renewed(scene: Scene, ended: Ticket) -> Outcome | None:
    """What a slip gives that is shown again: another number with priority, once.

    None if neither a fault nor a manager who closed its group early had ended it.
    """
    if ended.state is not TicketState.CANCELLED:
        return None
    transaction, facts = scene.transaction, [entry.fact.body for entry in scene.transaction.entries_of(ended.id)]
    honoured = next((fact for fact in facts if isinstance(fact, FaultHonoured)), None)
    if honoured is not None:
        return Done(0, scene.moment.wall_us, honoured.renewed)
    ends = [fact for fact in facts if isinstance(fact, TicketCancelled)]
    if not ends or ends[-1].reason not in _PRIORITY_LATER:
        return None
    catalog, day = transaction.catalog(), today(transaction, scene.moment)
    group = next((each for each in catalog.groups if each.id == ended.group), None)
    if group is None or group.suspended or group.ended_on == day:
        return Refusal.CANNOT_SERVE
    if ended.group in faults(transaction):
        return Refusal.SYSTEM_FAULT
    if day > last_day(ended.day, partial(catalog.opens_on, ended.group), catalog.hall.fault_days):
        return Refusal.NOT_TODAY
    service = ended.service or next((each.id for each in catalog.services_of(group.id)), "")
    lane, new, standing = own_lane(transaction, scene.moment), transaction.new_id(), catalog.hall.claimed()
    scene.record(FaultHonoured(ticket=ended.id, renewed=new))
    return scene.record(
        TicketIssued(
            ticket=new,
            day=day,
            service=service,
            group=group.id,
            prefix=group.prefix,
            lane=lane,
            n=transaction.highest_number(day, group.prefix, lane) + 1,
            ticket_class=standing.ticket_class,
            head_start=standing.minutes,
        )
    )


def _may_tell(place: Scene | Office, group: str) -> bool:
    if isinstance(place, Scene):
        return place.window.penalty_us(group) is not None
    return any(each.id == group for each in place.transaction.catalog().groups)


def _aside(tickets: Iterable[Ticket]) -> list[Ticket]:
    return [ticket for ticket in tickets if ticket.state not in ACTIVE]


FAULTS: dict[type[Any], Callable[[Scene | Office, Any], Outcome]] = {
    DeclareFault: declare_fault,
    EndFault: end_fault,
}
"""What a manager may say as well as a clerk."""
