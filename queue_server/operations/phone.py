"""What a citizen may do from the phone with the code of the slip alone: give the place up, rate the service given.

The code is sealed by the hall and cannot be guessed; who has it has the slip. Both acts may be asked again: the second
time they change nothing.
"""

from hall.clock import Moment
from hall.facts import RatingGiven, TicketCancelled
from hall.rating import Level
from hall.slip_code import SlipCode
from hall.system_fault import FaultHonoured
from hall.ticket import CancelReason, Flag, Ticket, TicketState
from hall.wire.replies import Refusal
from queue_server.operations.days import today
from queue_server.operations.scene import Done, Outcome
from queue_server.store import Reader, Transaction
from queue_server.store.records import Rating, Served

_MAY_LEAVE = frozenset({TicketState.WAITING, TicketState.MISSED, TicketState.ON_HOLD})


def ticket_of(reader: Reader, code: SlipCode) -> Ticket | None:
    """The ticket a slip stands for: its own, or the one it was renewed by after 系统故障."""
    own = reader.ticket(code.ticket)
    if own is None or Flag.HONOURED not in own.flags:
        return own
    bodies = (entry.fact.body for entry in reader.entries_of(own.id))
    renewed = next((body.renewed for body in bodies if isinstance(body, FaultHonoured)), None)
    return own if renewed is None else reader.ticket(renewed)


def may_leave(ticket: Ticket) -> bool:
    """Whether the place can be given up: not at a window, nor while nobody knows what became of the ticket."""
    return ticket.state in _MAY_LEAVE and Flag.UNCERTAIN not in ticket.flags


def leave(transaction: Transaction, moment: Moment, code: SlipCode) -> Outcome:
    """让号: the holder does not wait any longer."""
    ticket = ticket_of(transaction, code)
    if ticket is None:
        return Refusal.UNKNOWN_TICKET
    if not may_leave(ticket):
        return Refusal.ALREADY_OVER if not ticket.live else Refusal.WRONG_STATE
    entry = transaction.record(TicketCancelled(ticket=ticket.id, reason=CancelReason.LEFT), moment)
    return Done(entry.seq, entry.at, ticket.id)


def served_today(reader: Reader, moment: Moment, ticket: Ticket) -> Served | None:
    """The service that a ticket was given, as long as its day lasts."""
    return reader.get(Served, ticket.id) if ticket.day == today(reader, moment) else None


def rate_by_code(transaction: Transaction, moment: Moment, code: SlipCode, level: Level) -> Outcome:
    """评价 of the service given, once, at the window or here, until its day is over."""
    ticket = ticket_of(transaction, code)
    if ticket is None:
        return Refusal.UNKNOWN_TICKET
    if transaction.get(Rating, ticket.id) is not None:
        return Refusal.ALREADY_RATED
    served = served_today(transaction, moment, ticket)
    if served is None:
        return Refusal.NOT_TODAY if ticket.state is TicketState.FINISHED else Refusal.WRONG_STATE
    entry = transaction.record(
        RatingGiven(ticket=ticket.id, window=served.window, clerk=served.clerk, level=level), moment
    )
    return Done(entry.seq, entry.at, ticket.id)
