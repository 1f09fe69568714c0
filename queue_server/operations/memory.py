"""What a window remembers of its acts, told again after the server was set back: the latest memory of a ticket wins."""

from datetime import timedelta

from hall.clock import MINUTE_US, Moment
from hall.mending import OutcomeRecovered
from hall.projection import ended_unknown
from hall.ticket import ACTIVE, Flag, Ticket, TicketState
from hall.wire.acts import Memory, RememberedAct
from queue_server.operations import recovery
from queue_server.operations.by_hand import join
from queue_server.operations.days import today
from queue_server.store import Transaction
from queue_server.store.records import Answer, Doubled, Session

_DAYS_KEPT = timedelta(days=7)
_CLOCK_SLIP_US = 10 * MINUTE_US


def remember(transaction: Transaction, moment: Moment, session: Session, told: Memory) -> None:
    """Take over what the server has forgotten of a window's acts; what it knows is left as it is.

    Every act keeps its answer, so that a command sent again gets the same one in the server's new life. Nothing is
    taken while the server was never set back.

    Raises:
        NoCatalogError: If the hall has no catalogue yet.
    """
    if transaction.last_recovery() is None:
        return
    for act in told.acts:
        if _can_be(transaction, moment, session, act) and transaction.get(Answer, act.command.request_id) is None:
            _take(transaction, moment, session, act)
    if not told.more:
        recovery.acts_told(transaction, moment, session.window)
        recovery.maybe_end(transaction, moment)


def _can_be(transaction: Transaction, moment: Moment, session: Session, act: RememberedAct) -> bool:
    """Whether an act fits together and could have happened at this window in the days that windows remember."""
    reply, ticket = act.reply, act.reply.ticket
    if reply.request_id != act.command.request_id or reply.at > moment.wall_us + _CLOCK_SLIP_US:
        return False
    if ticket is None:
        return True
    day = today(transaction, moment)
    return (
        day - _DAYS_KEPT <= ticket.day <= day
        and ticket.window in (None, session.window)
        and (ticket.window is not None) == (ticket.state in ACTIVE)
        and ticket.changed_at <= moment.wall_us + _CLOCK_SLIP_US
    )


def _take(transaction: Transaction, moment: Moment, session: Session, act: RememberedAct) -> None:
    reply = act.reply.model_copy(update={"seq": 0, "masked_name": ""})
    transaction.put(
        Answer(
            request_id=reply.request_id,
            window=session.window,
            staff=act.staff,
            command=act.command.model_dump_json(),
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
    if known is not None:
        last = transaction.last_recovery()
        before = last is not None and ticket.changed_at < last.began_at
        return known.changed_at < ticket.changed_at or (before and ended_unknown(known))
    if transaction.get(Doubled, ticket.id) is not None:
        return False
    return transaction.ticket_of_number(ticket.day, ticket.prefix, ticket.lane, ticket.n) is None


def _fitting(transaction: Transaction, window: int, ticket: Ticket) -> Ticket:
    """The ticket as it stood; one whose place at the window somebody else has taken since waits for a person's word."""
    active = transaction.active_at(window)
    if ticket.state not in ACTIVE or active is None or active.id == ticket.id:
        return ticket
    flags = tuple(sorted({*ticket.flags, Flag.UNCERTAIN}))
    return ticket.model_copy(update={"state": TicketState.WAITING, "window": None, "flags": flags})
