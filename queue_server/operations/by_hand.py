"""补录: calls made by hand while the server was away, entered afterwards by their printed numbers."""

from typing import Any

from hall.clock import MINUTE_US, Moment
from hall.facts import Body
from hall.mending import HandCallNoted, HandOutcome, ServedByHand
from hall.numbering import parse_number
from hall.opening import business_day
from hall.ticket import ACTIVE, Ticket, TicketState
from hall.wire.commands import EnterByHand
from hall.wire.replies import Refusal
from queue_server.operations.days import today
from queue_server.operations.numbers import can_be_printed
from queue_server.operations.scene import Done, Outcome, Scene
from queue_server.store import Transaction
from queue_server.store.records import HandCall

CLOCKS_DIFFER_US = 2 * MINUTE_US
"""The clock by which a clerk wrote a call down may be so far from the server's."""

_OVER = (TicketState.FINISHED, TicketState.CANCELLED)


def enter_by_hand(scene: Scene, command: EnterByHand) -> Outcome:
    """Enter one call. The number may not be known here yet: then it is noted until its kiosk tells of it."""
    transaction = scene.transaction
    number, day = parse_number(command.number), today(transaction, scene.moment)
    ticket = None if number is None else transaction.ticket_of_number(day, number.prefix, number.lane, number.n)
    if number is None or (ticket is None and not can_be_printed(transaction, day, number)):
        return Refusal.BAD_NUMBER
    if not _can_be(scene, command):
        return Refusal.BAD_TIME
    told: dict[str, Any] = {
        "window": scene.window.number,
        "clerk": scene.clerk,
        "called_at": command.called_at,
        "ended_at": command.ended_at,
        "outcome": command.outcome,
    }
    if ticket is None:
        before = transaction.get(HandCall, day, number.prefix, number.lane or 0, number.n)
        noted: Body = HandCallNoted(day=day, prefix=number.prefix, lane=number.lane, n=number.n, **told)
        return scene.record(noted) if before is None else _noted_before(scene, before, noted, told)
    if not _was_printed(ticket, command.called_at):
        return Refusal.BAD_TIME
    refusal = _cannot_enter(ticket, scene.window.number)
    return refusal or scene.record(ServedByHand(ticket=ticket.id, **told))


def join(transaction: Transaction, moment: Moment, ticket_id: str) -> None:
    """A ticket has become known: if it was called by hand meanwhile, that is what became of it."""
    ticket = transaction.ticket(ticket_id)
    if ticket is None:
        return
    noted = transaction.get(HandCall, ticket.day, ticket.prefix, ticket.lane or 0, ticket.n)
    if noted is None or noted.ticket is not None or _cannot_enter(ticket, noted.window) is not None:
        return
    if not _was_printed(ticket, noted.called_at):
        return  # somebody else was called, and the number written down wrongly: the note stays open for a person
    transaction.record(
        ServedByHand(
            ticket=ticket.id,
            window=noted.window,
            clerk=noted.clerk,
            called_at=noted.called_at,
            ended_at=noted.ended_at,
            outcome=HandOutcome(noted.outcome),
        ),
        moment,
    )


def _noted_before(scene: Scene, before: HandCall, noted: Body, told: dict[str, Any]) -> Outcome:
    """One number noted twice: the same call is one call, and who was missed may have come back later."""
    if all(getattr(before, name) == value for name, value in told.items() if name != "clerk"):
        return Done(0, scene.moment.wall_us)
    came_back = before.outcome == HandOutcome.MISSED and told["called_at"] >= before.ended_at
    return scene.record(noted) if came_back else Refusal.ALREADY_OVER


def _was_printed(ticket: Ticket, called_at: int) -> bool:
    """Whether the call can have been this citizen's: nobody is called before the number is taken."""
    return ticket.issued_at <= called_at + CLOCKS_DIFFER_US


def _can_be(scene: Scene, command: EnterByHand) -> bool:
    offset = scene.transaction.catalog().hall.offset_minutes
    is_today = business_day(command.called_at, offset) == today(scene.transaction, scene.moment)
    return is_today and command.called_at <= command.ended_at <= scene.moment.wall_us


def _cannot_enter(ticket: Ticket, window: int) -> Refusal | None:
    if ticket.state in _OVER:
        return Refusal.ALREADY_OVER
    if ticket.state in ACTIVE and ticket.window != window:
        return Refusal.NOT_THIS_WINDOW
    return None  # one called or served here was brought to its end while the window was cut off
