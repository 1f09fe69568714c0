"""The hall as tiles: one for each group and window, a colour and always a word. Pure; the same now and in a replay."""

from collections.abc import Iterable
from dataclasses import dataclass

from hall.alert_signs import waiting_for
from hall.clock import MINUTE_US
from hall.load import GroupLoad, WindowLoad, group_load, window_load
from hall.waiting import wait_words
from hall.window import WindowState
from hall.wire.views import GroupNow, WindowNow
from queue_server.web.manage.tones import Tone


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Longest waits, in minutes, from which a group is near its target or beyond it."""

    warn: float
    alert: float


@dataclass(frozen=True, slots=True)
class Card:
    """One group. `place` is its rank, worst first; `tag` says its load; `down` if it cannot be served, 系统故障."""

    group: str
    name: str
    prefix: str
    place: int
    tone: Tone
    tag: str
    waiting: str
    longest: str
    wait: str
    windows: str
    today: tuple[tuple[str, str], ...]
    down: bool = False  # 系统故障


@dataclass(frozen=True, slots=True)
class Cell:
    """One window: whom it has called or serves, for how long, who sits there; empty where there is nothing to say."""

    number: int
    tone: Tone
    state: str
    ticket: str = ""
    elapsed: str = ""
    clerk: str = ""


_GROUP_TONES = {
    GroupLoad.DOWN: Tone.ALARM,
    GroupLoad.BEYOND: Tone.ALARM,
    GroupLoad.UNSERVED: Tone.CAUTION,
    GroupLoad.NEAR: Tone.CAUTION,
    GroupLoad.STEADY: Tone.CALM,
    GroupLoad.NOBODY: Tone.CALM,
    GroupLoad.SUSPENDED: Tone.OFF,
}
_LEFT = {GroupLoad.STEADY: "还有人等"}
"""What is said of those who still wait for a suspended group, where that is not how long."""
WINDOWS: dict[WindowLoad, tuple[str, Tone]] = {
    WindowLoad.LOST: ("失联", Tone.ALARM),
    WindowLoad.CLOSED: ("未开", Tone.OFF),
    WindowLoad.PAUSED: ("暂停", Tone.CAUTION),
    WindowLoad.NEEDED: ("空闲，有人等", Tone.CAUTION),
    WindowLoad.IDLE: ("空闲", Tone.GOOD),
    WindowLoad.AWAITING: ("叫了没来", Tone.CAUTION),
    WindowLoad.CALLING: ("已叫号", Tone.CALM),
    WindowLoad.LONG: ("办得久", Tone.CAUTION),
    WindowLoad.SERVING: ("办理中", Tone.CALM),
}


def ranked(groups: Iterable[GroupNow]) -> list[GroupNow]:
    """The groups, worst first; last what is suspended and has nobody waiting."""

    def place(group: GroupNow) -> tuple[bool, bool, int, int, str]:
        rests = group.suspended and not group.waiting
        return not group.fault_since, rests, -group.longest_wait_us, -group.waiting, group.prefix

    return sorted(groups, key=place)


def load_of(group: GroupNow, thresholds: Thresholds) -> GroupLoad:
    """How loaded a group is."""
    return group_load(
        group.waiting,
        group.longest_wait_us,
        group.windows_open,
        warn_minutes=thresholds.warn,
        target_minutes=target_of(group, thresholds),
        down=bool(group.fault_since),
        suspended=group.suspended,
    )


def target_of(group: GroupNow, thresholds: Thresholds) -> float:
    """The minutes that nobody should wait longer."""
    return thresholds.alert if group.target_minutes is None else group.target_minutes


def card(group: GroupNow, place: int, thresholds: Thresholds, unknown: str = "不清楚") -> Card:
    """The tile of a group; `unknown` says that nothing is known of the wait of who comes now."""
    load = load_of(group, thresholds)
    word = _group_word(load, target_of(group, thresholds), thresholds.warn)
    return Card(
        group=group.group,
        name=group.name,
        prefix=group.prefix,
        place=place,
        tone=_GROUP_TONES[load],
        tag=f"停办，{_LEFT.get(load, word)}" if group.suspended and group.waiting else word,
        down=bool(group.fault_since),
        waiting=str(group.waiting),
        longest=minutes(group.longest_wait_us) if group.waiting else "无",
        wait="不取号" if group.suspended else unknown if group.wait is None else wait_words(group.wait),
        windows=str(group.windows_open),
        today=(
            ("平均等候", "还没有" if group.mean_wait_us is None else minutes(group.mean_wait_us)),
            ("取号", str(group.issued)),
            ("办完", str(group.finished)),
            ("过号", str(group.missed)),
            ("弃号", str(group.cancelled)),
            ("点名", str(group.chosen)),
        ),
    )


def _group_word(load: GroupLoad, target: float, warn: float) -> str:
    match load:
        case GroupLoad.DOWN:
            return "系统故障"
        case GroupLoad.BEYOND:
            return f"超过目标 {target:g} 分"
        case GroupLoad.UNSERVED:
            return "没有窗口能办"
        case GroupLoad.NEAR:
            return f"超过 {warn:g} 分"
        case GroupLoad.STEADY:
            return "正常"
        case GroupLoad.NOBODY:
            return "没人等"
        case GroupLoad.SUSPENDED:
            return "停办"


def cell(window: WindowNow, groups: Iterable[GroupNow], now_us: int, *, lost: bool = False) -> Cell:
    """The tile of a window at a moment."""
    since_us = max(0, now_us - window.since)
    load = window_load(WindowState(window.shown_state), since_us, waiting_for(window, groups), lost=lost)
    state, tone = WINDOWS[load]
    number = window.status.number
    if load in {WindowLoad.LOST, WindowLoad.CLOSED}:
        return Cell(number, tone, state)
    clerk = f"工号 {window.status.clerk}" if window.status.clerk else ""
    return Cell(number, tone, state, window.number, _elapsed(since_us), clerk)


def minutes(micros: int) -> str:
    """A length of time in whole minutes."""
    return f"{micros // MINUTE_US} 分" if micros >= MINUTE_US else "不到 1 分"


def _elapsed(micros: int) -> str:
    """The same, short enough for a tile."""
    return f"{micros // MINUTE_US} 分" if micros >= MINUTE_US else "刚刚"
