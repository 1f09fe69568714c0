"""Puts slips on paper after their numbers are durable: one thread, one job at a time, nothing sent twice unasked."""

import logging
import queue
import threading
from collections.abc import Callable

from devices.printer import Printer, PrintOutcome
from hall.clock import Clock
from hall.errors import OneWindowError
from kiosk.issued import Issued
from kiosk.journey.visit import Paper
from kiosk.metrics import Metrics
from kiosk.print_steps import mark_sent, record_end, slip_of
from queue_server.link.errors import LedgerUnwritable
from queue_server.link.ledger import Ledger, PrintJob

_log = logging.getLogger("onewindow.kiosk.printing")
_PAPERS = {
    PrintOutcome.PRINTED: Paper.PRINTED,
    PrintOutcome.UNKNOWN: Paper.UNKNOWN,
    PrintOutcome.FAILED: Paper.FAILED,
}


class Printing:
    """The printing thread of one kiosk.

    Args:
        ledger: Where the jobs stand.
        printer: The kiosk's printer; None if it has none, then every job fails at once.
        clock: The machine's clocks.
        kiosk: The number on the cabinet, printed on the slip.
        on_paper: Told (ticket, what became of its slip) on the printing thread.
        metrics: Takes the time from the tap to the first byte.
    """

    def __init__(
        self,
        ledger: Ledger,
        printer: Printer | None,
        clock: Clock,
        kiosk: int,
        on_paper: Callable[[str, Paper], None],
        metrics: Metrics,
    ) -> None:
        self._ledger = ledger
        self._printer = printer
        self._clock = clock
        self._kiosk = kiosk
        self._on_paper = on_paper
        self._metrics = metrics
        self._jobs: queue.SimpleQueue[tuple[PrintJob, int] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="printing", daemon=True)

    def start(self) -> None:
        """Begin to print what `put` brings."""
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Finish the job in hand, leave the rest `issued`, and end."""
        self._jobs.put(None)
        self._thread.join(timeout_s)

    def put(self, job: PrintJob, since_us: int) -> None:
        """Print a job whose number is durable; returns at once.

        Args:
            job: As the ledger made it.
            since_us: The monotonic moment of the tap.
        """
        self._jobs.put((job, since_us))

    def _run(self) -> None:
        while (item := self._jobs.get()) is not None:
            job, since_us = item
            try:
                self._print(job, since_us)
            except Exception:  # a bug in one slip must not end the paper of everybody after it
                _log.exception("kiosk.print_bug job %s", job.id)
                self._on_paper(job.ticket, Paper.UNKNOWN)

    def _print(self, job: PrintJob, since_us: int) -> None:
        try:
            mark_sent(self._ledger, job)
            outcome = self._send(job, since_us)
        except LedgerUnwritable as error:  # without the mark `sent` a restart could print it again: nothing is sent
            _log.error("%s job %s not sent: %s", error.code, job.id, error)
            self._on_paper(job.ticket, Paper.FAILED)
            return
        self._on_paper(job.ticket, _PAPERS[outcome])
        record_end(self._ledger, self._clock, job, outcome)

    def _send(self, job: PrintJob, since_us: int) -> PrintOutcome:
        number = Issued.model_validate_json(job.slip).number

        def first_byte() -> None:
            self._metrics.duration("tap_to_first_byte", since_us, number)

        try:
            slip = slip_of(self._ledger, job, self._kiosk)
            if self._printer is None:
                return PrintOutcome.FAILED
            result = self._printer.print(job.id, slip, reprint=job.copy_no > 1, on_first_byte=first_byte)
        except OneWindowError as error:
            _log.error("%s job %s: %s", error.code, job.id, error)
            return PrintOutcome.FAILED
        _log.info("kiosk.slip_%s copy %d%s", result.outcome, job.copy_no, f" {result.reason}" if result.reason else "")
        return result.outcome
