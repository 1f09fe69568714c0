"""Asking a printer how it is, over any transport: one question, one answer byte, and silence told from health."""

import time
from collections.abc import Callable

from devices.printer import status
from devices.printer.status import AnswerReader, PrinterStatus
from devices.transports import Transport

_REQUEST = b"\x10\x04"
_ECHO_REQUEST = b"\x1dr\x01"  # GS r 1: answered when everything before it is on paper
ANSWER_S = 1.0  # an answer takes milliseconds; the rest is for a kiosk that is busy itself


class Questions:
    """The talking back of one printer. For one thread at a time, like its transport.

    Args:
        transport: Open when a question is asked.
        answer_s: How long an answer may take.
        clock_s: Seconds of a clock that never jumps.
    """

    def __init__(
        self, transport: Transport, *, answer_s: float = ANSWER_S, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        self._transport = transport
        self._answer_s = answer_s
        self._clock_s = clock_s
        self._heard = AnswerReader()

    def begin(self) -> None:
        """Forget all that was said before.

        Raises:
            DeviceMissing: The link is gone.
        """
        self._transport.reset()
        self._heard.forget()

    def ask(self) -> PrinterStatus:
        """All four real-time questions, one after the other; stops at the first that stays without answer.

        Raises:
            DeviceError: The link is gone or takes nothing.
        """
        self._listen(0.0)
        self._heard.answers.clear()
        self._heard.automatic = None
        for count, request in enumerate(status.REQUESTS, start=1):
            self._transport.write(_REQUEST + bytes([request]))
            if not self._heard_within(self._answer_s, count):
                # Some models speak only by themselves.
                return self._heard.automatic or PrinterStatus.unheard()
        return status.from_answers(*self._heard.answers[: len(status.REQUESTS)])

    def request_echo(self) -> None:
        """Ask for a sign that everything sent so far has been printed.

        Raises:
            DeviceError: The link is gone or takes nothing.
        """
        self._heard.echoes = 0
        self._transport.write(_ECHO_REQUEST)

    def echoed(self, timeout_s: float) -> bool:
        """Whether that sign has come, waiting for it up to `timeout_s`.

        Raises:
            DeviceMissing: The link is gone.
        """
        if not self._heard.echoes:
            self._listen(timeout_s)
        return self._heard.echoes > 0

    def _heard_within(self, timeout_s: float, answers: int) -> bool:
        until = self._clock_s() + timeout_s
        while len(self._heard.answers) < answers:
            left = until - self._clock_s()
            if left <= 0:
                return False
            self._listen(left)
        return True

    def _listen(self, timeout_s: float) -> None:
        first = self._transport.read(1, timeout_s) if timeout_s else b""
        self._heard.feed(first + self._transport.read_available())
