"""The real programs as the referee: kiosks that issue, a server that decides, windows that send their commands.

They run in one thread over an injected clock, with letters in place of sockets and disks in memory (`hall_sim`).
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from hall.catalog import Catalog
from hall.clock import MINUTE_US, SECOND_US
from hall.errors import BugError
from hall.facts import TicketIssued, TicketReturned
from hall.wire import commands
from hall.wire.commands import SignIn
from hall.wire.replies import Refusal, Reply, SignedIn
from hall.wire.sync import FeedItem
from installer.rehearsal.hall_sim import hall
from installer.rehearsal.hall_sim.clockwork import Clockwork, Dice, MachineClock
from installer.rehearsal.hall_sim.disk import SimHome
from installer.rehearsal.hall_sim.kiosk import KioskNode
from installer.rehearsal.hall_sim.machine import Asking
from installer.rehearsal.hall_sim.network import Network, Weather
from installer.rehearsal.hall_sim.server import ServerNode
from installer.rehearsal.hall_sim.world import LinesToServer
from installer.rehearsal.simulate_day.people import Absence, Day
from kiosk.issued import Issued
from kiosk.issuing import Given
from queue_server.link.ledger import PrintJob

_BEAT_US, _NIGHT_BEAT_US = MINUTE_US, 60 * MINUTE_US
_FEED_US = 5 * SECOND_US  # kiosks hear what happened a little later than from a real server: ten times as fast
_LETTER_US = 2_000


class RealHall:
    """A hall of the real programs.

    Args:
        clockwork: The true time.
        catalog: What is in force.
        kiosks: How many.
        seed: For ids and the time that letters take.
    """

    def __init__(self, clockwork: Clockwork, catalog: Catalog, kiosks: int, seed: int) -> None:
        self._clockwork = clockwork
        self._dice = Dice(f"simulated day {seed}")
        network = Network(clockwork, Dice(f"letters {seed}"), Weather(mean_us=_LETTER_US))
        clock = MachineClock(clockwork, self._dice)
        disk = hall.server_disk(catalog, self._dice, clock.now())
        self._serves = {window.number: {*window.groups, *window.helps} for window in catalog.windows}
        self.server = ServerNode(clockwork, clock, disk, (catalog.hall.id, hall.HALL_KEY), self._dice.new_id)
        self.server.start()
        self.server.broadcast.pump_us = _FEED_US
        assert self.server.store is not None
        self.server.store.on_commit(self._committed)
        self._sessions: dict[int, str] = {}
        self._citizen_of: dict[str, int] = {}
        self._ticket_of: dict[int, str] = {}
        lines = LinesToServer(network, self.server)
        self._kiosks = [
            KioskNode(
                f"k{number}", f"kiosk-{number}", clockwork, Dice(f"kiosk {seed} {number}"),
                Asking(f"k{number}", clockwork, network, self.server),
                SimHome(hall.ledger_disk(), number), hall.HALL_KEY, self, lines,
            )
            for number in range(1, kiosks + 1)
        ]  # fmt: skip
        for kiosk in self._kiosks:
            kiosk.start()
        self._beat()

    def begin(self, day: Day, midnight_us: int, waits: Callable[[int], None]) -> None:
        """Everybody of the day before is forgotten; one kiosk will break, if it shall."""
        self._day, self._waits = day, waits
        self._citizen_of.clear()
        self._ticket_of.clear()
        if day.broken is not None:
            which, at, lasts = day.broken
            kiosk = self._kiosks[which % len(self._kiosks)]
            self._clockwork.at(midnight_us + at, "a kiosk breaks", kiosk.die)
            self._clockwork.at(midnight_us + at + lasts, "a kiosk is mended", kiosk.start)

    # ---- kiosks

    def issue(self, citizen: int) -> bool:
        """At one of the kiosks that work."""
        working = [kiosk for kiosk in self._kiosks if kiosk.alive and kiosk.ledger is not None]
        if not working:
            return False
        who = self._day.citizens[citizen]
        outcome = self._dice.pick(working).issue(who.service, None, priority=who.priority)
        if not isinstance(outcome, Given):
            return False
        self._ticket_of[citizen] = outcome.issued.ticket
        self._citizen_of[outcome.issued.ticket] = citizen
        return True

    def given(self, kiosk: KioskNode, issued: Issued) -> None:
        """A number was shown."""

    def paper_begins(self, kiosk: KioskNode, job: PrintJob) -> None:
        """A slip begins."""

    # ---- windows

    def open(self, window: int) -> None:
        """The clerk signs in."""
        answer = self.server.serve("", SignIn(staff=f"{100 + window}", pin="000000", window=window))
        assert isinstance(answer, SignedIn), answer
        self._sessions[window] = answer.session

    def pause(self, window: int, absence: Absence) -> None:
        """Why, and for how many minutes."""
        self._press(window, commands.Pause, reason=absence.reason, minutes=absence.lasts // MINUTE_US)

    def resume(self, window: int) -> None:
        """Open again."""
        self._press(window, commands.Resume)

    def close(self, window: int) -> None:
        """The clerk signs out."""
        self._press(window, commands.SignOut)
        del self._sessions[window]

    def call(self, window: int) -> int | None:
        """The next in the server's order."""
        reply = self._press(window, commands.CallNext, may_be=Refusal.NOBODY_WAITING)
        return None if reply.ticket is None else self._citizen_of[reply.ticket.id]

    def recall(self, window: int, citizen: int) -> None:
        """重呼."""
        self._press(window, commands.Recall, ticket=self._ticket_of[citizen])

    def start(self, window: int, citizen: int) -> None:
        """开始办理."""
        self._press(window, commands.StartService, ticket=self._ticket_of[citizen])

    def finish(self, window: int, citizen: int) -> None:
        """办理完毕."""
        self._press(window, commands.FinishService, ticket=self._ticket_of[citizen])

    def missed(self, window: int, citizen: int) -> None:
        """过号."""
        self._press(window, commands.MarkMissed, ticket=self._ticket_of[citizen])

    def back(self, window: int, citizen: int) -> None:
        """回呼."""
        self._press(window, commands.PutBack, ticket=self._ticket_of[citizen])

    def may_serve(self, window: int, group: str) -> bool:
        """By the catalogue."""
        return group in self._serves[window]

    def _press(self, window: int, kind: type[Any], may_be: Refusal | None = None, **fields: Any) -> Reply:
        command = kind(request_id=self._dice.new_id(), **fields)
        reply = self.server.serve(self._sessions[window], command)
        if not isinstance(reply, Reply) or reply.refusal not in (None, may_be):
            raise BugError(f"window {window}: {command} was answered by {reply}")
        return reply

    # ---- the server

    def _committed(self, items: list[FeedItem]) -> None:
        for item in items:
            body = item.entry.fact.body
            if isinstance(body, TicketIssued | TicketReturned) and body.ticket in self._citizen_of:
                self._clockwork.after(0, "in the queue", partial(self._waits, self._citizen_of[body.ticket]))

    def _beat(self) -> None:
        self.server.pass_time()
        self.server.broadcast.heartbeat()
        self.server.said.clear()
        self._clockwork.after(_BEAT_US if self._sessions else _NIGHT_BEAT_US, "~beat", self._beat)
