"""A hall with backups in a folder, under a clock that only moves when told."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hall.clock import Moment
from hall.identity import Holder, HolderToken
from queue_server.backup.backups import Backups
from queue_server.backup.place import Place
from queue_server.backup.second import SecondPlace
from queue_server.store.records import Health
from tests.support.referee import HALL_ID, HALL_KEY, Referee, SimKiosk

MINUTE = 60.0


def new_id() -> str:
    return secrets.token_hex(16)


class BackedHall:
    """A hall, its backups, and somebody who takes numbers."""

    def __init__(self, folder: Path, *, second: Path | None = None, patience: float = 20.0) -> None:
        self.database = folder / "server" / "hall.db"
        self.database.parent.mkdir(parents=True, exist_ok=True)
        self.referee = Referee(self.database)
        self.referee.ids._last = secrets.randbelow(1 << 60)  # another run of the program draws other ids
        self.place = Place(folder / "server" / "backups", HALL_ID, HALL_KEY)
        places = None if second is None else SecondPlace(Place(second, HALL_ID, HALL_KEY), patience)
        self.backups = Backups(self.referee.store, HALL_KEY, self.place, places, self, new_id)
        self._kiosk: SimKiosk | None = None

    def now(self) -> Moment:
        return self.referee.moment

    def issue(self, token: str = "", name: str = "") -> None:
        """Somebody takes a number."""
        if self._kiosk is None:
            self._kiosk = self.referee.kiosk(f"kiosk-{secrets.randbelow(10**9)}")
        holder = Holder(token=HolderToken(token), masked_name=name) if token else None
        self._kiosk.issue(holder=holder)
        self._kiosk.push()

    def head(self) -> tuple[int, str]:
        return self.referee.run(lambda tx: tx.head())

    def health(self, part: str) -> tuple[str, str]:
        """State and problem of a part of the server, as the manager sees them."""
        told = self.referee.run(lambda tx: tx.get(Health, "server", part))
        return ("", "") if told is None else (told.state, told.problem)


@contextmanager
def backed_hall(folder: Path, *, second: Path | None = None, patience: float = 20.0) -> Iterator[BackedHall]:
    hall = BackedHall(folder, second=second, patience=patience)
    try:
        yield hall
    finally:
        hall.referee.store.close()
