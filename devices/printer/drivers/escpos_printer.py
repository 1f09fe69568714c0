"""ESC/POS ticket printers over any transport: network, serial or the kernel's USB printer file.

A job goes out only to a printer that has just said it is ready, and counts as printed only when the printer says
so after the cut. Whatever is left of a job that did not end well is cleared, marked as void and cut off as soon as the
printer is ready again, and surely before the next one, so that nobody takes the end of another person's slip.

It is long because what a printer is asked, told and doubted in one job belongs to one conversation.
"""

import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from devices.clock import wall_us
from devices.errors import DeviceError, DeviceSilent
from devices.health import Health, HealthState
from devices.printer import drawing
from devices.printer.drivers.left_over import CHUNK, LeftOver
from devices.printer.drivers.questions import Questions
from devices.printer.escpos import pieces
from devices.printer.jobs import JobMemory
from devices.printer.layout import length_mm
from devices.printer.printer import PrintOutcome, PrintResult
from devices.printer.profile import Profile
from devices.printer.roll import RollCount, about
from devices.printer.slip import Slip
from devices.printer.status import PrinterStatus, Trouble
from devices.transports import Transport

_log = logging.getLogger("onewindow.devices.printer")

_POLL_S = 1.0
_LOOKS = 10  # in a poll's time at a printer that reports by itself
_LATE_S = 60.0  # a slip may still be confirmed so long after its time; then it is given up
_FRESH_S = 1.5  # a status this young need not be asked again before a job
_VOID_S = 2.0  # for a void mark on its way; longer than that nobody is kept waiting for it
_DRAIN_ASKS = 6  # of a second each: what a kernel holds for a line of 9600 baud is through by then
_LOOK_S = 0.25  # between two looks at a printer at work
_STATES = {
    Trouble.SILENT: HealthState.MISSING,
    Trouble.LINK_LOST: HealthState.MISSING,
    Trouble.BROKEN: HealthState.FAULT,
}


