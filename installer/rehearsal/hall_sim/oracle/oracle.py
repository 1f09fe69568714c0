"""Everybody who watches, put together: told of what people see, looking at every disk that changed."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from hall.catalog import Catalog
from hall.clock import MINUTE_US
from hall.facts import Fact, PlanGiven, StartedWithoutTicket, TicketIssued
from hall.mending import RecoveryBegan
from hall.wire.hello import Welcome
from hall.wire.replies import Refusal, Reply
from hall.wire.sync import Push, Pushed
from installer.rehearsal.hall_sim.oracle.lines import Lines, Written
from installer.rehearsal.hall_sim.oracle.numbers import Numbers
from installer.rehearsal.hall_sim.oracle.violation import ViolatedError, expect
from installer.rehearsal.hall_sim.oracle.visits import Visits

if TYPE_CHECKING:
    from installer.rehearsal.hall_sim.clockwork import Dice
    from installer.rehearsal.hall_sim.disk import Disk
    from installer.rehearsal.hall_sim.kiosk import KioskNode
    from installer.rehearsal.hall_sim.world import World
    from kiosk.issued import Issued
    from queue_server.link.ledger import PrintJob

_NEWS = "SELECT seq, at, quality, fact_json, hash FROM journal WHERE seq > ? ORDER BY seq"
_ASKED = "SELECT command FROM answer WHERE seq = ?"
_AT_WINDOW = "SELECT window FROM answer WHERE request_id = ? AND at = ?"
_CATALOG = "SELECT version, text FROM catalog ORDER BY seq DESC LIMIT 1"
_EPOCH = "SELECT value FROM meta WHERE name = 'server_epoch'"
LATE_US = 2 * MINUTE_US
"""No letter is under way longer than this."""


class Oracle:
    """The watchers of one world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._catalogs: dict[str, Catalog] = {}
        self.numbers = Numbers()
        self.tail = ""
        self._served: set[str] = set()
        self._written: dict[int, Written] = {}
        self._begin()

    def _begin(self) -> None:
        """Read the server's journal from its start."""
        self.lines = Lines(ledgers=self._written)
        self.visits = Visits(self._catalog_in_force, self._asked)
        self.journal: dict[str, int] = {}
        self._answers: dict[str, Reply] = {}
        self._seen = self._told_before = 0
        self._commits: dict[int, int] = {}
        self._epoch = ""

    # ---- told by the machines

    def given(self, kiosk: KioskNode, issued: Issued) -> None:
        """A number was shown to a citizen."""
        self.numbers.shown(kiosk.home.disk, issued, self._world.clockwork.now_us)

    def paper_begins(self, kiosk: KioskNode, job: PrintJob) -> None:
        """The first byte of a slip goes out."""
        self.numbers.paper(kiosk.home.disk, job)

    def started(self, kiosk: KioskNode) -> None:
        """A kiosk's program runs again."""
        self.numbers.after_crash(kiosk.home.disk, self._world.clockwork.now_us)

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
        self.numbers.copied(kiosk.home.disk, twin.home.disk)

    def restored(self) -> None:
        """The server was set back: its journal is another one, but who has been served stays served."""
        finished = {each for each, visit in self.visits.visits.items() if visit.state == "finished"}
        self._served |= self.visits.served | finished
        self._begin()
        self._told_before = self._world.server.disk.rows("SELECT coalesce(max(seq), 0) FROM journal")[0][0]
        self.lines.server_set_back()

    def some_ticket(self, dice: Dice) -> str:
        """Any ticket that the server knows; an invented one if it knows none."""
        return dice.pick(list(self.visits.visits)) if self.visits.visits else dice.new_id()

    def some_slip(self, dice: Dice) -> Issued | None:
        """Any slip that somebody holds, rather one of which the server has not heard."""
        slips = self.numbers.slips
        unheard = [slip for slip in slips if slip.ticket not in self.journal]
        return dice.pick(unheard if unheard and dice.chance(0.9) else slips) if slips else None

    def slips_of_faults(self) -> list[Issued]:
        """The slips whose numbers 系统故障 has ended, whether shown again or not."""
        return [slip for slip in self.numbers.slips if slip.ticket in self.visits.ended_by_fault]

    def lanes_of_the_gone(self) -> list[int]:
        """The lanes of machines that are no more, and of no other that has a copy of their ledger."""
        lanes = self.numbers.lanes
        here = {lane for kiosk in self._world.kiosks for lane in lanes.get(id(kiosk.home.disk), ())}
        gone = {lane for disk in self.numbers.gone for lane in lanes.get(id(disk), ())}
        return sorted(gone - here)

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
                    self._note_lane(disk)
            for error in kiosk.bugs:
                raise ViolatedError("bug", f"{kiosk.name}: {type(error).__name__}: {error}") from error

    def _note_lane(self, disk: Disk) -> None:
        for (lane,) in disk.rows("SELECT lane FROM device WHERE lane IS NOT NULL"):
            self.numbers.lanes.setdefault(id(disk), set()).add(lane)

    def _look_at_server(self) -> None:
        server = self._world.server
        disk = server.disk
        if self._commits.get(0) != disk.commits:
            self._commits[0] = disk.commits
            self._epoch = self._epoch or disk.rows(_EPOCH)[0][0]
            for seq, at, quality, text, tail in disk.rows(_NEWS, (self._seen,)):
                self.tail = tail
                fact = Fact.model_validate_json(text)
                self._hear(SimpleNamespace(seq=seq, at=at, exact=quality == "exact", fact=fact))
                self._seen = seq
        for body, answer in server.said:
            self._heard_say(body, answer)
        server.said.clear()
        for error in server.bugs:
            raise ViolatedError("bug", f"server: {type(error).__name__}: {error}") from error

    def _hear(self, entry: Any) -> None:
        body = entry.fact.body
        self.lines.hear(entry)
        server_us = self._world.server.clock.now().wall_us
        fresh = entry.seq > self._told_before
        if fresh:
            self.visits.served |= self._served
            self._served = set()
        expect(not fresh or entry.at <= server_us, "I6", f"{body.kind} is said to happen in the future")
        if isinstance(body, RecoveryBegan):
            self._epoch = body.epoch
        if isinstance(body, PlanGiven):
            self.numbers.plans.setdefault(body.device_lane, []).append(body)
        if isinstance(body, TicketIssued):
            self.numbers.issued_fact(body)
            first = self.journal.setdefault(body.ticket, entry.fact.lane)
            if fresh and first == entry.fact.lane:
                self._check_time(entry, body, server_us)
        if isinstance(body, StartedWithoutTicket):
            self.numbers.issued_fact(body)
        self.visits.hear(entry, fresh=fresh)

    def _check_time(self, entry: Any, body: TicketIssued, server_us: int) -> None:
        """A time that is said to be exact is when the citizen stood there, but for the way of the letter."""
        shown = self.numbers.shown_at.get(body.ticket)
        if shown is not None and entry.exact:
            wrong_by = server_us - self._world.clockwork.now_us
            expect(abs(entry.at - wrong_by - shown) <= LATE_US, "I6", "an exact time is not when the number was taken")

    def _heard_say(self, body: object, answer: object) -> None:
        if isinstance(answer, Reply):
            self._works_on(answer)
            first = self._answers.setdefault(answer.request_id, answer)
            same = first.model_copy(update={"masked_name": ""}) == answer.model_copy(update={"masked_name": ""})
            expect(same, "I4", "a repeated request got another answer")
        elif isinstance(answer, Pushed) and isinstance(body, Push):
            self.lines.acknowledged(body.lane, body.session_no, answer.highwater)
        elif isinstance(answer, Welcome):
            self.lines.welcomed(answer.lane, answer.session_no)

    def _works_on(self, answer: Reply) -> None:
        """No window that wants the next is told just now that nobody waits while somebody does."""
        now = self._world.server.clock.now().wall_us
        if answer.refusal is Refusal.NOBODY_WAITING:
            for (window,) in self._world.server.disk.rows(_AT_WINDOW, (answer.request_id, now)):
                waiting = self.visits.somebody_for(window)
                expect(not waiting, "I6", f"window {window} is told that nobody waits, and {waiting[:3]} do")

    def _asked(self, seq: int) -> str:
        rows = self._world.server.disk.rows(_ASKED, (seq,))
        return str(json.loads(rows[0][0])["kind"]) if rows else ""

    def _catalog_in_force(self) -> Catalog:
        """The one last published: what people edited while the server was down it has never seen."""
        ((version, text),) = self._world.server.disk.rows(_CATALOG)
        if version not in self._catalogs:
            self._catalogs[version] = Catalog.model_validate_json(text)
        return self._catalogs[version]
