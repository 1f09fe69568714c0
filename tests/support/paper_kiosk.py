"""A kiosk's way from the tap to the paper over a printer's twin: what the citizen and the manager see of it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from typing import Any

from devices.errors import DeviceError
from devices.health import Health, health_after
from devices.printer import Profile
from devices.printer.drivers.escpos_printer import EscposPrinter
from devices.printer.simulator import PrinterSimulator
from devices.transports import Transport, transport_at
from kiosk.doubts import copy_of, doubtful, half_printed
from kiosk.issuing import Given, Issuing
from kiosk.journey import Around, Page, Paper, Visit, step
from kiosk.journey import events as ev
from kiosk.machine import prints, problem_words
from kiosk.metrics import Metrics
from kiosk.printing import Printing
from queue_server.link.clock import new_id
from tests.support.kiosks import HALL_KEY, SERVICE, SetClock, kiosk_ledger

LAST_LINE = "1号取号机"  # ends every slip of this kiosk


class OneLook(threading.Event):
    """Lets a watching driver look once."""

    def __init__(self) -> None:
        super().__init__()
        self._waited = 0

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        self._waited += 1
        return self._waited > 1


@dataclass(frozen=True)
class Seen:
    """What stands on the screen."""

    page: Page
    number: str
    paper: Paper


class Pace:
    """Seconds of a driver: slow, so that a machine that stalls is no silent printer; hurried, its waiting is short."""

    _CALM, _HURRY = 0.1, 20

    def __init__(self) -> None:
        self._rate: float = self._CALM
        self._from, self._at = 0.0, time.monotonic()

    def __call__(self) -> float:
        return self._from + (time.monotonic() - self._at) * self._rate

    def set(self, *, hurried: bool) -> None:
        """Change the pace from now on."""
        self._from, self._at, self._rate = self(), time.monotonic(), self._HURRY if hurried else self._CALM


class _FirstByte(Metrics):
    """Does something when the first byte of a slip has left."""

    def __init__(self) -> None:
        super().__init__(None)
        self.then: Callable[[], object] = lambda: None

    def duration(self, what: str, since_us: int, number: str = "") -> None:
        del since_us, number
        if what == "tap_to_first_byte":
            then, self.then = self.then, lambda: None
            then()


class PaperKiosk:
    """A ledger in a folder, a printer at an address, one citizen after another.

    Args:
        folder: The kiosk's data; the same folder is the same kiosk in its next life.
        address: As in the settings.
        profile: Of the printer.
        transport: Instead of the one of the address.
    """

    def __init__(self, folder: Path, address: str, profile: Profile, transport: Transport | None = None) -> None:
        self._clock = SetClock()
        self.ledger = kiosk_ledger(folder)
        self._pace = Pace()
        self.printer = EscposPrinter("printer", transport or transport_at(address), profile, clock_s=self._pace)
        if half_printed(self.ledger, self._clock):
            self.printer.distrust()
        self.in_doubt = doubtful(self.ledger, self._clock)
        self._issuing = Issuing(self.ledger, HALL_KEY, self._clock, new_id, lambda: True)
        self._ends: Queue[tuple[str, Paper]] = Queue()
        self._first_byte = _FirstByte()
        told = self._ends.put
        self._printing = Printing(
            self.ledger, self.printer, self._clock, 1, lambda *end: told(end), metrics=self._first_byte
        )
        self._printing.start()
        self.health = self.open()
        self._visit = Visit()

    def close(self) -> None:
        """End this life."""
        self._printing.stop()
        self.printer.close()
        self.ledger.close()

    def open(self) -> Health:
        """Open the printer as its supervisor does; how it is then."""
        try:
            self.printer.open()
            self.health = self.printer.health()
        except DeviceError as error:
            self.printer.close()
            self.health = health_after("printer", error, 0)
        return self.health

    def look(self, *, hurried: bool = False) -> Health:
        """One turn of the supervisor: look, or close.

        Args:
            hurried: Give up soon on a printer that says nothing.
        """
        self._pace.set(hurried=hurried)
        try:
            self.printer.watch(OneLook())
            self.health = self.printer.health()
        except DeviceError as error:
            self.printer.close()
            self.health = health_after("printer", error, 0)
        self._pace.set(hurried=False)
        return self.health

    @property
    def told(self) -> tuple[str, str]:
        """What the manager reads: what is wrong, what to do."""
        return problem_words(self.health), self.health.advice

    def take(
        self,
        *,
        on_number: Callable[[str], object] = lambda _: None,
        meanwhile: Callable[[], object] | None = None,
    ) -> Seen:
        """A citizen takes a number and waits for the paper.

        Args:
            on_number: Told the number when it stands on the screen.
            meanwhile: Happens when the first byte of the slip has left; then the driver's waiting passes quickly.
        """
        around = Around(configured=True, online=True, printer=prints(self.health))
        visit, _ = step(Visit(page=Page.CONFIRM, around=around, service=SERVICE), ev.TakeNumber())
        given = self._issuing.issue(SERVICE, None, paper=around.printer)
        assert isinstance(given, Given)
        coming = Paper.COMING if given.job else Paper.NONE
        self._visit, _ = step(visit, ev.NumberGiven(given.issued, coming))
        on_number(given.issued.number)
        if given.job:
            if meanwhile is not None:
                self._first_byte.then = meanwhile
                self._pace.set(hurried=True)
            self._printing.put(given.job, 0)
            self._hear()
            self._pace.set(hurried=False)
        return self.seen

    def take_again(self) -> Seen:
        """The same citizen presses 补打."""
        around = Around(configured=True, online=True, printer=prints(self.health))
        visit, effects = step(self._visit, ev.AroundChanged(printer=around.printer))
        self._visit, effects = step(visit, ev.Reprint())
        assert effects, "the button is not there"
        assert self._visit.issued is not None
        self._printing.put(copy_of(self.ledger, self._clock, self._visit.issued), 0)
        self._hear()
        return self.seen

    def answer_doubt(self) -> Seen:
        """After a restart somebody presses 重打 at the question that is on the screen."""
        visit, _ = step(Visit(page=Page.HOME, around=Around(configured=True)), ev.Unsettled(self.in_doubt))
        doubt, *rest = self.in_doubt
        self.in_doubt = tuple(rest)
        assert visit.page is Page.TAKEN
        self._visit, effects = step(visit, ev.PrintAgain())
        assert effects
        self._printing.put(copy_of(self.ledger, self._clock, doubt), 0)
        self._hear()
        return self.seen

    @property
    def seen(self) -> Seen:
        """The screen of the present visit."""
        issued = self._visit.issued
        return Seen(self._visit.page, issued.number if issued else "", self._visit.paper)

    def _hear(self) -> None:
        ticket, paper = self._ends.get(timeout=40)
        self._visit, _ = step(self._visit, ev.PaperChanged(ticket, paper))


@dataclass(frozen=True)
class Pieces:
    """All paper that came out of a twin, sorted as a person would.

    Attributes:
        whole: Numbers of whole slips without 补打, in order.
        copies: Numbers of whole slips marked 补打.
        void: How many pieces say that they are void.
        torn: How many were torn off with the end of a roll.
    """

    whole: tuple[str, ...]
    copies: tuple[str, ...]
    void: int
    torn: int


def pieces_of(twin: PrinterSimulator | Any) -> Pieces:
    """Look at every piece of paper.

    Raises:
        AssertionError: A piece carries two numbers or a half that nothing marks as void.
    """
    whole: list[str] = []
    copies: list[str] = []
    void = torn = 0
    for entry in twin.act("slips", {})["slips"]:
        lines = entry["text"].split("\n")
        numbers = [line for line in lines if len(line) == 4 and line[0].isalpha() and line[1:].isdecimal()]
        assert len(numbers) <= 1, f"two numbers on one piece: {lines}"
        if any("作废" in line for line in lines):
            void += 1
        elif entry["torn"]:
            torn += 1
        else:
            assert numbers, f"a piece that nobody can use: {lines}"
            assert lines[-1].endswith(LAST_LINE), f"half a slip that looks valid: {lines}"
            (copies if "补打" in lines else whole).append(numbers[0])
    return Pieces(tuple(whole), tuple(copies), void, torn)
