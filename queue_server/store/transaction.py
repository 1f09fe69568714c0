"""Writing to a hall: one operation's view of the store. It stands or falls as a whole."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from playhouse.apsw_ext import APSWDatabase

from hall.booking import BookingMade
from hall.catalog import Catalog
from hall.clock import Moment
from hall.errors import BugError
from hall.facts import GENESIS, Body, Fact, JournalEntry, TicketIssued, TimeQuality, entry_hash
from hall.identity import Holder
from hall.ticket import Ticket
from hall.wire.sync import FeedItem
from hall.words import SERVER_LANE
from queue_server.store import deletions
from queue_server.store.order import Order
from queue_server.store.present import apply
from queue_server.store.questions import JOURNAL_COLUMNS, fact_columns
from queue_server.store.reader import Reader
from queue_server.store.records import BookerRow, HolderRow, Meta, NoteRow, Record, Restored, SessionKind
from queue_server.store.shelves import compiled, shelf_of
from queue_server.store.tables import (
    JournalTable,
    TicketTable,
)

R = TypeVar("R")

_APPEND = compiled(JournalTable.insert({getattr(JournalTable, name): "0" for name in ("hall_id", *JOURNAL_COLUMNS)}))
_TICKET_PLACES = {name: "0" for name in shelf_of(Ticket).columns if name != "id"}
_CLAIM = compiled(
    TicketTable.update(_TICKET_PLACES).where(
        TicketTable.hall_id == "0", TicketTable.id == "0", TicketTable.state == "0"
    )
)
"""A ticket's new form, if it is still in the state it was read in."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where the hall stands: the last entry's place and hash, the server's last place in its lane, the last lane."""

    seq: int = 0
    hash: str = GENESIS
    server_seq: int = 0
    lane: int = SERVER_LANE


@dataclass(slots=True)
class Changes:
    """What an operation has done besides the tables, so that it can be told of or taken back."""

    items: list[FeedItem] = field(default_factory=list)
    moves: list[tuple[Ticket | None, Ticket]] = field(default_factory=list)
    forgot: bool = False


