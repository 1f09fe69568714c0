"""A kiosk with neither screen nor devices: its real ledger, its real issuing, its real way to the server.

`live` is a whole life of one in a process of its own, until somebody kills it: every line it writes stands for a slip.
"""

import logging
import os
import threading
import time
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from kiosk.issuing import Given, Issuing
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.find import Finder
from queue_server.link.ledger import Ledger
from queue_server.link.sync import LinkState, Sync

PATIENCE_S = 60.0
_LOOK_S = 0.02


class LoneKiosk:
    """One kiosk from `start` to `stop`.

    Args:
        folder: Its data folder.
        server: The server's address, `http://HOST:PORT`.
        hall_key: The hall's secret.
        name: Its name in the hall.

    Raises:
        LedgerError: If the folder cannot be used.
    """

    def __init__(self, folder: Path, server: str, hall_key: bytes, name: str) -> None:
        clock = SystemClock()
        self.ledger = Ledger.open(folder, name, new_id)
        self.issuing = Issuing(self.ledger, hall_key, clock, new_id, lambda: self._sync.state.online)
        self._told = threading.Condition()
        self._sync = Sync(
            self.ledger, Finder(server), hall_key, clock, on_state=self._on_state, on_change=self._on_change
        )

    def start(self) -> None:
        """Begin to keep ledger and server together."""
        self._sync.start()

    def stop(self) -> None:
        """End; what is unsent stays in the ledger."""
        self._sync.stop()
        self.ledger.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def issue(self, dice: Random) -> tuple[str, str]:
        """A number for some service; ticket and `DAY NUMBER`. Wait for the catalogue first."""
        catalog = self.ledger.catalog()
        assert catalog is not None
        given = self.issuing.issue(dice.choice(catalog.services).id, None, paper=dice.random() < 0.5)
        assert isinstance(given, Given), given
        return given.issued.ticket, f"{given.issued.day} {given.issued.number}"

    def wait_configured(self, patience_s: float = PATIENCE_S) -> bool:
        """Until it has a catalogue and a lane to number in; whether it has."""
        with self._told:
            return self._told.wait_for(lambda: self.ledger.catalog() is not None, patience_s)

    def wait_online(self, patience_s: float = PATIENCE_S) -> bool:
        """Until it is connected; whether it is."""
        with self._told:
            return self._told.wait_for(lambda: self._sync.state.online, patience_s)

    def wait_sent(self, patience_s: float = PATIENCE_S) -> bool:
        """Until the server has everything; whether it has."""
        deadline = time.monotonic() + patience_s
        while self.ledger.unsent_count() and time.monotonic() < deadline:
            time.sleep(_LOOK_S)  # nothing tells of every single acknowledgement
        return not self.ledger.unsent_count()

    def _on_state(self, _: LinkState) -> None:
        with self._told:
            self._told.notify_all()

    def _on_change(self) -> None:
        with self._told:
            self._told.notify_all()


def live(folder: Path, server: str, hall_key: bytes, name: str, seed: int, pause_s: float, out: int) -> None:
    """Give numbers until killed: each a line `TICKET DAY NUMBER`, written when the number was given.

    Args:
        folder: Its data folder.
        server: The server's address.
        hall_key: The hall's secret.
        name: Its name.
        seed: Of what is asked for.
        pause_s: At most so long between two citizens.
        out: Where the lines go, a file descriptor.
    """
    logging.disable(logging.CRITICAL)  # a bad network is expected here
    dice = Random(seed)
    with LoneKiosk(folder, server, hall_key, name) as kiosk:
        if not kiosk.wait_configured():
            return
        while True:
            ticket, number = kiosk.issue(dice)
            os.write(out, f"{ticket} {number}\n".encode())  # one write is one line, whenever the kill comes
            time.sleep(dice.random() * pause_s)