class EscposPrinter:
    """One printer; keeps the promise of `devices.printer.printer.Printer`.

    Args:
        name: In settings, health and logs.
        transport: The way to it, not yet open.
        profile: What the model can do.
        roll: Counts its paper; None if nobody does.
        clock_us: UTC microseconds, for the moment a health began.
        clock_s: Seconds of a clock that never jumps, for time limits.
    """

    def __init__(
        self,
        name: str,
        transport: Transport,
        profile: Profile,
        *,
        roll: RollCount | None = None,
        clock_us: Callable[[], int] = wall_us,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._transport = transport
        self._profile = profile
        self._roll = roll
        self._clock_us = clock_us
        self._clock_s = clock_s
        self._questions = Questions(transport, automatic=profile.asb, clock_s=clock_s)
        self._jobs = JobMemory()
        self._lock = threading.Lock()  # held by whoever talks to the printer
        self._status = PrinterStatus.unheard()
        self._status_at_s = float("-inf")
        self._since_us = clock_us()
        self._left_over = LeftOver(transport, profile)
        self._late: tuple[str, float] | None = None  # a job that may still be confirmed, and until when
        self._link_lost: DeviceError | None = None

    @property
    def name(self) -> str:
        """Its name."""
        return self._name

    def open(self) -> None:
        """Connect and ask once.

        Raises:
            DeviceMissing: Not there.
            DeviceSilent: There, but it answers nothing.
            FontError: No Chinese typeface on this machine.
        """
        drawing.warm_up(self._profile.paper)
        with self._lock:
            self._transport.open()
            self._link_lost = None
            self._late = None
            self._left_over.voided = False  # whatever was under way then
            white = self._left_over.finish_command()
            self._questions.begin()
            if (self._ask_behind_white() if white else self._ask()).silent:
                self._left_over.broke_off()  # perhaps it still waits: nobody knows where the white went
                raise _silence(self._transport)

    def distrust(self) -> None:
        """See Printer; to be called before it is opened."""
        self._left_over.inherit()

    def close(self) -> None:
        """Disconnect."""
        with self._lock:
            self._transport.close()
            self._note(PrinterStatus.unheard())

    def watch(self, stop: threading.Event) -> None:
        """Ask once a second; returns when the health has changed.

        Raises:
            DeviceError: The link is lost, or the printer has been silent twice.
        """
        looks = _LOOKS if self._profile.asb else 1
        for look in itertools.count(1):
            if stop.wait(_POLL_S / looks):
                return
            # A slip at work asks for itself; waiting for it would keep a stopping program.
            if not self._lock.acquire(blocking=False):
                continue
            try:
                before, rest = self._status, self._rest()
                if self._link_lost is not None:
                    raise self._link_lost
                if look % looks:
                    report = self._questions.overheard()
                    if report is not None:
                        self._note(report)
                elif self._ask().silent and before.silent:
                    raise _silence(self._transport)
                self._mind_left_over()
                if (self._status, self._rest()) != (before, rest):
                    return
            finally:
                self._lock.release()

    def health(self) -> Health:
        """The latest status as health."""
        trouble = self._status.trouble
        paper = "，".join(filter(None, (self._status.paper_words, self._rest())))
        if trouble is None:
            return Health(self._name, HealthState.ONLINE, self._since_us, paper=paper)
        state = _STATES.get(trouble, HealthState.ATTENTION)
        return Health(
            self._name,
            state,
            self._since_us,
            problem=trouble.value,
            advice=trouble.advice,
            trouble=trouble.words,
            paper=paper,
        )

    def status(self) -> PrinterStatus:
        """Ask now; while a slip is being printed, the latest answer."""
        if not self._lock.acquire(blocking=False):
            return self._status
        try:
            return self._ask()
        except DeviceError as lost:
            self._lose(lost)
            return self._status
        finally:
            self._lock.release()

    def print(
        self,
        job_id: str,
        slip: Slip,
        *,
        reprint: bool = False,
        on_first_byte: Callable[[], None] | None = None,
    ) -> PrintResult:
        """Print a slip; see Printer."""
        with self._lock:
            earlier = self._jobs.recall(job_id)
            if earlier is not None and not reprint:
                return earlier
            paper = pieces(slip, self._profile)
            # Known as sent before it is: whatever breaks from here on, this id prints no second slip.
            self._jobs.remember(PrintResult(job_id, PrintOutcome.UNKNOWN, Trouble.UNCONFIRMED))
            outcome, reason = self._run(job_id, paper, on_first_byte)
            if self._roll is not None and outcome is not PrintOutcome.FAILED:
                self._roll.use(length_mm(slip, self._profile))
            _log.info("printer.job %s %s %s", self._name, outcome.value, reason.value if reason else "")
            return self._jobs.remember(PrintResult(job_id, outcome, reason))

    def _run(
        self, job_id: str, paper: Iterator[bytes], on_first_byte: Callable[[], None] | None
    ) -> tuple[PrintOutcome, Trouble | None]:
        self._late = None
        try:
            self._confirm_void(_VOID_S)
            status = self._cleared() if self._left_over.suspected else self._fresh_status()
            if not status.ready:
                return PrintOutcome.FAILED, status.trouble
            self._questions.begin()
            if self._left_over.suspected:
                self._expel()
        except DeviceError as lost:
            self._lose(lost)
            return PrintOutcome.FAILED, Trouble.LINK_LOST
        try:
            self._send(paper, on_first_byte)
            trouble = self._await_end()
        except DeviceError as lost:
            self._left_over.broke_off()
            self._lose(lost)
            return PrintOutcome.UNKNOWN, Trouble.LINK_LOST
        if trouble is None:
            self._left_over.settle()
            return PrintOutcome.PRINTED, None
        if self._profile.echo and trouble in (Trouble.UNCONFIRMED, Trouble.SILENT):
            self._late = job_id, self._clock_s() + _LATE_S
        return PrintOutcome.UNKNOWN, trouble

    def _send(self, paper: Iterator[bytes], on_first_byte: Callable[[], None] | None) -> None:
        for number, piece in enumerate(paper):
            self._left_over.suspect(len(piece))
            for at in range(0, len(piece), CHUNK):
                self._transport.write(piece[at : at + CHUNK])
            if number == 0 and on_first_byte is not None:
                on_first_byte()

    def _await_end(self) -> Trouble | None:
        """Wait until the printer confirms the slip; what stands in the way otherwise."""
        began = self._clock_s()
        if self._profile.echo:
            self._questions.request_echo()
        while True:
            echoed = self._questions.echoed(_LOOK_S)
            status = self._ask()
            spent, trouble = self._clock_s() - began, status.trouble
            if echoed and (status.ready or (trouble is not None and (trouble.passes or trouble is Trouble.PAPER_END))):
                return None  # the paper may end right behind a slip; a cover or a knife may not
            if status.ready and not self._profile.echo and spent >= self._profile.settle_s:
                return None
            late = spent >= self._profile.confirm_s
            if late and (status.ready or trouble is None or status.silent):
                return Trouble.SILENT if status.silent else Trouble.UNCONFIRMED
            if trouble is not None and not (status.ready or status.silent) and (late or not trouble.passes):
                # It stands still with part of the slip inside: it must not go on when somebody mends it. Asking once
                # more makes sure that the order has arrived before anybody is told to mend.
                self._left_over.clear()
                self._ask()
                return trouble

    def _mind_left_over(self) -> None:
        """Between two jobs: see whether a slip came late; else get rid of what is left of it, in good time."""
        if self._late is not None:
            job_id, until_s = self._late
            if self._questions.echoed(0.0) and self._status.ready:
                self._left_over.settle()
                self._jobs.remember(PrintResult(job_id, PrintOutcome.PRINTED))
                self._late = None
            elif self._clock_s() >= until_s:
                self._late = None
        self._confirm_void(0.0)
        expelled = self._left_over.voided or not self._left_over.suspected
        if self._late is None and not expelled and self._status.ready and self._cleared().ready:
            self._questions.begin()
            self._expel()

    def _cleared(self) -> PrinterStatus:
        """Drop what waits in the printer; how it is after that, which shows that the order has arrived."""
        self._left_over.clear()
        return self._ask()

    def _expel(self) -> None:
        self._left_over.expel()
        if self._profile.echo:
            self._questions.request_echo()
        else:
            self._left_over.settle()

    def _confirm_void(self, timeout_s: float) -> None:
        """See whether what was left has come out as void."""
        if self._left_over.voided and self._questions.echoed(timeout_s):
            self._left_over.settle()

    def _fresh_status(self) -> PrinterStatus:
        young = self._clock_s() - self._status_at_s < _FRESH_S
        return self._status if young and self._status.ready else self._ask()

    def _ask(self) -> PrinterStatus:
        return self._note(self._questions.ask())

    def _ask_behind_white(self) -> PrinterStatus:
        """Ask a printer before which white dots still wait on a slow line: it can answer only when they are through."""
        asks = 1
        while (status := self._ask()).silent and asks < _DRAIN_ASKS:
            asks += 1
        if asks == 1 or status.silent:
            return status
        self._questions.begin()  # the answers to the first questions may still be to come
        return self._ask()

    def _note(self, status: PrinterStatus) -> PrinterStatus:
        status = self._counted(status)
        if status != self._status:
            self._since_us = self._clock_us()
        self._status, self._status_at_s = status, self._clock_s()
        return status

    def _counted(self, status: PrinterStatus) -> PrinterStatus:
        """The status with what the count of paper knows; an open cover says nothing of the roll."""
        if self._roll is None or status.silent:
            return status
        if status.paper_end and not status.cover_open:
            self._roll.ran_out()
        elif status.ready:
            self._roll.has_paper()
        low = self._roll.slips_left <= self._profile.low_slips
        return replace(status, near_end=True) if low and not status.paper_end else status

    def _rest(self) -> str:
        return "" if self._roll is None else about(self._roll.slips_left)

    def _lose(self, lost: DeviceError) -> None:
        self._link_lost = lost
        self._note(PrinterStatus.unheard())


def _silence(transport: Transport) -> DeviceSilent:
    return DeviceSilent(f"{transport.address} 没有应答", code=Trouble.SILENT.value, advice=Trouble.SILENT.advice)
