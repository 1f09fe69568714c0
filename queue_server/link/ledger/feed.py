"""The feed applied: what the server says happened in the hall, folded into the tickets and counters known here."""

import logging
from collections.abc import Iterable

from peewee import Database

from hall.errors import BugError
from hall.facts import Body, JournalEntry, StartedWithoutTicket, TicketFact, TicketIssued
from hall.identity import Holder
from hall.mending import OutcomeRecovered, TicketAdopted
from hall.projection import ticket_after
from hall.ticket import Ticket
from hall.wire.sync import FeedHead, FeedItem, FeedMessage
from queue_server.link.ledger import bookings, faults, sent_back, tickets
from queue_server.link.ledger.numbers import raise_high
from queue_server.link.ledger.state import DeviceState, change_state
from queue_server.link.ledger.tickets import KnownTicket

_log = logging.getLogger("onewindow.link.feed")
_FIRST_TOLD = (TicketIssued, TicketAdopted, StartedWithoutTicket, OutcomeRecovered)


def apply(database: Database, state: DeviceState, messages: Iterable[FeedMessage]) -> bool:
    """Fold messages in their order; entries already applied are passed over.

    Returns:
        Whether a ticket changed, or what can be served.
    """
    reached, changed, suspended = state.feed_seq, False, state.plan_suspended
    for message in messages:
        match message:
            case FeedItem(entry=entry) if entry.seq > reached:
                reached = entry.seq
                changed |= _apply_entry(database, state, message)
            case FeedHead():
                reached = max(reached, message.seq)
                suspended = False
            case _:
                continue
    if (reached, suspended) != (state.feed_seq, state.plan_suspended):
        change_state(database, feed_seq=reached, plan_suspended=int(suspended))
    return changed


def _apply_entry(database: Database, state: DeviceState, item: FeedItem) -> bool:
    body = item.entry.fact.body
    _hear_number(database, state, body)
    bookings.hear(database, item.entry, item.holder)
    if isinstance(body, TicketIssued) and body.slot is not None:
        bookings.use(database, body.slot.booking, body.ticket)
    if not isinstance(body, TicketFact):
        return faults.hear(database, body)
    if isinstance(body, TicketIssued):
        sent_back.use(database, body)
    known = tickets.find_known(database, body.ticket)
    if isinstance(body, _FIRST_TOLD):
        return _first_or_again(database, state, item, known)
    if known is None:
        return False
    sent_back.hear(database, known.ticket, item.entry)
    after = _after(known.ticket, item.entry)
    if after is None or after == known.ticket:
        return False
    tickets.replace(database, after)
    return True


def _first_or_again(database: Database, state: DeviceState, item: FeedItem, known: KnownTicket | None) -> bool:
    """A telling that can make a ticket known. The first one of an own ticket counts as if it were new here.

    The server's word about its time stands above the own clock's, and a server that was set back may know less of it.
    What is told once more, by a ledger under a new lane or of an adopted slip, is merged.
    """
    if known is None:
        ticket = _after(None, item.entry)
        past = ticket is None or (state.last_day is not None and ticket.day < state.last_day)
        return False if ticket is None or past else _add(database, state, ticket, item)
    after = _after(known.ticket if known.heard else None, item.entry)
    if after is None:
        return False
    if after.service == "":  # a slip does not tell it, but this is where it was printed
        after = after.model_copy(update={"service": known.ticket.service})
    tickets.replace(database, after)
    return after != known.ticket


def _hear_number(database: Database, state: DeviceState, body: Body) -> None:
    """No number whose ticket is heard of, in whatever way, may be given here.

    One that was only noted by hand has no ticket yet: it is on paper already, given by somebody whose plan is
    disjoint from the own one, and a slip of the pen must not make the numbers leap.
    """
    match body:
        case OutcomeRecovered(restores=named) | (TicketIssued() | TicketAdopted() as named):
            if named.lane is None:
                raise_high(database, named.day, named.prefix, "plan", named.n)
            elif named.lane == state.lane:
                raise_high(database, named.day, named.prefix, "lane", named.n)
        case _:
            pass


def _after(before: Ticket | None, entry: JournalEntry) -> Ticket | None:
    try:
        return ticket_after(before, entry)
    except BugError as error:
        # What the server says has happened; a picture of it that lags must not stop the feed.
        _log.error("link.feed_impossible: %s", error)
        return before


def _add(database: Database, state: DeviceState, ticket: Ticket, item: FeedItem) -> bool:
    own = item.entry.fact.lane in (state.lane, state.replaces)
    token_only = item.holder and Holder(token=item.holder.token, masked_name="")
    try:
        tickets.add(database, ticket, token_only, own=own, heard=True)
    except BugError as error:
        _log.error("link.number_twice: %s", error)
        return False
    return True
