"""The tickets of the day as this device knows them, own and others', with their holders beside them."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from peewee import JOIN, Database, IntegrityError

from hall.errors import BugError
from hall.identity import Holder, HolderToken
from hall.ticket import Ticket
from queue_server.link.ledger.tables import HOLDER, TICKET


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
        TICKET.insert(_row(ticket) | {"id": ticket.id, "own": int(own), "heard": int(heard)}).execute(database)
    except IntegrityError:
        raise BugError(f"{ticket.number} of {ticket.day} exists already") from None
    if holder is not None:
        row = {"ticket": ticket.id, "token": holder.token, "masked_name": holder.masked_name}
        HOLDER.insert(row).execute(database)


def replace(database: Database, ticket: Ticket) -> None:
    """Keep what the server tells of a ticket; its holder is forgotten when the visit is over."""
    TICKET.update(**_row(ticket), heard=1).where(TICKET.id == ticket.id).execute(database)
    if not ticket.live:
        HOLDER.delete().where(HOLDER.ticket == ticket.id).execute(database)


def find(database: Database, ticket_id: str) -> Ticket | None:
    """A ticket by id."""
    body = TICKET.select(TICKET.body).where(TICKET.id == ticket_id).scalar(database)
    return None if body is None else Ticket.model_validate_json(body)


def find_known(database: Database, ticket_id: str) -> KnownTicket | None:
    """A ticket by id, with whether the server has told of it."""
    row = TICKET.select(TICKET.body, TICKET.heard).where(TICKET.id == ticket_id).tuples().first(database)
    return None if row is None else KnownTicket(_read(row[0]), bool(row[1]))


def holder(database: Database, ticket_id: str) -> Holder | None:
    """The holder of a ticket while the visit lasts."""
    row = HOLDER.select(HOLDER.token, HOLDER.masked_name).where(HOLDER.ticket == ticket_id).first(database)
    return None if row is None else Holder(**row)


def live_on(database: Database, day: date, group: str | None = None) -> list[tuple[Ticket, HolderToken | None]]:
    """The live tickets of a day, of one group or of all, with their holders' tokens, in no order."""
    where = (TICKET.live == 1) & (TICKET.day == day.isoformat())
    rows = (
        TICKET.select(TICKET.body, HOLDER.token)
        .join(HOLDER, JOIN.LEFT_OUTER, on=(HOLDER.ticket == TICKET.id))
        .where(where if group is None else where & (TICKET.group_id == group))
        .tuples()
        .execute(database)
    )
    return [(_read(body), token and HolderToken(token)) for body, token in rows]


def count_issued(database: Database, day: date, group: str) -> int:
    """How many tickets of a group this device knows to have been issued that day."""
    where = (TICKET.day == day.isoformat()) & (TICKET.group_id == group)
    return int(TICKET.select().where(where).count(database))


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
    """Nothing that was told counts: others' tickets go, of the own ones the server will tell again from its start."""
    others = TICKET.select(TICKET.id).where(TICKET.own == 0)
    HOLDER.delete().where(HOLDER.ticket.in_(others)).execute(database)
    TICKET.delete().where(TICKET.own == 0).execute(database)
    TICKET.update(heard=0).execute(database)


@lru_cache(maxsize=4096)
def _read(body: str) -> Ticket:
    """A ticket from its text; most of them are the same ones from one number to the next."""
    return Ticket.model_validate_json(body)


def _row(ticket: Ticket) -> dict[str, object]:
    return {
        "day": ticket.day.isoformat(),
        "prefix": ticket.prefix,
        "lane": ticket.lane,
        "n": ticket.n,
        "group_id": ticket.group,
        "live": int(ticket.live),
        "body": ticket.model_dump_json(),
    }
