"""The inside of the printer twin: what it holds, what it prints, and what it says of itself.

Bytes go in through `receive`, which obeys real-time commands on the spot and queues the rest; a thread of its own
does the queue. It stands still while something is wrong, as the hardware does, keeps what it was sent and goes on
with the old half when it is mended: only clearing its buffers prevents that. A command whose end never came still
waits for it, also on the next connection.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from devices.printer import stream
from devices.printer.condition import Condition
from devices.printer.preview import PaperPath, Sheet
from devices.printer.stream import GS, Command, CommandStream

_STATUS_ECHO = GS + b"r"
_AUTOMATIC = GS + b"a"
_BUFFER = 65536  # bytes it takes in before it stops reading
_CLEAR_BUFFERS = 2  # of DLE ENQ


@dataclass
class PrintedSlip:
    """One piece of paper that came out.

    Attributes:
        sheet: Its picture and its text.
        data: The bytes it was made of, from the previous cut to this one; questions about status are no part of it.
        torn: Whether it was no cut that freed it: the half that a person tears off with the end of a roll.
        taken: Whether a person has pulled it out.
    """

    sheet: Sheet
    data: bytes
    torn: bool = False
    taken: bool = False


class Mechanism:
    """Head, knife, buffer and sensors.

    Args:
        dots: Printable dots in a row.
        say: Sends bytes to the program at the other end.
        out: Folder for `slip-N.bin` and `slip-N.png`, N from 1; None keeps slips in memory only.
    """

    def __init__(self, dots: int, say: Callable[[bytes], None], out: Path | None = None) -> None:
        self._dots = dots
        self._say = say
        self._paper = PaperPath(dots)
        self._out = out
        self._stream = CommandStream()
        self._queue: deque[Command] = deque()
        self._queued = 0
        self._current = bytearray()
        self._automatic = False
        self._changed = threading.Condition()  # guards condition and queue; taken before the other, never after it
        self._head = threading.Lock()  # guards the paper
        self._stopping = False
        self._thread = threading.Thread(target=self._work, name="printer-mechanism", daemon=True)
        self.condition = Condition()
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
        """Set fields of the condition; the mechanism goes on or stands still at once."""
        with self._changed:
            was_out, on_nothing = self.condition.paper == "out", self.condition.prints_on_nothing
            for name, value in values.items():
                setattr(self.condition, name, value)
            if was_out and self.condition.paper != "out":
                self._tear(nothing=on_nothing)
            self._tell_change()
            self._changed.notify_all()

    def receive(self, data: bytes, *, patient: bool = True) -> None:
        """Take bytes from the wire.

        Args:
            data: As they came.
            patient: Whether to return only when there is room for more; else what has no room is lost.
        """
        with self._changed:
            for command in self._stream.feed(data):
                if command.name in stream.REAL_TIME:
                    self._obey_now(command)
                elif patient or self._queued < _BUFFER:
                    self._queue.append(command)
                    self._queued += len(command.raw)
            self._changed.notify_all()
            if patient:
                self._changed.wait_for(lambda: self._stopping or self._queued < _BUFFER)

    def lose_power(self) -> None:
        """Everything that it held is gone; what is printed stays under the head."""
        with self._changed:
            self._stream.clear()
            self._clear()
            self._automatic = False

    def _obey_now(self, command: Command) -> None:
        number = command.parameters[0]
        if command.name == stream.STATUS_REQUEST:
            self._answer(bytes([self.condition.answer(number)]))
        elif command.name == stream.RECOVER_REQUEST and number == _CLEAR_BUFFERS:
            self._clear()

    def _answer(self, answer: bytes) -> None:
        if not self.condition.silent:
            self._say(answer)

    def _tell_change(self) -> None:
        if self._automatic:
            self._answer(self.condition.automatic())

    def _clear(self) -> None:
        self._queue.clear()
        self._queued = 0
        with self._head:
            self._paper.forget_line()
        self._changed.notify_all()

    def _work(self) -> None:
        while (command := self._next()) is not None:
            if command.name == _STATUS_ECHO:
                self._answer(bytes([self.condition.echo()]))
            elif command.name == _AUTOMATIC:
                self._automatic = bool(command.parameters[0])
                self._tell_change()
            else:
                self._print(command)

    def _next(self) -> Command | None:
        """Wait for the next command that can be done; None at the end."""
        with self._changed:
            while True:
                self._changed.wait_for(lambda: self._stopping or (self._queue and not self.condition.standing))
                if self._queue and self._queue[0].name == stream.CUT and self.condition.slow_s:
                    self._linger()
                if self._stopping:
                    return None
                if self._queue and not self.condition.standing:
                    command = self._queue.popleft()
                    self._queued -= len(command.raw)
                    self._changed.notify_all()
                    return command

    def _linger(self) -> None:
        """A slow machine: the cut comes later, unless the condition or the queue changes first."""
        head, how = self._queue[0], self.condition

        def disturbed() -> bool:
            return self._stopping or how.standing or not how.slow_s or not self._queue or self._queue[0] is not head

        self._changed.wait_for(disturbed, how.slow_s)

    def _print(self, command: Command) -> None:
        with self._head:  # not the other lock: real-time commands are obeyed meanwhile
            self._current += command.raw
            before = self._paper.fed
            sheet = self._paper.obey(command)
            if sheet is not None:
                self._keep(PrintedSlip(sheet, bytes(self._current)), nothing=self.condition.prints_on_nothing)
            used = self._paper.fed - before
        with self._changed:
            if self.condition.use_up(used, cut=sheet is not None):
                self._tell_change()

    def _tear(self, *, nothing: bool) -> None:
        """The person who puts in a new roll takes the end of the old one along."""
        with self._head:
            sheet = self._paper.tear()
            if sheet is not None:
                self._keep(PrintedSlip(sheet, bytes(self._current), torn=True), nothing=nothing)

    def _keep(self, slip: PrintedSlip, *, nothing: bool) -> None:
        self._current.clear()
        if nothing:
            return
        self.slips.append(slip)
        if self._out is not None:
            data_file, picture_file = slip_files(self._out, len(self.slips))
            data_file.write_bytes(slip.data)
            slip.sheet.picture.save(picture_file)


def slip_files(out: Path, number: int) -> tuple[Path, Path]:
    """Where the bytes and the picture of the slip of this number are kept."""
    return out / f"slip-{number}.bin", out / f"slip-{number}.png"
