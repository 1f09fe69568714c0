"""The driver of every display on a half-duplex line: speak, wait for the answer or its time, only then speak again."""

import threading
from collections.abc import Callable

from devices.clock import mono_us, wall_us
from devices.errors import DeviceGarbled, DeviceSilent
from devices.health import Health, HealthState
from devices.led_display.led_display import Message
from devices.led_display.panels import Panel
from devices.newest import Newest
from devices.transports import Transport

ANSWER_S = 1.0  # a card that has heard answers within it
GAP_S = 0.1  # between two frames, for a display that does not answer
REFRESH_S = 30.0  # a display that lost its power alone shows its text again after so long
ATTEMPTS = 3
CANNOT_ANSWER = ("应答", "这种屏不能回答，是否亮着要到窗口看")
_BITS_PER_BYTE = 10
_WAIT_S = 0.2  # how long a stop may go unnoticed


class Strip:
    """The driver. `open`, `watch` and `close` run on one thread; `show` may be called from any.

    Args:
        transport: Not yet open.
        panel: The make of display.
        name: In settings and logs.
        baud: Of the line: a frame is on its way so long after it was handed over.
        answer_s, gap_s, refresh_s: See the constants.
        now_us: A clock that never jumps.
        clock_us: UTC microseconds, for health.
    """

    def __init__(
        self,
        transport: Transport,
        panel: Panel,
        *,
        name: str = "led_display",
        baud: int = 9600,
        answer_s: float = ANSWER_S,
        gap_s: float = GAP_S,
        refresh_s: float = REFRESH_S,
        now_us: Callable[[], int] = mono_us,
        clock_us: Callable[[], int] = wall_us,
    ) -> None:
        self._transport = transport
        self._panel = panel
        self._name = name
        self._baud = baud
        self._answer_s = answer_s
        self._gap_s = gap_s
        self._refresh_s = refresh_s
        self._now_us = now_us
        self._clock_us = clock_us
        self._since_us = 0
        self._newest: Newest[Message] = Newest()

    @property
    def name(self) -> str:
        """In settings and logs."""
        return self._name

    def health(self) -> Health:
        """Online while open; of a display that cannot answer the details say that this means little."""
        details = () if self._panel.answers else (CANNOT_ANSWER,)
        return Health(self._name, HealthState.ONLINE, self._since_us, details=details)

    def show(self, message: Message) -> None:
        """See LedDisplay."""
        self._newest.put(message)

    def open(self) -> None:
        """Open the port and show the newest message again: a silent display then stays missing; see Device."""
        self._transport.open()
        self._newest.renew()
        message = self._newest.take()
        if message is not None:
            self._say(self._panel.frame(message), threading.Event())
        self._since_us = self._clock_us()

    def close(self) -> None:
        """See Device."""
        self._transport.close()

    def watch(self, stop: threading.Event) -> None:
        """Show what is new, and the same again from time to time, until stopped; see Device."""
        shown_us = self._now_us()
        while not stop.is_set():
            message = self._newest.take(_WAIT_S)
            if message is not None:
                self._say(self._panel.frame(message), stop)
                shown_us = self._now_us()
                continue
            self._transport.read_available()  # notices a pulled plug; nobody asked, so nothing said counts
            if self._now_us() - shown_us > self._refresh_s * 1_000_000:
                self._newest.renew()
                shown_us = self._now_us()

    def _say(self, frame: bytes, stop: threading.Event) -> None:
        """One frame until it is accepted.

        Raises:
            DeviceSilent: No answer to any attempt.
            DeviceGarbled: The display refuses it.
        """
        under_way_s = len(frame) * _BITS_PER_BYTE / self._baud
        accepted: bool | None = None
        for _ in range(ATTEMPTS):
            self._transport.reset()
            self._transport.write(frame)
            if not self._panel.answers:
                stop.wait(under_way_s + self._gap_s)
                return
            accepted = self._answer(under_way_s + self._answer_s)
            if accepted or stop.is_set():
                return
        if accepted is None:
            raise DeviceSilent("no answer to a text", code="led_display.silent")
        raise DeviceGarbled("the display refuses the text", code="led_display.refused", words="不接受显示内容")

    def _answer(self, within_s: float) -> bool | None:
        answers = self._panel.listen()
        until_us = self._now_us() + int(within_s * 1_000_000)
        while (left_us := until_us - self._now_us()) > 0:
            data = self._transport.read(1, left_us / 1_000_000)
            accepted = answers.feed(data + self._transport.read_available()) if data else None
            if accepted is not None:
                return accepted
        return None
