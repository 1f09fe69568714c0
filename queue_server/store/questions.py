"""What the store is asked again and again, compiled once.

`ASKED` stands for a value given when asking, in the order of writing; the hall's id is always the first. Constants
are written into the text, because SQLite uses a partial index only for a constant that it can see.

It is long because every question to the store is written down here, and nowhere else.
"""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from peewee import JOIN, SQL, NodeList, fn

from hall.booking import Booking, BookingState
from hall.facts import Fact, JournalEntry, TimeQuality
from hall.ticket import ACTIVE, LIVE, Flag, Ticket, TicketState
from hall.waiting import WaitKind
from queue_server.store import records
from queue_server.store.shelves import compiled, shelf_of
from queue_server.store.tables import (
    AnswerTable,
    BookerTable,
    BookingTable,
    CatalogTable,
    DayCountTable,
    DaySummaryTable,
    DoubledTable,
    ForecastTable,
    HandCallTable,
    HolderTable,
    JournalTable,
    LaneTable,
    PlanSwitchTable,
    PlanTable,
    PortalTable,
    RatingTable,
    RecoveryTable,
    ServedTable,
    SessionTable,
    SlotChangeTable,
    SummedDayTable,
    Table,
    TicketTable,
)

R = TypeVar("R")
Row = tuple[Any, ...]
ASKED = SQL("?")
JOURNAL_COLUMNS = tuple(field.name for field in JournalTable._meta.sorted_fields[1:])  # noqa: SLF001
"""All columns but the hall's, in the order of the table: the entry first, then what repeats its fact."""


class Question(Generic[R]):
    """A compiled query and what becomes of each row.

    Attributes:
        text: The query; every `?` is a value given when asking.
        answer: Makes a value of a row.
    """

    def __init__(self, query: Any, answer: Callable[[Row], R]) -> None:
        self.text = compiled(query)
        self.answer = answer


def fact_columns(fact: Fact) -> Row:
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


def _entry(row: Row) -> JournalEntry:
    seq, at, quality, fact_json, prev_hash, own_hash, *_ = row
    return JournalEntry(
        seq=seq,
        at=at,
        quality=TimeQuality(quality),
        fact=Fact.model_validate_json(fact_json),
        prev_hash=prev_hash,
        hash=own_hash,
    )


def _row(row: Row) -> Row:
    return row


def _said(row: Row) -> tuple[records.Forecast, int | None]:
    return shelf_of(records.Forecast).record(row[:-1]), row[-1]


def _words(words: Iterable[str]) -> list[SQL]:
    return [SQL(f"'{word}'") for word in sorted(words)]


def _of(table: type[Table], *columns: Any) -> Any:
    return table.select(*columns).where(table.hall_id == ASKED)


def _records(kind: type[R], *conditions: Any, order: Iterable[Any] = (), limit: SQL | None = None) -> Question[R]:
    shelf = shelf_of(kind)
    query = shelf.query(*conditions).order_by(*order).limit(limit)
    return Question(query, shelf.record)


_ENTRIES = _of(JournalTable, *(getattr(JournalTable, name) for name in JOURNAL_COLUMNS)).order_by(JournalTable.seq)

# The journal
JOURNAL_ROWS = Question(_ENTRIES, _row)
ENTRIES_AFTER = Question(_ENTRIES.where(JournalTable.seq > ASKED).limit(ASKED), _entry)
ENTRIES_OF = Question(_ENTRIES.where(JournalTable.ticket == ASKED), _entry)
ENTRY_TEXTS = Question(
    _of(JournalTable, JournalTable.seq, JournalTable.at, JournalTable.quality, JournalTable.fact_json)
    .where(JournalTable.seq > ASKED)
    .order_by(JournalTable.seq)
    .limit(ASKED),
    _row,
)
HEAD = Question(
    _of(JournalTable, JournalTable.seq, JournalTable.hash).order_by(JournalTable.seq.desc()).limit(SQL("1")), _row
)
PLACE_OF_EVENT = Question(
    _of(JournalTable, JournalTable.lane, JournalTable.lane_seq).where(JournalTable.event_id == ASKED), _row
)
EVENT_AT = Question(
    _of(JournalTable, JournalTable.event_id).where(JournalTable.lane == ASKED, JournalTable.lane_seq == ASKED), _row
)
HIGHEST_LANE_SEQ = Question(_of(JournalTable, fn.MAX(JournalTable.lane_seq)).where(JournalTable.lane == ASKED), _row)
LAST_CALL = Question(
    _of(JournalTable, fn.MAX(JournalTable.seq)).where(
        JournalTable.ticket == ASKED, JournalTable.kind.in_(_words(("ticket_called", "ticket_recalled")))
    ),
    _row,
)
LAST_CALLS = Question(
    _of(JournalTable, *(getattr(JournalTable, name) for name in JOURNAL_COLUMNS))
    .where(JournalTable.kind.in_(_words(("ticket_called", "ticket_recalled"))))
    .order_by(JournalTable.seq.desc())
    .limit(ASKED),
    _entry,
)
CHANGES_BEFORE = Question(
    _of(JournalTable, *(getattr(JournalTable, name) for name in JOURNAL_COLUMNS))
    .where(JournalTable.kind == SQL("'arrangement_changed'"), JournalTable.seq < ASKED)
    .order_by(JournalTable.seq.desc())
    .limit(ASKED),
    _entry,
)
ACCOUNT_CHANGES = Question(
    _of(JournalTable, *(getattr(JournalTable, name) for name in JOURNAL_COLUMNS))
    .where(JournalTable.kind.in_(_words(("account_changed", "pin_renewed"))))
    .order_by(JournalTable.seq.desc())
    .limit(ASKED),
    _entry,
)

