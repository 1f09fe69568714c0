"""The hall as its facts tell it, entry by entry: who waits, what each window does, and what it teaches.

The same fold serves years read at the start and the fact of this second. Instants are seconds since 1970 UTC.
"""

from collections import deque
from dataclasses import dataclass
from datetime import date

from hall.calling import may_call
from hall.catalog import Catalog
from hall.clock import SECOND_US
from hall.facts import AutoCallSet, JournalEntry, NextServiceBegun, TicketCalled, TicketFact, TicketIssued, WindowFact
from hall.opening import business_day
from hall.statistics import DayFigures
from hall.system_fault import FaultDeclared, FaultEnded
from hall.ticket import ACTIVE, Ticket, TicketState
from hall.window import WindowState
from queue_server.forecast.lessons import Lessons

RECENT_S = 1800.0
_SEEN_WAITS = 5
_S = TicketState


@dataclass(slots=True)
class SeenWindow:
    """A window as it is used: since when it does what it does, and for whom if for anybody.

    `queue_stood` if somebody whom it may call waited when it became free, so that what follows is a turnaround.
    """

    since: float
    ticket: str | None = None
    queue_stood: bool = False


class Witness:
    """Hears every entry of the journal once, in order.

    Attributes:
        catalog: The catalogue in force; set anew when another is published.
        lessons: What was seen to end.
        waiting: Who waits in order, by id.
        windows: What each window does.
        first_call: When a ticket of the day was first called, by id.
        offline: Tickets of the day that were issued without a server, so that nothing was said of them.
        last_wait: Of the last one called, by group.
        waits: Of the last five called.
        calls: When the calls of the last half hour were.
        arrivals: Who came in the last half hour: (when, group, head start).
        down: Groups that a fault of a system keeps from being served.
        paces: Of the windows, as of the last time that somebody learned from `lessons`.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.lessons = Lessons()
        self.waiting: dict[str, Ticket] = {}
        self.windows: dict[int, SeenWindow] = {}
        self.first_call: dict[str, float] = {}
        self.offline: set[str] = set()
        self.last_wait: dict[str, float] = {}
        self.waits: deque[float] = deque(maxlen=_SEEN_WAITS)
        self.calls: deque[float] = deque()
        self.arrivals: deque[tuple[float, str, float]] = deque()
        self.down: set[str] = set()
        self.paces: dict[int, float] = {}
        self._day = DayFigures(date.min)

    def hear(self, entry: JournalEntry) -> None:
        """Follow one entry."""
        at, body = entry.at / SECOND_US, entry.fact.body
        day = business_day(entry.at, self.catalog.hall.offset_minutes)
        if day > self._day.day:
            self._turn(day, at)
        if isinstance(body, AutoCallSet):
            return  # nothing becomes of who is at the window
        if isinstance(body, FaultDeclared):
            self.down.add(body.group)
        elif isinstance(body, FaultEnded):
            self.down.discard(body.group)
        elif isinstance(body, WindowFact):
            self._day.add(entry)
            self.windows[body.window] = SeenWindow(at, self._at(body.window).ticket)
        elif isinstance(body, TicketFact):
            before = self._day.tickets.get(body.ticket)
            self._day.add(entry)
            after = self._day.tickets.get(body.ticket)
            if after is not None:
                self._follow(entry, at, before, after)

    def state_of(self, window: int) -> tuple[WindowState, float | None]:
        """A window's own state, and when a paused one means to be back."""
        status = self._day.windows.get(window)
        if status is None:
            return WindowState.CLOSED, None
        return status.state, None if status.back_at is None else status.back_at / SECOND_US

    def ticket(self, ticket_id: str) -> Ticket | None:
        """A ticket of the day."""
        return self._day.tickets.get(ticket_id)

    def recent(self, now: float) -> None:
        """Forget what is older than half an hour."""
        while self.calls and self.calls[0] < now - RECENT_S:
            self.calls.popleft()
        while self.arrivals and self.arrivals[0][0] < now - RECENT_S:
            self.arrivals.popleft()

    def _turn(self, day: date, at: float) -> None:
        """A new business day: the old tickets are of no use any more, and long-past lessons neither."""
        self._day = DayFigures(day, windows=self._day.windows)
        self.waiting.clear()
        self.first_call.clear()
        self.offline.clear()
        self.last_wait.clear()
        self.waits.clear()
        for window in self.windows.values():
            window.ticket, window.queue_stood = None, False
        self.lessons.forget(at)

    def _follow(self, entry: JournalEntry, at: float, before: Ticket | None, after: Ticket) -> None:
        self._note_place(after)
        body = entry.fact.body
        if before is None and isinstance(body, TicketIssued):
            came, head_start = after.issued_at / SECOND_US, (after.issued_at - after.effective_at) / SECOND_US
            self.arrivals.append((came, after.group, head_start))
            if body.offline:
                self.offline.add(after.id)
        if isinstance(body, TicketCalled):
            self._called(at, after, body.window)
        if isinstance(body, NextServiceBegun) and before is not None:
            self._went_on(at, before, body.window)
        self._learn_ends(at, before, after)
        self._follow_window(at, before, after)

    def _note_place(self, ticket: Ticket) -> None:
        if ticket.in_order:
            self.waiting[ticket.id] = ticket
        else:
            self.waiting.pop(ticket.id, None)

    def _called(self, at: float, ticket: Ticket, window: int) -> None:
        if ticket.id not in self.first_call:
            wait = max(0.0, at - ticket.issued_at / SECOND_US)
            self.first_call[ticket.id] = at
            self.lessons.waits.append((at, wait, False))
            self.waits.append(wait)
            self.last_wait[ticket.group] = wait
        self.calls.append(at)
        seen = self._at(window)
        if seen.queue_stood and seen.ticket is None:
            self.lessons.turnarounds.append((at, at - seen.since))

    def _went_on(self, at: float, before: Ticket, window: int) -> None:
        """One service has ended and the next begins, under the same number."""
        since = self._at(window).since
        self.lessons.served(at, before.service or before.group, window, at - since)
        self.windows[window] = SeenWindow(at, before.id)

    def _learn_ends(self, at: float, before: Ticket | None, after: Ticket) -> None:
        """What ended by this: a service, a call nobody answered, somebody's patience."""
        if before is None or before.state is after.state:
            return
        if before.state is _S.SERVING and before.window is not None:
            since = self._at(before.window).since
            self.lessons.served(at, before.service or before.group, before.window, at - since)
        elif before.state is _S.CALLED and after.state in (_S.SERVING, _S.MISSED):
            missed = after.state is _S.MISSED
            self.lessons.summons.setdefault(before.group, []).append((at, missed))
            if missed and before.window is not None:
                self.lessons.absences.append((at, at - self._at(before.window).since))
        elif before.state is _S.WAITING and after.state is _S.CANCELLED and after.id not in self.first_call:
            self.lessons.waits.append((at, max(0.0, at - before.issued_at / SECOND_US), True))

    def _follow_window(self, at: float, before: Ticket | None, after: Ticket) -> None:
        left = before.window if before is not None and before.state in ACTIVE else None
        came = after.window if after.state in ACTIVE else None
        if left is not None and left != came:
            self.windows[left] = SeenWindow(at, queue_stood=self._queue_stands(left))
        if came is not None and (left != came or self._at(came).ticket != after.id):
            self.windows[came] = SeenWindow(at, after.id)

    def _queue_stands(self, number: int) -> bool:
        window = next((each for each in self.catalog.windows if each.number == number), None)
        if window is None:
            return False
        return any(
            window.penalty_us(ticket.group) is not None and may_call(window, ticket) for ticket in self.waiting.values()
        )

    def _at(self, number: int) -> SeenWindow:
        return self.windows.setdefault(number, SeenWindow(0.0))
