"""A log lived through again, event by event: who waits, what each window does, and what was learned so far."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from queue_server.forecast.learn import Past
from queue_server.forecast.log_file import Visit
from queue_server.forecast.order import SeenOrder
from queue_server.forecast.pace import paces
from queue_server.forecast.scene import Flags
from queue_server.forecast.timeline import Event, What, timeline

_DAY_S = 86_400
RECENT_S = 1800
UNNAMED = "\0"  # begins the names of servers whom the log does not name


@dataclass(slots=True)
class SeenWindow:
    """A server as the log shows it: whom it serves (None: it is free), since when."""

    serving: int | None = None
    since: float = 0.0
    queue_stood: bool = False  # somebody whom it may serve waited when it became free


class Replay:
    """The hall of a log at one moment of it. Nothing in here is known before it happened.

    Attributes:
        visits: The log; every place in it (`at`) is one visit.
        group: Of each visit.
        names: Of the groups.
        past: What was seen to end.
        waiting: Who waits, in the order of arrival (a dict for its order).
        windows: Every server seen so far.
        waits: Of the last ten called.
        last_wait: Of the last one called, by group.
        calls: When the calls of the last half hour were.
        arrivals: Who came in the last half hour.
        paces: Of the servers that the log names, as of the last `relearn`.
    """

    def __init__(self, visits: Sequence[Visit], head_starts: Mapping[str, float] | None) -> None:
        self.visits = visits
        self.names = sorted({visit.service for visit in visits})
        places = {name: place for place, name in enumerate(self.names)}
        self.group = [places[visit.service] for visit in visits]
        self.past = Past([[] for _ in self.names])
        self.waiting: dict[int, None] = {}
        self.windows: dict[str, SeenWindow] = {}
        self.waits: deque[float] = deque(maxlen=10)
        self.last_wait: dict[int, float] = {}
        self.calls: deque[float] = deque()
        self.arrivals: deque[int] = deque()
        self.paces: dict[str, float] = {}
        self._order = SeenOrder() if head_starts is None else None
        self._head_starts = dict(head_starts or {})
        self._served_by: dict[int, str] = {}
        self._seen: dict[str, Flags] = {}
        self._seen_by_nobody = np.ones(len(self.names), bool)

    def play(self) -> Iterator[Event]:
        """Every event; an arrival just before the newcomer joins the queue, all others just after."""
        for event in timeline(self.visits):
            what, at = event
            if what is What.ARRIVED:
                self._forget_before(self.visits[at].arrival - RECENT_S)
                yield event
                self.waiting[at] = None
                self.arrivals.append(at)
                continue
            if what is What.CALLED:
                self._call(at)
            elif what is What.FINISHED:
                self._finish(at)
            else:
                del self.waiting[at]
                self.past.waits.append((self.visits[at].end, self.visits[at].wait, True))
            yield event

    def relearn(self) -> None:
        """Read the head starts off the calls so far, unless they were given, and the paces off the services."""
        self.paces = paces(self.past.done)
        if self._order is not None:
            self._head_starts = self._order.head_starts()

    def effective(self, at: int) -> float:
        """The effective time of a visit."""
        return self.visits[at].arrival - self.head_start(at)

    def may_serve(self, name: str, group: int) -> bool:
        """Whether this server was ever seen to serve the group; of one that nobody was, anybody may."""
        return bool(self.groups_of(name)[group])

    def groups_of(self, name: str) -> Flags:
        """By group: whether this server `may_serve` it."""
        seen = self._seen.get(name)
        return self._seen_by_nobody if seen is None else seen | self._seen_by_nobody

    def head_start(self, at: int) -> float:
        """By how much the class of a visit is moved forward, as far as the rule is known now."""
        return self._head_starts.get(self.visits[at].priority, 0.0)

    def _forget_before(self, moment: float) -> None:
        while self.calls and self.calls[0] < moment:
            self.calls.popleft()
        while self.arrivals and self.visits[self.arrivals[0]].arrival < moment:
            self.arrivals.popleft()

    def _call(self, at: int) -> None:
        visit, group, past = self.visits[at], self.group[at], self.past
        del self.waiting[at]
        name = visit.server or self._unnamed()
        window = self.windows.setdefault(name, SeenWindow(since=visit.start))
        if window.serving is None and self._seen:
            rest = visit.start - window.since
            if visit.start // _DAY_S == window.since // _DAY_S:
                past.rests.append((visit.start, rest))
                if window.queue_stood:
                    past.turnarounds.append((visit.start, rest))
        self._note_order(at, name)
        self._served_by[at] = name
        window.serving, window.since = at, visit.start
        self._see(name, group)
        past.waits.append((visit.start, visit.wait, False))
        self.waits.append(visit.wait)
        self.last_wait[group] = visit.wait
        self.calls.append(visit.start)

    def _see(self, name: str, group: int) -> None:
        self._seen.setdefault(name, np.zeros(len(self.names), bool))[group] = True
        self._seen_by_nobody[group] = False

    def _note_order(self, at: int, name: str) -> None:
        """Remember the first of every other class that this server passed over."""
        called = self.visits[at]
        noted = {called.priority}
        if self._order is None:
            return
        for other in self.waiting:
            passed = self.visits[other]
            if passed.priority not in noted and self.may_serve(name, self.group[other]):
                noted.add(passed.priority)
                self._order.note(called.priority, passed.priority, called.arrival - passed.arrival)

    def _unnamed(self) -> str:
        """Nobody wrote down who serves: the one who became free last, else one more."""
        free = [(w.since, name) for name, w in self.windows.items() if w.serving is None and name.startswith(UNNAMED)]
        return max(free)[1] if free else f"{UNNAMED}{len(self.windows)}"

    def _finish(self, at: int) -> None:
        visit, name = self.visits[at], self._served_by.pop(at)
        self.past.services[self.group[at]].append((visit.end, visit.end - visit.start))
        if not name.startswith(UNNAMED):
            self.past.done.setdefault(name, []).append((visit.end, self.group[at], visit.end - visit.start))
        window = self.windows[name]
        if window.serving == at:
            stood = any(self.may_serve(name, self.group[other]) for other in self.waiting)
            window.serving, window.since, window.queue_stood = None, visit.end, stood
