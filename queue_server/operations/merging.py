"""One fact of a device becomes part of the record: what it may say, what it is worth, whom it concerns besides.

What is told again under another lane, or was known from its slip or from a window, is merged by its id and never
counted twice. A number that belongs to another ticket is kept apart as printed twice. A copy under a name of its own
may tell of the other device's tickets, but takes nobody's place in the queue away: people asked there about a slip
answer for a citizen who stands elsewhere. What it voids is in doubt.
"""

from hall.booking import Booking
from hall.calling import order_key
from hall.clock import Moment
from hall.facts import Fact, HealthChanged, PaperOutcome, SlipPrinted, TicketCancelled, TicketFlagged, TicketIssued
from hall.identity import Holder
from hall.ticket import CancelReason, Flag, Ticket, TicketState
from hall.wire.sync import Push
from queue_server.operations import recovery, troubles
from queue_server.operations.by_hand import join
from queue_server.operations.errors import UnfitFactError
from queue_server.operations.lanes import ancestry, is_beyond, is_own, recall
from queue_server.operations.times import resolve
from queue_server.store import Transaction
from queue_server.store.records import Doubled, Lane

_OWN_TICKET = (SlipPrinted, TicketFlagged, TicketCancelled)


def merge(
    transaction: Transaction, moment: Moment, lane: Lane, request: Push, fact: Fact, holder: Holder | None
) -> None:
    """Record a fact that continues its lane, with everything that follows from it.

    Raises:
        UnfitFactError: If the device may not write such a fact; nothing was recorded then.
    """
    _check(transaction, lane, fact)
    if isinstance(fact.body, TicketIssued) and fact.body.lane is not None:
        recall(transaction, moment, lane, fact.body.lane)
    at, quality = resolve(lane, fact, request.sent_mono_us, request.boot_id, moment.wall_us)
    body = fact.body
    if isinstance(body, TicketCancelled) and _is_anothers(transaction, lane, body.ticket):
        in_doubt = SlipPrinted(ticket=body.ticket, outcome=PaperOutcome.UNKNOWN)
        transaction.append(fact.model_copy(update={"body": in_doubt}), at, quality)
        troubles.note(transaction, moment, lane.device, troubles.NUMBERS, troubles.VOIDED_ANOTHERS)
        return
    if not isinstance(body, TicketIssued):
        transaction.append(fact, at, quality)
        return
    holder = _with_name(transaction, body, holder)
    known = transaction.ticket(body.ticket)
    if known is not None:
        fresh = holder if known.live and transaction.holder(known.id) is None else None
        transaction.append(fact, at, quality, fresh)
        _mark_same_holder(transaction, moment, body, fresh)
        _mark_doubted_booking(transaction, moment, body)  # a slip that was adopted did not tell its appointment
        return
    if transaction.is_taken(body.ticket, body.day, body.prefix, body.lane, body.n):
        # Whose number it is not gets no holder: nothing would ever forget it.
        transaction.append(fact, at, quality)
        troubles.note(transaction, moment, lane.device, troubles.NUMBERS, troubles.DOUBLED)
        return
    transaction.append(fact, at, quality, holder)
    if body.offline:
        _flag(transaction, moment, body.ticket, Flag.LATE_MERGED)
    if recovery.first_told_late(transaction, fact, at, quality):
        _flag(transaction, moment, body.ticket, Flag.UNCERTAIN)
    _mark_same_holder(transaction, moment, body, holder)
    _mark_doubted_booking(transaction, moment, body)
    join(transaction, moment, body.ticket)


