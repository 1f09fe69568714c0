"""Reading a hall: one consistent picture, from a read-only connection or from inside a transaction.

It is long because every question to the store is a method of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

import apsw
from playhouse.apsw_ext import APSWDatabase

from hall.booking import Booking, BookingMade
from hall.catalog import Catalog
from hall.facts import GENESIS, JournalEntry, TicketIssued
from hall.identity import Holder, HolderToken
from hall.projection import WindowStatus
from hall.slots import Changes
from hall.ticket import Ticket
from hall.wire.sync import FeedItem
from queue_server.store import questions as q
from queue_server.store import records
from queue_server.store.errors import NoCatalogError
from queue_server.store.records import BookerRow, HolderRow, Session, SessionKind
from queue_server.store.shelves import shelf_of

R = TypeVar("R")
_NO_LIMIT = -1


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

    @property
    def connection(self) -> apsw.Connection:
        """SQLite's own connection, for copying; never to be written through."""
        connection: apsw.Connection = self._database.connection()
        return connection

    def get(self, kind: type[R], *key: Any) -> R | None:
        """The record of a kind with that key, None if there is none."""
        shelf = shelf_of(kind)
        row = self._database.execute_sql(shelf.select, shelf.key_row(self.hall_id, key)).fetchone()
        return None if row is None else shelf.record(row)

    def every(self, kind: type[R]) -> Iterator[R]:
        """All records of a kind, in the order of their keys."""
        shelf = shelf_of(kind)
        return map(shelf.record, self._database.execute_sql(shelf.select_all, (self.hall_id,)))

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
        row = self._first(q.CATALOG_IN_FORCE)
        return "" if row is None else str(row[0])

    def server_epoch(self) -> str:
        """The life of this database: another one after a restore."""
        meta = self.get(records.Meta, "server_epoch")
        assert meta is not None
        return meta.value

    def restored(self) -> records.Restored | None:
        """Why this life of the database began, until it was acted on; None for a hall that only went on."""
        meta = self.get(records.Meta, records.RESTORED)
        return None if meta is None else records.Restored.model_validate_json(meta.value)

    # -- the journal

    def head_seq(self) -> int:
        """Place of the last journal entry, 0 if there is none."""
        return self.head()[0]

    def head(self) -> tuple[int, str]:
        """Place and hash of the last journal entry."""
        row = self._first(q.HEAD)
        return (0, GENESIS) if row is None else (int(row[0]), str(row[1]))

    def entries(self, after: int = 0, limit: int | None = None) -> Iterator[JournalEntry]:
        """Journal entries after a place, in order."""
        return self._ask(q.ENTRIES_AFTER, after, _NO_LIMIT if limit is None else limit)

    def entry_texts(self, after: int, limit: int) -> Iterator[tuple[int, int, str, str]]:
        """The journal as text, after a place, in order: (seq, at, quality, the fact as JSON)."""
        return self._ask(q.ENTRY_TEXTS, after, limit)

    def journal_rows(self) -> Iterator[q.Row]:
        """The journal exactly as stored, every column of `questions.JOURNAL_COLUMNS`, in order; for the check."""
        return self._ask(q.JOURNAL_ROWS)

    def entries_of(self, ticket: str) -> Iterator[JournalEntry]:
        """Everything that happened to one ticket, in order."""
        return self._ask(q.ENTRIES_OF, ticket)

    def feed(self, after: int, limit: int) -> list[FeedItem]:
        """Entries after a place with the holders still known beside the tickets issued."""
        entries = list(self.entries(after, limit))
        return [FeedItem(entry=entry, holder=self._beside(entry)) for entry in entries]

    def place_of(self, event_id: str) -> tuple[int, int] | None:
        """Lane and lane_seq under which an event has been recorded, None if it has not."""
        row = self._first(q.PLACE_OF_EVENT, event_id)
        return None if row is None else (int(row[0]), int(row[1]))

    def event_at(self, lane: int, lane_seq: int) -> str:
        """The event recorded at a place of a lane, empty if there is none."""
        row = self._first(q.EVENT_AT, lane, lane_seq)
        return "" if row is None else str(row[0])

    def highest_lane_seq(self, lane: int) -> int:
        """The greatest place of a lane in the journal, 0 if it has none."""
        return self._number(q.HIGHEST_LANE_SEQ, lane)

    def last_call(self, ticket: str) -> int:
        """Place of the last call of a ticket, 0 if it was never called."""
        return self._number(q.LAST_CALL, ticket)

    def last_calls(self, limit: int) -> Iterator[JournalEntry]:
        """The latest calls of the hall, newest first."""
        return self._ask(q.LAST_CALLS, limit)

    def arrangement_changes(self, before: int | None = None, limit: int | None = None) -> Iterator[JournalEntry]:
        """What managers changed of the hall, all of it or before a place of the journal, newest first."""
        end = self.head_seq() + 1 if before is None else before
        return self._ask(q.CHANGES_BEFORE, end, _NO_LIMIT if limit is None else limit)

    def account_changes(self, limit: int) -> Iterator[JournalEntry]:
        """What managers changed of accounts, newest first."""
        return self._ask(q.ACCOUNT_CHANGES, limit)

    # -- tickets and people

    def ticket(self, ticket_id: str) -> Ticket | None:
        """A ticket by its id."""
        return self.get(Ticket, ticket_id)

    def live_tickets(self, before: date | None = None) -> Iterator[Ticket]:
        """Tickets whose visit is not over; with `before`, only those of earlier business days."""
        return self._ask(q.LIVE_TICKETS) if before is None else self._ask(q.LIVE_BEFORE, before.isoformat())

    def tickets_of(self, day: date) -> Iterator[Ticket]:
        """Every ticket of a business day, in no order."""
        return self._ask(q.TICKETS_OF_DAY, day.isoformat())

    def waiting(self) -> Iterator[Ticket]:
        """Waiting tickets, in no order."""
        return self._ask(q.WAITING)

    def active_at(self, window: int) -> Ticket | None:
        """The ticket called to or served at a window."""
        return self._first(q.ACTIVE_AT, window)

    def ticket_of_number(self, day: date, prefix: str, lane: int | None, n: int) -> Ticket | None:
        """The ticket a printed number of a day belongs to."""
        return self._first(q.TICKET_OF_NUMBER, day.isoformat(), prefix, -1 if lane is None else lane, n)

    def highest_number(self, day: date, prefix: str, lane: int | None) -> int:
        """The greatest counter of a day, prefix and form whose ticket is known; 0 if none."""
        return self._number(q.HIGHEST_NUMBER, day.isoformat(), prefix, -1 if lane is None else lane)

    def is_taken(self, ticket: str, day: date, prefix: str, lane: int | None, n: int) -> bool:
        """Whether a ticket's printed number belongs to another one, so that it was printed twice."""
        if self.get(records.Doubled, ticket) is not None:
            return True
        owner = self.ticket_of_number(day, prefix, lane, n)
        return owner is not None and owner.id != ticket

    def holder(self, ticket: str) -> Holder | None:
        """Who holds a ticket, while that is still known."""
        row = self.get(HolderRow, ticket)
        return None if row is None else _holder(row)

    def note(self, ticket: str) -> str:
        """What the clerk who sent a ticket on says to the next one, empty if nothing."""
        row = self.get(records.NoteRow, ticket)
        return "" if row is None else row.note

    def holders(self, tickets: Iterable[str]) -> dict[str, Holder]:
        """Holders of several tickets, as far as still known."""
        rows = (self.get(HolderRow, ticket) for ticket in tickets)
        return {row.ticket: _holder(row) for row in rows if row is not None}

    def live_tickets_of(self, token: HolderToken) -> list[Ticket]:
        """The live tickets of one person."""
        tickets = [self.ticket(row[0]) for row in list(self._ask(q.TICKETS_OF_TOKEN, token))]
        return [ticket for ticket in tickets if ticket is not None and ticket.live]

    # -- appointments

    def booking_of_number(self, number: str) -> Booking | None:
        """The appointment of a number."""
        return self._first(q.BOOKING_OF_NUMBER, number)

    def bookings_on(self, day: date) -> list[Booking]:
        """The appointments of a day, by slot."""
        return list(self._ask(q.BOOKINGS_ON, day.isoformat()))

    def bookings_changed_after(self, seq: int, limit: int, portal: str | None = None) -> list[Booking]:
        """The appointments that an entry after a place of the journal made or changed last, in that order.

        Those of one portal, or all.
        """
        if portal is not None:
            return list(self._ask(q.BOOKINGS_OF_PORTAL_CHANGED_AFTER, portal, seq, limit))
        return list(self._ask(q.BOOKINGS_CHANGED_AFTER, seq, limit))

    def bookings_open_before(self, instant: int) -> list[Booking]:
        """The appointments of slots before an instant for which nobody came and that nobody cancelled."""
        return list(self._ask(q.BOOKINGS_OPEN_BEFORE, instant))

    def bookings_of(self, token: HolderToken) -> list[Booking]:
        """The appointments remembered of one person."""
        found = [self.get(Booking, row[0]) for row in list(self._ask(q.BOOKINGS_OF_TOKEN, token))]
        return [booking for booking in found if booking is not None]

    def booker(self, booking: str) -> Holder | None:
        """Who booked, while that is still known."""
        row = self.get(BookerRow, booking)
        return None if row is None else _holder(row)

    def slot_changes(self, day: date) -> Changes:
        """What a manager changed of a day's slots."""
        return {
            (change.group, change.start): change.capacity for change in self._ask(q.SLOT_CHANGES_ON, day.isoformat())
        }

    def portal_named(self, name: str) -> records.Portal | None:
        """The portal of a name."""
        return self._first(q.PORTAL_NAMED, name)

    # -- windows, ratings, figures

    def window(self, number: int) -> WindowStatus:
        """A window as it stands; closed if nothing was ever heard of it."""
        return self.get(WindowStatus, number) or WindowStatus(number=number)

    def last_served(self, window: int) -> records.Served | None:
        """The service finished last at a window."""
        return self._first(q.LAST_SERVED, window)

    def served_on(self, day: date, window: int) -> int:
        """Services finished at a window for tickets of a day."""
        return self._number(q.SERVED_ON, day.isoformat(), window)

    def counts_on(self, day: date) -> list[records.DayCount]:
        """Counts per group of a day."""
        return list(self._ask(q.COUNTS_ON, day.isoformat()))

    def ratings_on(self, day: date) -> dict[int, int]:
        """How often each level was given for tickets of a day."""
        return {int(level): int(times) for level, times in self._ask(q.RATINGS_ON, day.isoformat())}

    def forecasts(self, after: int, limit: int | None = None) -> Iterator[tuple[records.Forecast, int | None]]:
        """What was said of waits after an instant, the latest first, each with the first call of its ticket if any."""
        return self._ask(q.FORECASTS_AFTER, after, _NO_LIMIT if limit is None else limit)

    # -- statistics

    def touched(self, after: int, upto: int) -> dict[date, int]:
        """The business days of tickets that entries of this stretch of the journal concern, each with the last one."""
        rows: list[tuple[str, int]] = [(row[0], row[1]) for row in self._ask(q.TOUCHED, after, upto)]
        last = dict(rows)  # in order: the last one stays
        return {date.fromisoformat(day): seq for day, seq in last.items()}

    def entries_of_day(self, day: date) -> Iterator[JournalEntry]:
        """Everything that ever happened to the tickets of a business day, in order."""
        return self._ask(q.ENTRIES_OF_DAY, day.isoformat())

    def count_of_day(self, day: date) -> int:
        """How many entries `entries_of_day` gives."""
        return self._number(q.COUNT_OF_DAY, day.isoformat())

    def entries_without_ticket(self, after: int, upto: int) -> Iterator[JournalEntry]:
        """What happened to no ticket in a stretch of the journal, in order: windows, devices, the hall."""
        return self._ask(q.WITHOUT_TICKET, after, upto)

    def shown_on(self, day: date) -> Iterator[tuple[str, int, int, int]]:
        """The ranges still remembered that tickets of a day were shown at issue: (ticket, low, high, middle in us)."""
        return self._ask(q.SHOWN_ON, day.isoformat())

    def summaries(self, subject: str, first: date, last: date) -> Iterator[records.DaySummary]:
        """The figures of days from the first to the last, by one subject."""
        return self._ask(q.SUMMARIES, subject, first.isoformat(), last.isoformat())

    def counted_at(self, first: date, last: date) -> int:
        """When the figures of a stretch of days were last made, 0 if they never were."""
        return self._number(q.COUNTED_AT, first.isoformat(), last.isoformat())

    def days_behind(self) -> list[records.SummedDay]:
        """The days whose figures have to be made anew, the oldest first."""
        return list(self._ask(q.BEHIND))

    # -- answers, devices, sessions

    def last_answer(self, window: int) -> records.Answer | None:
        """The last command of a window that wrote something."""
        return self._first(q.LAST_ANSWER, window)

    def lane_of(self, incarnation: str) -> records.Lane | None:
        """The lane of one ledger file, whatever name its device had then."""
        return self._first(q.LANE_OF, incarnation)

    def plans_from(self, day: date) -> list[records.GivenPlan]:
        """Every plan that is or will be valid on this day or later, oldest first."""
        return list(self._ask(q.PLANS_FROM, day.isoformat()))

    def plans_ending_on(self, day: date) -> list[records.GivenPlan]:
        """Every plan whose last day this is, oldest first."""
        return list(self._ask(q.PLANS_ENDING_ON, day.isoformat()))

    def last_recovery(self) -> records.Recovery | None:
        """The latest time after the server was set back; None if it never was."""
        return self._first(q.LAST_RECOVERY)

    def plan_switches(self, since: int) -> list[records.PlanSwitch]:
        """Window plans put in force since an instant, oldest first."""
        return list(self._ask(q.SWITCHES_SINCE, since))

    def late_merged_on(self, day: date) -> Counter[tuple[int, int]]:
        """How many tickets of a day issued while cut off came together, by the issuer's lane and the time they came."""
        return Counter((int(lane), int(at)) for lane, at in self._ask(q.LATE_MERGED_ON, day.isoformat()))

    def unsettled_doubles(self) -> list[records.Doubled]:
        """Numbers printed twice that no manager has seen to yet, oldest first."""
        return list(self._ask(q.UNSETTLED_DOUBLES))

    def hand_calls_open(self, day: date) -> list[records.HandCall]:
        """Calls made by hand on a day whose tickets are not known."""
        return list(self._ask(q.HAND_CALLS_OPEN, day.isoformat()))

    def sessions_of(self, subject: str, kinds: Iterable[SessionKind]) -> list[Session]:
        """Open sessions of a staff number or a device."""
        wanted = frozenset(kinds)
        return [session for session in self._ask(q.SESSIONS_OF, subject) if session.kind in wanted]

    # -- inside

    def _beside(self, entry: JournalEntry) -> Holder | None:
        match entry.fact.body:
            case TicketIssued(ticket=ticket):
                return self.holder(ticket)
            case BookingMade(booking=booking):
                return self.booker(booking)
            case _:
                return None

    def _ask(self, question: q.Question[R], *values: Any) -> Iterator[R]:
        return map(question.answer, self._database.execute_sql(question.text, (self.hall_id, *values)))

    def _first(self, question: q.Question[R], *values: Any) -> R | None:
        row = self._database.execute_sql(question.text, (self.hall_id, *values)).fetchone()
        return None if row is None else question.answer(row)

    def _number(self, question: q.Question[q.Row], *values: Any) -> int:
        row = self._first(question, *values)
        return 0 if row is None else int(row[0] or 0)


def _holder(row: HolderRow | BookerRow) -> Holder:
    return Holder(token=HolderToken(row.token), masked_name=row.masked_name)
