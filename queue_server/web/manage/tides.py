"""What the page says of window plans 潮汐方案: a line for each plan, a line for each switch of today. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from hall.window_plan import PlanWait
from hall.wire.views import HallNow, PlanNow, SwitchNow
from queue_server.web.manage.tones import Tone, when

USUAL = "平时"
_NAMED = 2  # groups in a line; more would not be read
_ENDLESS = 24 * 60


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan. `as_is` and `expected` are what a switch to it would record."""

    plan: str
    name: str
    tone: Tone
    state: str
    words: str
    in_force: bool
    as_is: tuple[PlanWait, ...]
    expected: tuple[PlanWait, ...]


@dataclass(frozen=True, slots=True)
class Tides:
    """All of it; empty in a hall without plans."""

    plans: tuple[PlanLine, ...]
    switches: tuple[str, ...]
    summary: str


def tides(now: HallNow, offset_minutes: int) -> Tides:
    """The plans of this moment."""
    names = {group.group: group.name for group in now.groups}
    in_force = next((plan for plan in now.plans if plan.in_force), None)
    as_is = () if in_force is None else in_force.waits
    return Tides(
        plans=tuple(_line(plan, as_is, names) for plan in now.plans),
        switches=tuple(_switch(switch, names, now.at, offset_minutes) for switch in now.switches),
        summary="" if in_force is None else f"现在：{in_force.name or USUAL}",
    )


def _line(plan: PlanNow, as_is: tuple[PlanWait, ...], names: Mapping[str, str]) -> PlanLine:
    changes = "、".join(str(number) for number in plan.changes)
    words = f"{changes} 号窗口改办" if plan.changes else "各窗口办本职"
    gains = [] if plan.in_force else _gains(as_is, plan.waits, names)
    if gains:
        words = f"{words}。预计{'，'.join(gains)}"
    tone, state = (
        (Tone.GOOD, "正在用") if plan.in_force else (Tone.CAUTION, "建议启用") if plan.suggested else (Tone.OFF, "")
    )
    return PlanLine(plan.name, plan.name or USUAL, tone, state, words, plan.in_force, as_is, plan.waits)


def _gains(before: tuple[PlanWait, ...], after: tuple[PlanWait, ...], names: Mapping[str, str]) -> list[str]:
    """The groups whose waits change most, each as `九成等候 48 → 22 分钟`."""
    old = {wait.group: wait.minutes for wait in before}
    moved = [(wait.group, old[wait.group], wait.minutes) for wait in after if wait.group in old]
    moved.sort(key=lambda each: -abs(_finite(each[1]) - _finite(each[2])))
    changed = [each for each in moved if each[1] != each[2]][:_NAMED]
    return [f"{names.get(group, group)} {_said(was)} → {_said(will)} 分钟" for group, was, will in changed]


def _switch(switch: SwitchNow, names: Mapping[str, str], now_us: int, offset_minutes: int) -> str:
    """What was done, what was forecast then, and what came of it."""
    told = f"{when(switch.at, now_us, offset_minutes)} 换成{switch.plan or USUAL}（工号 {switch.staff}）"
    gains = _gains(switch.as_is, switch.expected, names)
    if not gains:
        return f"{told}，当时没有预计"
    told = f"{told}，当时预计{'，'.join(gains)}"
    if not switch.judged:
        return f"{told}；实际如何，两小时后见"
    expected = [wait.group for wait in switch.expected]
    happened = [wait for wait in switch.happened if wait.group in expected]
    happened.sort(key=lambda wait: -_finite(wait.minutes))
    really = "，".join(f"{names.get(wait.group, wait.group)} {_said(wait.minutes)} 分钟" for wait in happened[:_NAMED])
    return f"{told}；实际{really}" if really else f"{told}；之后一小时没有人来"


def _finite(minutes: int | None) -> int:
    return _ENDLESS if minutes is None else minutes


def _said(minutes: int | None) -> str:
    return "等不到" if minutes is None else str(minutes)
