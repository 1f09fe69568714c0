"""The base of twins on a serial line: the cable, its plug, and the options every one of them has."""

from abc import abstractmethod
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from devices.simulation.faults import FaultAct, Faults
from devices.simulation.serial_line import SerialLine
from devices.simulation.simulator import Acts, Simulator, perform

_STRANGE_BAUD = 19200  # what no device of a hall is usually set to


class SerialTwin(Simulator):
    """A twin behind a pseudo-terminal. A device adds `from_options` and its `hands`.

    Args:
        hear: Called on the line's thread with what the program has sent.
        baud: The rate the device is set to; None works at whatever rate the program has set.
        link: A stable path for its tty.
    """

    usual_baud: ClassVar[int]
    faults: ClassVar[Faults] = {
        "wrong_baud": FaultAct("设备的波特率被改成了别的", "baud", {"rate": _STRANGE_BAUD}),
        "unplug": FaultAct("数据线被拔掉", "unplug"),
    }

    def __init__(self, hear: Callable[[bytes], None], *, baud: int | None, link: Path | None) -> None:
        self._own_baud = baud
        self._line = SerialLine(hear, baud=baud, link=link)

    @classmethod
    def add_options(cls, parser: ArgumentParser) -> None:
        """`--link` and `--baud`."""
        parser.add_argument("--link", type=Path, help="虚拟串口的固定路径")
        parser.add_argument("--baud", type=int, default=cls.usual_baud, help="波特率")

    @property
    def address(self) -> str:
        """The tty, or its stable link."""
        return self._line.address

    def start(self) -> None:
        """See Simulator."""
        self._line.start()

    def stop(self) -> None:
        """See Simulator."""
        self._line.stop()

    @abstractmethod
    def hands(self) -> Acts:
        """What hands do to this device, beside `baud`, `unplug`, `plug` and `state`."""

    @abstractmethod
    def state(self) -> dict[str, Any]:
        """What the act `state` tells of this device, beside its cable."""

    def act(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """See Simulator; every serial twin has `baud` (`rate`; its own without), `unplug`, `plug` and `state`."""
        cable: Acts = {"baud": self._baud, "unplug": self._unplug, "plug": self._plug, "state": self._state}
        return perform({**self.hands(), **cable}, name, arguments)

    def _baud(self, *, rate: int | None = None) -> dict[str, Any]:
        self._line.set_baud(rate or self._own_baud)
        return {}

    def _unplug(self) -> dict[str, Any]:
        self._line.unplug()
        return {}

    def _plug(self) -> dict[str, Any]:
        self._line.plug()
        return {"address": self.address}

    def _state(self) -> dict[str, Any]:
        return {**self.state(), "plugged": self._line.plugged, "address": self.address}
