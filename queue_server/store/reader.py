"""Reading a hall: one consistent picture, from a read-only connection or from inside a transaction."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from peewee import SQL, fn
from playhouse.apsw_ext import APSWDatabase

from hall.catalog import Catalog
from hall.facts import GENESIS, Fact, JournalEntry, TimeQuality
from hall.identity import Holder, HolderToken
from hall.projection import WindowStatus
from hall.ticket import ACTIVE, LIVE, Ticket, TicketState
from hall.wire.sync import FeedItem
from queue_server.store import records
from queue_server.store.errors import NoCatalogError
from queue_server.store.records import HolderRow, Session, SessionKind
from queue_server.store.shelves import compiled, shelf_of
from queue_server.store.tables import (
    AnswerTable,
    CatalogTable,
    DayCountTable,
    HolderTable,
    JournalTable,
    LaneTable,
    PlanTable,
    RatingTable,
    ServedTable,
    SessionTable,
    TicketTable,
)

R = TypeVar("R")

_ENTRY = (
    JournalTable.seq,
    JournalTable.at,
    JournalTable.quality,
    JournalTable.fact_json,
    JournalTable.prev_hash,
    JournalTable.hash,
)
JOURNAL_COLUMNS = tuple(field.name for field in JournalTable._meta.sorted_fields[1:])  # noqa: SLF001
"""All columns but the hall's, in the order of the table: the entry first, then what repeats its fact."""
_CATALOG_IN_FORCE = compiled(
    CatalogTable.select(CatalogTable.version).where(CatalogTable.hall_id == "").order_by(CatalogTable.seq.desc())
)
_PLACE_OF_EVENT = compiled(
    JournalTable.select(JournalTable.lane, JournalTable.lane_seq).where(
        JournalTable.hall_id == "", JournalTable.event_id == ""
    )
)
_TICKET_OF_NUMBER = compiled(
    TicketTable.select(TicketTable.id).where(
        TicketTable.hall_id == "",
        TicketTable.day == "",
        TicketTable.prefix == "",
        fn.COALESCE(TicketTable.lane, SQL("-1")) == 0,
        TicketTable.n == 0,
    )
)
_TICKETS_OF_TOKEN = compiled(
    HolderTable.select(HolderTable.ticket).where(HolderTable.hall_id == "", HolderTable.token == "")
)
_CALLS = ("ticket_called", "ticket_recalled")


