"""Everybody who watches, put together: told of what people see, looking at every disk that changed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from hall.facts import Fact, TicketIssued
from hall.wire.replies import Reply
from hall.wire.sync import Push, Pushed
from installer.rehearsal.hall_sim.oracle.lines import Lines
from installer.rehearsal.hall_sim.oracle.numbers import Numbers
from installer.rehearsal.hall_sim.oracle.violation import ViolatedError, expect
from installer.rehearsal.hall_sim.oracle.visits import Visits

if TYPE_CHECKING:
    from installer.rehearsal.hall_sim.clockwork import Dice
    from installer.rehearsal.hall_sim.kiosk import KioskNode
    from installer.rehearsal.hall_sim.world import World
    from kiosk.issued import Issued
    from queue_server.link.ledger import PrintJob

_NEWS = "SELECT seq, at, fact_json, hash FROM journal WHERE seq > ? ORDER BY seq"
_ASKED = "SELECT command FROM answer WHERE seq = ?"
_EPOCH = "SELECT value FROM meta WHERE name = 'server_epoch'"


class Oracle:
    """The watchers of one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._catalogs: dict[str, Any] = {}
        self.numbers = Numbers()
        self.tail = ""
        self._begin()

    def _begin(self) -> None:
        """Read the server's journal from its start."""
        self.lines = Lines(ledgers=self.lines.ledgers if hasattr(self, "lines") else {})
        self.visits = Visits(self._catalog_in_force, self._asked)
        self.journal: dict[str, int] = {}
        self._answers: dict[str, Reply] = {}
        self._seen = 0
        self._commits: dict[int, int] = {}
        self._epoch = ""

    # ---- told by the machines

    def given(self, kiosk: KioskNode, issued: Issued) -> None:
        """A number was shown to a citizen."""
        self.numbers.shown(kiosk.home.disk, issued)

    def paper_begins(self, kiosk: KioskNode, job: PrintJob) -> None:
        """The first byte of a slip goes out."""
        self.numbers.paper(kiosk.home.disk, job)

    def started(self, kiosk: KioskNode) -> None:
        """A kiosk's program runs again."""
        self.numbers.after_crash(kiosk.home.disk)

    def scrapped(self, kiosk: KioskNode) -> None:
        """A kiosk's disk was thrown away with all that was not sent."""
        self.numbers.thrown_away(kiosk.home.disk)

    def put_back(self, kiosk: KioskNode, image: bytes) -> None:
        """People put an older file in place of a kiosk's own."""
        kiosk.home.disk.put_back(image)
        self.numbers.gone_with(kiosk.home.disk)
        self.lines.forget(kiosk.home.disk)

    def copied(self, kiosk: KioskNode, twin: KioskNode) -> None:
        """Two machines have one ledger from now on."""

    def restored(self) -> None:
        """The server was set back: its journal is another one."""
        self._begin()

    def some_ticket(self, dice: Dice) -> str:
        """Any ticket that the server knows; an invented one if it knows none."""
        return dice.pick(list(self.visits.visits)) if self.visits.visits else dice.new_id()

    # ---- after every step

    def look(self) -> None:
        """Look at everything that changed.

        Raises:
            ViolatedError: If a promise is broken.
        """
        self._look_at_server()
        for kiosk in self._world.kiosks:
            disk = kiosk.home.disk
            if self._commits.get(id(disk)) != disk.commits and not disk.connection.in_transaction:
                self._commits[id(disk)] = disk.commits
                if kiosk.ledger is not None:
                    self.lines.ledger(disk, self._world.clockwork.now_us, self._epoch)
            for error in kiosk.bugs:
                raise ViolatedError("bug", f"{kiosk.name}: {type(error).__name__}: {error}") from error

    def _look_at_server(self) -> None:
        server = self._world.server
        connection = server.disk.connection
        if self._commits.get(0) != server.disk.commits:
            self._commits[0] = server.disk.commits
            self._epoch = self._epoch or connection.execute(_EPOCH).fetchone()[0]
            for seq, at, text, self.tail in connection.execute(_NEWS, (self._seen,)).fetchall():
                self._hear(SimpleNamespace(seq=seq, at=at, fact=Fact.model_validate_json(text)))
                self._seen = seq
        for body, answer in server.said:
            self._heard_say(body, answer)
        server.said.clear()
        for error in server.bugs:
            raise ViolatedError("bug", f"server: {type(error).__name__}: {error}") from error

    def _hear(self, entry: Any) -> None:
        body = entry.fact.body
        self.lines.hear(entry)
        if isinstance(body, TicketIssued):
            self.numbers.issued_fact(body)
            self.journal[body.ticket] = self.journal.get(body.ticket, 0) + 1
        self.visits.hear(entry)

    def _heard_say(self, body: object, answer: object) -> None:
        if isinstance(answer, Reply):
            first = self._answers.setdefault(answer.request_id, answer)
            same = first.model_copy(update={"masked_name": ""}) == answer.model_copy(update={"masked_name": ""})
            expect(same, "I4", "a repeated request got another answer")
        elif isinstance(answer, Pushed) and isinstance(body, Push):
            self.lines.acknowledged(body.lane, answer.highwater)

    def _asked(self, seq: int) -> str:
        row = self._world.server.disk.connection.execute(_ASKED, (seq,)).fetchone()
        return "" if row is None else str(row[0]).split('"kind":"', 1)[1].split('"', 1)[0]

    def _catalog_in_force(self) -> Any:
        store = self._world.server.store
        if store is None:
            return self._world.catalog()
        with store.read() as reader:
            return reader.catalog()