class Transaction(Reader):
    """What an operation reads and writes. Sees its own writes and those of operations before it in the same group.

    Attributes:
        new_id: Gives 128 fresh random bits in hex, from a source fit for secrets.
        order: Who is waiting; never to be changed but by facts.
        place: Where the hall stands after what was done so far.
        changes: What has been done besides the tables.
    """

    def __init__(
        self,
        database: APSWDatabase,
        hall_id: str,
        catalogs: dict[str, Catalog],
        head: Head,
        order: Order,
        new_id: Callable[[], str],
    ) -> None:
        super().__init__(database, hall_id, catalogs)
        self.place = head
        self.order = order
        self.new_id = new_id
        self.changes = Changes()

    @property
    def greatest_lane(self) -> int:
        """The greatest lane number ever given, also one given after the backup that this database was restored from."""
        return self.place.lane

    def record(self, body: Body, moment: Moment, holder: Holder | None = None) -> JournalEntry:
        """Append a fact that the server itself notices now; `holder` as in `append`."""
        fact = Fact(
            event_id=self.new_id(),
            lane=SERVER_LANE,
            lane_seq=self.place.server_seq + 1,
            wall_us=moment.wall_us,
            mono_us=moment.mono_us,
            boot_id=moment.boot_id,
            body=body,
        )
        return self.append(fact, moment.wall_us, TimeQuality.EXACT, holder)

    def append(self, fact: Fact, at: int, quality: TimeQuality, holder: Holder | None = None) -> JournalEntry:
        """Append a fact to the journal, chain it, and change the present by it.

        Args:
            fact: The fact as its noticer wrote it.
            at: When it happened by the server's clock, microseconds.
            quality: How well that is known.
            holder: Who holds the ticket issued, or booked the appointment made; kept beside the journal.

        Raises:
            BugError: If it cannot follow from the present.
        """
        seq, text = self.place.seq + 1, fact.model_dump_json()
        chained = entry_hash(seq, at, quality, text, self.place.hash)
        entry = JournalEntry(seq=seq, at=at, quality=quality, fact=fact, prev_hash=self.place.hash, hash=chained)
        stored = (seq, at, quality.value, text, entry.prev_hash, chained, *fact_columns(fact))
        self._database.execute_sql(_APPEND, (self.hall_id, *stored))
        self.place = Head(
            seq=seq,
            hash=chained,
            server_seq=fact.lane_seq if fact.lane == SERVER_LANE else self.place.server_seq,
            lane=max(self.place.lane, getattr(fact.body, "device_lane", SERVER_LANE)),
        )
        apply(self, entry)
        match fact.body:
            case _ if holder is None:
                pass
            case TicketIssued(ticket=ticket):
                self.put(HolderRow(ticket, holder.token, holder.masked_name))
            case BookingMade(booking=booking):
                self.put(BookerRow(booking, holder.token, holder.masked_name))
        self.changes.items.append(FeedItem(entry=entry, holder=holder))
        return entry

    def put(self, record: Record) -> None:
        """Keep a record, new or in a new state."""
        shelf = shelf_of(type(record))
        self._database.execute_sql(shelf.replace, shelf.row(self.hall_id, record))

    def drop(self, kind: type[R], *key: Any) -> None:
        """Take a record away; nothing happens if there is none."""
        shelf = shelf_of(kind)
        self._database.execute_sql(shelf.delete, shelf.key_row(self.hall_id, key))

    def move(self, before: Ticket | None, after: Ticket) -> None:
        """Follow a ticket: a new one, or one that is still in the state it was read in (else a `BugError`)."""
        shelf = shelf_of(Ticket)
        row = shelf.row(self.hall_id, after)
        if before is None:
            self._database.execute_sql(shelf.insert, row)
        else:
            cursor = self._database.execute_sql(_CLAIM, (*row[2:], self.hall_id, after.id, before.state.value))
            if self._database.rows_affected(cursor) != 1:
                raise BugError(f"{before.number} was no longer {before.state}")
        self.order.change(before, after)
        self.changes.moves.append((before, after))

    def take_back(self) -> None:
        """Undo what was done in memory, after the tables were rolled back."""
        for before, after in reversed(self.changes.moves):
            self.order.change(after, before)

    def renew_epoch(self, restored: Restored) -> str:
        """Begin another life of this database, because it is older than the hall; returns its name."""
        epoch = self.new_id()
        self.put(Meta("server_epoch", epoch))
        self.put(restored.as_meta())
        return epoch

    # -- what is deleted on purpose

    def forget_holders(self, ended_before: int) -> int:
        """Delete the holders of tickets whose visit ended before an instant, and notes of clerks; returns how many."""
        gone = self._delete(deletions.HOLDERS_OF_ENDED, ended_before)
        notes = self._delete(deletions.NOTES_OF_ENDED, ended_before)
        self.changes.forgot = self.changes.forgot or gone + notes > 0
        return gone

    def forget_bookers(self, missed_before: date) -> int:
        """Delete who booked what is used or cancelled, or was missed before a day; returns how many."""
        gone = self._delete(deletions.BOOKERS_OF_ENDED, missed_before.isoformat())
        self.changes.forgot = self.changes.forgot or gone > 0
        return gone

    def forget_booking_answers(self, before: int) -> int:
        """Delete what portals were answered before an instant."""
        return self._delete(deletions.OLD_BOOKING_ANSWERS, before)

    def keep_note(self, ticket: str, note: str) -> None:
        """Keep words beside a ticket, in place of those before; empty ones only take these away."""
        if self.get(NoteRow, ticket) is not None:
            self.drop(NoteRow, ticket)
            self.changes.forgot = True
        if note:
            self.put(NoteRow(ticket, note))

    def forget_answers(self, before: int) -> int:
        """Delete stored answers older than an instant."""
        return self._delete(deletions.OLD_ANSWERS, before)

    def forget_nonces(self, now: int) -> int:
        """Delete nonces that have run out."""
        return self._delete(deletions.OLD_NONCES, now)

    def forget_attempts(self, before: int) -> int:
        """Delete counts of failed sign-ins that are older than an instant and lock nothing."""
        return self._delete(deletions.OLD_ATTEMPTS, before, before)

    def forget_sign_in_places(self, before: int) -> int:
        """Delete places at which nobody has signed in since an instant."""
        return self._delete(deletions.OLD_SIGN_IN_PLACES, before)

    def forget_forecasts(self, before: int) -> int:
        """Delete what was said of waits before an instant."""
        return self._delete(deletions.OLD_FORECASTS, before)

    def end_expired_sessions(self, now: int) -> int:
        """Delete sessions past their absolute end."""
        return self._delete(deletions.EXPIRED_SESSIONS, now)

    def end_sessions(self, subject: str, kinds: Iterable[SessionKind]) -> int:
        """Delete all sessions of a staff number or device in these kinds."""
        return sum(self._delete(deletions.SESSIONS_OF, subject, kind.value) for kind in kinds)

    def end_lane_sessions(self, lane: int) -> int:
        """Delete all sessions under which facts of this lane could be pushed."""
        return self._delete(deletions.SESSIONS_OF_LANE, lane)

    def end_kind(self, kind: SessionKind) -> int:
        """Delete all sessions of one kind, so that everybody of it must come in anew."""
        return self._delete(deletions.SESSIONS_OF_KIND, kind.value)

    def _delete(self, text: str, *values: Any) -> int:
        return int(self._database.rows_affected(self._database.execute_sql(text, (self.hall_id, *values))))
