"""Whole days run forward: everybody who comes, every window when it is open, one event after another.

The rule is that of `hall.calling`, as in `simulate`; here windows open and close and people come all day long. Plain
Python, a run at a time: what takes numpy's time there (a queue that is full now) hardly occurs in a well-staffed day.
"""

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from queue_server.forecast.scene import Floats, Ints

Shift = tuple[float, float]
"""From when until when a window calls, in seconds of the clock of the run. A service that began goes on."""


@dataclass(frozen=True, slots=True)
class Post:
    """A window for a day.

    Attributes:
        penalty: By group: seconds added to a ticket's effective time, inf if it may not serve the group.
        shifts: When it calls, in order and apart.
        busy_until: It finishes what it does then; 0 for nothing.
    """

    penalty: tuple[float, ...]
    shifts: tuple[Shift, ...]
    busy_until: float = 0.0


@dataclass(frozen=True, slots=True)
class People:
    """Who comes, in the order of coming; an entry each. Seconds of the clock of the run.

    Attributes:
        came: When.
        group: What for.
        effective: Effective time.
        busy: How long a window is taken, from the call until it can call again.
        leaves: From when on nobody answers the call; inf for a patient person.
    """

    came: Floats
    group: Ints
    effective: Floats
    busy: Floats
    leaves: Floats

    def __len__(self) -> int:
        return len(self.came)


def run_day(people: People, posts: Sequence[Post], groups: int, absent_s: float) -> Floats:
    """When each is called; inf for who is never called.

    Args:
        people: Who comes.
        posts: The windows.
        groups: How many groups there are.
        absent_s: What a call costs a window that nobody answers.
    """
    return _Run(people, posts, groups, absent_s).play()


class _Run:
    """One run: the windows that become free on a heap, met by people in the order of coming."""

    def __init__(self, people: People, posts: Sequence[Post], groups: int, absent_s: float) -> None:
        self._came, self._group = people.came.tolist(), people.group.tolist()
        self._effective, self._busy = people.effective.tolist(), people.busy.tolist()
        self._leaves, self._absent = people.leaves.tolist(), absent_s
        self._shifts = [post.shifts for post in posts]
        self._serves = [{at: p for at, p in enumerate(post.penalty) if p < math.inf} for post in posts]
        self._queues: list[list[tuple[float, int]]] = [[] for _ in range(groups)]
        self._busy_until = [post.busy_until for post in posts]
        self._idle: dict[int, None] = {}  # in the order of becoming idle
        self._free = [(max(begins, post.busy_until), at) for at, post in enumerate(posts) for begins, _ in post.shifts]
        heapq.heapify(self._free)
        self._called = [math.inf] * len(people)

    def play(self) -> Floats:
        """Until nobody can be called any more."""
        for person, came in enumerate(self._came):
            self._pass_time(came)
            heapq.heappush(self._queues[self._group[person]], (self._effective[person], person))
            self._taken_at_once(self._group[person], came)
        self._pass_time(math.inf)
        return np.array(self._called)

    def _pass_time(self, until: float) -> None:
        while self._free and self._free[0][0] < until:
            now, window = heapq.heappop(self._free)
            begun_anew = self._busy_until[window] > now or window in self._idle
            if not begun_anew and self._open(window, now) and not self._call(window, now):
                self._idle[window] = None

    def _taken_at_once(self, group: int, now: float) -> None:
        """Whoever stood idle longest and may serve the group calls; who has closed meanwhile stands idle no more."""
        for window in [window for window in self._idle if group in self._serves[window]]:
            del self._idle[window]
            if self._open(window, now):
                self._call(window, now)
                return

    def _open(self, window: int, now: float) -> bool:
        return any(begins <= now < ends for begins, ends in self._shifts[window])

    def _call(self, window: int, now: float) -> bool:
        best, queue = math.inf, None
        for group, penalty in self._serves[window].items():
            line = self._queues[group]
            if line and line[0][0] + penalty < best:
                best, queue = line[0][0] + penalty, line
        if queue is None:
            return False
        _, person = heapq.heappop(queue)
        self._called[person] = now
        takes = self._busy[person] if now < self._leaves[person] else self._absent
        self._busy_until[window] = now + takes
        heapq.heappush(self._free, (now + takes, window))
        return True
