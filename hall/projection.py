"""The present, computed from facts: what a ticket and a window are after one more journal entry.

The server's tables, its rebuild from the journal and a device's ledger all use these functions, so that none of them
can follow other rules than the journal.
"""

from hall.calling import effective_at
from hall.errors import BugError
from hall.facts import (
    ActUndone,
    Fact,
    JournalEntry,
    ServiceFinished,
    ServiceStarted,
    TicketCalled,
    TicketCancelled,
    TicketFact,
    TicketFlagged,
    TicketHeld,
    TicketIssued,
    TicketMissed,
    TicketRecalled,
    TicketReturned,
    TicketTransferred,
    WindowClosed,
    WindowFact,
    WindowOpened,
    WindowPaused,
)
from hall.ticket import Ticket, TicketState, may_move
from hall.window import WindowState
from hall.words import SERVER_LANE, Micros, WindowNumber, Word

_S = TicketState


def ticket_after(ticket: Ticket | None, entry: JournalEntry) -> Ticket | None:
    """The ticket after an entry that concerns it; None only before it was issued.

    Raises:
        BugError: If the entry moves the ticket along an edge that does not exist, or concerns an unknown ticket.
    """
    body = entry.fact.body
    if isinstance(body, TicketIssued):
        return ticket_issued(body, entry.fact, entry.at)
    if not isinstance(body, TicketFact):
        return ticket
    if ticket is None:
        raise BugError(f"journal entry {entry.seq} ({body.kind}) concerns a ticket that was never issued")
    if comes_too_late(ticket, entry):
        return ticket
    if isinstance(body, ActUndone):
        return body.restores.model_copy(update={"changed_at": entry.at})
    state, changes = _changes(ticket, entry)
    if state is not ticket.state and not may_move(ticket.state, state):
        raise BugError(f"journal entry {entry.seq} moves {ticket.number} from {ticket.state} to {state}")
    return ticket.model_copy(update={"state": state, "changed_at": entry.at, **changes})


def comes_too_late(ticket: Ticket, entry: JournalEntry) -> bool:
    """Whether an issuer voids a slip whose holder already stands at a window or has been served.

    Facts from the field are recorded, never rejected, but they send nobody away from a window and undo no end.
    """
    voided = isinstance(entry.fact.body, TicketCancelled) and entry.fact.lane != SERVER_LANE
    return voided and not may_move(ticket.state, _S.CANCELLED)


def ticket_issued(body: TicketIssued, fact: Fact, at: Micros) -> Ticket:
    """The ticket that an issuer's fact makes, on the issuer itself as on the server.

    Args:
        body: What the fact says.
        fact: The fact, for its lane and its place in it.
        at: When the ticket was taken, UTC microseconds.
    """
    return Ticket(
        id=body.ticket,
        day=body.day,
        service=body.service,
        group=body.group,
        prefix=body.prefix,
        lane=body.lane,
        n=body.n,
        issuer_lane=fact.lane,
        issuer_seq=fact.lane_seq,
        ticket_class=body.ticket_class,
        issued_at=at,
        effective_at=effective_at(at, body.ticket_class),
        changed_at=at,
    )


def _changes(ticket: Ticket, entry: JournalEntry) -> tuple[TicketState, dict[str, object]]:  # noqa: C901 - one flat table of facts
    at = entry.at
    match entry.fact.body:
        case TicketCalled(window=window, call_no=call_no):
            return _S.CALLED, {"window": window, "calls": call_no, "called_at": at}
        case TicketRecalled(call_no=call_no):
            return _S.CALLED, {"calls": call_no, "called_at": at}
        case ServiceStarted():
            return _S.SERVING, {"started_at": at}
        case ServiceFinished():
            return _S.FINISHED, {"window": None, "ended_at": at}
        case TicketMissed():
            return _S.MISSED, {"window": None}
        case TicketReturned(effective_at=effective, after=before):
            returns = ticket.returns + (before is _S.MISSED)
            return _S.WAITING, {"window": None, "effective_at": effective, "returns": returns, "calls": 0}
        case TicketTransferred(group=group):
            return _S.WAITING, {"window": None, "group": group, "calls": 0}
        case TicketHeld():
            return _S.ON_HOLD, {"window": None}
        case TicketCancelled():
            return _S.CANCELLED, {"window": None, "ended_at": at}
        case TicketFlagged(flag=flag):
            return ticket.state, {"flags": tuple(sorted({*ticket.flags, flag}))}
        case _:  # slips and ratings do not move a ticket
            return ticket.state, {"changed_at": ticket.changed_at}


class WindowStatus(Word):
    """A window as it stands now. `state` is its own; calling and serving follow from `Ticket.window`."""

    number: WindowNumber
    state: WindowState = WindowState.CLOSED
    clerk: str | None = None
    reason: str = ""
    since: Micros = 0


def window_after(status: WindowStatus, entry: JournalEntry) -> WindowStatus:
    """The window after an entry; entries about other things leave it as it is."""
    body = entry.fact.body
    if not isinstance(body, WindowFact) or body.window != status.number:
        return status
    match body:
        case WindowPaused(reason=reason):
            changes: dict[str, object] = {"state": WindowState.PAUSED, "reason": reason}
        case WindowClosed():
            changes = {"state": WindowState.CLOSED, "clerk": None, "reason": ""}
        case WindowOpened(clerk=clerk):
            changes = {"state": WindowState.IDLE, "clerk": clerk, "reason": ""}
        case _:
            changes = {"state": WindowState.IDLE, "reason": ""}
    return status.model_copy(update=changes | {"since": entry.at})


def shown_state(status: WindowStatus, ticket: Ticket | None) -> WindowState:
    """What the window's band says: its ticket's state while it has one, else its own."""
    if ticket is not None and ticket.state is _S.CALLED:
        return WindowState.CALLING
    if ticket is not None and ticket.state is _S.SERVING:
        return WindowState.SERVING
    return status.state