def _check(transaction: Transaction, lane: Lane, fact: Fact) -> None:
    body = fact.body
    if isinstance(body, TicketIssued):
        if is_beyond(transaction, body.lane):
            raise UnfitFactError(f"{lane.lane} 号机用了 {body.lane} 号机的号码，本大厅不可能给过这个机号")
        if body.lane is not None and not is_own(transaction, lane, body.lane):
            raise UnfitFactError(f"{lane.lane} 号机用了 {body.lane} 号机的号码")
        if not _may_speak_of(transaction, lane, body.ticket):
            raise UnfitFactError(f"{lane.lane} 号机重复发出了别的机器的号")
    elif isinstance(body, _OWN_TICKET):
        if not _may_speak_of(transaction, lane, body.ticket):
            raise UnfitFactError(f"{lane.lane} 号机发来了不是它发出的号的记录")
        if isinstance(body, TicketCancelled) and body.reason is not CancelReason.VOID:
            raise UnfitFactError(f"{lane.lane} 号机只能作废取号单，不能以别的理由取消")
    elif not isinstance(body, HealthChanged):
        raise UnfitFactError(f"{lane.lane} 号机不能写这种记录：{body.kind}")


def _may_speak_of(transaction: Transaction, lane: Lane, ticket_id: str) -> bool:
    """Whether a ticket came from this ledger in one of its lives, or from a copy of it, or is not known at all.

    Of one known from its slip alone nobody has heard the issuer yet.
    """
    ticket, doubled = transaction.ticket(ticket_id), transaction.get(Doubled, ticket_id)
    issuer = ticket.issuer_lane if ticket is not None else None if doubled is None else doubled.issuer_lane
    if issuer is None or (ticket is not None and Flag.ADOPTED in ticket.flags):
        return True
    related = not ancestry(transaction, lane.lane).isdisjoint(ancestry(transaction, issuer))
    return related or is_own(transaction, lane, issuer)


def _is_anothers(transaction: Transaction, lane: Lane, ticket_id: str) -> bool:
    """Whether a ticket was told of by a device of another name."""
    ticket = transaction.ticket(ticket_id)
    if ticket is None or Flag.ADOPTED in ticket.flags:
        return False
    issuer = transaction.get(Lane, ticket.issuer_lane)
    return issuer is not None and issuer.device != lane.device


def _mark_same_holder(transaction: Transaction, moment: Moment, body: TicketIssued, holder: Holder | None) -> None:
    """Of several live tickets of one person in a group the last one is marked, whichever came here first."""
    if holder is None:
        return
    tickets = [ticket for ticket in transaction.live_tickets_of(holder.token) if ticket.group == body.group]
    if len(tickets) > 1:
        latest: Ticket = max(tickets, key=lambda ticket: order_key(ticket)[1:])
        if Flag.SAME_HOLDER not in latest.flags:
            _flag(transaction, moment, latest.id, Flag.SAME_HOLDER)


def _mark_doubted_booking(transaction: Transaction, moment: Moment, body: TicketIssued) -> None:
    """Of two live numbers for one appointment the later is marked, as is one for an appointment that was cancelled."""
    booking = None if body.slot is None else transaction.get(Booking, body.slot.booking)
    if booking is None or booking.ticket == body.ticket:
        return
    both = [transaction.ticket(each) for each in (booking.ticket, body.ticket) if each is not None]
    tickets = [ticket for ticket in both if ticket is not None and ticket.state is not TicketState.CANCELLED]
    if tickets and (len(tickets) > 1 or not booking.holds_a_place):
        latest: Ticket = max(tickets, key=lambda ticket: order_key(ticket)[1:])
        if Flag.BOOKING_DOUBTED not in latest.flags:
            _flag(transaction, moment, latest.id, Flag.BOOKING_DOUBTED)


def _with_name(transaction: Transaction, body: TicketIssued, holder: Holder | None) -> Holder | None:
    """A kiosk knows who booked by the token alone; the masked name stands here."""
    if holder is None or holder.masked_name or body.slot is None:
        return holder
    booker = transaction.booker(body.slot.booking)
    return booker if booker is not None and booker.token == holder.token else holder


def _flag(transaction: Transaction, moment: Moment, ticket: str, flag: Flag) -> None:
    transaction.record(TicketFlagged(ticket=ticket, flag=flag), moment)
