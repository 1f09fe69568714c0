"""The twin of a call pad on a serial line: keys to press and digits to type, and the text on its display."""

from argparse import Namespace
from pathlib import Path
from typing import Any, ClassVar, Self

from devices.call_pad import samples
from devices.call_pad.call_pad import PadKey
from devices.errors import ActRefused
from devices.keys.pad_twin import PadTwin
from devices.keys.template import Template
from devices.simulation import Acts


class CallPadSimulator(PadTwin[PadKey]):
    """The pad and the clerk's finger.

    Acts: `press` (`key` such as `call_next`), `type` (`digits`), those of PadTwin, and `state` (`pressed`, `text` now
    on the display).

    Args:
        baud: The rate it works at; None works at whatever rate the program has set.
        link: A stable path for its tty.
        address: Of the pad.
    """

    kind: ClassVar[str] = "call_pad"
    usual_baud: ClassVar[int] = 9600

    def __init__(self, *, baud: int | None = usual_baud, link: Path | None = None, address: int = 1) -> None:
        super().__init__(
            frame=Template.parse(samples.KEY_FRAME),
            keys={bytes.fromhex(code): key for code, key in samples.KEYS.items()},
            hears=Template.parse(samples.SHOW_FRAME),
            baud=baud,
            link=link,
            address=address,
        )
        self._text = ""

    @classmethod
    def from_options(cls, options: Namespace) -> Self:
        """See Simulator."""
        return cls(baud=options.baud, link=options.link)

    def hands(self) -> Acts:
        """See the class."""
        return {**super().hands(), "press": self._press, "type": self._type}

    def state(self) -> dict[str, Any]:
        """See the class."""
        return {**super().state(), "text": self._text}

    def obey(self, data: bytes) -> None:
        """The display shows it."""
        self._text = data.decode("gbk", "replace").rstrip()

    def _press(self, *, key: PadKey) -> dict[str, Any]:
        return self.press(key)

    def _type(self, *, digits: str) -> dict[str, Any]:
        if not (digits.isascii() and digits.isdigit()):
            raise ActRefused("type 只能输入数字")
        for digit in digits:
            self.press(PadKey(digit))
        return {}
