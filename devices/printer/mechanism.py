"""The inside of the printer twin: what it holds, what it prints, and what it says of itself.

Bytes go in through `receive`, which obeys real-time commands on the spot and queues the rest; a thread of its own
does the queue, and stands still while there is no paper or the cover is open, as the hardware does.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from devices.printer import stream
from devices.printer.preview import PaperPath, Sheet
from devices.printer.stream import GS, Command, CommandStream

_STATUS_ECHO = GS + b"r"
_BUFFER = 65536  # bytes it takes in before it stops reading
_CLEAR_BUFFERS = 2  # of DLE ENQ
_WELL = 0x12  # the fixed bits of a DLE EOT answer


@dataclass
class State:
    """What a person does to the machine."""

    paper: str = "ok"  # ok, near_end, out
    cover_open: bool = False
    silent: bool = False
    slow_s: float = 0.0  # pause before each cut

    @property
    def standing(self) -> bool:
        """Whether it cannot print now."""
        return self.paper == "out" or self.cover_open

    def answer(self, request: int) -> int:
        """The answer to DLE EOT of this number."""
        bits = {
            1: 0x08 if self.standing else 0,
            2: (0x04 if self.cover_open else 0) | (0x20 if self.paper == "out" else 0),
            4: {"ok": 0, "near_end": 0x0C, "out": 0x6C}[self.paper],
        }
        return _WELL | bits.get(request, 0)

    def echo(self) -> int:
        """The answer to GS r 1."""
        return {"ok": 0x00, "near_end": 0x03, "out": 0x0F}[self.paper]


@dataclass
class PrintedSlip:
    """One slip that came out.

    Attributes:
        sheet: Its picture and its text.
        data: The bytes it was made of, from the previous cut to this one; questions about status are no part of it.
        taken: Whether a person has pulled it out.
    """

    sheet: Sheet
    data: bytes
    taken: bool = False


class Mechanism:
    """Head, knife, buffer and sensors.

    Args:
        dots: Printable dots in a row.
        out: Folder for `slip-N.bin` and `slip-N.png`, N from 1; None keeps slips in memory only.
    """

    def __init__(self, dots: int, out: Path | None = None) -> None:
        self._paper = PaperPath(dots)
        self._out = out
        self._stream = CommandStream()
        self._queue: deque[tuple[Command, Callable[[bytes], None]]] = deque()
        self._queued = 0
        self._current = bytearray()
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name="printer-mechanism", daemon=True)
        self.state = State()
        self.slips: list[PrintedSlip] = []

    def start(self) -> None:
        """Switch on."""
        self._thread.start()

    def stop(self) -> None:
        """Switch off; what waits is lost."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._thread.join(5)

    def change(self, **values: object) -> None:
        """Set fields of the state; the mechanism goes on or stands still at once."""
        with self._changed:
            for name, value in values.items():
                setattr(self.state, name, value)
            self._changed.notify_all()

    def receive(self, data: bytes, reply: Callable[[bytes], None]) -> None:
        """Take bytes of one connection; returns only when there is room for more.

        Args:
            data: As they came.
            reply: Sends an answer back.
        """
        with self._changed:
            for command in self._stream.feed(data):
                if command.name in stream.REAL_TIME:
                    self._obey_now(command, reply)
                else:
                    self._queue.append((command, reply))
                    self._queued += len(command.raw)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._stopping or self._queued < _BUFFER)

    def forget_unfinished(self) -> None:
        """The connection is gone: the end of a command will not come."""
        with self._changed:
            self._stream.clear()

    def _obey_now(self, command: Command, reply: Callable[[bytes], None]) -> None:
        number = command.parameters[0]
        if command.name == stream.STATUS_REQUEST and not self.state.silent:
            reply(bytes([self.state.answer(number)]))
        elif command.name == stream.RECOVER_REQUEST and number == _CLEAR_BUFFERS:
            self._queue.clear()
            self._queued = 0

    def _work(self) -> None:
        with self._changed:
            while True:
                self._changed.wait_for(lambda: self._stopping or (self._queue and not self.state.standing))
                if self._queue and self._queue[0][0].name == stream.CUT and self.state.slow_s:
                    self._linger()
                if self._stopping:
                    return
                if self._queue and not self.state.standing:
                    self._do(*self._queue.popleft())

    def _linger(self) -> None:
        """A slow machine: the cut comes later, unless the state or the queue changes first."""
        head = self._queue[0]
        self._changed.wait_for(
            lambda: self._stopping or self.state.standing or not self._queue or self._queue[0] is not head,
            self.state.slow_s,
        )

    def _do(self, command: Command, reply: Callable[[bytes], None]) -> None:
        self._queued -= len(command.raw)
        self._changed.notify_all()
        if command.name == _STATUS_ECHO:
            if not self.state.silent:
                reply(bytes([self.state.echo()]))
            return
        self._current += command.raw
        sheet = self._paper.obey(command)
        if sheet is not None:
            self._keep(PrintedSlip(sheet, bytes(self._current)))
            self._current.clear()

    def _keep(self, slip: PrintedSlip) -> None:
        self.slips.append(slip)
        if self._out is not None:
            data_file, picture_file = slip_files(self._out, len(self.slips))
            data_file.write_bytes(slip.data)
            slip.sheet.picture.save(picture_file)


def slip_files(out: Path, number: int) -> tuple[Path, Path]:
    """Where the bytes and the picture of the slip of this number are kept."""
    return out / f"slip-{number}.bin", out / f"slip-{number}.png"
