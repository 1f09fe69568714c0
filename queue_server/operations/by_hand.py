"""补录: calls made by hand while the server was away, entered afterwards by their printed numbers."""

from typing import Any

from hall.clock import Moment
from hall.facts import Body
from hall.mending import HandCallNoted, HandOutcome, ServedByHand
from hall.numbering import Number, parse_number
from hall.opening import business_day
from hall.ticket import ACTIVE, Ticket, TicketState
from hall.wire.commands import EnterByHand
from hall.wire.replies import Refusal
from hall.words import GREATEST_LANE, GREATEST_NUMBER
from queue_server.operations.days import today
from queue_server.operations.scene import Outcome, Scene
from queue_server.store import Transaction
from queue_server.store.records import HandCall

_OVER = (TicketState.FINISHED, TicketState.CANCELLED)


def enter_by_hand(scene: Scene, command: EnterByHand) -> Outcome:
    """Enter one call. The number may not be known here yet: then it is noted until its kiosk tells of it."""
    transaction = scene.transaction
    number = _number(scene, command.number)
    if number is None:
        return Refusal.BAD_NUMBER
    if not _can_be(scene, command):
        return Refusal.BAD_TIME
    day = today(transaction, scene.moment)
    told: dict[str, Any] = {
        "window": scene.window.number,
        "clerk": scene.clerk,
        "called_at": command.called_at,
        "ended_at": command.ended_at,
        "outcome": command.outcome,
    }
    ticket = transaction.ticket_of_number(day, number.prefix, number.lane, number.n)
    if ticket is None:
        noted: Body = HandCallNoted(day=day, prefix=number.prefix, lane=number.lane, n=number.n, **told)
        return scene.record(noted)
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


def _number(scene: Scene, text: str) -> Number | None:
    """A printed number of this hall."""
    number = parse_number(text)
    if number is None or number.prefix not in {group.prefix for group in scene.transaction.catalog().groups}:
        return None
    return number if 1 <= number.n <= GREATEST_NUMBER and (number.lane or 0) <= GREATEST_LANE else None


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
