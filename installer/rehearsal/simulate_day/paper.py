"""A rule on paper in place of the programs: the same people called first come, first served, or by head start."""

from bisect import insort
from collections.abc import Callable

from hall.calling import HEAD_START_MINUTES
from hall.catalog import Catalog
from hall.clock import MINUTE_US
from hall.ticket import TicketClass
from installer.rehearsal.hall_sim.clockwork import Clockwork
from installer.rehearsal.simulate_day.people import Absence, Day

Key = tuple[int, int]
_AFTER_THE_THIRD_US = 1000
_RETURNS_AFTER = 3


class Paper:
    """Who is next, on paper.

    Args:
        clockwork: The true time.
        catalog: Windows and what they serve.
        by_arrival: Whether neither head start nor penalties count.
    """

    def __init__(self, clockwork: Clockwork, catalog: Catalog, *, by_arrival: bool) -> None:
        self._clockwork = clockwork
        self._head_start = 0 if by_arrival else HEAD_START_MINUTES[TicketClass.PRIORITY] * MINUTE_US
        self._serves = {window.number: dict.fromkeys(window.groups, 0) for window in catalog.windows}
        for window in catalog.windows:
            for group, minutes in window.helps.items():
                self._serves[window.number][group] = 0 if by_arrival else round(minutes * MINUTE_US)
        self._queues: dict[str, list[tuple[Key, int]]] = {group.id: [] for group in catalog.groups}

    def begin(self, day: Day, midnight_us: int, waits: Callable[[int], None]) -> None:
        """Nobody waits yet."""
        del midnight_us
        self._day, self._waits = day, waits
        self._keys: dict[int, Key] = {}
        for queue in self._queues.values():
            queue.clear()

    def issue(self, citizen: int) -> bool:
        """Into the queue, just after the citizen has turned away from the kiosk."""
        now, who = self._clockwork.now_us, self._day.citizens[citizen]
        self._enter(citizen, (now - self._head_start * who.priority, now))
        return True

    def _enter(self, citizen: int, key: Key) -> None:
        self._keys[citizen] = key
        insort(self._queues[self._day.citizens[citizen].group], (key, citizen))
        self._clockwork.after(1, "in the queue", lambda: self._waits(citizen))

    def call(self, window: int) -> int | None:
        """The least of the first of each queue that the window may serve."""
        heads = [
            ((queue[0][0][0] + penalty, queue[0][0][1]), group)
            for group, penalty in self._serves[window].items()
            if (queue := self._queues[group])
        ]
        if not heads:
            return None
        _, group = min(heads)
        return self._queues[group].pop(0)[1]

    def back(self, window: int, citizen: int) -> None:
        """After the third who waits, never earlier than before."""
        del window
        key, queue = self._keys[citizen], self._queues[self._day.citizens[citizen].group]
        if queue:
            third = queue[:_RETURNS_AFTER][-1][0][0] + _AFTER_THE_THIRD_US
            key = (max(key[0], third), key[1])
        self._enter(citizen, key)

    def may_serve(self, window: int, group: str) -> bool:
        """Whether the window may serve a group."""
        return group in self._serves[window]

    def open(self, window: int) -> None:
        """Nothing to write down."""

    def pause(self, window: int, absence: Absence) -> None:
        """Nothing to write down."""

    def resume(self, window: int) -> None:
        """Nothing to write down."""

    def close(self, window: int) -> None:
        """Nothing to write down."""

    def recall(self, window: int, citizen: int) -> None:
        """Nothing to write down."""

    def start(self, window: int, citizen: int) -> None:
        """Nothing to write down."""

    def finish(self, window: int, citizen: int) -> None:
        """Nothing to write down."""

    def missed(self, window: int, citizen: int) -> None:
        """Nothing to write down."""
