"""The present, computed from facts: what a ticket and a window are after one more journal entry.

The server's tables, its rebuild from the journal and a device's ledger all use these functions, so that none of them
can follow other rules than the journal.

It is long because what every fact makes of a ticket and a window stands in one place.
"""

from hall.booking import BookedSlot
from hall.calling import effective_at
from hall.errors import BugError
from hall.facts import (
    ActUndone,
    AutoCallSet,
    Fact,
    JournalEntry,
    NextServiceBegun,
    PaperOutcome,
    ServiceFinished,
    ServiceStarted,
    SlipPrinted,
    StartedWithoutTicket,
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
from hall.mending import HandOutcome, OutcomeRecovered, ServedByHand, TicketAdopted, TicketConfirmed
from hall.system_fault import FaultHonoured
from hall.ticket import UNENDED, CancelReason, Flag, Ticket, TicketClass, TicketState, may_move
from hall.window import WindowState
from hall.words import SERVER_LANE, Micros, WindowNumber, Word

_S = TicketState
_NUMBER = ("day", "prefix", "lane", "n")
_FROM_ITS_ISSUER = ("service", "issuer_lane", "issuer_seq", "ticket_class", "issued_at", "booking", "slot_at")


def ticket_after(ticket: Ticket | None, entry: JournalEntry) -> Ticket | None:
    """The ticket after an entry that concerns it; None only before its issuing is known.

    Raises:
        BugError: If the entry moves the ticket along an edge that does not exist, or concerns an unknown ticket.
    """
    body = entry.fact.body
    match body:
        case TicketIssued():
            told = ticket_issued(body, entry.fact, entry.at)
            return told if ticket is None else _completed(ticket, told)
        case TicketAdopted() | StartedWithoutTicket():
            return ticket or _first_seen(body, entry)
        case OutcomeRecovered(restores=remembered):
            return _recovered(ticket, remembered)
        case _ if not isinstance(body, TicketFact):
            return ticket
    if ticket is None and entry.fact.lane != SERVER_LANE:
        return None  # its issuing is older than what the field still remembers after a server was set back
    if ticket is None:
        raise BugError(f"journal entry {entry.seq} ({body.kind}) concerns a ticket that was never issued")
    if comes_too_late(ticket, entry):
        return ticket
    if isinstance(body, ActUndone):
        return body.restores.model_copy(update={"changed_at": entry.at})
    state, changes = _changes(ticket, entry)
    if state is not ticket.state and not may_move(ticket.state, state) and not isinstance(body, ServedByHand):
        raise BugError(f"journal entry {entry.seq} moves {ticket.number} from {ticket.state} to {state}")
    return ticket.model_copy(update={"state": state, "changed_at": entry.at, **_over(ticket, state), **changes})


def _over(ticket: Ticket, state: TicketState) -> dict[str, object]:
    """What ends when a ticket leaves the state it was in."""
    return {} if state is ticket.state else {"pinned": None, "back_at": None}


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
    told, base = counted_by(body, at)
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
        ticket_class=told.ticket_class,
        issued_at=at,
        effective_at=effective_at(base, told.ticket_class, told.head_start),
        changed_at=at,
        booking=body.slot.booking if body.slot else None,
        slot_at=body.slot.at if body.slot else None,
    )


def counted_by(body: TicketIssued, at: Micros) -> tuple[TicketIssued | BookedSlot, Micros]:
    """What tells class and head start of a number taken at `at`, and what the head start is taken from."""
    if body.slot is None or at > body.slot.until:
        return body, at
    return body.slot, body.slot.at  # on time: coming early gains nothing


def _adopted(body: TicketAdopted, entry: JournalEntry) -> Ticket:
    """A ticket known from its slip alone: ordinary, of no service yet, ordered by the time printed on it."""
    return Ticket(
        id=body.ticket,
        day=body.day,
        service="",
        group=body.group,
        prefix=body.prefix,
        lane=body.lane,
        n=body.n,
        issuer_lane=entry.fact.lane,
        issuer_seq=entry.fact.lane_seq,
        ticket_class=TicketClass.ORDINARY,
        issued_at=body.issued_at,
        effective_at=effective_at(body.issued_at, TicketClass.ORDINARY),
        changed_at=entry.at,
        flags=(Flag.ADOPTED,),
    )


def _first_seen(body: TicketAdopted | StartedWithoutTicket, entry: JournalEntry) -> Ticket:
    """A ticket that a window makes known."""
    return _adopted(body, entry) if isinstance(body, TicketAdopted) else _without_ticket(body, entry)


