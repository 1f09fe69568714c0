"""What of each ticket is counted, as a fold over the journal: every mark by the entry that made it.

A mark says where it belongs: group and service as the ticket stood before, window and clerk who acted. An act that was
taken back takes its marks along. The same rules as `hall.statistics`, kept per ticket so that they can be grouped.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from hall.clock import MINUTE_US
from hall.facts import (
    ActUndone,
    JournalEntry,
    NextServiceBegun,
    RatingGiven,
    ServiceFinished,
    StartedWithoutTicket,
    TicketCalled,
    TicketCancelled,
    TicketFact,
    TicketIssued,
    TicketMissed,
)
from hall.half_hours import half_of
from hall.mending import OutcomeRecovered, ServedByHand, TicketAdopted
from hall.numbering import Number
from hall.opening import local_time
from hall.projection import ticket_after
from hall.tally import Tally
from hall.ticket import UNENDED, Ticket, TicketState


class Subject(StrEnum):
    """What figures can be told apart by, besides time."""

    GROUP = "group"
    SERVICE = "service"
    WINDOW = "window"
    CLERK = "clerk"


Day = dict[Subject, dict[str, dict[int, Tally]]]
"""The tallies of one business day: by subject, whose, and the hour in which the ticket was taken."""

GroupHalves = dict[str, dict[int, Tally]]
"""The tallies of one business day by group, and by the half hour in which the ticket was taken."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A range that was shown at issue, in minutes, and the middle of what was expected, in microseconds."""

    low: int
    high: int
    middle_us: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where something belongs; window and clerk are empty while nobody has called the ticket."""

    group: str
    service: str
    window: str = ""
    clerk: str = ""

    def of(self, subject: Subject) -> str:
        """The part for a subject."""
        return str(getattr(self, subject.value))


class Kind(StrEnum):
    """What a mark counts."""

    WAITED = "waited"
    FINISHED = "finished"
    MISSED = "missed"
    CANCELLED = "cancelled"
    RATED = "rated"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to be counted, made by the entry `seq`; `value` is a length in microseconds or a level."""

    seq: int
    kind: Kind
    place: Place
    value: int | None = None


@dataclass(slots=True)
class Visit:
    """One ticket with its marks. It arrived under the place of its first call, or of none yet."""

    ticket: Ticket
    arrived: Place
    marks: list[Mark] = field(default_factory=list)

    def drop(self, kind: Kind) -> None:
        """Take back the last mark of a kind."""
        last = next((mark for mark in reversed(self.marks) if mark.kind is kind), None)
        if last is not None:
            self.marks.remove(last)

    @property
    def home(self) -> Place:
        """Where the arrival is counted, and an end without a service."""
        first = next((mark.place for mark in self.marks if mark.kind is Kind.WAITED), self.arrived)
        return Place(self.arrived.group, self.arrived.service, first.window, first.clerk)


class Visits:
    """The visits of any days, folded entry by entry; `only` leaves out those of other days."""

    def __init__(self, only: date | None = None) -> None:
        self._only = only
        self._visits: dict[str, Visit] = {}
        self._numbers: set[tuple[date, str]] = set()

    def add(self, entry: JournalEntry) -> Ticket | None:
        """Fold one entry. A number printed a second time is no further visit.

        Returns:
            The ticket after it, None if it concerns none of these visits.
        """
        body = entry.fact.body
        if not isinstance(body, TicketFact):
            return None
        visit = self._visits.get(body.ticket)
        if visit is None and not self._is_new(body):
            return None
        before = None if visit is None else visit.ticket
        after = ticket_after(before, entry)
        if after is None:
            return None
        if visit is None:
            visit = self._visits[after.id] = Visit(after, _arrived(body, after))
            self._numbers.add((after.day, after.number))
        elif before is not None and not before.service:  # known from its slip alone until now
            visit.arrived = Place(visit.arrived.group, after.service, visit.arrived.window, visit.arrived.clerk)
        visit.ticket = after
        _mark(visit, entry, before, after)
        return after

    def _is_new(self, body: TicketFact) -> bool:
        match body:
            case TicketIssued() | TicketAdopted() | StartedWithoutTicket():
                day, number = body.day, str(Number(body.prefix, body.n, body.lane))
            case OutcomeRecovered(restores=remembered):
                day, number = remembered.day, remembered.number
            case _:
                return False
        return self._only in (None, day) and (day, number) not in self._numbers

    def parts(self) -> Iterator[tuple[Ticket, int, Place, Tally]]:
        """Everything that is counted: of which ticket, by which entry (0: it came), where, and what it adds."""
        for visit in self._visits.values():
            for seq, place, part in _parts(visit, None):
                yield visit.ticket, seq, place, part

    def days(self, offset_minutes: int, shown: Mapping[str, Shown] | None = None) -> dict[date, Day]:
        """The tallies of every day, oldest first.

        Args:
            offset_minutes: The hall's clock against UTC.
            shown: The ranges that were shown at issue, by ticket.
        """
        found: dict[date, Day] = {}
        for visit in sorted(self._visits.values(), key=lambda visit: visit.ticket.day):
            day = found.setdefault(visit.ticket.day, _no_tallies())
            hour = local_time(visit.ticket.issued_at, offset_minutes).hour
            for _, place, part in _parts(visit, (shown or {}).get(visit.ticket.id)):
                for subject, tallies in day.items():
                    tallies[place.of(subject)][hour].merge(part)
        return {day: {s: {k: dict(v) for k, v in t.items()} for s, t in part.items()} for day, part in found.items()}

    def half_hours(self, offset_minutes: int, shown: Mapping[str, Shown] | None = None) -> dict[date, GroupHalves]:
        """The tallies of every day by group and half hour, as `days` by hour."""
        found: dict[date, dict[str, dict[int, Tally]]] = {}
        for visit in self._visits.values():
            groups = found.setdefault(visit.ticket.day, {})
            taken = local_time(visit.ticket.issued_at, offset_minutes)
            for _, place, part in _parts(visit, (shown or {}).get(visit.ticket.id)):
                halves = groups.setdefault(place.group, {})
                halves.setdefault(half_of(taken.hour * 60 + taken.minute), Tally()).merge(part)
        return found