# Tickets and people
_IS_LIVE = TicketTable.state.in_(_words(LIVE))  # word for word as in the index, else it is not used
LIVE_TICKETS = _records(Ticket, _IS_LIVE)
LIVE_BEFORE = _records(Ticket, _IS_LIVE, NodeList((SQL("+"), TicketTable.day)) < ASKED)
"""The plus keeps SQLite from the index by day, through which it would read years of ended tickets at every tick."""
WAITING = _records(Ticket, _IS_LIVE, TicketTable.state == SQL(f"'{TicketState.WAITING}'"))
ACTIVE_AT = _records(Ticket, TicketTable.window == ASKED, TicketTable.state.in_(_words(ACTIVE)))
TICKETS_OF_DAY = _records(Ticket, TicketTable.day == ASKED)
TICKET_OF_NUMBER = _records(
    Ticket,
    TicketTable.day == ASKED,
    TicketTable.prefix == ASKED,
    fn.COALESCE(TicketTable.lane, SQL("-1")) == ASKED,
    TicketTable.n == ASKED,
)
HIGHEST_NUMBER = Question(
    _of(TicketTable, fn.MAX(TicketTable.n)).where(
        TicketTable.day == ASKED, TicketTable.prefix == ASKED, fn.COALESCE(TicketTable.lane, SQL("-1")) == ASKED
    ),
    _row,
)
TICKETS_OF_TOKEN = Question(_of(HolderTable, HolderTable.ticket).where(HolderTable.token == ASKED), _row)

# Appointments
BOOKING_OF_NUMBER = _records(Booking, BookingTable.number == ASKED)
BOOKINGS_ON = _records(Booking, BookingTable.day == ASKED, order=[BookingTable.slot_at, BookingTable.id])
BOOKINGS_CHANGED_AFTER = _records(
    Booking, BookingTable.changed_seq > ASKED, order=[BookingTable.changed_seq], limit=ASKED
)
BOOKINGS_OF_PORTAL_CHANGED_AFTER = _records(
    Booking,
    BookingTable.portal == ASKED,
    BookingTable.changed_seq > ASKED,
    order=[BookingTable.changed_seq],
    limit=ASKED,
)
BOOKINGS_OPEN_BEFORE = _records(
    Booking, BookingTable.state == SQL(f"'{BookingState.BOOKED}'"), BookingTable.slot_at < ASKED
)
BOOKINGS_OF_TOKEN = Question(_of(BookerTable, BookerTable.booking).where(BookerTable.token == ASKED), _row)
SLOT_CHANGES_ON = _records(records.SlotChange, SlotChangeTable.day == ASKED)
PORTAL_NAMED = _records(records.Portal, PortalTable.name == ASKED)

# Windows, ratings, figures
LAST_SERVED = _records(records.Served, ServedTable.window == ASKED, order=[ServedTable.seq.desc()], limit=SQL("1"))
SERVED_ON = Question(
    _of(ServedTable, fn.COUNT(ServedTable.ticket)).where(ServedTable.day == ASKED, ServedTable.window == ASKED), _row
)
COUNTS_ON = _records(records.DayCount, DayCountTable.day == ASKED)
RATINGS_ON = Question(
    _of(RatingTable, RatingTable.level, fn.COUNT(RatingTable.ticket))
    .where(RatingTable.day == ASKED)
    .group_by(RatingTable.level),
    _row,
)

# What was said of waits, each beside the first call of its ticket
_CALLED: Any = JournalTable.alias("called")
_FIRST_CALL = _CALLED.select(fn.MIN(_CALLED.at)).where(
    _CALLED.hall_id == ForecastTable.hall_id,
    _CALLED.ticket == ForecastTable.ticket,
    _CALLED.kind == SQL("'ticket_called'"),
)
_FORECASTS = shelf_of(records.Forecast)
FORECASTS_AFTER = Question(
    ForecastTable.select(*[getattr(ForecastTable, name) for name in _FORECASTS.columns], _FIRST_CALL)
    .where(ForecastTable.hall_id == ASKED, ForecastTable.at > ASKED)
    .order_by(ForecastTable.at.desc())
    .limit(ASKED),
    _said,
)

