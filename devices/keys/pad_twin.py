"""The base of the twins of table-driven pads: keys under fingers, and a display or a light that the program drives."""

from abc import abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar

from devices.errors import ActRefused
from devices.keys.template import Finder, Template
from devices.simulation import Acts, Faults, SerialTwin
from devices.simulation.line_faults import NAMED, SPLIT_S, LineFaults

K = TypeVar("K")


class PadTwin(SerialTwin, Generic[K]):
    """A pad and the finger on it. A kind adds the acts that press its keys.

    Acts: `fault` (`kind`, `count`; see devices.simulation.line_faults), `mend`, `unplug`, `plug`, `state`.

    Args:
        frame: What it sends for a key.
        keys: Code → key.
        hears: The frame it obeys, if any.
        baud: The rate it works at; None works at whatever rate the program has set.
        link: A stable path for its tty.
        address: Of the pad.
    """

    faults: ClassVar[Faults] = {**NAMED, **SerialTwin.faults}

    def __init__(
        self,
        *,
        frame: Template,
        keys: Mapping[bytes, K],
        hears: Template | None,
        baud: int | None,
        link: Path | None,
        address: int,
    ) -> None:
        super().__init__(self._hear, baud=baud, link=link)
        self._frame = frame
        self._codes = {key: code for code, key in keys.items()}
        self._finder = Finder(hears, address) if hears else None
        self._pad_address = address
        self._faults = LineFaults()
        self._pressed = 0

    @abstractmethod
    def obey(self, data: bytes) -> None:
        """A frame came from the program; runs on the line's thread."""

    def hands(self) -> Acts:
        """`fault` and `mend`; see the class."""
        return {"fault": self._faults.arrange, "mend": self._faults.clear}

    def state(self) -> dict[str, Any]:
        """How many keys were pressed."""
        return {"pressed": self._pressed}

    def press(self, key: K) -> dict[str, Any]:
        """A finger on one key.

        Raises:
            ActRefused: This pad has no such key.
        """
        if key not in self._codes:
            raise ActRefused(f"这个键盘没有 {key} 键")
        for index, part in enumerate(
            self._faults.spoil(self._frame.build(self._codes[key], address=self._pad_address))
        ):
            self._line.send(part, after_s=SPLIT_S if index else 0.0)
        self._pressed += 1
        return {}

    def _hear(self, data: bytes) -> None:
        for heard in self._finder.feed(data) if self._finder else []:
            self.obey(heard)
