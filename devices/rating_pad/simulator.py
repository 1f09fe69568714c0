"""The twin of a satisfaction pad on a serial line: five keys to press, and a light that asks for it."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Self

from devices.keys.pad_twin import PadTwin
from devices.keys.template import Template
from devices.rating_pad import samples
from devices.simulation import Acts
from hall.rating import Level


class RatingPadSimulator(PadTwin[Level]):
    """The pad and the citizen's finger.

    Acts: `press` (`level` 5 very good … 1 very bad), those of PadTwin, and `state` (`pressed`, `invited`).

    Args:
        baud: The rate it works at; None works at whatever rate the program has set.
        link: A stable path for its tty.
        keys: Code → level.
    """

    kind: ClassVar[str] = "rating_pad"
    usual_baud: ClassVar[int] = 9600

    def __init__(
        self,
        *,
        baud: int | None = usual_baud,
        link: Path | None = None,
        keys: Mapping[str, Level] = samples.KEYS,
    ) -> None:
        super().__init__(
            frame=Template.parse(samples.KEY_FRAME),
            keys={bytes.fromhex(code): level for code, level in keys.items()},
            hears=Template.parse(samples.INVITE_FRAME),
            baud=baud,
            link=link,
            address=0,
        )
        self._invited = 0

    @classmethod
    def from_options(cls, options: Namespace) -> Self:
        """See Simulator."""
        return cls(baud=options.baud, link=options.link)

    def hands(self) -> Acts:
        """See the class."""
        return {**super().hands(), "press": self._press}

    def state(self) -> dict[str, Any]:
        """See the class."""
        return {**super().state(), "invited": self._invited}

    def obey(self, data: bytes) -> None:
        """The light goes on."""
        del data
        self._invited += 1

    def _press(self, *, level: Level) -> dict[str, Any]:
        return self.press(level)
