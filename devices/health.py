"""How a device is, in one small value that a kiosk page, a panel and the managers' page can show."""

from dataclasses import dataclass
from enum import StrEnum

from devices.errors import DeviceError, DeviceFault, DeviceMissing, DeviceSilent, DeviceStuck


class HealthState(StrEnum):
    """Four states are enough for a person to know what to do."""

    ONLINE = "online"
    ATTENTION = "attention"  # works, or will again after a small act: paper, a retry on a noisy line
    MISSING = "missing"  # not found or not answering
    FAULT = "fault"  # broken by its own account


_STATE_WORDS = {
    HealthState.ONLINE: "正常",
    HealthState.ATTENTION: "需要处理",
    HealthState.MISSING: "未连接",
    HealthState.FAULT: "故障",
}


@dataclass(frozen=True, slots=True)
class Health:
    """The state of one device since a moment.

    Attributes:
        device: Its name in the settings, such as `id_card`.
        state: One of four.
        problem: The stable code of what is wrong, empty when online.
        advice: What a person should do, in Chinese; when online, what is good to know, mostly nothing.
        since_us: UTC microseconds at which this began.
        trouble: What is wrong in a few Chinese words, for the manager; empty when online or when `state` says it all.
        paper: How much paper there is, in words; empty for devices without any.
        seen_us: UTC microseconds at which it last worked, as far as the supervisor knows; 0 for never.
        details: What else it tells of itself, such as ("安全模块号", "05.03-…"); never personal data.
    """

    device: str
    state: HealthState
    since_us: int
    problem: str = ""
    advice: str = ""
    trouble: str = ""
    paper: str = ""
    seen_us: int = 0
    details: tuple[tuple[str, str], ...] = ()

    @property
    def state_words(self) -> str:
        """The state alone, in a few Chinese words."""
        return _STATE_WORDS[self.state]

    @property
    def words(self) -> str:
        """The state in a few Chinese words, with the advice when there is one."""
        return f"{self.state_words}：{self.advice}" if self.advice else self.state_words

    def same_as(self, other: "Health | None") -> bool:
        """Whether nothing changed but moments and details."""
        return other is not None and _said(self) == _said(other)


def _said(health: Health) -> tuple[str, ...]:
    return (health.device, health.state, health.problem, health.advice, health.trouble, health.paper)


def health_after(device: str, error: DeviceError, now_us: int) -> Health:
    """What a device error says about the device's health."""
    if isinstance(error, DeviceMissing | DeviceSilent | DeviceStuck):
        state = HealthState.MISSING
    elif isinstance(error, DeviceFault):
        state = HealthState.FAULT
    else:
        state = HealthState.ATTENTION
    return Health(device, state, now_us, problem=error.code, advice=error.advice, trouble=error.words)
