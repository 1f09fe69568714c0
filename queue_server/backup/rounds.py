"""The thread that makes backups every few minutes, and every night the daily one and the drill."""

import logging
import threading
from collections.abc import Callable
from datetime import date, timedelta

from hall.clock import SECOND_US, Clock
from hall.errors import OneWindowError
from hall.opening import local_time
from queue_server.backup.backups import Backups

NIGHT_HOUR = 3
"""From this hour on, by the hall's clock, the daily one of the new day is due."""

_PATIENCE = 10.0
_SHARE = 10  # backups are at work for at most a tenth of the time
_log = logging.getLogger("onewindow.backup")


def night_of(at: int, offset_minutes: int) -> date:
    """The night that an instant belongs to: it begins at `NIGHT_HOUR` and lasts a day."""
    return (local_time(at, offset_minutes) - timedelta(hours=NIGHT_HOUR)).date()


class Rounds:
    """From `start` to `close`, a round every few minutes.

    Args:
        backups: What makes them.
        clock: What time it is.
        seconds: From the end of one round to the next, at least.
        offset_minutes: The hall's clock against UTC, asked each round.
        on_bug: Told of what nobody expected; the rounds go on.
    """

    def __init__(
        self,
        backups: Backups,
        clock: Clock,
        seconds: float,
        offset_minutes: Callable[[], int],
        on_bug: Callable[[BaseException], None],
    ) -> None:
        self._backups = backups
        self._clock = clock
        self._seconds = seconds
        self._offset_minutes = offset_minutes
        self._on_bug = on_bug
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go, name="backup-rounds", daemon=True)

    def start(self) -> None:
        """Begin with a round now."""
        self._thread.start()

    def close(self) -> None:
        """No further round. The one under way is waited for a while; cut short, it leaves nothing that counts."""
        self._ended.set()
        self._thread.join(_PATIENCE)

    def once(self, *, quick: bool = False) -> None:
        """One round: a backup; the first of a night is the daily one, and is tried, unless it shall be quick."""
        night = not quick and self._is_first_of_night()
        self._backups.make(daily=night)
        if night and not self._ended.is_set():
            self._backups.drill()

    def _go(self) -> None:
        quick = True  # a hall that has just been switched on has better to do than the long way
        while not self._ended.is_set():
            began = self._clock.now().mono_us
            try:
                self.once(quick=quick)
            except OneWindowError as error:
                _log.debug("backup.round_failed %s", error.code)  # told of already
            except Exception as error:
                self._on_bug(error)
            quick = False
            self._ended.wait(self._pause(began))

    def _pause(self, began: int) -> float:
        """Seconds until the next round: in a hall with so many years behind it that one takes long, more of them."""
        took = (self._clock.now().mono_us - began) / SECOND_US
        return max(self._seconds, took * (_SHARE - 1))

    def _is_first_of_night(self) -> bool:
        offset = self._offset_minutes()
        tonight = night_of(self._clock.now().wall_us, offset)
        daily = [name for name in self._backups.first.names() if name.daily]
        return all(night_of(name.at, offset) != tonight for name in daily)
