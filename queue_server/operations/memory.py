"""What a window remembers of its acts, told again after the server was set back: the latest memory of a ticket wins."""

import logging

from hall.clock import DAY_US, MINUTE_US, SECOND_US, Moment
from hall.head_start import USUAL_CAP
from hall.mending import OutcomeRecovered
from hall.numbering import Number
from hall.opening import business_day
from hall.projection import ended_unknown, is_later
from hall.ticket import ACTIVE, Flag, Ticket, TicketState
from hall.wire.acts import Memory, RememberedAct
from hall.wire.commands import as_kept
from hall.wire.replies import Reply
from queue_server.operations import recovery
from queue_server.operations.by_hand import CLOCKS_DIFFER_US, join
from queue_server.operations.numbers import can_be_printed
from queue_server.store import Transaction
from queue_server.store.records import Answer, Session

_log = logging.getLogger("onewindow.memory")


def remember(transaction: Transaction, moment: Moment, session: Session, told: Memory) -> None:
    """Take over what the server has forgotten of a window's acts; what it knows is left as it is.

    Every act keeps its answer, so that a command sent again gets the same one in the server's new life. Nothing is
    taken of any other time than the server has forgotten, and an act that cannot have been is passed over: whoever
    holds a clerk's session writes no history.

    Raises:
        NoCatalogError: If the hall has no catalogue yet.
    """
    if transaction.last_recovery() is None:
        return
    unfit = 0
    for act in told.acts:
        if transaction.get(Answer, act.command.request_id) is not None:
            continue
        if _can_be(transaction, moment, session, act):
            _take(transaction, moment, session, act)
        else:
            unfit += 1
    if unfit:
        _log.warning("memory.passed_over: %d acts of window %d do not fit", unfit, session.window)
    if not told.more:
        recovery.acts_told(transaction, moment, session.window)
        recovery.maybe_end(transaction, moment)


def _can_be(transaction: Transaction, moment: Moment, session: Session, act: RememberedAct) -> bool:
    """Whether an act fits together and could have happened at this window in a time that was forgotten."""
    reply, ticket = act.reply, act.reply.ticket
    if reply.request_id != act.command.request_id or not recovery.was_forgotten(transaction, moment, reply.at):
        return False
    if ticket is None:
        return True
    return (
        ticket.window in (None, session.window)
        and (ticket.window is not None) == (ticket.state in ACTIVE)
        and ticket.changed_at <= reply.at + SECOND_US
        and _is_in_order(transaction.ticket(ticket.id), reply, ticket, _greatest_head_start_us(transaction))
        and _could_be_known(transaction, reply, ticket)
    )


def _is_in_order(known: Ticket | None, reply: Reply, ticket: Ticket, most_us: int) -> bool:
    """Whether it stands where tickets can stand: nobody comes before everybody by a memory.

    When it was taken is the issuer's word where that is known; a slip tells it by the kiosk's own clock.
    """
    taken_at = ticket.issued_at
    if known is not None:
        most_us = max(most_us, known.issued_at - known.effective_at)  # given by a table of before
    if known is not None and Flag.ADOPTED not in {*known.flags, *ticket.flags}:
        taken_at = known.issued_at
    elif not reply.at - DAY_US <= taken_at <= reply.at + CLOCKS_DIFFER_US:
        return False
    return -DAY_US <= taken_at - ticket.effective_at <= most_us


def _greatest_head_start_us(transaction: Transaction) -> int:
    return max(USUAL_CAP, transaction.catalog().hall.head_start_cap) * MINUTE_US


def _could_be_known(transaction: Transaction, reply: Reply, ticket: Ticket) -> bool:
    """Whether it is the ticket that is known here by its id, or one of that day whose number may have been printed."""
    number = Number(ticket.prefix, ticket.n, ticket.lane)
    known = transaction.ticket(ticket.id)
    catalog = transaction.catalog()
    if ticket.group not in {group.id for group in catalog.groups} | ({known.group} if known else set()):
        return False
    if known is not None:
        return (known.day, str(known.number)) == (ticket.day, str(number))
    return (
        ticket.day == business_day(reply.at, catalog.hall.offset_minutes)
        and not transaction.is_taken(ticket.id, ticket.day, ticket.prefix, ticket.lane, ticket.n)
        and can_be_printed(transaction, ticket.day, number, forgotten=True)
    )


def _take(transaction: Transaction, moment: Moment, session: Session, act: RememberedAct) -> None:
    reply = act.reply.model_copy(update={"masked_name": ""})
    transaction.put(
        Answer(
            request_id=reply.request_id,
            window=session.window,
            staff=act.staff,
            command=as_kept(act.command).model_dump_json(),
            reply=reply,
            seq=0,
            at=reply.at,
        )
    )
    ticket = reply.ticket
    if ticket is None or not reply.done or not _is_news(transaction, ticket):
        return
    transaction.record(
        OutcomeRecovered(
            ticket=ticket.id,
            window=session.window,
            clerk=act.staff,
            request_id=reply.request_id,
            restores=_fitting(transaction, session.window, ticket),
        ),
        moment,
    )
    join(transaction, moment, ticket.id)


def _is_news(transaction: Transaction, ticket: Ticket) -> bool:
    known = transaction.ticket(ticket.id)
    if known is None:
        return True
    last = transaction.last_recovery()
    before = last is not None and ticket.changed_at < last.began_at
    return is_later(known, ticket) or (before and ended_unknown(known))


def _fitting(transaction: Transaction, window: int, ticket: Ticket) -> Ticket:
    """The ticket as it stood; one that waited, or whose place has been taken since, is left to a person's word.

    Who waited at the end of this window's memory may have been called by another one that has not spoken yet.
    """
    if ticket.state is TicketState.WAITING:
        known = transaction.ticket(ticket.id)
        doubtful = known is None or known.state is not TicketState.WAITING or Flag.UNCERTAIN in known.flags
    else:
        active = transaction.active_at(window)
        doubtful = ticket.state in ACTIVE and active is not None and active.id != ticket.id
    if not doubtful:
        return ticket
    flags = tuple(sorted({*ticket.flags, Flag.UNCERTAIN}))
    return ticket.model_copy(update={"state": TicketState.WAITING, "window": None, "flags": flags})
