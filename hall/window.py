"""Windows 窗口: where a clerk serves, which groups it serves, what it is doing now."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from hall.clock import MINUTE_US

PlanName = Annotated[str, Field(min_length=1, max_length=20)]
Groups = Annotated[tuple[str, ...], Field(min_length=1)]
Minutes = Annotated[float, Field(gt=0, le=240, allow_inf_nan=False)]


def _long_enough(seconds: int) -> int:
    """An act can be taken back for ten seconds; nobody is called into that."""
    if 0 < seconds < LEAST_AUTO_CALL:
        raise ValueError(f"自动叫号至少等 {LEAST_AUTO_CALL} 秒（撤销要这么久）；不许自动叫号就写 0")
    return seconds


LEAST_AUTO_CALL = 10
AutoCallSeconds = Annotated[int, Field(ge=0, le=300), AfterValidator(_long_enough)]
"""So long after its last act a window that is free calls by itself; 0: it may not."""


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
    steps in. A 综合窗口 simply has every group in `groups`. `plans` are its main groups while a plan 潮汐方案 of that
    name is in force (`hall.catalog`); a window that a plan does not name stays as it is. `auto_call_seconds` is the
    hall's own unless set.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int = Field(ge=1, le=999)
    name: str = Field(min_length=1)
    name_en: str = ""
    place: str = ""
    groups: Groups
    helps: dict[str, Minutes] = Field(default_factory=dict)
    plans: dict[PlanName, Groups] = Field(default_factory=dict)
    auto_call_seconds: AutoCallSeconds | None = None

    def under(self, plan: str) -> "Window":
        """The window while a plan is in force; whom it only helped with it still helps, unless it now serves them."""
        groups = self.plans.get(plan)
        if groups is None:
            return self
        helps = {group: minutes for group, minutes in self.helps.items() if group not in groups}
        return self.model_copy(update={"groups": groups, "helps": helps})

    def penalty_us(self, group_id: str) -> int | None:
        """Microseconds to add to a ticket's effective time at this window; None if it cannot serve the group."""
        if group_id in self.groups:
            return 0
        minutes = self.helps.get(group_id)
        return None if minutes is None else round(minutes * MINUTE_US)
