"""The tickets of the day as this device knows them, own and others', with their holders beside them."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from peewee import JOIN, SQL, Database, IntegrityError, fn

from hall.errors import BugError
from hall.identity import Holder, HolderToken
from hall.ticket import Ticket
from queue_server.link.ledger.bookings import forget_holder_of
from queue_server.link.ledger.statements import ASKED, Statement, insert
from queue_server.link.ledger.tables import FACT, HOLDER, TICKET

_COLUMNS = ("body", "day", "group_id", "lane", "live", "n", "prefix")
_ADD = insert(TICKET, ("id", "own", "heard", *_COLUMNS))
_REPLACE = Statement(
    TICKET.update({getattr(TICKET, name): ASKED for name in _COLUMNS} | {TICKET.heard: SQL("1")}).where(
        TICKET.id == ASKED
    )
)
_FIND = Statement(TICKET.select(TICKET.body, TICKET.heard).where(TICKET.id == ASKED))
_ADD_HOLDER = insert(HOLDER, ("ticket", "token", "masked_name"))
_HOLDER = Statement(HOLDER.select(HOLDER.token, HOLDER.masked_name).where(HOLDER.ticket == ASKED))
_FORGET_HOLDER = Statement(HOLDER.delete().where(HOLDER.ticket == ASKED))
_ON_DAY = (
    TICKET.select(TICKET.body, HOLDER.token)
    .join(HOLDER, JOIN.LEFT_OUTER, on=(HOLDER.ticket == TICKET.id))
    .where(TICKET.live == SQL("1"), TICKET.day == ASKED)
)
_LIVE = Statement(_ON_DAY)
_LIVE_OF_GROUP = Statement(_ON_DAY.where(TICKET.group_id == ASKED))
_CALLED = Statement(
    TICKET.select(TICKET.body).where(
        TICKET.day == ASKED,
        TICKET.group_id == ASKED,
        fn.json_extract(TICKET.body, SQL("'$.called_at'")).is_null(is_null=False),
    )
)
_COUNT = Statement(TICKET.select(fn.COUNT(TICKET.id)).where(TICKET.day == ASKED, TICKET.group_id == ASKED))


class KnownTicket(NamedTuple):
    """A ticket as it is known here, and whether the server has told of it."""

    ticket: Ticket
    heard: bool


def add(database: Database, ticket: Ticket, holder: Holder | None, *, own: bool, heard: bool) -> None:
    """Keep a new ticket.

    Args:
        database: The ledger's.
        ticket: The ticket.
        holder: Whose it is, None if nobody is known.
        own: Whether it was issued here.
        heard: Whether the server told of it.

    Raises:
        BugError: If its number was already given that day.
    """
    try:
        _ADD.run(database, ticket.id, int(own), int(heard), *_row(ticket))
    except IntegrityError:
        raise BugError(f"{ticket.number} of {ticket.day} exists already") from None
    if holder is not None:
        _ADD_HOLDER.run(database, ticket.id, holder.token, holder.masked_name)


def replace(database: Database, ticket: Ticket) -> None:
    """Keep what the server tells of a ticket; its holder is forgotten when the visit is over."""
    _REPLACE.run(database, *_row(ticket), ticket.id)
    if not ticket.live:
        _FORGET_HOLDER.run(database, ticket.id)
        if ticket.booking is not None:
            forget_holder_of(database, ticket.id)


def find(database: Database, ticket_id: str) -> Ticket | None:
    """A ticket by id."""
    body = _FIND.value(database, ticket_id)
    return None if body is None else _read(body)


def find_known(database: Database, ticket_id: str) -> KnownTicket | None:
    """A ticket by id, with whether the server has told of it."""
    row = _FIND.run(database, ticket_id).fetchone()
    return None if row is None else KnownTicket(_read(row[0]), bool(row[1]))


def holder(database: Database, ticket_id: str) -> Holder | None:
    """The holder of a ticket while the visit lasts."""
    row = _HOLDER.run(database, ticket_id).fetchone()
    return None if row is None else Holder(token=HolderToken(row[0]), masked_name=row[1])


def live_on(database: Database, day: date, group: str | None = None) -> list[tuple[Ticket, HolderToken | None]]:
    """The live tickets of a day, of one group or of all, with their holders' tokens, in no order."""
    values = (day.isoformat(),) if group is None else (day.isoformat(), group)
    rows = (_LIVE if group is None else _LIVE_OF_GROUP).run(database, *values).fetchall()
    return [(_read(body), token and HolderToken(token)) for body, token in rows]


def called_on(database: Database, day: date, group: str) -> list[Ticket]:
    """The tickets of a group that have been called on a day, in no order."""
    return [_read(body) for (body,) in _CALLED.run(database, day.isoformat(), group).fetchall()]


def count_issued(database: Database, day: date, group: str) -> int:
    """How many tickets of a group this device knows to have been issued that day."""
    return int(_COUNT.value(database, day.isoformat(), group))


def forget_before(database: Database, day: date) -> None:
    """A new day: others' tickets of earlier days go, and every holder of those days."""
    earlier = TICKET.select(TICKET.id).where(TICKET.day < day.isoformat())
    HOLDER.delete().where(HOLDER.ticket.in_(earlier)).execute(database)
    TICKET.delete().where((TICKET.day < day.isoformat()) & (TICKET.own == 0)).execute(database)


def forget_all_before(database: Database, day: date) -> None:
    """Old days: every ticket goes, own ones too, and every holder with them."""
    earlier = TICKET.select(TICKET.id).where(TICKET.day < day.isoformat())
    HOLDER.delete().where(HOLDER.ticket.in_(earlier)).execute(database)
    TICKET.delete().where(TICKET.day < day.isoformat()).execute(database)


def forget_heard(database: Database) -> None:
    """Nothing that was told counts: what is known from the server alone goes, of the rest it will tell again.

    A ticket of this device is known from the server alone when an older file was put back since it was given.
    """
    issued = FACT.select(fn.json_extract(FACT.body, "$.ticket")).where(
        fn.json_extract(FACT.body, "$.kind") == "ticket_issued"
    )
    told = (TICKET.own == 0) | TICKET.id.not_in(issued)
    HOLDER.delete().where(HOLDER.ticket.in_(TICKET.select(TICKET.id).where(told))).execute(database)
    TICKET.delete().where(told).execute(database)
    TICKET.update(heard=0).execute(database)


@lru_cache(maxsize=4096)
def _read(body: str) -> Ticket:
    """A ticket from its text; most of them are the same ones from one number to the next."""
    return Ticket.model_validate_json(body)


def _row(ticket: Ticket) -> tuple[object, ...]:
    """The values of `_COLUMNS`."""
    day, body = ticket.day.isoformat(), ticket.model_dump_json()
    return body, day, ticket.group, ticket.lane, int(ticket.live), ticket.n, ticket.prefix