class Reader:
    """Everything that can be asked of a hall's store. Never changes anything.

    Args:
        database: An open connection; the caller sees to it that one thread at a time uses it.
        hall_id: The hall.
        catalogs: Catalogues read before, by version; shared by all readers of a store.
    """

    def __init__(self, database: APSWDatabase, hall_id: str, catalogs: dict[str, Catalog]) -> None:
        self._database = database
        self._catalogs = catalogs
        self.hall_id = hall_id

    def get(self, kind: type[R], *key: Any) -> R | None:
        """The record of a kind with that key, None if there is none."""
        shelf = shelf_of(kind)
        row = self._database.execute_sql(shelf.select, shelf.key_row(self.hall_id, key)).fetchone()
        return None if row is None else shelf.record(row)

    def every(self, kind: type[R]) -> Iterator[R]:
        """All records of a kind, in the order of their keys."""
        shelf = shelf_of(kind)
        return self._find(kind, order=[getattr(shelf.model, name) for name in shelf.key])

    # -- the hall

    def catalog(self) -> Catalog:
        """The catalogue in force.

        Raises:
            NoCatalogError: If none has been published.
        """
        version = self.catalog_version()
        if not version:
            raise NoCatalogError("大厅尚未配置办事目录")
        known = self._catalogs.get(version)
        if known is None:
            snapshot = self.get(records.CatalogSnapshot, version)
            assert snapshot is not None
            known = self._catalogs[version] = Catalog.model_validate_json(snapshot.text)
        return known

    def catalog_version(self) -> str:
        """Fingerprint of the catalogue in force, empty if there is none."""
        row = self._database.execute_sql(_CATALOG_IN_FORCE, (self.hall_id,)).fetchone()
        return "" if row is None else str(row[0])

    def server_epoch(self) -> str:
        """The life of this database: another one after a restore."""
        meta = self.get(records.Meta, "server_epoch")
        assert meta is not None
        return meta.value

    # -- the journal

    def head_seq(self) -> int:
        """Place of the last journal entry, 0 if there is none."""
        return self.head()[0]

    def head(self) -> tuple[int, str]:
        """Place and hash of the last journal entry."""
        query = self._journal(JournalTable.seq, JournalTable.hash).order_by(JournalTable.seq.desc()).limit(1)
        row = next(self._rows(query), None)
        return (0, GENESIS) if row is None else (int(row[0]), str(row[1]))

    def entries(self, after: int = 0, limit: int | None = None) -> Iterator[JournalEntry]:
        """Journal entries after a place, in order."""
        query = self._journal(*_ENTRY).where(JournalTable.seq > after).order_by(JournalTable.seq).limit(limit)
        return map(_entry, self._rows(query))

    def journal_rows(self) -> Iterator[tuple[Any, ...]]:
        """The journal exactly as stored, every column of `JOURNAL_COLUMNS`, in order; for the check."""
        columns = [getattr(JournalTable, name) for name in JOURNAL_COLUMNS]
        return self._rows(self._journal(*columns).order_by(JournalTable.seq))

    def entries_of(self, ticket: str) -> Iterator[JournalEntry]:
        """Everything that happened to one ticket, in order."""
        query = self._journal(*_ENTRY).where(JournalTable.ticket == ticket).order_by(JournalTable.seq)
        return map(_entry, self._rows(query))

    def feed(self, after: int, limit: int) -> list[FeedItem]:
        """Entries after a place with the holders still known beside the tickets issued."""
        entries = list(self.entries(after, limit))
        issued = [entry.fact.body.ticket for entry in entries if entry.fact.body.kind == "ticket_issued"]
        holders = self.holders(issued)
        return [FeedItem(entry=entry, holder=_beside(entry, holders)) for entry in entries]

    def place_of(self, event_id: str) -> tuple[int, int] | None:
        """Lane and lane_seq under which an event has been recorded, None if it has not."""
        row = self._database.execute_sql(_PLACE_OF_EVENT, (self.hall_id, event_id)).fetchone()
        return None if row is None else (int(row[0]), int(row[1]))

    def highest_lane_seq(self, lane: int) -> int:
        """The greatest place of a lane in the journal, 0 if it has none."""
        row = next(self._rows(self._journal(fn.MAX(JournalTable.lane_seq)).where(JournalTable.lane == lane)))
        return int(row[0] or 0)

    def last_call(self, ticket: str) -> int:
        """Place of the last call of a ticket, 0 if it was never called."""
        query = self._journal(fn.MAX(JournalTable.seq)).where(
            JournalTable.ticket == ticket, JournalTable.kind.in_(_CALLS)
        )
        return int(next(self._rows(query))[0] or 0)

    # -- tickets and people

    def ticket(self, ticket_id: str) -> Ticket | None:
        """A ticket by its id."""
        return self.get(Ticket, ticket_id)

    def live_tickets(self) -> Iterator[Ticket]:
        """Tickets whose visit is not over."""
        return self._find(Ticket, TicketTable.state.in_(sorted(LIVE)))

    def waiting(self) -> Iterator[Ticket]:
        """Waiting tickets, in no order."""
        return self._find(Ticket, TicketTable.state == TicketState.WAITING)

    def active_at(self, window: int) -> Ticket | None:
        """The ticket called to or served at a window."""
        found = self._find(Ticket, TicketTable.window == window, TicketTable.state.in_(sorted(ACTIVE)))
        return next(found, None)

    def ticket_of_number(self, day: date, prefix: str, lane: int | None, n: int) -> Ticket | None:
        """The ticket a printed number of a day belongs to."""
        values = (self.hall_id, day.isoformat(), prefix, -1 if lane is None else lane, n)
        row = self._database.execute_sql(_TICKET_OF_NUMBER, values).fetchone()
        return None if row is None else self.ticket(row[0])

    def holder(self, ticket: str) -> Holder | None:
        """Who holds a ticket, while that is still known."""
        row = self.get(HolderRow, ticket)
        return None if row is None else _holder(row)

    def holders(self, tickets: Iterable[str]) -> dict[str, Holder]:
        """Holders of several tickets, as far as still known."""
        wanted = list(tickets)
        if not wanted:
            return {}
        return {row.ticket: _holder(row) for row in self._find(HolderRow, HolderTable.ticket.in_(wanted))}

    def live_tickets_of(self, token: HolderToken) -> list[Ticket]:
        """The live tickets of one person."""
        rows = self._database.execute_sql(_TICKETS_OF_TOKEN, (self.hall_id, token)).fetchall()
        tickets = [self.ticket(row[0]) for row in rows]
        return [ticket for ticket in tickets if ticket is not None and ticket.live]

    # -- windows, ratings, figures

    def window(self, number: int) -> WindowStatus:
        """A window as it stands; closed if nothing was ever heard of it."""
        return self.get(WindowStatus, number) or WindowStatus(number=number)

    def last_served(self, window: int) -> records.Served | None:
        """The service finished last at a window."""
        found = self._find(records.Served, ServedTable.window == window, order=[ServedTable.seq.desc()], limit=1)
        return next(found, None)

    def served_on(self, day: date, window: int) -> int:
        """Services finished at a window for tickets of a day."""
        query = ServedTable.select(fn.COUNT(ServedTable.ticket)).where(
            ServedTable.hall_id == self.hall_id, ServedTable.day == day, ServedTable.window == window
        )
        return int(next(self._rows(query))[0])

    def counts_on(self, day: date) -> list[records.DayCount]:
        """Counts per group of a day."""
        return list(self._find(records.DayCount, DayCountTable.day == day))

    def ratings_on(self, day: date) -> dict[int, int]:
        """How often each level was given for tickets of a day."""
        query = (
            RatingTable.select(RatingTable.level, fn.COUNT(RatingTable.ticket))
            .where(RatingTable.hall_id == self.hall_id, RatingTable.day == day)
            .group_by(RatingTable.level)
        )
        return {int(level): int(times) for level, times in self._rows(query)}

    # -- answers, devices, sessions

    def last_answer(self, window: int) -> records.Answer | None:
        """The last command of a window that wrote something."""
        found = self._find(
            records.Answer,
            AnswerTable.window == window,
            AnswerTable.seq > 0,
            order=[AnswerTable.seq.desc()],
            limit=1,
        )
        return next(found, None)

    def lane_of(self, device: str, incarnation: str) -> records.Lane | None:
        """The lane of one ledger file."""
        return next(self._find(records.Lane, LaneTable.device == device, LaneTable.incarnation == incarnation), None)

    def plans_from(self, day: date) -> list[records.GivenPlan]:
        """Every plan that is or will be valid on this day or later, oldest first."""
        return list(self._find(records.GivenPlan, PlanTable.last_day >= day, order=[PlanTable.seq]))

    def sessions_of(self, subject: str, kinds: Iterable[SessionKind]) -> list[Session]:
        """Open sessions of a staff number or a device."""
        return list(self._find(Session, SessionTable.subject == subject, SessionTable.kind.in_(sorted(kinds))))

    # -- inside

    def _find(self, kind: type[R], *conditions: Any, order: Any = (), limit: int | None = None) -> Iterator[R]:
        shelf = shelf_of(kind)
        query = shelf.query(self.hall_id, *conditions).order_by(*order).limit(limit)
        return map(shelf.record, self._rows(query))

    def _journal(self, *columns: Any) -> Any:
        return JournalTable.select(*columns).where(JournalTable.hall_id == self.hall_id)

    def _rows(self, query: Any) -> Iterator[tuple[Any, ...]]:
        text, values = query.bind(self._database).sql()
        rows: Iterator[tuple[Any, ...]] = self._database.execute_sql(text, values)
        return rows


def fact_columns(fact: Fact) -> tuple[Any, ...]:
    """What the journal repeats of a fact in columns of their own: the last eight of `JOURNAL_COLUMNS`."""
    ticket = getattr(fact.body, "ticket", None)
    return (
        fact.event_id,
        fact.lane,
        fact.lane_seq,
        fact.body.kind,
        ticket,
        fact.wall_us,
        fact.mono_us,
        fact.boot_id,
    )


def _entry(row: tuple[Any, ...]) -> JournalEntry:
    seq, at, quality, fact_json, prev_hash, own_hash = row
    return JournalEntry(
        seq=seq,
        at=at,
        quality=TimeQuality(quality),
        fact=Fact.model_validate_json(fact_json),
        prev_hash=prev_hash,
        hash=own_hash,
    )


def _holder(row: HolderRow) -> Holder:
    return Holder(token=HolderToken(row.token), masked_name=row.masked_name)


def _beside(entry: JournalEntry, holders: dict[str, Holder]) -> Holder | None:
    body = entry.fact.body
    return holders.get(body.ticket) if body.kind == "ticket_issued" else None
