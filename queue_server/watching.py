"""Looks at the whole hall every few seconds, so that what a manager must see to rings without any page being open."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial

from hall.alert_signs import signs
from hall.alerts import Watched, due
from hall.clock import Clock
from queue_server.api.screens import Scene
from queue_server.operations.alerts import record_due
from queue_server.store import Store


class Watching:
    """Remembers since when each sign stands; what has rung is in the store.

    Args:
        store: The hall's store.
        clock: The server's clock.
        look: Opens one consistent look at the hall.
        usual_target: The target, in minutes, of groups that have none of their own.
    """

    def __init__(
        self, store: Store, clock: Clock, look: Callable[[], AbstractContextManager[Scene]], usual_target: float
    ) -> None:
        self._store = store
        self._clock = clock
        self._look = look
        self._usual_target = usual_target
        self._watched = Watched()

    def look(self) -> None:
        """One look, and what is due by it; writes only when there is something to write. Waits for the writer.

        Raises:
            StoreError: If it cannot be kept; the next look tries again.
        """
        with self._look() as scene:
            if not scene.reader.catalog_version():
                return
            now, rules = scene.hall(), scene.live.catalog.hall.alerts
        standing = signs(now, self._usual_target)
        self._watched = watched = self._watched.seen(standing, now.alerts, now.at)
        if due(watched, standing, now.alerts, rules, now.at):
            self._store.write(
                partial(record_due, moment=self._clock.now(), watched=watched, signs=standing, rules=rules)
            ).result()