# Statistics
TOUCHED = Question(
    JournalTable.select(TicketTable.day, JournalTable.seq)
    .join(TicketTable, JOIN.CROSS)
    .where(
        TicketTable.hall_id == JournalTable.hall_id,
        TicketTable.id == JournalTable.ticket,
        JournalTable.hall_id == ASKED,
        JournalTable.seq > ASKED,
        JournalTable.seq <= ASKED,
    )
    .order_by(JournalTable.seq),
    _row,
)
ENTRIES_OF_DAY = Question(
    TicketTable.select(*(getattr(JournalTable, name) for name in JOURNAL_COLUMNS))
    .join(JournalTable, JOIN.CROSS)  # in this order: from the day's tickets to what happened to them
    .where(
        JournalTable.hall_id == TicketTable.hall_id,
        JournalTable.ticket == TicketTable.id,
        TicketTable.hall_id == ASKED,
        TicketTable.day == ASKED,
    )
    .order_by(JournalTable.seq),
    _entry,
)
COUNT_OF_DAY = Question(
    TicketTable.select(fn.COUNT(SQL("*")))
    .join(JournalTable, JOIN.CROSS)
    .where(
        JournalTable.hall_id == TicketTable.hall_id,
        JournalTable.ticket == TicketTable.id,
        TicketTable.hall_id == ASKED,
        TicketTable.day == ASKED,
    ),
    _row,
)
WITHOUT_TICKET = Question(
    _of(JournalTable, *(getattr(JournalTable, name) for name in JOURNAL_COLUMNS))
    .where(JournalTable.seq > ASKED, JournalTable.seq <= ASKED, JournalTable.ticket.is_null())
    .order_by(JournalTable.seq),
    _entry,
)
SHOWN_ON = Question(
    TicketTable.select(ForecastTable.ticket, ForecastTable.low, ForecastTable.high, ForecastTable.p50_us)
    .join(ForecastTable, JOIN.CROSS)
    .where(
        ForecastTable.hall_id == TicketTable.hall_id,
        ForecastTable.ticket == TicketTable.id,
        TicketTable.hall_id == ASKED,
        TicketTable.day == ASKED,
        ForecastTable.nth == SQL("0"),
        ForecastTable.shown == SQL(f"'{WaitKind.RANGE}'"),
    ),
    _row,
)
SUMMARIES = _records(
    records.DaySummary,
    DaySummaryTable.subject == ASKED,
    DaySummaryTable.day >= ASKED,
    DaySummaryTable.day <= ASKED,
    order=[DaySummaryTable.day],
)
COUNTED_AT = Question(
    _of(SummedDayTable, fn.MAX(SummedDayTable.counted_at)).where(
        SummedDayTable.day >= ASKED, SummedDayTable.day <= ASKED
    ),
    _row,
)
BEHIND = _records(
    records.SummedDay, SummedDayTable.touched_seq > SummedDayTable.counted_seq, order=[SummedDayTable.day]
)

# Answers, devices, sessions, catalogue
LAST_ANSWER = _records(
    records.Answer,
    AnswerTable.window == ASKED,
    AnswerTable.seq > SQL("0"),
    order=[AnswerTable.seq.desc()],
    limit=SQL("1"),
)
LANE_OF = _records(records.Lane, LaneTable.incarnation == ASKED, order=[LaneTable.lane.desc()], limit=SQL("1"))
PLANS_FROM = _records(records.GivenPlan, PlanTable.last_day >= ASKED, order=[PlanTable.seq])
PLANS_ENDING_ON = _records(records.GivenPlan, PlanTable.last_day == ASKED, order=[PlanTable.seq])
SWITCHES_SINCE = _records(records.PlanSwitch, PlanSwitchTable.at >= ASKED, order=[PlanSwitchTable.seq])
LAST_RECOVERY = _records(records.Recovery, order=[RecoveryTable.seq.desc()], limit=SQL("1"))
_LATE = SQL(f"'{Flag.LATE_MERGED}'")
_FLAGGED: Any = JournalTable.alias("flagged")
LATE_MERGED_ON = Question(
    TicketTable.select(TicketTable.issuer_lane, _FLAGGED.at)
    .join(_FLAGGED, JOIN.CROSS)  # in this order: from the day's tickets to what happened to them
    .where(
        _FLAGGED.hall_id == TicketTable.hall_id,
        _FLAGGED.ticket == TicketTable.id,
        TicketTable.hall_id == ASKED,
        TicketTable.day == ASKED,
        fn.INSTR(TicketTable.flags, _LATE) > SQL("0"),
        _FLAGGED.kind == SQL("'ticket_flagged'"),
        fn.INSTR(_FLAGGED.fact_json, _LATE) > SQL("0"),
    ),
    _row,
)
UNSETTLED_DOUBLES = _records(records.Doubled, DoubledTable.settled_by == SQL("''"), order=[DoubledTable.issued_at])
HAND_CALLS_OPEN = _records(records.HandCall, HandCallTable.day == ASKED, HandCallTable.ticket.is_null())
SESSIONS_OF = _records(records.Session, SessionTable.subject == ASKED)
CATALOG_IN_FORCE = Question(
    _of(CatalogTable, CatalogTable.version).order_by(CatalogTable.seq.desc()).limit(SQL("1")), _row
)
