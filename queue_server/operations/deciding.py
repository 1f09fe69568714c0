"""What a manager decides: after an outage, where no machine knows; window plans, how many may book, and 设置."""

from collections.abc import Callable
from typing import Any

from hall.arrangements import CallingRule
from hall.booking import CapacitySet
from hall.facts import TicketCancelled, TicketReturned
from hall.mending import DoubleSettled, LaneRetired, RecoveryEnded, TicketConfirmed
from hall.rule import rule_of
from hall.rule import troubles as troubles_of
from hall.slots import FAR_DAYS
from hall.ticket import ACTIVE, CancelReason, Flag, Ticket
from hall.wire import commands
from hall.wire.replies import Refusal
from queue_server.operations import bookings, plans, recovery, troubles
from queue_server.operations.alerts import acknowledge
from queue_server.operations.arranging import change_arrangement
from queue_server.operations.days import today
from queue_server.operations.office import Office
from queue_server.operations.scene import Outcome
from queue_server.operations.staffing import change_account
from queue_server.operations.window_plans import switch_plan
from queue_server.store.records import Doubled, Lane


def confirm(office: Office, command: commands.Confirm) -> Outcome:
    """Uncertain tickets were not served: they wait again where they stood."""
    if command.tickets:
        found = [office.transaction.ticket(ticket) for ticket in command.tickets]
        if None in found:
            return Refusal.UNKNOWN_TICKET
    else:
        found = list(office.transaction.live_tickets())
    done = office.nothing_to_do
    for ticket in found:
        if ticket is not None and ticket.live and Flag.UNCERTAIN in ticket.flags:
            done = office.record(TicketConfirmed(ticket=ticket.id, staff=office.session.subject))
    return done


def dismiss(office: Office, command: commands.Dismiss) -> Outcome:
    """An uncertain ticket is over. One that stood at a window is taken from there first."""
    ticket = office.transaction.ticket(command.ticket)
    if ticket is None:
        return Refusal.UNKNOWN_TICKET
    if not ticket.live:
        return Refusal.ALREADY_OVER
    if Flag.UNCERTAIN not in ticket.flags:
        return Refusal.WRONG_STATE
    _take_from_its_window(office, ticket)
    return office.record(
        TicketCancelled(ticket=ticket.id, reason=CancelReason.LEFT, clerk=office.session.subject),
    )


def end_recovery(office: Office, _: commands.EndRecovery) -> Outcome:
    """Wait no longer; what is uncertain stays so until somebody decides."""
    if recovery.open_recovery(office.transaction) is None:
        return Refusal.NO_RECOVERY
    return office.record(RecoveryEnded(staff=office.session.subject))


def retire_lane(office: Office, command: commands.RetireLane) -> Outcome:
    """The machine gives no numbers any more: nobody waits for it, from tomorrow on others may give its numbers."""
    transaction, lane = office.transaction, office.transaction.get(Lane, command.lane)
    if lane is None:
        return Refusal.UNKNOWN_LANE
    if lane.retired:
        return office.nothing_to_do
    done = office.record(LaneRetired(device_lane=lane.lane, staff=office.session.subject))
    transaction.end_lane_sessions(lane.lane)
    day = today(transaction, office.moment)
    plans.end(transaction, office.moment, day, lane.lane)
    plans.renew(transaction, office.moment, day)
    recovery.maybe_end(transaction, office.moment)
    return done


def settle_double(office: Office, command: commands.SettleDouble) -> Outcome:
    """The holder of a number printed twice has been seen to."""
    transaction, doubled = office.transaction, office.transaction.get(Doubled, command.ticket)
    if doubled is None:
        return Refusal.UNKNOWN_TICKET
    if doubled.settled_by:
        return office.nothing_to_do
    done = office.record(
        DoubleSettled(ticket=doubled.ticket, staff=office.session.subject, note=command.note),
    )
    lane = transaction.get(Lane, doubled.issuer_lane)
    if lane is not None and not transaction.unsettled_doubles():
        troubles.note(transaction, office.moment, lane.device, troubles.NUMBERS, None)
    return done


def set_capacity(office: Office, command: commands.SetCapacity) -> Outcome:
    """A slot or a day takes so many from now on; what was booked for one that is closed is taken back."""
    catalog = office.transaction.catalog()
    groups = {group.id for group in catalog.groups if group.booking is not None}
    if not groups or (command.group is not None and command.group not in groups):
        return Refusal.UNKNOWN_GROUP
    day, group, start = command.day, command.group, command.start
    if (day - today(office.transaction, office.moment)).days > FAR_DAYS:
        return Refusal.NO_SLOT
    slots = (slot for each in groups if group in (None, each) for slot in catalog.slots_of(each, day, {}))
    if not any(slot.at > office.moment.wall_us and start in (None, slot.start) for slot in slots):
        return Refusal.NO_SLOT
    done = office.record(
        CapacitySet(day=day, group=group, start=start, capacity=command.capacity, staff=office.session.subject)
    )
    bookings.close(office.transaction, office.moment, day, group, start)
    return done


def change_rule(office: Office, command: commands.ChangeRule) -> Outcome:
    """The order of calling from now on; who has a number keeps its place. A catalogue published meanwhile wins."""
    transaction, catalog = office.transaction, office.transaction.catalog()
    if command.catalog != transaction.catalog_version():
        return Refusal.WRONG_STATE
    if any(troubles_of(catalog, command.rule)):
        return Refusal.BAD_RULE
    before, after = CallingRule(rule=rule_of(catalog)), CallingRule(rule=command.rule)
    change = commands.ChangeArrangement(request_id=command.request_id, before=before, after=after)
    return change_arrangement(office, change)


def _take_from_its_window(office: Office, ticket: Ticket) -> None:
    if ticket.state in ACTIVE:
        office.record(TicketReturned(ticket=ticket.id, effective_at=ticket.effective_at, after=ticket.state))


DECISIONS: dict[type[Any], Callable[[Office, Any], Outcome]] = {
    commands.Confirm: confirm,
    commands.Dismiss: dismiss,
    commands.EndRecovery: end_recovery,
    commands.RetireLane: retire_lane,
    commands.SettleDouble: settle_double,
    commands.SetCapacity: set_capacity,
    commands.SwitchPlan: switch_plan,
    commands.ChangeRule: change_rule,
    commands.ChangeArrangement: change_arrangement,
    commands.ChangeAccount: change_account,
    commands.AcknowledgeAlert: acknowledge,
}
"""Every command of a manager."""
