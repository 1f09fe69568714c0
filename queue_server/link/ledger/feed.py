"""The feed applied: what the server says happened in the hall, folded into the tickets and counters known here."""

import logging
from collections.abc import Iterable

from peewee import Database

from hall.errors import BugError
from hall.facts import JournalEntry, TicketFact, TicketIssued
from hall.identity import Holder
from hall.projection import ticket_after
from hall.ticket import Ticket
from hall.wire.sync import FeedHead, FeedItem, FeedMessage
from queue_server.link.ledger import tickets
from queue_server.link.ledger.numbers import raise_high
from queue_server.link.ledger.state import DeviceState, change_state

_log = logging.getLogger("onewindow.link.feed")


def apply(database: Database, state: DeviceState, messages: Iterable[FeedMessage]) -> bool:
    """Fold messages in their order; entries already applied are passed over.

    Returns:
        Whether a ticket changed.
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
    if not isinstance(body, TicketFact):
        return False
    before = tickets.find(database, body.ticket)
    if isinstance(body, TicketIssued):
        _hear_number(database, state, body)
        if before is None and state.last_day is not None and body.day < state.last_day:
            return False
    elif before is None:
        return False
    after = _after(before, item.entry)
    if after is None or after == before:
        return False
    if before is not None:
        tickets.replace(database, after)
        return True
    return _add(database, state, after, item)


def _hear_number(database: Database, state: DeviceState, body: TicketIssued) -> None:
    if body.lane is None:
        raise_high(database, body.day, body.prefix, "plan", body.n)
    elif body.lane == state.lane:
        raise_high(database, body.day, body.prefix, "lane", body.n)


def _after(before: Ticket | None, entry: JournalEntry) -> Ticket | None:
    try:
        return ticket_after(before, entry)
    except BugError as error:
        # What the server says has happened; a picture of it that lags must not stop the feed.
        _log.error("link.feed_impossible: %s", error)
        return before


def _add(database: Database, state: DeviceState, ticket: Ticket, item: FeedItem) -> bool:
    own = item.entry.fact.lane == state.lane
    token_only = item.holder and Holder(token=item.holder.token, masked_name="")
    try:
        tickets.add(database, ticket, token_only, own=own)
    except BugError as error:
        _log.error("link.number_twice: %s", error)
        return False
    return True
