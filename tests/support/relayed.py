"""A real server on a thread, a kiosk and a clerk that reach it through a relay only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from hall.facts import JournalEntry
from installer.rehearsal.faults.lone_kiosk import LoneKiosk
from installer.rehearsal.faults.pair import small_hall
from installer.rehearsal.faults.promises import arrived
from installer.rehearsal.relay import Relay
from queue_server.link.clock import SystemClock
from queue_server.link.server_link import ServerLink
from queue_server.store import check
from tests.support.served_hall import PIN, ServedHall, clerk_of, served


@dataclass
class RelayedHall:
    """What stands on both sides of the relay."""

    hall: ServedHall
    relay: Relay
    kiosk: LoneKiosk
    told: dict[str, str]

    def issue(self, count: int) -> None:
        """Numbers given now, whatever the network does."""
        for place in range(count):
            ticket, number = self.kiosk.issue(Random(place))
            self.told[ticket] = number

    def clerk(self, window: int = 1) -> ServerLink:
        """A clerk signed in through the relay."""
        link = ServerLink(f"http://{self.relay.address}", SystemClock())
        link.sign_in(clerk_of(window), PIN, window)
        return link

    def journal(self) -> list[JournalEntry]:
        """The server's own journal, not through the relay."""
        assert self.hall.parts is not None
        with self.hall.parts.store.read() as reader:
            return list(reader.entries())

    def all_arrived(self) -> None:
        """Everything told is at the server once, and its journal holds together."""
        assert self.kiosk.wait_sent()
        assert list(arrived(self.told, self.journal())) == []
        assert self.hall.parts is not None
        with self.hall.parts.store.read() as reader:
            assert check(reader).differences == ()


@contextmanager
def relayed_hall(folder: Path) -> Iterator[RelayedHall]:
    """A hall whose kiosk is connected."""
    with served(folder / "hall", small_hall()) as hall, Relay(hall.address.removeprefix("http://")) as relay:
        key = bytes.fromhex(hall.settings.hall_key.read_text())
        with LoneKiosk(folder / "kiosk", f"http://{relay.address}", key, "kiosk-1") as kiosk:
            assert kiosk.wait_configured()
            assert kiosk.wait_online()
            yield RelayedHall(hall, relay, kiosk, {})