def _without_ticket(body: StartedWithoutTicket, entry: JournalEntry) -> Ticket:
    """A visit that begins at a window: nobody waited and nobody was called."""
    return Ticket(
        id=body.ticket,
        day=body.day,
        service=body.service,
        group=body.group,
        prefix=body.prefix,
        lane=body.lane,
        n=body.n,
        issuer_lane=entry.fact.lane,
        issuer_seq=entry.fact.lane_seq,
        ticket_class=TicketClass.ORDINARY,
        issued_at=entry.at,
        effective_at=entry.at,
        state=_S.SERVING,
        window=body.window,
        called_at=entry.at,
        started_at=entry.at,
        changed_at=entry.at,
        flags=(Flag.WITHOUT_TICKET,),
        chosen=True,
    )


def _completed(ticket: Ticket, told: Ticket) -> Ticket:
    """A ticket that was known before its issuer's fact came: an adopted one gets what its slip does not say.

    Nothing else changes: what happened at windows meanwhile stands. The place in the order is the issuer's word,
    except after a return, which made one of its own.
    """
    if Flag.ADOPTED not in ticket.flags:
        return ticket
    changes: dict[str, object] = {name: getattr(told, name) for name in _FROM_ITS_ISSUER}
    if not ticket.returns:
        changes["effective_at"] = told.effective_at
    return ticket.model_copy(update=changes | {"flags": _without(ticket.flags, Flag.ADOPTED)})


def _recovered(ticket: Ticket | None, remembered: Ticket) -> Ticket:
    """The later of two memories of one ticket; what was uncertain is known then.

    What the ticket is stays as it is known; only of one known from its slip alone may a window know more.
    """
    if ticket is None:
        return remembered
    if not is_later(ticket, remembered) and not ended_unknown(ticket):
        return ticket
    changes: dict[str, object] = {name: getattr(ticket, name) for name in _NUMBER}
    marks = {*_without(ticket.flags, Flag.UNCERTAIN), *remembered.flags} - {Flag.ADOPTED}
    if Flag.ADOPTED not in ticket.flags:
        changes |= {name: getattr(ticket, name) for name in _FROM_ITS_ISSUER}
        if Flag.ADOPTED in remembered.flags and not remembered.returns:
            changes["effective_at"] = ticket.effective_at
    elif Flag.ADOPTED in remembered.flags:
        marks.add(Flag.ADOPTED)
    return remembered.model_copy(update=changes | {"flags": tuple(sorted(marks))})


def is_later(ticket: Ticket, remembered: Ticket) -> bool:
    """Whether a memory is of later than what is known. Any act is later than the issuing, whatever its clock said."""
    only_issued = ticket.state is _S.WAITING and ticket.changed_at == ticket.issued_at and not ticket.returns
    return only_issued or ticket.changed_at < remembered.changed_at


def ended_unknown(ticket: Ticket) -> bool:
    """Whether a visit was ended while nobody knew what had become of it; whoever remembers knows better."""
    return ticket.state is _S.CANCELLED and Flag.UNCERTAIN in ticket.flags


def _without(flags: tuple[Flag, ...], flag: Flag) -> tuple[Flag, ...]:
    return tuple(each for each in flags if each is not flag)


def _by_hand(ticket: Ticket, body: ServedByHand) -> tuple[TicketState, dict[str, object]]:
    finished = body.outcome is HandOutcome.FINISHED
    changes: dict[str, object] = {
        "window": None,
        "called_at": body.called_at,
        "calls": max(1, ticket.calls),
        "flags": _without(ticket.flags, Flag.UNCERTAIN),
    }
    if finished:
        changes |= {"started_at": body.called_at, "ended_at": body.ended_at}
    return _S.FINISHED if finished else _S.MISSED, changes


def _with_paper(ticket: Ticket, outcome: PaperOutcome) -> dict[str, object]:
    """A slip that may not have come out is marked until one has."""
    flags = set(_without(ticket.flags, Flag.PAPER_UNKNOWN))
    if outcome in (PaperOutcome.UNKNOWN, PaperOutcome.FAILED):
        flags.add(Flag.PAPER_UNKNOWN)
    return {"flags": tuple(sorted(flags)), "changed_at": ticket.changed_at}


