"""The server comes back after outages of different lengths: how soon every screen shows what it holds."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

from hall.wire.views import HallNow
from installer.bench.errors import BenchError
from installer.bench.figures import Figure, figure, hard_count
from installer.bench.halls import BenchHall
from installer.bench.issuing import take
from installer.bench.sizes import Sizes
from installer.hall_api import HallApi
from installer.hall_init.folder import FirstPin
from installer.rehearsal.board_watch import BoardWatch
from installer.rehearsal.stage import WINDOW
from installer.rehearsal.visit import SERVICE, Played
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.find import Finder
from queue_server.link.ledger import Ledger
from queue_server.link.sync import Sync
from queue_server.operations.accounts import Role

_PATIENCE_S = 60.0
_SETTLED_S = 5.0
_LOOK_S = 0.02
_BAR = "≤ 5 s, however long it was away"


class _Screens:
    """All that follow the server: kiosk, clerk's desk, board, and a second kiosk whose ledger can be looked at."""

    def __init__(self, hall: BenchHall, clerk: FirstPin, closing: ExitStack) -> None:
        self.kiosk = hall.headless_kiosk()
        self.taken = 0
        self.give_number()
        window = hall.stage.start_window(played=True)
        window.hear("ready")
        self._desk = Played(window, hall.folder)
        self._desk.sign_in(clerk)
        self._desk.step(wait="idle")
        self._board = BoardWatch(hall.stage.address)
        closing.callback(self._board.stop)
        self._ledger = Ledger.open(hall.folder / "second-kiosk", "bench-second", new_id)
        closing.callback(self._ledger.close)
        self._sync = Sync(self._ledger, Finder(hall.stage.address), hall.hall_key, SystemClock())
        self._sync.start()
        closing.callback(self._sync.stop)
        self.equal: dict[str, Callable[[HallNow], bool]] = {
            "the kiosk's numbers are in the server": lambda now: _waiting(now) == self.taken,
            "the clerk's desk shows them": lambda _: self._desk_waiting() == self.taken,
            "the board shows them": lambda _: self._board_waiting() == self.taken,
            "another kiosk's ledger has heard of all": self._heard_of_all,
        }

    def give_number(self) -> None:
        """One more person waits; with the server away only the kiosk knows."""
        take(self.kiosk, [SERVICE])
        self.taken += 1

    def until_equal(self, api: HallApi) -> dict[str, float]:
        """Seconds until each equals the server, from now.

        Raises:
            BenchError: If one does not in a minute.
        """
        began, found = time.perf_counter(), dict[str, float]()
        while len(found) < len(self.equal):
            now = api.hall()
            for what, is_so in self.equal.items():
                if what not in found and is_so(now):
                    found[what] = time.perf_counter() - began
            if time.perf_counter() - began > _PATIENCE_S:
                raise BenchError(f"{_PATIENCE_S:.0f} 秒内没有做到：{'、'.join(self.equal.keys() - found.keys())}")
            time.sleep(_LOOK_S)
        return found

    def unlike(self, api: HallApi) -> int:
        """How many do not show what the server holds, all looked at together and given a few seconds for that."""
        until = time.perf_counter() + _SETTLED_S
        while True:
            now = api.hall()
            unlike = sum(not is_so(now) for is_so in self.equal.values())
            if not unlike or time.perf_counter() > until:
                return unlike
            time.sleep(_LOOK_S)

    def _desk_waiting(self) -> int:
        live = self._desk.step(see="connection")["value"] == "online"
        return int(self._desk.step(see="waiting")["value"]) if live else -1

    def _heard_of_all(self, now: HallNow) -> bool:
        return _waiting(now) == self.taken and self._ledger.state.feed_seq >= now.seq

    def _board_waiting(self) -> int:
        board, _ = self._board.until(lambda _: True)
        return sum(group.waiting for group in board.groups)


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """The server is killed, a number is given, time passes, the server is started; from its readiness on it counts."""
    clerk = hall.stage.hall.renew_pin(f"{300 + WINDOW:04}", (Role.CLERK,))
    server = hall.start_server()
    api = HallApi(hall.stage.address, hall.manager.staff, hall.manager.pin)
    slowest: dict[str, float] = {}
    unlike = 0
    with ExitStack() as closing:
        screens = _Screens(hall, clerk, closing)
        screens.until_equal(api)
        for outage_s in sizes.outages:
            server.kill()
            screens.give_number()
            time.sleep(outage_s)
            server = hall.start_server()
            found = screens.until_equal(api)
            unlike += screens.unlike(api)
            yield figure(
                f"back: after {outage_s:g} s away, until every screen equals the server", max(found.values()), "s", _BAR
            )
            slowest = {what: max(took, slowest.get(what, 0)) for what, took in found.items()}
    for what, took in slowest.items():
        yield figure(f"back: until {what}, slowest", took, "s", _BAR)
    yield hard_count("back: screens that show anything else than the server holds", unlike)


def _waiting(now: HallNow) -> int:
    return sum(group.waiting for group in now.groups)
