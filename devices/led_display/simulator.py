"""The twin of displays over a window, on a half-duplex line: shows what it is told, notes a host that interrupts."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Self

from devices.errors import ActRefused, DeviceError
from devices.led_display import onbon
from devices.led_display.picture import drawn
from devices.simulation import Acts, FaultAct, Faults, SerialTwin
from devices.simulation.line_faults import NAMED, SPLIT_S, LineFaults

MAKES = ("onbon", "sunpn", "number_board")
REPLY_WINDOW_S = 0.05  # after a frame the line belongs for so long to a display that does not answer


class LedDisplaySimulator(SerialTwin):
    """The display and its line.

    Acts: `fault` (`kind`, `count`; see devices.simulation.line_faults: on a display that answers they befall the
    answer, on one that does not they befall what it hears), `mend`, `refuse` (`count`: so many frames are answered by
    a no), `restart` (its power was away and its text is gone), `picture` (`path`: a PNG of what it shows), those of
    SerialTwin, and `state` (`text` now shown, `shown` frames, `damaged`, `interrupted`: how often the program spoke
    while the line was the display's).

    Args:
        make: Which protocol, one of MAKES.
        baud: The rate it works at; None works at whatever rate the program has set.
        link: A stable path for its tty.
        board: Its number on the line, for a number board.
        now_s: A clock that never jumps.
    """

    kind: ClassVar[str] = "led_display"
    usual_baud: ClassVar[int] = 9600
    faults: ClassVar[Faults] = {
        **NAMED,
        "refuse": FaultAct("不接受显示内容", "refuse", counted=True),
        "restart": FaultAct("断电又来电，内容没有了", "restart"),
        **SerialTwin.faults,
    }

    def __init__(
        self,
        make: str = "onbon",
        *,
        baud: int | None = usual_baud,
        link: Path | None = None,
        board: int = 1,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(self.hear, baud=baud, link=link)
        if make not in MAKES:
            raise ActRefused(f"没有 {make} 这种屏；可用的有：{'、'.join(MAKES)}")
        self._make = make
        self._board = board
        self._now_s = now_s
        self._frames = onbon.Deframer()
        self._heard = bytearray()
        self._faults = LineFaults()
        self._refusals: int | None = 0  # None for all
        self._ours_until_s = 0.0
        self._text = ""
        self._shown = self._interrupted = self._damaged = 0

    @classmethod
    def add_options(cls, parser: ArgumentParser) -> None:
        """`--link`, `--baud`, `--make` and `--board`."""
        super().add_options(parser)
        parser.add_argument("--make", choices=MAKES, default="onbon", help="屏的协议")
        parser.add_argument("--board", type=int, default=1, help="number_board 的地址")

    @classmethod
    def from_options(cls, options: Namespace) -> Self:
        """See Simulator."""
        return cls(options.make, baud=options.baud, link=options.link, board=options.board)

    def hands(self) -> Acts:
        """See the class and SerialTwin."""
        return {
            "fault": self._faults.arrange,
            "mend": self._mend,
            "refuse": self._refuse,
            "restart": self._restart,
            "picture": self._picture,
        }

    def state(self) -> dict[str, Any]:
        """See the class."""
        return {
            "make": self._make,
            "text": self._text,
            "shown": self._shown,
            "damaged": self._damaged + self._frames.damaged,
            "interrupted": self._interrupted,
        }

    def hear(self, data: bytes) -> None:
        """Bytes came from the program; runs on the line's thread."""
        if self._line.busy or self._now_s() < self._ours_until_s:
            self._interrupted += 1  # on a real line both sendings are lost
            return
        if self._make == "onbon":
            self._hear_onbon(data)
        else:
            for part in self._faults.spoil(data):
                self._heard += part
            self._hear_boards()

    def _hear_onbon(self, data: bytes) -> None:
        for heard in self._frames.feed(data):
            if self._line.busy:
                self._interrupted += 1
                continue
            text = onbon.shown_text(heard)
            if text is None:
                continue
            if self._refusals != 0:
                self._refusals = None if self._refusals is None else self._refusals - 1
                self._answer(onbon.NACK)
                continue
            self._show(text)
            self._answer(onbon.ACK)

    def _hear_boards(self) -> None:
        size = 7 if self._make == "sunpn" else 4
        while len(self._heard) >= size:
            value = self._value(bytes(self._heard[:size]))
            if value is None:
                self._damaged += 1
                del self._heard[0]
            else:
                del self._heard[:size]
                if self._heard:
                    self._interrupted += 1
                    self._heard.clear()
                self._show(str(value))
                self._ours_until_s = self._now_s() + REPLY_WINDOW_S

    def _value(self, frame: bytes) -> int | None:
        if self._make == "sunpn":
            right = frame[0] == 0x3A and frame[4] == 1 and frame[6] == 0x0A and frame[5] == sum(frame[:5]) % 256
            return int.from_bytes(frame[2:4], "little") if right else None
        right = frame[0] == self._board and frame[3] == sum(frame[:3]) % 256
        return int.from_bytes(frame[1:3], "big") if right else None

    def _show(self, text: str) -> None:
        self._text = text
        self._shown += 1

    def _answer(self, word: bytes) -> None:
        answer = onbon.frame(word + b"\x00\x00\x00", onbon.Area())
        for index, part in enumerate(self._faults.spoil(answer)):
            self._line.send(part, after_s=SPLIT_S if index else 0.0)

    def _mend(self) -> dict[str, Any]:
        self._refusals = 0
        return self._faults.clear()

    def _picture(self, *, path: Path) -> dict[str, Any]:
        try:
            drawn(self._text).save(path, "PNG")
        except (OSError, DeviceError) as refused:
            raise ActRefused(f"画不出 {path}：{refused}") from refused
        return {"path": str(path)}

    def _refuse(self, *, count: int | None = 1) -> dict[str, Any]:
        self._refusals = count
        return {}

    def _restart(self) -> dict[str, Any]:
        self._text = ""
        self._frames = onbon.Deframer()
        self._heard.clear()
        return {}
