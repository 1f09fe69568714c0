"""What every LED strip over a window promises, whatever its make: it shows the newest text it was given."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from devices.device import Device


class Tone(StrEnum):
    """Why a text is shown, for displays that have colours or motion."""

    IDLE = "idle"  # 部门名, 欢迎您
    CALLING = "calling"  # 请A023号
    SERVING = "serving"
    PAUSED = "paused"  # 暂停服务


@dataclass(frozen=True, slots=True)
class Message:
    """What a window's strip shall say.

    Attributes:
        tone: Why.
        number: The ticket's printed number, such as `A023` or `A12-104`; empty when no ticket is meant.
        text: The words beside it, or alone; the strip shortens them to its width by the rules of `texts`.
    """

    tone: Tone
    number: str = ""
    text: str = ""


class LedDisplay(Device, Protocol):
    """A device without events of its own."""

    def show(self, message: Message) -> None:
        """Show this from now on, also after the display was away; returns at once, callable from any thread.

        Only the newest message counts.
        """
        ...
