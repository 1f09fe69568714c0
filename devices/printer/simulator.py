"""The twin of a ticket printer: real bytes on a TCP port or a serial line, paper as pictures, and hands at it.

Acts: paper {state: ok | near_end | out}, roll {dots | slips: until the paper ends}, cover {state: open | closed},
offline, hot, broken, silent, lies {state: on | off}, feed_button {state: down | up}, cutter {state: jammed | free},
slow {seconds}, power {state: off | on}, unplug, plug, cut_connection {after_bytes, power: whether that goes too},
fault {kind}, mend, slips, pull, state.
"""

import threading
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any, ClassVar, Self

from devices.errors import ActRefused, DeviceMissing
from devices.printer.faults import MENDED, NAMED, steps_of
from devices.printer.mechanism import Mechanism, PrintedSlip, slip_files
from devices.printer.ports import Port, SerialPort, TcpPort
from devices.simulation import Acts, Faults, Simulator
from devices.simulation.options import tcp_port
from devices.simulation.simulator import perform

USUAL_PORT = 9100
USUAL_BAUD = 115200
_DOTS = {80: 576, 58: 384}


class PrinterSimulator(Simulator):
    """A printer on a TCP port or, with a link, on a serial line.

    Args:
        port: 0 takes a free one.
        paper_mm: 80 or 58.
        out: Folder that keeps each slip as `slip-N.bin` and `slip-N.png`; made if missing. None keeps no files.
        host: Address to listen on.
        link: A stable path for its tty; then it has no TCP port.
        baud: Of the serial line; None follows the program.
    """

    kind: ClassVar[str] = "printer"
    faults: ClassVar[Faults] = NAMED

    def __init__(
        self,
        port: int = 0,
        *,
        paper_mm: int = 80,
        out: Path | None = None,
        host: str = "127.0.0.1",
        link: Path | None = None,
        baud: int | None = USUAL_BAUD,
    ) -> None:
        self._out = out
        self._patient = link is None  # a serial line has no way to say wait
        self._port: Port = TcpPort(self._hear, host, port) if link is None else SerialPort(self._hear, baud, link)
        self._mechanism = Mechanism(_DOTS[paper_mm], self._port.send, out)
        self._fuse = threading.Lock()  # guards the two below
        self._cut_after: int | None = None  # bytes still let in before the connection is cut
        self._power_too = False

    @classmethod
    def add_options(cls, parser: ArgumentParser) -> None:
        """Declare port, line, paper and folder."""
        parser.add_argument("--port", type=tcp_port, default=USUAL_PORT, help="TCP 端口；0 表示任选空闲端口")
        parser.add_argument("--link", type=Path, help="虚拟串口的固定路径；写了就不用 TCP 端口")
        parser.add_argument("--baud", type=int, default=USUAL_BAUD, help="串口波特率")
        parser.add_argument("--paper", type=int, choices=sorted(_DOTS), default=80, help="纸宽，毫米")
        parser.add_argument("--out", type=Path, help="保存每张纸（slip-N.bin 和 slip-N.png）的文件夹")

    @classmethod
    def from_options(cls, options: Namespace) -> Self:
        """Build the twin from the parsed command line."""
        return cls(
            options.port,
            paper_mm=options.paper,
            out=options.out,
            link=options.link,
            baud=options.baud,
        )

    @property
    def address(self) -> str:
        """`host:port`, or the tty."""
        return self._port.address

    @property
    def slips(self) -> tuple[PrintedSlip, ...]:
        """All paper that came out, in order; for tests in the same process."""
        return tuple(self._mechanism.slips)

    def start(self) -> None:
        """Listen and switch on.

        Raises:
            DeviceMissing: The port is taken or the folder cannot be made.
        """
        try:
            if self._out is not None:
                self._out.mkdir(parents=True, exist_ok=True)
        except OSError as refused:
            raise DeviceMissing(f"打印机模拟器不能使用文件夹 {self._out}：{refused}") from refused
        self._port.start()
        self._mechanism.start()

    def stop(self) -> None:
        """Close the port, the connection and the mechanism."""
        self._mechanism.stop()
        self._port.stop()

    def act(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """Do to the printer what a person does."""
        acts: Acts = {
            "paper": self._paper,
            "roll": self._roll,
            "cover": self._cover,
            "offline": self._offline,
            "hot": self._hot,
            "broken": self._broken,
            "silent": self._silent,
            "lies": self._lies,
            "feed_button": self._feed_button,
            "cutter": self._cutter,
            "slow": self._slow,
            "power": self._power,
            "unplug": self._unplug,
            "plug": self._plug,
            "cut_connection": self._cut_connection,
            "fault": self._fault,
            "mend": self._mend,
            "slips": self._slips,
            "pull": self._pull,
            "state": self._state,
        }
        return perform(acts, name, arguments)

    def _paper(self, state: str) -> dict[str, Any]:
        paper = _one_of(state, "ok", "near_end", "out")
        self._mechanism.change(paper=paper, dots_left=None, slips_left=None)
        return {}

    def _roll(self, *, dots: int | None = None, slips: int | None = None) -> dict[str, Any]:
        if (dots is None) == (slips is None) or (dots or slips or 0) < 1:
            raise ActRefused("roll 应给出 dots（剩余点数）或 slips（剩余张数）之一，不小于 1")
        self._mechanism.change(dots_left=dots, slips_left=slips)
        return {}

    def _cover(self, state: str) -> dict[str, Any]:
        return self._set("cover_open", state, "closed", "open")

    def _offline(self, state: str) -> dict[str, Any]:
        return self._set("offline", state, "off", "on")

    def _hot(self, state: str) -> dict[str, Any]:
        return self._set("hot", state, "off", "on")

    def _broken(self, state: str) -> dict[str, Any]:
        return self._set("broken", state, "off", "on")

    def _silent(self, state: str) -> dict[str, Any]:
        return self._set("silent", state, "off", "on")

    def _lies(self, state: str) -> dict[str, Any]:
        return self._set("lies", state, "off", "on")

    def _feed_button(self, state: str) -> dict[str, Any]:
        return self._set("feeding", state, "up", "down")

    def _cutter(self, state: str) -> dict[str, Any]:
        return self._set("cutter_jammed", state, "free", "jammed")

    def _slow(self, seconds: float) -> dict[str, Any]:
        if seconds < 0:
            raise ActRefused(f"seconds 应为不小于 0 的秒数，而不是 {seconds}")
        self._mechanism.change(slow_s=float(seconds))
        return {}

    def _power(self, state: str) -> dict[str, Any]:
        if _one_of(state, "off", "on") == "on":
            return self._plug()
        self._port.unplug()
        self._mechanism.lose_power()
        return {}

    def _unplug(self) -> dict[str, Any]:
        self._port.unplug()
        return {}

    def _plug(self) -> dict[str, Any]:
        with self._fuse:
            self._cut_after = None
        self._port.plug()
        return {"address": self.address}

    def _cut_connection(self, *, after_bytes: int = 0, power: bool = False) -> dict[str, Any]:
        if after_bytes < 0:
            raise ActRefused(f"after_bytes 应为不小于 0 的整数，而不是 {after_bytes}")
        if after_bytes:
            with self._fuse:
                self._cut_after, self._power_too = after_bytes, power
        else:
            self._cut(power=power)
        return {}

    def _fault(self, kind: str) -> dict[str, Any]:
        for name, arguments in steps_of(kind):
            self.act(name, dict(arguments))
        return {}

    def _mend(self) -> dict[str, Any]:
        for name, arguments in MENDED:
            self.act(name, dict(arguments))
        return {}

    def _slips(self) -> dict[str, Any]:
        found = []
        for number, slip in enumerate(self.slips, start=1):
            data_file, picture = (str(file) for file in slip_files(self._out, number)) if self._out else (None, None)
            entry = {"index": number, "bin": data_file, "png": picture, "text": slip.sheet.text}
            found.append(entry | {"torn": slip.torn, "taken": slip.taken})
        return {"slips": found}

    def _pull(self) -> dict[str, Any]:
        taken = []
        for number, slip in enumerate(self.slips, start=1):
            if not slip.taken:
                slip.taken = True
                taken.append(number)
        return {"taken": taken}

    def _state(self) -> dict[str, Any]:
        return {**asdict(self._mechanism.condition), "plugged": self._port.plugged, "address": self.address}

    def _set(self, field: str, state: str, well: str, ill: str) -> dict[str, Any]:
        self._mechanism.change(**{field: _one_of(state, well, ill) == ill})
        return {}

    def _hear(self, data: bytes) -> None:
        """On the port's thread: let bytes in, until the connection is to be cut."""
        with self._fuse:
            let_in = data if self._cut_after is None else data[: self._cut_after]
            burnt = self._cut_after == len(let_in)
            if self._cut_after is not None:
                self._cut_after = None if burnt else self._cut_after - len(let_in)
        self._mechanism.receive(let_in, patient=self._patient)
        if burnt:
            self._cut(power=self._power_too)

    def _cut(self, *, power: bool) -> None:
        if power:
            self._mechanism.lose_power()
        self._port.hang_up()


def _one_of(value: str, *allowed: str) -> str:
    if value not in allowed:
        raise ActRefused(f"state 应为 {'、'.join(allowed)} 之一，而不是 {value}")
    return value
