"""A day as the journal tells it, ready to be called again in another order: who came, and when a window called.

The windows call at the very moments they called at; only whom they call may differ. So nothing has to be guessed of how
long anybody would have taken, and by the rule of that day everybody is called again when he was (save where clerks
chose somebody, who are called by choice again). What came after the first call of a number stays as it was.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from hall.calling import HEAD_START_MINUTES
from hall.clock import MINUTE_US
from hall.facts import ActUndone, JournalEntry, TicketCalled, TicketFact, TicketIssued
from hall.mending import OutcomeRecovered, ServedByHand, TicketAdopted
from hall.projection import counted_by, ticket_after
from hall.ticket import Ticket, TicketState
from hall.window import Window
from queue_server.store.order import Order


@dataclass(frozen=True, slots=True)
class Visit:
    """One number that was called: the ticket before its call, its head start, and where the journal first tells it."""

    ticket: Ticket
    minutes: int
    seq: int

    def under(self, minutes: int) -> Ticket:
        """The ticket with another head start."""
        base = self.ticket.effective_at + self.minutes * MINUTE_US
        return self.ticket.model_copy(update={"effective_at": base - minutes * MINUTE_US})


@dataclass(frozen=True, slots=True)
class Slot:
    """A moment at which a window called somebody for the first time. `chosen`: this one and nobody else."""

    seq: int
    at: int
    window: int
    ticket: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PastDay:
    """Who was called on a day, and the moments of the calls in their order."""

    day: date
    visits: Mapping[str, Visit]
    slots: tuple[Slot, ...]


def past_day(day: date, entries: Iterable[JournalEntry]) -> PastDay:
    """What the journal tells of a day. Numbers that no call is known of in full (by hand, recovered) are left out."""
    told = _Telling(day)
    for entry in entries:
        told.hear(entry)
    slots = [slot for slot in told.slots.values() if slot.ticket in told.visits]
    called = {slot.ticket for slot in slots}
    return PastDay(day, {name: visit for name, visit in told.visits.items() if name in called}, tuple(slots))


def call_again(day: PastDay, windows: Iterable[Window], minutes_of: Callable[[Visit], int]) -> dict[str, int]:
    """When each number would have been called, by ticket; without those for whom no call was left.

    Args:
        day: The day.
        windows: With what each serves and helps with; one that is not among them calls whom it called.
        minutes_of: The head start of each number.
    """
    known, order, called = {window.number: window for window in windows}, Order(), dict[str, int]()
    waiting: dict[str, Ticket] = {}
    idle: list[int] = []  # a call that found nobody is made when somebody comes

    def call(ticket: Ticket, at: int) -> None:
        order.change(waiting.pop(ticket.id), None)
        called[ticket.id] = at

    def call_next(window: Window, at: int) -> bool:
        choice = order.next_for(window)
        if choice is not None:
            call(choice.ticket, at)
        return choice is not None

    at = 0
    moments: list[Visit | Slot] = [*day.visits.values(), *day.slots]
    for moment in sorted(moments, key=lambda each: each.seq):
        if isinstance(moment, Visit):
            ticket = moment.under(minutes_of(moment))
            waiting[ticket.id] = ticket
            order.change(None, ticket)
            at = max(at, ticket.issued_at)
            idle = [number for number in idle if not call_next(known[number], at)]
            continue
        at = moment.at
        window = known.get(moment.window)
        if moment.chosen or window is None:
            if moment.ticket in waiting:
                call(waiting[moment.ticket], at)
        elif not call_next(window, at):
            idle.append(moment.window)
    return called


class _Telling:
    """The day as far as it has been heard."""

    def __init__(self, day: date) -> None:
        self._day = day
        self._now: dict[str, Ticket] = {}
        self.visits: dict[str, Visit] = {}
        self.slots: dict[int, Slot] = {}
        self._first: dict[str, int] = {}

    def hear(self, entry: JournalEntry) -> None:
        body = entry.fact.body
        if not isinstance(body, TicketFact):
            return
        before = self._now.get(body.ticket)
        if before is None and not (isinstance(body, TicketIssued | TicketAdopted) and body.day == self._day):
            return
        after = ticket_after(before, entry)
        assert after is not None
        self._now[body.ticket] = after
        match body:
            case TicketIssued() if body.ticket not in self._first:
                told, _ = counted_by(body, after.issued_at)
                usual = HEAD_START_MINUTES[told.ticket_class]
                minutes = usual if told.head_start is None else told.head_start
                self.visits[body.ticket] = Visit(after, minutes, entry.seq)
            case TicketCalled(reason=reason) if body.ticket not in self._first and before is not None:
                self._called(entry, body, before, chosen=reason is not None and reason.chosen)
            case ActUndone(undoes=seq) if self._first.get(body.ticket) == seq:
                del self.slots[seq], self._first[body.ticket]
            case OutcomeRecovered() | ServedByHand() if body.ticket not in self._first:
                self.visits.pop(body.ticket, None)
            case _:
                pass

    def _called(self, entry: JournalEntry, body: TicketCalled, before: Ticket, *, chosen: bool) -> None:
        """The first call: what could be known of the ticket then, in the group where it waited then."""
        self.slots[entry.seq] = Slot(entry.seq, entry.at, body.window, body.ticket, chosen)
        self._first[body.ticket] = entry.seq
        visit = self.visits.get(body.ticket)
        if visit is not None:
            fresh = {"group": before.group, "flags": (), "state": TicketState.WAITING, "pinned": before.pinned}
            self.visits[body.ticket] = Visit(visit.ticket.model_copy(update=fresh), visit.minutes, visit.seq)
