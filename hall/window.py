"""Windows 窗口: where a clerk serves, which groups it serves, what it is doing now."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from hall.clock import MINUTE_US

Minutes = Annotated[float, Field(gt=0, le=240, allow_inf_nan=False)]


class WindowState(StrEnum):
    """What the state band of the window shows. `calling` and `serving` follow from its active ticket."""

    CLOSED = "closed"  # nobody signed in
    IDLE = "idle"  # 空闲
    CALLING = "calling"  # 已叫号
    SERVING = "serving"  # 办理中
    PAUSED = "paused"  # 暂停


class Window(BaseModel):
    """A window and the groups it serves.

    `groups` are its main groups (no penalty); `helps` maps further groups to the penalty in minutes after which it
    steps in. A 综合窗口 simply has every group in `groups`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1, le=999)
    name: str = Field(min_length=1)
    name_en: str = ""
    place: str = ""
    groups: tuple[str, ...] = Field(min_length=1)
    helps: dict[str, Minutes] = Field(default_factory=dict)

    def penalty_us(self, group_id: str) -> int | None:
        """Microseconds to add to a ticket's effective time at this window; None if it cannot serve the group."""
        if group_id in self.groups:
            return 0
        minutes = self.helps.get(group_id)
        return None if minutes is None else round(minutes * MINUTE_US)
