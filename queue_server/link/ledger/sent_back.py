"""Who was sent back for missing papers 补正, as far as the feed told: each may come back once, ahead of the others."""

from dataclasses import dataclass
from datetime import date

from peewee import Database

from hall.facts import ActUndone, JournalEntry, NextServiceBegun, ServiceFinished, TicketIssued
from hall.ticket import ServiceOutcome, Ticket
from queue_server.link.ledger.statements import ASKED, Statement, insert
from queue_server.link.ledger.tables import SENT_BACK

_ADD = insert(SENT_BACK, ("ticket", "day", "service", "group_id"))
_FIND = Statement(
    SENT_BACK.select(SENT_BACK.day, SENT_BACK.service, SENT_BACK.group_id, SENT_BACK.used).where(
        SENT_BACK.ticket == ASKED
    )
)
_USE = Statement(SENT_BACK.update({SENT_BACK.used: ASKED}).where(SENT_BACK.ticket == ASKED))
_FORGET = Statement(SENT_BACK.delete().where(SENT_BACK.ticket == ASKED))
_DROP = Statement(SENT_BACK.delete().where(SENT_BACK.ticket == ASKED, SENT_BACK.service == ASKED))


@dataclass(frozen=True, slots=True)
class SentBack:
    """A visit that ended with 补正: its day, and what it was about."""

    ticket: str
    day: date
    service: str
    group: str


def hear(database: Database, ticket: Ticket, entry: JournalEntry) -> None:
    """Note what an entry of the feed says of a ticket that is known here; `ticket` as it was before the entry."""
    body = entry.fact.body
    if isinstance(body, ServiceFinished | NextServiceBegun) and body.outcome == ServiceOutcome.SENT_BACK:
        _FORGET.run(database, ticket.id)
        _ADD.run(database, ticket.id, ticket.day.isoformat(), ticket.service, ticket.group)
    elif isinstance(body, ActUndone):  # of several services of a visit the others stand
        _DROP.run(database, ticket.id, body.restores.service)


def use(database: Database, body: TicketIssued) -> None:
    """A number was given to somebody who came back: not a second one."""
    if body.returns_for is not None:
        _USE.run(database, 1, body.returns_for)


def find(database: Database, ticket_id: str) -> SentBack | None:
    """A visit that was sent back and has not come back yet."""
    row = _FIND.run(database, ticket_id).fetchone()
    if row is None or row[3]:
        return None
    return SentBack(ticket_id, date.fromisoformat(row[0]), row[1], row[2])


def forget_before(database: Database, day: date) -> None:
    """Nobody comes back any more of whom was sent back before this day."""
    SENT_BACK.delete().where(SENT_BACK.day < day.isoformat()).execute(database)
