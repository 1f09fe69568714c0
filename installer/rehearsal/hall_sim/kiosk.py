"""A kiosk's machine: the real ledger, issuing, print steps and conversation, with letters in place of sockets."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Protocol

from devices.printer import PrintOutcome
from hall.clock import SECOND_US
from hall.errors import BugError, OneWindowError
from hall.identity import IdentityDocument
from hall.keys import device_proof
from hall.wire.hello import Hello, Nonce, Welcome
from hall.wire.sync import Push
from hall.wire.version import SCHEMA_VERSION
from installer.rehearsal.hall_sim.clockwork import Clockwork, Dice, MachineClock
from installer.rehearsal.hall_sim.disk import Killed, SimHome
from installer.rehearsal.hall_sim.machine import Asking
from installer.rehearsal.hall_sim.network import Line
from installer.rehearsal.hall_sim.paper import Printer
from kiosk import doubts, print_steps
from kiosk.issued import Issued
from kiosk.issuing import Given, Issuing, Refused
from queue_server.link.conversation import CatalogWanted, Conversation, Introduction
from queue_server.link.follow import Backoff
from queue_server.link.ledger import Ledger, PrintJob

HOPELESS_US = 20 * SECOND_US
"""So often a machine that reaches nobody is made to try; the real one does every two seconds, to no other effect."""


class Watcher(Protocol):
    """Who is told what leaves the kiosk."""

    def given(self, kiosk: "KioskNode", issued: Issued) -> None:
        """A number was shown to a citizen."""
        ...

    def paper_begins(self, kiosk: "KioskNode", job: PrintJob) -> None:
        """The first byte of a slip goes out."""
        ...


class KioskNode:
    """One kiosk. `device` is its configured name; `name` tells it from another machine that uses the same one.

    Args:
        name: The machine.
        device: The device's configured name.
        clockwork: The true time.
        dice: This machine's randomness.
        asking: Its way to the server.
        home: Its ledger's home.
        hall_key: The hall's secret.
        watcher: Told of numbers and papers.
    """

    def __init__(
        self,
        name: str,
        device: str,
        clockwork: Clockwork,
        dice: Dice,
        asking: Asking,
        home: SimHome,
        hall_key: bytes,
        watcher: Watcher,
    ) -> None:
        self.name = name
        self.device = device
        self.clock = MachineClock(clockwork, dice)
        self.home = home
        self.printer = Printer()
        self.asking = asking
        self.dice = dice
        self.ledger: Ledger | None = None
        self.line: Line | None = None
        self.online = False
        self.alive = False
        self.images: list[bytes] = []
        self.troubles: dict[str, int] = {}
        self.bugs: list[BaseException] = []
        self.on_death: Callable[[], None] = lambda: None
        self.new_line: Callable[[str, Callable[[Any], None], Callable[[], None]], Line]
        self.follow: Callable[[str, int, Line], bool | None]
        self._clockwork = clockwork
        self._hall_key = hall_key
        self._watcher = watcher
        self._jobs: list[PrintJob] = []
        self.printing = False
        self._life = 0
        self._line_session = ""

    # ---- life and death

    def start(self) -> None:
        """The program starts on what stands on the disk."""
        self._life += 1
        self.alive = True
        life = self._life

        def open_ledger() -> None:
            self.ledger = Ledger(self.home, self.device, self.dice.new_id)
            self.ledger.on_written(lambda: self._soon(life))
            self._issuing = Issuing(self.ledger, self._hall_key, self.clock, self.dice.new_id, lambda: self.online)
            self._backoff = Backoff(self.dice.part)
            self._conversation = Conversation(self.ledger)
            if self.ledger.lane is not None:
                for issued in doubts.doubtful(self.ledger, self.clock):
                    self._clockwork.after(
                        self.dice.between(2, 50) * SECOND_US, f"{self.name} doubt", self._doubt(life, issued)
                    )
            self._soon(life)

        try:
            open_ledger()
        except (Killed, OneWindowError):
            self.die()  # a program that cannot start ends, and its machine tries again

    def die(self) -> None:
        """The process is gone; its machine will start it again."""
        if not self.alive:
            return
        self._life += 1
        self.alive = False
        self.ledger = None
        self.online = False
        self._jobs, self.printing = [], False
        self.home.disk.drop_unfinished()
        self.home.release()
        self.asking.forget()
        if self.line is not None:
            self.line.open = False
            self.line = None
        self.on_death()

    def guarded(self, act: Callable[[], None]) -> None:
        """Do something in the process. It may die of it; an error of the world is met as the real program meets it."""
        try:
            act()
        except Killed:
            self.die()
        except OneWindowError as error:
            self._note(error)
        except Exception as error:
            self.bugs.append(error)

    def _note(self, error: OneWindowError) -> None:
        self.troubles[error.code] = self.troubles.get(error.code, 0) + 1
        if isinstance(error, BugError):
            self.bugs.append(error)

    # ---- citizens and paper

    def citizen(self, dice: Dice, document: IdentityDocument | None, *, priority: bool) -> None:
        """Somebody wants a number for one of the services that the screen offers."""
        if self.ledger is not None:
            self.guarded(lambda: self._serve(dice, document, priority=priority))

    def _serve(self, dice: Dice, document: IdentityDocument | None, *, priority: bool) -> None:
        catalog = self.ledger.catalog() if self.ledger is not None else None
        if catalog is None:
            return
        service = dice.pick(catalog.services).id
        outcome = self._issuing.issue(service, document, priority=priority, paper=self.printer.ready)
        match outcome:
            case Given(issued=issued, job=job):
                self._watcher.given(self, issued)
                if job is not None:
                    self._jobs.append(job)
                    self._print_next()
            case Refused():
                pass

    def _print_next(self) -> None:
        if self.printing or not self._jobs or self.ledger is None:
            return
        job, life = self._jobs.pop(0), self._life
        print_steps.mark_sent(self.ledger, job)
        print_steps.slip_of(self.ledger, job, 1)
        self.printing = True
        self._watcher.paper_begins(self, job)
        self.printer.begin(job.id)
        end = self.printer.ends[job.id]
        self._clockwork.after(
            self.printer.takes_us(), f"{self.name} paper {end.value}", lambda: self._paper_ends(life, job, end)
        )

    def _paper_ends(self, life: int, job: PrintJob, end: PrintOutcome) -> None:
        def finish() -> None:
            assert self.ledger is not None
            self.printing = False
            print_steps.record_end(self.ledger, self.clock, job, end)
            self._print_next()

        if life == self._life:
            self.guarded(finish)

    def _doubt(self, life: int, issued: Issued) -> Callable[[], None]:
        """The person before the kiosk answers: 已取到, 重打 or 作废."""

        def answer() -> None:
            assert self.ledger is not None
            match self.dice.pick(["have", "again", "void", "nobody"]):
                case "have":
                    doubts.settle(self.ledger, self.clock, issued.ticket)
                case "again":
                    self._jobs.append(doubts.copy_of(self.ledger, self.clock, issued))
                    self._print_next()
                case "void":
                    doubts.void(self.ledger, self.clock, issued.ticket)

        return lambda: self.guarded(answer) if life == self._life and self.ledger is not None else None

    # ---- the server

    def _soon(self, life: int) -> None:
        self._clockwork.after(1_000, f"~{self.name} talks", lambda: self._talk(life))

    def _talk(self, life: int) -> None:
        if life != self._life or self.ledger is None or self.asking.busy:
            return
        if self.asking.hopeless:
            self._clockwork.after(HOPELESS_US, f"~{self.name} waits", lambda: self._talk(life))
        else:
            self.guarded(lambda: self._or_part(life, lambda: self._ask_next(life)))

    def _ask_next(self, life: int) -> None:
        request = self._conversation.next_request(self.clock.now())
        match request:
            case Introduction():
                self.asking.session = ""
                self._ask(life, "nonce", "nonce", lambda nonce: self._hello(life, request, nonce))
            case CatalogWanted():
                self._ask(life, "catalog", "catalog", lambda answer: self._taken(life, request, answer))
            case Push():
                self._ask(life, "push", request, lambda answer: self._taken(life, request, answer))
            case None:
                self._open_line(life)

    def _hello(self, life: int, request: Introduction, nonce: Nonce) -> None:
        proof = device_proof(self._hall_key, self.device, nonce.nonce)
        hello = Hello(schema_version=SCHEMA_VERSION, **asdict(request), nonce=nonce.nonce, proof=proof)
        self._ask(life, "hello", hello, lambda answer: self._taken(life, request, answer))

    def _taken(self, life: int, request: Any, answer: Any) -> None:
        if isinstance(answer, Welcome):
            self.asking.session = answer.session
        self._conversation.take(request, answer)
        self._ask_next(life)

    def _ask(self, life: int, word: str, body: object, taken: Callable[[Any], None]) -> None:
        def alive(answer: Any) -> None:
            if life == self._life:
                self.guarded(lambda: self._or_part(life, lambda: taken(answer)))

        self.asking.ask(word, body, alive, lambda _: self._part(life))

    def _or_part(self, life: int, act: Callable[[], None]) -> None:
        try:
            act()
        except OneWindowError as error:
            self._note(error)
            self._part(life)

    def _open_line(self, life: int) -> None:
        if self.line is not None and self.line.open and self._line_session == self.asking.session:
            return
        self._line_session = self.asking.session

        def heard(messages: Any) -> None:
            if life == self._life and self.ledger is not None and self.line is line:
                self.guarded(lambda: self._or_part(life, lambda: self._hear(life, messages)))

        line = self.new_line(self.name, heard, lambda: self._part(life) if self.line is line else None)
        self.line = line
        if self.follow(self.asking.session, self._conversation.follow_after, line):
            self.online = True
            self._backoff.reset()
        else:
            self._part(life)

    def _hear(self, life: int, messages: Any) -> None:
        self._conversation.hear(messages)
        if self._conversation.has_a_question:
            self._talk(life)

    def _part(self, life: int) -> None:
        """The connection is over; a new one after a pause."""
        if life != self._life or self.ledger is None:
            return
        if self.line is not None:
            self.line.open = False
            self.line = None
        self.online = False
        self.asking.forget()
        self._conversation = Conversation(self.ledger)
        self._clockwork.after(
            round(self._backoff.next_s() * SECOND_US), f"~{self.name} tries again", lambda: self._talk(life)
        )
