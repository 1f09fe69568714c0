"""Figures of a day as a fold over the journal: anybody with the export can recompute what a manager sees."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

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
    WindowFact,
)
from hall.mending import OutcomeRecovered, ServedByHand, TicketAdopted
from hall.numbering import Number
from hall.projection import WindowStatus, ticket_after, window_after
from hall.rating import Level
from hall.ticket import Ticket, TicketState


@dataclass(slots=True)
class Counts:
    """Counts of one group today. `wait_us` sums issue → first call over `first_calls` tickets.

    `finished` counts services, of which one visit may have several; `chosen` calls by name, out of order.
    """

    issued: int = 0
    finished: int = 0
    missed: int = 0
    cancelled: int = 0
    first_calls: int = 0
    wait_us: int = 0
    chosen: int = 0

    @property
    def mean_wait_us(self) -> int | None:
        """Mean wait from issue to first call; None while nobody was called."""
        return self.wait_us // self.first_calls if self.first_calls else None


@dataclass(slots=True)
class DayFigures:
    """One business day of a hall, folded entry by entry.

    `groups` is keyed by the group that issued the ticket; waiting tickets count where they wait now.
    """

    day: date
    tickets: dict[str, Ticket] = field(default_factory=dict)
    windows: dict[int, WindowStatus] = field(default_factory=dict)
    groups: dict[str, Counts] = field(default_factory=dict)
    ratings: dict[Level, int] = field(default_factory=dict)
    _numbers: set[str] = field(default_factory=set)

    def add(self, entry: JournalEntry) -> None:
        """Fold one entry; tickets of other days are left out, windows are not tied to a day."""
        body = entry.fact.body
        if isinstance(body, WindowFact):
            status = self.windows.get(body.window, WindowStatus(number=body.window))
            self.windows[body.window] = window_after(status, entry)
        elif isinstance(body, TicketFact):
            before = self.tickets.get(body.ticket)
            if before is not None or self._is_new(body):
                self._count(entry, before)

    def _is_new(self, body: TicketFact) -> bool:
        """Whether a fact makes a ticket of the day known. A number printed a second time is no further ticket."""
        match body:
            case TicketIssued() | TicketAdopted() | StartedWithoutTicket():
                number = str(Number(body.prefix, body.n, body.lane))
            case OutcomeRecovered(restores=remembered):
                return remembered.day == self.day and remembered.number not in self._numbers
            case _:
                return False
        return body.day == self.day and number not in self._numbers

    def _count(self, entry: JournalEntry, before: Ticket | None) -> None:
        body = entry.fact.body
        after = ticket_after(before, entry)
        if after is None:
            return
        self.tickets[after.id] = after
        self._numbers.add(after.number)
        issued_group = before.group if before else after.group
        counts = self.groups.setdefault(issued_group, Counts())
        counts.issued += before is None
        match body:
            case TicketCalled():
                if _is_first(body):
                    counts.first_calls += 1
                    counts.wait_us += max(0, entry.at - after.issued_at)
                counts.chosen += _is_chosen(body)
            case ServiceFinished() | NextServiceBegun():
                counts.finished += 1
            case TicketMissed():
                counts.missed += 1
            case TicketCancelled() if before is not None and before.state is not after.state:
                counts.cancelled += 1
            case ActUndone(call=call) if before is not None:
                _uncount(counts, before, after, call)
                self.groups.setdefault(after.group, Counts()).finished -= _went_on(before, after)
            case OutcomeRecovered() | ServedByHand():
                _count_leap(counts, before, after)
            case RatingGiven(level=level):
                self.ratings[level] = self.ratings.get(level, 0) + 1
            case _:
                pass

    def waiting(self, group: str | None = None) -> list[Ticket]:
        """Tickets waiting now, of one group or of all."""
        return [
            ticket
            for ticket in self.tickets.values()
            if ticket.state is TicketState.WAITING and group in (None, ticket.group)
        ]

    def longest_wait_us(self, now_us: int, group: str | None = None) -> int:
        """How long the longest waiting ticket has waited; 0 if nobody waits."""
        return max((max(0, now_us - ticket.issued_at) for ticket in self.waiting(group)), default=0)


def _is_first(call: TicketCalled) -> bool:
    """Whether somebody's waiting ended by a call; whoever was missed, put back or sent on had been called before."""
    return call.call_no == 1 if call.first is None else call.first


def _is_chosen(call: TicketCalled) -> bool:
    return call.reason is not None and call.reason.chosen


def _went_on(before: Ticket, after: Ticket) -> bool:
    """Whether going on to a next service was taken back: the one before has not ended."""
    return before.state is after.state is TicketState.SERVING


def _uncount(counts: Counts, before: Ticket, after: Ticket, call: TicketCalled | None) -> None:
    """An act that was taken back counts no more; what it had made of the ticket tells which act it was."""
    if before.state is not after.state:
        counts.finished -= before.state is TicketState.FINISHED
        counts.missed -= before.state is TicketState.MISSED
        counts.cancelled -= before.state is TicketState.CANCELLED
        counts.cancelled += after.state is TicketState.CANCELLED  # a visit that began at a window never was
    counts.chosen -= call is not None and _is_chosen(call)
    first_call = before.state is TicketState.CALLED and (before.calls, after.calls) == (1, 0)
    if call is not None:
        first_call = _is_first(call)
    by_hand = before.state is not TicketState.CALLED and after.called_at is None
    if (first_call or by_hand) and before.called_at is not None:
        counts.first_calls -= 1
        counts.wait_us -= max(0, before.called_at - before.issued_at)


def _count_leap(counts: Counts, before: Ticket | None, after: Ticket) -> None:
    """Several acts told as one: a remembered outcome, or a call made by hand. An end that is left again was undone."""
    if before is None or before.state is not after.state:
        counts.finished += after.state is TicketState.FINISHED
        counts.missed += after.state is TicketState.MISSED
        counts.cancelled += after.state is TicketState.CANCELLED
        counts.finished -= before is not None and before.state is TicketState.FINISHED
        counts.cancelled -= before is not None and before.state is TicketState.CANCELLED
    if after.called_at is not None and (before is None or before.called_at is None):
        counts.first_calls += 1
        counts.wait_us += max(0, after.called_at - after.issued_at)


def fold(day: date, entries: Iterable[JournalEntry]) -> DayFigures:
    """The figures of one day from a journal."""
    figures = DayFigures(day)
    for entry in entries:
        figures.add(entry)
    return figures
