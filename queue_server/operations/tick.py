"""What happens by itself as time passes; called every few seconds, cheap when there is nothing to do."""

from hall.clock import DAY_US, Moment
from hall.closing import closed_groups, left_behind, to_cancel
from hall.facts import (
    NextServiceBegun,
    ServiceFinished,
    ServiceStarted,
    StartedWithoutTicket,
    TicketCalled,
    TicketCancelled,
    TicketReturned,
    TicketTransferred,
    WindowClosed,
)
from hall.mending import OutcomeRecovered
from hall.projection import WindowStatus
from hall.ticket import UNENDED, CancelReason, Flag, Ticket, TicketState
from hall.window import WindowState
from queue_server.operations import bookings, plans, recovery
from queue_server.operations.days import local_now
from queue_server.operations.sessions import is_open
from queue_server.operations.system_fault import end_those_waiting
from queue_server.operations.trusted_clock import is_trusted
from queue_server.operations.undo import UNDO_US
from queue_server.operations.window_plans import judge_switches
from queue_server.store import Transaction
from queue_server.store.records import SessionKind

ANSWERS_KEPT_US = 7 * DAY_US
FORECASTS_KEPT_US = 100 * DAY_US
PLACES_KEPT_US = 60 * DAY_US
"""A machine of the hall on which nobody signed in for so long is a stranger's again; longer than any holiday."""
_AT_A_WINDOW = (TicketCalled, ServiceStarted, StartedWithoutTicket, NextServiceBegun, OutcomeRecovered)


def tick(transaction: Transaction, moment: Moment) -> None:
    """Close the day, renew number plans, mark missed appointments, close windows left open, delete what had its time.

    Holders are deleted as soon as the visit's end can no longer be undone. Nothing at all happens by a clock that
    has leapt.
    """
    if not is_trusted(transaction, moment):
        return
    if transaction.catalog_version():
        end_those_waiting(transaction, moment)  # before the day ends them: their slips give priority later
        _close_the_day(transaction, moment)
        plans.renew(transaction, moment, local_now(transaction, moment).date())
        recovery.maybe_end(transaction, moment)
        bookings.miss(transaction, moment)
        bookings.forget(transaction, moment)
        judge_switches(transaction, moment)
    _close_windows_left_open(transaction, moment)
    if transaction.catalog_version():
        _end_those_left_at_windows(transaction, moment)
    _free_those_of_closed_windows(transaction, moment)
    transaction.forget_holders(ended_before=moment.wall_us - UNDO_US)
    transaction.forget_answers(before=moment.wall_us - ANSWERS_KEPT_US)
    transaction.forget_booking_answers(before=moment.wall_us - ANSWERS_KEPT_US)
    transaction.forget_forecasts(before=moment.wall_us - FORECASTS_KEPT_US)
    transaction.forget_attempts(before=moment.wall_us - DAY_US)
    transaction.forget_sign_in_places(before=moment.wall_us - PLACES_KEPT_US)
    transaction.forget_nonces(moment.wall_us)
    transaction.end_expired_sessions(moment.wall_us)


def _close_the_day(transaction: Transaction, moment: Moment) -> None:
    catalog, local = transaction.catalog(), local_now(transaction, moment)
    # While every group is open only earlier days can have left something: a full hall is not read through for nothing.
    tickets = transaction.live_tickets(before=None if closed_groups(catalog, local) else local.date())
    waits = recovery.open_recovery(transaction) is not None  # somebody may still tell what became of today's
    for ticket in to_cancel(tickets, catalog, local):
        if waits and ticket.day == local.date() and Flag.UNCERTAIN in ticket.flags:
            continue
        transaction.record(TicketCancelled(ticket=ticket.id, reason=CancelReason.DAY_END), moment)


def _end_those_left_at_windows(transaction: Transaction, moment: Moment) -> None:
    """Whoever stood at a window when its day was over: served, but nobody knows how long; or called, and gone."""
    local = local_now(transaction, moment)
    closed = {status.number for status in transaction.every(WindowStatus) if status.state is WindowState.CLOSED}
    for ticket in left_behind(transaction.live_tickets(before=local.date()), closed, local, moment):
        if ticket.state is TicketState.SERVING and Flag.UNCERTAIN not in ticket.flags:
            window, clerk = _where(transaction, ticket)
            done = ServiceFinished(ticket=ticket.id, window=window, clerk=clerk, outcome=UNENDED)
            transaction.record(done, moment)
        else:
            back = TicketReturned(ticket=ticket.id, effective_at=ticket.effective_at, after=ticket.state)
            transaction.record(back, moment)
            transaction.record(TicketCancelled(ticket=ticket.id, reason=CancelReason.DAY_END), moment)


def _where(transaction: Transaction, ticket: Ticket) -> tuple[int, str]:
    """Window and clerk of the last act on a ticket at a window."""
    acts = [entry.fact.body for entry in transaction.entries_of(ticket.id)]
    window, clerk = next((act.window, act.clerk) for act in reversed(acts) if isinstance(act, _AT_A_WINDOW))
    return window, clerk


def _close_windows_left_open(transaction: Transaction, moment: Moment) -> None:
    for status in list(transaction.every(WindowStatus)):
        if status.state is WindowState.CLOSED or status.clerk is None:
            continue
        sessions = transaction.sessions_of(status.clerk, [SessionKind.CLERK])
        if not any(session.window == status.number and is_open(session, moment) for session in sessions):
            transaction.record(WindowClosed(window=status.number, clerk=status.clerk), moment)


def _free_those_of_closed_windows(transaction: Transaction, moment: Moment) -> None:
    """Nobody waits for one window alone that calls nobody any more."""
    for ticket in [ticket for ticket in transaction.order if ticket.pinned is not None]:
        assert ticket.pinned is not None
        if transaction.window(ticket.pinned).state is WindowState.CLOSED:
            transaction.record(TicketTransferred(ticket=ticket.id, window=ticket.pinned, group=ticket.group), moment)
