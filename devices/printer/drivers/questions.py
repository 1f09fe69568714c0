"""Asking a printer how it is, over any transport: one question, one answer byte, and silence told from health."""

import time
from collections.abc import Callable
from functools import partial

from devices.printer import status
from devices.printer.status import AnswerReader, PrinterStatus
from devices.transports import Transport

_REQUEST = b"\x10\x04"
_ECHO_REQUEST = b"\x1dr\x01"  # GS r 1: answered when everything before it is on paper
_ECHOES = 2  # asked for at once: a single byte may be noise, or the break of a line whose power goes
_AUTOMATIC_REQUEST = b"\x1da\x4e"  # GS a: speak up at once and on every change of line, error, paper or panel
_GRACE_S = 0.1  # after the time: it may have passed because this machine stood still
ANSWER_S = 1.0  # an answer takes milliseconds; the rest is for a kiosk that is busy itself


class Questions:
    """The talking back of one printer. For one thread at a time, like its transport.

    Args:
        transport: Open when a question is asked.
        automatic: Whether to have the printer report changes by itself (ASB).
        answer_s: How long an answer may take.
        clock_s: Seconds of a clock that never jumps.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        automatic: bool = False,
        answer_s: float = ANSWER_S,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._automatic = automatic
        self._answer_s = answer_s
        self._clock_s = clock_s
        self._heard = AnswerReader()
        self._echoes_due = 0
        self._only_reports = False  # it answers no questions, but reports
        self._last_report: PrinterStatus | None = None

    def begin(self) -> None:
        """Forget all that was said before, and ask for reports where the model makes them.

        Raises:
            DeviceError: The link is gone or takes nothing.
        """
        self._listen(0.0)  # not dropped unread: the half of a report would leave its end for an answer
        self._heard.forget()
        self._echoes_due = 0
        self._last_report = None
        if self._automatic:
            self._transport.write(_AUTOMATIC_REQUEST)

    def ask(self) -> PrinterStatus:
        """All four real-time questions, one after the other; stops at the first that stays without answer.

        Raises:
            DeviceError: The link is gone or takes nothing.
        """
        news = self.overheard()
        self._heard.answers.clear()
        if not self._only_reports and self._answered():
            return status.from_answers(*self._heard.answers[: len(status.REQUESTS)])
        report = self._report(news)
        if report is None:
            self._heard.echoes = 0  # perhaps it lost its power: what it said before proves nothing
        return report or PrinterStatus.unheard()

    def overheard(self) -> PrinterStatus | None:
        """What the printer has reported by itself since the last look, without waiting.

        Raises:
            DeviceMissing: The link is gone.
        """
        self._listen(0.0)
        report, self._heard.automatic = self._heard.automatic, None
        return report

    def request_echo(self) -> None:
        """Ask for a sign that everything sent so far has been printed.

        Raises:
            DeviceError: The link is gone or takes nothing.
        """
        self._listen(0.0)
        self._heard.echoes = min(self._heard.echoes, self._echoes_due)  # more are noise
        self._echoes_due += _ECHOES
        for _ in range(_ECHOES):
            self._transport.write(_ECHO_REQUEST)

    def echoed(self, timeout_s: float) -> bool:
        """Whether every such sign has come, waiting up to `timeout_s` for one; False if none was asked for.

        Raises:
            DeviceMissing: The link is gone.
        """
        if self._heard.echoes < self._echoes_due:
            self._listen(timeout_s)
        return 0 < self._echoes_due <= self._heard.echoes

    def _answered(self) -> bool:
        for count, request in enumerate(status.REQUESTS, start=1):
            self._transport.write(_REQUEST + bytes([request]))
            if not self._heard_within(partial(self._has_answers, count)):
                return False
        return True

    def _has_answers(self, count: int) -> bool:
        return len(self._heard.answers) >= count

    def _report(self, news: PrinterStatus | None) -> PrinterStatus | None:
        """What a printer says that answers no questions: some models speak only by themselves.

        One that stands still cannot obey the request either: its last word then holds.
        """
        report = self.overheard() or news
        if report is None and self._automatic:
            self._transport.write(_AUTOMATIC_REQUEST)
            self._heard_within(lambda: self._heard.automatic is not None)
            report = self.overheard()
        if report is None and self._last_report is not None and not self._last_report.ready:
            return self._last_report
        self._last_report = report
        self._only_reports = self._automatic and report is not None
        return report

    def _heard_within(self, enough: Callable[[], bool]) -> bool:
        until = self._clock_s() + self._answer_s
        while not enough():
            left = until - self._clock_s()
            if left <= 0:
                self._listen(_GRACE_S)
                return enough()
            self._listen(left)
        return True

    def _listen(self, timeout_s: float) -> None:
        first = self._transport.read(1, timeout_s) if timeout_s else b""
        self._heard.feed(first + self._transport.read_available())
