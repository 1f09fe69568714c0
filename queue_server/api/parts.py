"""What the routes work with, put together once by `queue_server.app`."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from hall.clock import Clock
from queue_server.api.live import Live
from queue_server.api.screens import Scene, looking
from queue_server.backup.backups import Backups
from queue_server.config import ServerSettings
from queue_server.forecast.outlook import Outlook
from queue_server.foresight import Foresight
from queue_server.rule_trials import RuleTrials
from queue_server.store import Store
from queue_server.voice import Announcer


@dataclass(frozen=True, slots=True)
class Parts:
    """The server's parts. `announcer` is None when the hall wants no voice, `foresight` when it wants no forecast."""

    settings: ServerSettings
    store: Store
    backups: Backups
    clock: Clock
    hall_key: bytes
    live: Live[Scene]
    rule_trials: RuleTrials
    announcer: Announcer | None
    foresight: Foresight | None = None

    @property
    def look(self) -> Callable[[], AbstractContextManager[Scene]]:
        """Opens one consistent look at the hall, to compose views from."""
        return looking(self.store, self.clock, lambda: self.outlook)

    @property
    def outlook(self) -> Outlook | None:
        """The newest forecast, None while there is none."""
        return self.foresight.outlook if self.foresight else None

    @property
    def voice_problem(self) -> str:
        """Why calls make no sound; empty while they do, or while nobody wants them to."""
        return self.announcer.problem if self.announcer else ""


def parts_of(connection: HTTPConnection) -> Parts:
    """The parts of the application a request came to."""
    parts: Parts = connection.app.state.parts
    return parts
