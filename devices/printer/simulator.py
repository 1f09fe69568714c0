"""The twin of a network ticket printer: real bytes on a TCP port, paper as pictures, and hands that take the paper.

Acts: paper {state: ok | near_end | out}, cover {state: open | closed}, silent {state: on | off},
slow {seconds}, cut_connection {after_bytes}, slips, pull.
"""

import socket
import threading
from argparse import ArgumentParser, Namespace
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, Self

from devices.errors import ActRefused, DeviceMissing
from devices.printer.mechanism import Mechanism, slip_files
from devices.simulation.simulator import Acts, Simulator, perform

USUAL_PORT = 9100
_DOTS = {80: 576, 58: 384}
_CHUNK = 4096


class PrinterSimulator(Simulator):
    """A printer on a TCP port; talks to one program at a time, others wait, as with the hardware.

    Args:
        port: 0 takes a free one.
        paper_mm: 80 or 58.
        out: Folder that keeps each slip as `slip-N.bin` and `slip-N.png`; made if missing. None keeps no files.
        host: Address to listen on.
    """

    kind: ClassVar[str] = "printer"

    def __init__(self, port: int = 0, *, paper_mm: int = 80, out: Path | None = None, host: str = "127.0.0.1") -> None:
        self._wanted = (host, port)
        self._out = out
        self._mechanism = Mechanism(_DOTS[paper_mm], out)
        self._listener: socket.socket | None = None
        self._thread = threading.Thread(target=self._listen, name="printer-port", daemon=True)
        self._line = threading.Lock()  # guards the two below and writing to the connection
        self._connection: socket.socket | None = None
        self._cut_after: int | None = None  # bytes still let in before the connection is cut
        self._address = ""

    @classmethod
    def add_options(cls, parser: ArgumentParser) -> None:
        """Declare port, paper and folder."""
        parser.add_argument("--port", type=int, default=USUAL_PORT, help="TCP 端口；0 表示任选空闲端口")
        parser.add_argument("--paper", type=int, choices=sorted(_DOTS), default=80, help="纸宽，毫米")
        parser.add_argument("--out", type=Path, help="保存每张纸（slip-N.bin 和 slip-N.png）的文件夹")

    @classmethod
    def from_options(cls, options: Namespace) -> Self:
        """Build the twin from the parsed command line."""
        return cls(options.port, paper_mm=options.paper, out=options.out)

    @property
    def address(self) -> str:
        """`host:port`."""
        return self._address

    def start(self) -> None:
        """Listen and switch on.

        Raises:
            DeviceMissing: The port is taken or the folder cannot be made.
        """
        host, port = self._wanted
        try:
            if self._out is not None:
                self._out.mkdir(parents=True, exist_ok=True)
            self._listener = socket.create_server((host, port), backlog=4)
        except OSError as refused:
            raise DeviceMissing(f"打印机模拟器不能在 {host}:{port} 启动：{refused}") from refused
        self._address = f"{host}:{self._listener.getsockname()[1]}"
        self._mechanism.start()
        self._thread.start()

    def stop(self) -> None:
        """Close the port, the connection and the mechanism."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in accept
            listener.close()
        self._hang_up()
        self._mechanism.stop()
        self._thread.join(5)

    def act(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Do to the printer what a person does."""
        acts: Acts = {
            "paper": self._paper,
            "cover": self._cover,
            "silent": self._silent,
            "slow": self._slow,
            "cut_connection": self._cut_connection,
            "slips": self._slips,
            "pull": self._pull,
        }
        return perform(acts, name, arguments)

    def _paper(self, state: str) -> dict[str, Any]:
        self._mechanism.change(paper=_one_of(state, "ok", "near_end", "out"))
        return {}

    def _cover(self, state: str) -> dict[str, Any]:
        self._mechanism.change(cover_open=_one_of(state, "open", "closed") == "open")
        return {}

    def _silent(self, state: str) -> dict[str, Any]:
        self._mechanism.change(silent=_one_of(state, "on", "off") == "on")
        return {}

    def _slow(self, seconds: float) -> dict[str, Any]:
        if not isinstance(seconds, int | float) or seconds < 0:
            raise ActRefused(f"seconds 应为不小于 0 的秒数，而不是 {seconds}")
        self._mechanism.change(slow_s=float(seconds))
        return {}

    def _cut_connection(self, after_bytes: int = 0) -> dict[str, Any]:
        if not isinstance(after_bytes, int) or after_bytes < 0:
            raise ActRefused(f"after_bytes 应为不小于 0 的整数，而不是 {after_bytes}")
        if after_bytes:
            with self._line:
                self._cut_after = after_bytes
        else:
            self._hang_up()
        return {}

    def _slips(self) -> dict[str, Any]:
        found = []
        for number, slip in enumerate(tuple(self._mechanism.slips), start=1):
            files = [str(file) for file in slip_files(self._out, number)] if self._out else [None, None]
            entry = {"index": number, "bin": files[0], "png": files[1], "text": slip.sheet.text, "taken": slip.taken}
            found.append(entry)
        return {"slips": found}

    def _pull(self) -> dict[str, Any]:
        taken = []
        for number, slip in enumerate(tuple(self._mechanism.slips), start=1):
            if not slip.taken:
                slip.taken = True
                taken.append(number)
        return {"taken": taken}

    def _listen(self) -> None:
        listener = self._listener
        while listener is not None:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # closed: the twin is stopping
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._line:
                self._connection = connection
            with suppress(OSError):
                self._hear(connection)
            self._mechanism.forget_unfinished()
            self._hang_up()

    def _hear(self, connection: socket.socket) -> None:
        def reply(answer: bytes) -> None:
            with suppress(OSError):  # nobody is there any more to hear it
                connection.sendall(answer)

        while data := connection.recv(_CHUNK):
            with self._line:
                let_in = data if self._cut_after is None else data[: self._cut_after]
                if self._cut_after is not None:
                    self._cut_after -= len(let_in)
                cut = self._cut_after == 0
                if cut:
                    self._cut_after = None
            self._mechanism.receive(let_in, reply)
            if cut:
                return

    def _hang_up(self) -> None:
        with self._line:
            connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()


def _one_of(value: str, *allowed: str) -> str:
    if value not in allowed:
        raise ActRefused(f"state 应为 {'、'.join(allowed)} 之一，而不是 {value}")
    return value
