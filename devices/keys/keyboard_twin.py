"""The twin of a USB keypad: a named pipe that carries the records of the Linux input layer.

It stands in for the device file, not for the kernel: that a real keyboard is grabbed cannot be seen with it.
"""

import os
import struct
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any, ClassVar, Self

from devices.errors import ActRefused, DeviceFault, DeviceMissing
from devices.keys.evdev_source import codes
from devices.simulation.faults import FaultAct, Faults
from devices.simulation.simulator import Acts, Simulator, perform

_RECORD = struct.Struct("@llHHi")  # struct input_event: seconds, microseconds, type, code, value
_SYN, _KEY, _MSC = 0, 1, 4
_UP, _DOWN, _REPEAT = 0, 1, 2


class KeyboardTwin(Simulator):
    """The keypad and the finger on it.

    Acts: `press` (`key` such as `KEY_KP1`; optional `held`: how many repeats while it is down), `unplug`, `plug`,
    `state`.

    Args:
        link: The path at which a driver finds it.
    """

    kind: ClassVar[str] = "keyboard"
    faults: ClassVar[Faults] = {"unplug": FaultAct("被拔掉", "unplug")}

    def __init__(self, *, link: Path) -> None:
        self._link = link
        self._pipe: int | None = None
        self._pressed = 0

    @classmethod
    def add_options(cls, parser: ArgumentParser) -> None:
        """`--link`."""
        parser.add_argument("--link", type=Path, required=True, help="键盘的路径")

    @classmethod
    def from_options(cls, options: Namespace) -> Self:
        """See Simulator."""
        return cls(link=options.link)

    @property
    def address(self) -> str:
        """The path."""
        return str(self._link.absolute())

    def start(self) -> None:
        """See Simulator."""
        self._plug()

    def stop(self) -> None:
        """See Simulator."""
        self._unplug()

    def act(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """See Simulator."""
        acts: Acts = {"press": self._press, "unplug": self._unplug, "plug": self._plug, "state": self._state}
        return perform(acts, name, arguments)

    def _press(self, *, key: str, held: int = 0) -> dict[str, Any]:
        if self._pipe is None:
            raise ActRefused("键盘已拔掉")
        try:
            (code,) = codes(frozenset({key}))
        except DeviceFault as unknown:
            raise ActRefused(f"没有 {key} 这个键；名称如 KEY_KP1、KEY_ENTER") from unknown
        os.write(self._pipe, b"".join(_stroke(code, value) for value in (_DOWN, *(_REPEAT,) * held, _UP)))
        self._pressed += 1
        return {}

    def _plug(self) -> dict[str, Any]:
        if self._pipe is None:
            try:
                self._link.unlink(missing_ok=True)
                os.mkfifo(self._link)
                self._pipe = os.open(self._link, os.O_RDWR)
            except OSError as refused:
                raise DeviceMissing(f"不能建立虚拟键盘 {self._link}：{refused.strerror}") from refused
        return {"address": self.address}

    def _unplug(self) -> dict[str, Any]:
        pipe, self._pipe = self._pipe, None
        if pipe is not None:
            self._link.unlink(missing_ok=True)
            os.close(pipe)
        return {}

    def _state(self) -> dict[str, Any]:
        return {"pressed": self._pressed, "plugged": self._pipe is not None, "address": self.address}


def _stroke(code: int, value: int) -> bytes:
    now_s, now_us = divmod(time.time_ns() // 1000, 1_000_000)
    kinds = ((_MSC, 4, 0x70000 + code), (_KEY, code, value), (_SYN, 0, 0))
    return b"".join(_RECORD.pack(now_s, now_us, *kind) for kind in kinds)
