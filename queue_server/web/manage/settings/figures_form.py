"""Targets and alerts as forms. Pure."""

from hall.alerts import AlertKind, AlertRules
from hall.arrangements import Alarms, GroupTarget, Targets
from hall.catalog import Catalog
from queue_server.web.manage.settings.fields import Field, Kind, Reading, figure

_KINDS = (
    (AlertKind.WAIT.value, "等候超过目标"),
    (AlertKind.IDLE.value, "有人等、窗口闲着"),
    (AlertKind.UNSERVED.value, "有人等、没有窗口"),
    (AlertKind.PAPER.value, "取号机缺纸"),
    (AlertKind.UNSENT.value, "取号机有没报上来的"),
    (AlertKind.DOUBT.value, "设备冒名、时钟不对"),
)


def targets(part: Targets, catalog: Catalog) -> tuple[Field, ...]:
    """A line for each group."""
    names = {group.id: group.name for group in catalog.groups}
    return tuple(
        Field(
            each.group, names.get(each.group, each.group), figure(each.minutes), Kind.NUMBER, "分钟", empty="和全厅一样"
        )
        for each in part.targets
    )


def targets_read(part: Targets, reading: Reading) -> Targets:
    """And back."""
    return Targets(
        targets=tuple(
            GroupTarget(group=each.group, minutes=reading.number(each.group, 1, 480)) for each in part.targets
        )
    )


def alarms(part: Alarms, _: Catalog) -> tuple[Field, ...]:
    """What rings, and after how many minutes."""
    rules = part.rules
    rings = " ".join(kind for kind, _ in _KINDS if AlertKind(kind) not in rules.off)
    return (
        Field("rings", "哪些要响", rings, Kind.CHECKS, choices=_KINDS, empty="都不响"),
        Field("steady", "稳定多久才响", figure(rules.steady_minutes), Kind.NUMBER, "分钟", "好了这么久才算解除"),
        Field("idle", "窗口闲多久算闲", figure(rules.idle_minutes), Kind.NUMBER, "分钟"),
        Field("unsent", "没报上来多久算久", figure(rules.unsent_minutes), Kind.NUMBER, "分钟"),
        Field("escalate", "没人处理就升级", figure(rules.escalate_minutes), Kind.NUMBER, "分钟"),
    )


def alarms_read(_: Alarms, reading: Reading) -> Alarms:
    """And back."""
    rings = reading.ids("rings")
    return Alarms(
        rules=AlertRules(
            steady_minutes=reading.sure("steady", 0, 60),
            idle_minutes=reading.sure("idle", 1, 240),
            unsent_minutes=reading.sure("unsent", 1, 240),
            escalate_minutes=reading.sure("escalate", 1, 240),
            off=tuple(AlertKind(kind) for kind, _ in _KINDS if kind not in rings),
        )
    )
