"""A past day as it was, moment by moment: queues, counts and windows at any instant of it, from the journal. Pure.

Things stand where they happened: a number that a kiosk told of later has waited since it was taken. What happened to a
number only after its day, such as its end when the server was off at midnight, stands at the end of the day. What was
taken back within its ten seconds is in no count, as in statistics; so the counts of the last moment are the statistics.
The journal is told entry by entry; then every group and window has a line of changes that can be asked for any instant.
"""

import heapq
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, TypeVar

from hall.facts import ActUndone, JournalEntry, TicketCalled, TicketFact, WindowFact
from hall.projection import WindowStatus, window_after
from hall.system_fault import FaultDeclared, FaultEnded
from hall.tally import Tally
from hall.ticket import ACTIVE, Flag, Ticket, TicketState
from hall.visits import Visits
from hall.window import WindowState

T = TypeVar("T")


class Line(Generic[T]):
    """What was so from when on, asked for any instant by halves."""

    def __init__(self, before: T) -> None:
        self._at = [0]
        self._what = [before]

    def put(self, at: int, what: T) -> None:
        """From this instant on; from the last one on that was put, if that is later: time goes only one way."""
        if at <= self._at[-1]:
            self._what[-1] = what
        else:
            self._at.append(at)
            self._what.append(what)

    def at(self, moment: int) -> T:
        """What was so at an instant."""
        return self._what[bisect_right(self._at, moment) - 1]

    @property
    def last(self) -> T:
        """What was so in the end."""
        return self._what[-1]

    def changes(self) -> Iterator[int]:
        """When it changed."""
        return iter(self._at[1:])


@dataclass(frozen=True, slots=True)
class Queue:
    """A group at an instant: who waits, since when the longest does (0: nobody), and the counts so far."""

    waiting: int = 0
    oldest: int = 0
    issued: int = 0
    finished: int = 0
    missed: int = 0
    cancelled: int = 0
    called: int = 0
    wait_us: int = 0
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class Seat:
    """A window at an instant: its own state, and the number that is called to it or served there, if there is one.

    `doing` is what it does for that number, `since` when it began, or when the last one was gone; `ticket` whose it is.
    """

    status: WindowStatus
    doing: WindowState | None = None
    number: str = ""
    since: int = 0
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class DayReplay:
    """The whole day. `faults` tell since when a group could not be served, 0 while it could."""

    day: date
    queues: dict[str, Line[Queue]]
    seats: dict[int, Line[Seat]]
    faults: dict[str, Line[int]]

    @property
    def span(self) -> tuple[int, int]:
        """When the first thing happened in a queue or at a window, and when the last one; (0, 0) if nothing did."""
        lines: list[Line[Queue] | Line[Seat]] = [*self.queues.values(), *self.seats.values()]
        moments = [at for line in lines for at in line.changes()]
        return (min(moments), max(moments)) if moments else (0, 0)


@dataclass(frozen=True, slots=True, order=True)
class _Move:
    """A ticket enters (+1) or leaves (-1) the queue of a group."""

    at: int
    order: int
    group: str
    by: int
    ticket: str
    issued_at: int


@dataclass(slots=True)
class _Known:
    """A ticket as far as it was told: the queue it is in, the window it is at, and the instant that was last told."""

    queue: str = ""
    window: int = 0
    at: int = 0