def _changes(ticket: Ticket, entry: JournalEntry) -> tuple[TicketState, dict[str, object]]:  # noqa: C901 - one flat table of facts
    at = entry.at
    match entry.fact.body:
        case TicketCalled(window=window, call_no=call_no, reason=reason):
            flags = _without(ticket.flags, Flag.UNCERTAIN)
            chosen = reason is not None and reason.chosen
            return _S.CALLED, {"window": window, "calls": call_no, "called_at": at, "flags": flags, "chosen": chosen}
        case TicketRecalled(call_no=call_no):
            return _S.CALLED, {"calls": call_no, "called_at": at}
        case ServiceStarted():
            return _S.SERVING, {"started_at": at}
        case NextServiceBegun(service=service, group=group):
            return _S.SERVING, {"service": service, "group": group, "started_at": at}
        case ServiceFinished(outcome=outcome) if outcome == UNENDED:  # no length of a service is made of it
            flags = tuple(sorted({*ticket.flags, Flag.UNENDED}))
            return _S.FINISHED, {"window": None, "started_at": None, "ended_at": at, "flags": flags}
        case ServiceFinished():
            return _S.FINISHED, {"window": None, "ended_at": at}
        case TicketMissed():
            return _S.MISSED, {"window": None}
        case TicketReturned(effective_at=effective, after=before):
            returns = ticket.returns + (before is _S.MISSED)
            return _S.WAITING, {"window": None, "effective_at": effective, "returns": returns, "calls": 0}
        case TicketTransferred(group=group, to=to):
            return _S.WAITING, {"window": None, "group": group, "calls": 0, "pinned": to}
        case TicketHeld(back_at=back_at):
            return _S.ON_HOLD, {"window": None, "back_at": back_at}
        case TicketCancelled(reason=CancelReason.LEFT):  # a person's word: nothing is uncertain any more
            flags = _without(ticket.flags, Flag.UNCERTAIN)
            return _S.CANCELLED, {"window": None, "ended_at": at, "flags": flags}
        case TicketCancelled():
            return _S.CANCELLED, {"window": None, "ended_at": at}
        case TicketFlagged(flag=flag):  # a mark is no act: of two memories the later act must win, not the later mark
            return ticket.state, {"flags": tuple(sorted({*ticket.flags, flag})), "changed_at": ticket.changed_at}
        case FaultHonoured():
            flags = tuple(sorted({*ticket.flags, Flag.HONOURED}))
            return ticket.state, {"flags": flags, "changed_at": ticket.changed_at}
        case TicketConfirmed():
            return ticket.state, {"flags": _without(ticket.flags, Flag.UNCERTAIN), "changed_at": ticket.changed_at}
        case ServedByHand() as body:
            return _by_hand(ticket, body)
        case SlipPrinted(outcome=outcome):
            return ticket.state, _with_paper(ticket, outcome)
        case _:  # a rating does not move a ticket
            return ticket.state, {"changed_at": ticket.changed_at}


class WindowStatus(Word):
    """A window as it stands now. `state` is its own; calling and serving follow from `Ticket.window`.

    `back_at` is when a clerk who paused means to be back, `auto_call` whether the clerk has it call by itself.
    """

    number: WindowNumber
    state: WindowState = WindowState.CLOSED
    clerk: str | None = None
    reason: str = ""
    since: Micros = 0
    back_at: Micros | None = None
    auto_call: bool = False


def window_after(status: WindowStatus, entry: JournalEntry) -> WindowStatus:
    """The window after an entry; entries about other things leave it as it is."""
    body = entry.fact.body
    if not isinstance(body, WindowFact) or body.window != status.number:
        return status
    match body:
        case AutoCallSet(on=on):
            return status.model_copy(update={"auto_call": on})
        case WindowPaused(reason=reason, back_at=back_at):
            changes: dict[str, object] = {"state": WindowState.PAUSED, "reason": reason, "back_at": back_at}
        case WindowClosed():
            changes = {"state": WindowState.CLOSED, "clerk": None, "reason": ""}
        case WindowOpened(clerk=clerk):
            changes = {"state": WindowState.IDLE, "clerk": clerk, "reason": ""}
        case _:
            changes = {"state": WindowState.IDLE, "reason": ""}
    return status.model_copy(update={"back_at": None, "auto_call": False} | changes | {"since": entry.at})


def shown_state(status: WindowStatus, ticket: Ticket | None) -> WindowState:
    """What the window's band says: its ticket's state while it has one, else its own."""
    if ticket is not None and ticket.state is _S.CALLED:
        return WindowState.CALLING
    if ticket is not None and ticket.state is _S.SERVING:
        return WindowState.SERVING
    return status.state