def _no_tallies() -> Day:
    return {subject: defaultdict(lambda: defaultdict(Tally)) for subject in Subject}


def _parts(visit: Visit, shown: Shown | None) -> Iterator[tuple[int, Place, Tally]]:
    """What a visit adds: by which entry, where, and what."""
    yield 0, visit.home, Tally(arrivals=1)
    for mark in visit.marks:
        part = Tally()
        match mark.kind, mark.value:
            case Kind.WAITED, int(wait_us):
                part.waits.add(wait_us)
                if shown is not None:
                    _judge(part, shown, wait_us)
                    shown = None  # a range is held against the first wait
            case Kind.FINISHED, length_us:
                part.finished = 1
                if length_us is not None:
                    part.services.add(length_us)
            case Kind.RATED, int(level):
                part.ratings[level - 1] = 1
            case Kind.MISSED, _:
                part.missed = 1
            case _:
                part.cancelled = 1
        yield mark.seq, visit.home if mark.kind is Kind.CANCELLED else mark.place, part


def _judge(part: Tally, shown: Shown, wait_us: int) -> None:
    part.judged = 1
    part.error_us = abs(wait_us - shown.middle_us)
    part.inside = int(shown.low * MINUTE_US <= wait_us <= shown.high * MINUTE_US)
    part.late = int(wait_us > shown.high * MINUTE_US)


def _arrived(body: TicketFact, after: Ticket) -> Place:
    if isinstance(body, StartedWithoutTicket):
        return _place(after, body.window, body.clerk)
    return _place(after)


def _place(ticket: Ticket, window: int | None = None, clerk: str | None = None) -> Place:
    return Place(ticket.group, ticket.service, "" if window is None else str(window), clerk or "")


def _mark(visit: Visit, entry: JournalEntry, before: Ticket | None, after: Ticket) -> None:
    body, seq = entry.fact.body, entry.seq
    stood = before or after
    match body:
        case TicketCalled() if body.first or (body.first is None and body.call_no == 1):
            place = _place(stood, body.window, body.clerk)
            visit.marks.append(Mark(seq, Kind.WAITED, place, max(0, entry.at - after.issued_at)))
        case ServiceFinished() | NextServiceBegun():
            length = None if body.outcome == UNENDED or stood.started_at is None else entry.at - stood.started_at
            visit.marks.append(Mark(seq, Kind.FINISHED, _place(stood, body.window, body.clerk), length))
        case TicketMissed():
            visit.marks.append(Mark(seq, Kind.MISSED, _place(stood, body.window, body.clerk)))
        case TicketCancelled() if before is not None and before.state is not after.state:
            visit.marks.append(Mark(seq, Kind.CANCELLED, _place(stood)))
        case ActUndone():
            visit.marks = [mark for mark in visit.marks if mark.seq != body.undoes]
            if before is not None and before.state is not after.state and after.state is TicketState.CANCELLED:
                visit.marks.append(Mark(seq, Kind.CANCELLED, _place(stood)))  # what began at a window never was
        case OutcomeRecovered() | ServedByHand():
            _leap(visit, seq, body, before, after)
        case RatingGiven(level=level):
            visit.marks.append(Mark(seq, Kind.RATED, _place(stood, body.window, body.clerk), int(level)))
        case _:
            pass


def _leap(visit: Visit, seq: int, body: OutcomeRecovered | ServedByHand, before: Ticket | None, after: Ticket) -> None:
    """Several acts told as one. An end that is left again was undone."""
    place = _place(after, body.window, body.clerk)
    was = None if before is None else before.state
    if was is not after.state:
        if was is TicketState.FINISHED:
            visit.drop(Kind.FINISHED)
        if was is TicketState.CANCELLED:
            visit.drop(Kind.CANCELLED)
    if after.called_at is not None and (before is None or before.called_at is None):
        visit.marks.append(Mark(seq, Kind.WAITED, place, max(0, after.called_at - after.issued_at)))
    if was is not after.state and after.state in _ENDS:
        known = after.started_at is not None and after.ended_at is not None
        length = (after.ended_at or 0) - (after.started_at or 0) if known else None
        kind = _ENDS[after.state]
        visit.marks.append(Mark(seq, kind, place, length if kind is Kind.FINISHED else None))


_ENDS = {
    TicketState.FINISHED: Kind.FINISHED,
    TicketState.MISSED: Kind.MISSED,
    TicketState.CANCELLED: Kind.CANCELLED,
}