@dataclass(slots=True)
class Telling:
    """The day as far as it was told: all that happened to its tickets, and what happened at windows that day, in order.

    Attributes:
        day: Which day.
        end: Its last instant, UTC microseconds.
    """

    day: date
    end: int
    _visits: Visits = field(init=False)
    _at: dict[int, int] = field(default_factory=dict)
    _known: dict[str, _Known] = field(default_factory=lambda: defaultdict(_Known))
    _moves: list[_Move] = field(default_factory=list)
    _chosen: list[tuple[int, str, int]] = field(default_factory=list)
    _stands: dict[int, WindowStatus] = field(default_factory=dict)
    _sits: list[tuple[int, int, WindowStatus | Ticket | str]] = field(default_factory=list)
    _faults: dict[str, Line[int]] = field(default_factory=lambda: defaultdict(lambda: Line(0)))

    def __post_init__(self) -> None:
        self._visits = Visits(only=self.day)

    def hear(self, entry: JournalEntry) -> Ticket | None:
        """One entry more; gives the ticket of the day after it, if it concerns one."""
        match entry.fact.body:
            case FaultDeclared(group=group):
                self._faults[group].put(entry.at, entry.at)
            case FaultEnded(group=group):
                self._faults[group].put(entry.at, 0)
            case body if isinstance(body, WindowFact):
                before = self._stands.get(body.window, WindowStatus(number=body.window))
                self._stands[body.window] = after = window_after(before, entry)
                self._sits.append((entry.at, body.window, after))
            case body if isinstance(body, TicketFact):
                ticket = self._visits.add(entry)
                if ticket is not None:
                    self._at[entry.seq] = min(entry.at, self.end)
                    self._follow(entry, ticket)
                return ticket
            case _:
                pass
        return None

    def _follow(self, entry: JournalEntry, ticket: Ticket) -> None:
        known = self._known[ticket.id]
        at = known.at = min(self.end, max(known.at, entry.at if known.at else ticket.issued_at))
        waits = ticket.state is TicketState.WAITING and Flag.UNCERTAIN not in ticket.flags
        queue = ticket.group if waits else ""
        if queue != known.queue:
            for group, by in ((known.queue, -1), (queue, 1)):
                if group:
                    self._moves.append(_Move(at, len(self._moves), group, by, ticket.id, ticket.issued_at))
            known.queue = queue
        window = ticket.window or 0 if ticket.state in ACTIVE else 0
        if known.window and known.window != window:
            self._sits.append((at, known.window, ticket.id))
        if window:
            self._sits.append((at, window, ticket))
        known.window = window
        match entry.fact.body:
            case TicketCalled(reason=reason) if reason is not None and reason.chosen:
                self._chosen.append((at, ticket.group, 1))
            case ActUndone(call=call) if call is not None and call.reason is not None and call.reason.chosen:
                self._chosen.append((at, ticket.group, -1))
            case _:
                pass

    def told(self) -> DayReplay:
        """The day, when all of it was told."""
        return DayReplay(self.day, self._queues(), self._seats(), dict(self._faults))

    def _queues(self) -> dict[str, Line[Queue]]:
        changes: list[tuple[int, str, _Move | Tally | int]] = [(move.at, move.group, move) for move in self._moves]
        for ticket, seq, place, part in self._visits.parts():
            changes.append((self._at.get(seq, ticket.issued_at), place.group, part))
        changes += self._chosen
        found: dict[str, _Counting] = defaultdict(_Counting)
        for at, group, change in sorted(changes, key=lambda each: each[0]):  # in the order told, of one instant
            found[group].count(at, change)
        return {group: counting.line for group, counting in found.items()}

    def _seats(self) -> dict[int, Line[Seat]]:
        found: dict[int, Line[Seat]] = {}
        for at, number, change in sorted(self._sits, key=lambda each: each[0]):
            line = found.setdefault(number, Line(Seat(WindowStatus(number=number))))
            line.put(at, _seated(line.last, at, change))
        return found


class _Counting:
    """The queue of one group, while its changes are counted in their order."""

    def __init__(self) -> None:
        self.line = Line(Queue())
        self._here: dict[str, int] = {}
        self._oldest: list[tuple[int, str]] = []

    def count(self, at: int, change: _Move | Tally | int) -> None:
        now = self.line.last
        match change:
            case _Move(by=1):
                self._here[change.ticket] = change.issued_at
                heapq.heappush(self._oldest, (change.issued_at, change.ticket))
            case _Move():
                self._here.pop(change.ticket, None)
            case Tally():
                now = _with(now, change)
            case int(by):
                now = replace(now, chosen=now.chosen + by)
        while self._oldest and self._oldest[0][1] not in self._here:
            heapq.heappop(self._oldest)
        self.line.put(at, replace(now, waiting=len(self._here), oldest=self._oldest[0][0] if self._oldest else 0))


def _with(queue: Queue, part: Tally) -> Queue:
    return replace(
        queue,
        issued=queue.issued + part.arrivals,
        finished=queue.finished + part.finished,
        missed=queue.missed + part.missed,
        cancelled=queue.cancelled + part.cancelled,
        called=queue.called + part.waits.count,
        wait_us=queue.wait_us + part.waits.sum_us,
    )


def _seated(seat: Seat, at: int, change: WindowStatus | Ticket | str) -> Seat:
    match change:
        case WindowStatus():
            return replace(seat, status=change)
        case Ticket():
            doing = WindowState.CALLING if change.state is TicketState.CALLED else WindowState.SERVING
            return Seat(seat.status, doing, change.number, change.changed_at, change.id)
        case gone:
            return Seat(seat.status, since=at) if seat.ticket == gone else seat
