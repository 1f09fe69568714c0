"""A kiosk's machine: the real ledger, issuing and print steps, and a printer of paper that is not there."""

from collections.abc import Callable
from typing import Protocol

from devices.printer import PrintOutcome
from hall.arrival import MAY_CHECK_IN
from hall.clock import SECOND_US
from hall.errors import BugError, OneWindowError
from hall.identity import IdentityDocument
from installer.rehearsal.hall_sim.clockwork import Clockwork, Dice, MachineClock
from installer.rehearsal.hall_sim.disk import Killed, SimHome
from installer.rehearsal.hall_sim.machine import Asking
from installer.rehearsal.hall_sim.paper import Printer
from installer.rehearsal.hall_sim.talk import Lines, Talk
from kiosk import doubts, print_steps
from kiosk.appointments import Appointments
from kiosk.issued import Issued
from kiosk.issuing import Given, Issuing, Refused
from queue_server.link.ledger import Ledger, PrintJob


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
        lines: How it gets lines to the server.
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
        lines: Lines,
    ) -> None:
        self.name = name
        self.device = device
        self.clock = MachineClock(clockwork, dice)
        self.home = home
        self.printer = Printer()
        self.asking = asking
        self.dice = dice
        self.ledger: Ledger | None = None
        self.lines = lines
        self.talk: Talk | None = None
        self.alive = False
        self.images: list[bytes] = []
        self.troubles: dict[str, int] = {}
        self.bugs: list[BaseException] = []
        self.on_death: Callable[[], None] = lambda: None
        self._clockwork = clockwork
        self._hall_key = hall_key
        self._watcher = watcher
        self._jobs: list[PrintJob] = []
        self._slips: list[str] = []
        self.printing = False
        self._life = 0

    # ---- life and death

    def start(self) -> None:
        """The program starts on what stands on the disk."""
        self._life += 1
        self.alive = True
        life = self._life

        def open_ledger() -> None:
            self.ledger = Ledger(self.home, self.device, self.dice.new_id)
            self._issuing = Issuing(self.ledger, self._hall_key, self.clock, self.dice.new_id, lambda: self.online)
            self.talk = Talk(self, self.ledger, self._clockwork, self._hall_key)
            if self.ledger.lane is not None:
                for issued in doubts.doubtful(self.ledger, self.clock):
                    self._clockwork.after(
                        self.dice.between(2, 50) * SECOND_US, f"{self.name} doubt", self._doubt(life, issued)
                    )
            self.talk.soon()

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
        self._jobs, self.printing = [], False
        self.home.disk.drop_unfinished()
        self.home.release()
        self.asking.forget()
        if self.talk is not None:
            self.talk.end()
            self.talk = None
        self.on_death()

    @property
    def online(self) -> bool:
        """Whether the program follows the server's feed."""
        return self.talk is not None and self.talk.online

    def guarded(self, act: Callable[[], None]) -> None:
        """Do something in the process. It may die of it; an error of the world is met as the real program meets it."""
        try:
            act()
        except Killed:
            self.die()
        except OneWindowError as error:
            self.note(error)
        except Exception as error:
            self.bugs.append(error)

    def note(self, error: OneWindowError) -> None:
        """An error of the world was met; one of our own is for the oracle."""
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
        if self.ledger is None or catalog is None:
            return
        service, expected = dice.pick(catalog.services).id, None
        if document is not None:
            expected = Appointments(self.ledger, self._issuing, self._hall_key, self.clock).of_document(document)
        if expected is not None and expected.arrival in MAY_CHECK_IN:
            self.issue(expected.booking.service, document, priority=priority, booking=expected.booking.id)
        else:
            self.issue(service, document, priority=priority)

    def issue(
        self, service: str, document: IdentityDocument | None, *, priority: bool, booking: str | None = None
    ) -> Given | Refused:
        """A number for this service, and its slip; the kiosk must be alive."""
        outcome = self._issuing.issue(
            service,
            document,
            priority=priority,
            paper=self.printer.ready,
            returning=self._sent_back(),
            booking=booking,
        )
        if isinstance(outcome, Given):
            self._slips.append(outcome.issued.ticket)
            self._watcher.given(self, outcome.issued)
            if outcome.job is not None:
                self._jobs.append(outcome.job)
                self._print_next()
        return outcome

    def _sent_back(self) -> str | None:
        """The oldest slip from here of a visit that was sent back for papers: its holder is who comes now."""
        assert self.ledger is not None
        return next((slip for slip in self._slips if self.ledger.sent_back(slip)), None)

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
