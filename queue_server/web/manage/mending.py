"""What the page says about an outage and what a manager has to decide after it, as plain data. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from hall.clock import MINUTE_US
from hall.mending import RecoveryReason
from hall.ticket import TicketState
from hall.wire.hello import DeviceKind
from hall.wire.views import DoubleNow, HallNow, LaneNow, MergedNow, RecoveryNow, UncertainNow
from queue_server.web.manage.tones import Tone, when

SILENT_US = 3 * MINUTE_US
"""An issuer that has said nothing for so long is shown as out of reach."""
_NAMED = 5
"""So many numbers are named one by one."""


@dataclass(frozen=True, slots=True)
class SetBack:
    """The band over everything else while the server's record is not whole. `silent` have not told what they know."""

    tone: Tone
    title: str
    words: str
    awaited: str
    silent: tuple[str, ...]

    @property
    def may_end(self) -> bool:
        """Whether there is anybody to be waited for no longer."""
        return bool(self.silent)


@dataclass(frozen=True, slots=True)
class Unsure:
    """A ticket of which nobody knows what became of it; `back` is where it stands again if it was not served."""

    ticket: str
    number: str
    group: str
    taken: str
    state: str
    back: str


@dataclass(frozen=True, slots=True)
class Double:
    """A number that two people hold; `told` says which of the two slips is meant."""

    ticket: str
    number: str
    told: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """Whatever gives numbers: its lane, when it last spoke, how it numbers, what else there is to know."""

    lane: int
    device: str
    tone: Tone
    state: str
    plan: str
    notes: tuple[str, ...]
    may_retire: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell above the figures."""

    tone: Tone
    title: str
    advice: str


@dataclass(frozen=True, slots=True)
class Late:
    """What one kiosk brought in late today: a line to read, and what it opens to."""

    device: str
    title: str
    advice: str
    times: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mending:
    """The whole of it; empty on an ordinary day but for the issuers. `past` are lanes that are only history."""

    set_back: SetBack | None
    unsure: tuple[Unsure, ...]
    doubles: tuple[Double, ...]
    issuers: tuple[Issuer, ...]
    issuers_summary: str
    past: tuple[Issuer, ...]
    late: tuple[Late, ...]
    notices: tuple[Notice, ...]


_WHY = {
    RecoveryReason.RESTORED: "有人恢复了备份",
    RecoveryReason.DAMAGED: "数据库损坏，已自动换上最近的好备份",
    RecoveryReason.SET_BACK: "数据库文件被换成了旧的",
    RecoveryReason.DEVICE_AHEAD: "取号机记得的比服务器多",
}
_STATES = {  # as it stood, and what a manager's word makes of it
    TicketState.WAITING: ("在等", "恢复排队"),
    TicketState.CALLED: ("叫到过", "还在窗口"),
    TicketState.SERVING: ("正在办", "还在窗口"),
    TicketState.MISSED: ("过号", "恢复过号"),
    TicketState.ON_HOLD: ("挂起", "恢复挂起"),
}
_GONE = {
    DeviceKind.KIOSK: "它可能照常出号，只是服务器听不到。请看电源和网线；已经撤走的，在「取号端」停用它的机号",
    DeviceKind.WINDOW: "这个窗口收不到叫号。请看电脑和网线；恢复以前请他按手工叫号单叫",
    DeviceKind.RATING: "请看评价器的网线",
}


def mending(now: HallNow, offset_minutes: int) -> Mending:
    """What is to be told and decided at this moment."""
    lives = {(lane.device, lane.lane) for lane in now.lanes}
    replaced = {
        lane.replaces: lane.lane
        for lane in now.lanes
        if lane.replaces is not None and (lane.device, lane.replaces) in lives
    }
    issuers = sorted(
        (_issuer(lane, now, replaced, offset_minutes) for lane in now.lanes if not lane.past),
        key=lambda issuer: (issuer.tone is Tone.OFF, issuer.lane),
    )
    wanted = sum(issuer.tone in {Tone.ALARM, Tone.CAUTION} for issuer in issuers)
    return Mending(
        set_back=_set_back(now, offset_minutes),
        unsure=tuple(_unsure(ticket, now.at, offset_minutes) for ticket in now.uncertain),
        doubles=tuple(_double(double, now.at, offset_minutes) for double in now.doubles),
        issuers=tuple(issuers),
        issuers_summary=f"{len(issuers)} 个，{wanted} 个要看" if wanted else f"{len(issuers)} 个",
        past=tuple(_past(lane, now, offset_minutes) for lane in now.lanes if lane.past),
        late=tuple(_late(merged, now.at, offset_minutes, unsure=bool(now.uncertain)) for merged in now.merged),
        notices=(*_gone(now, offset_minutes), *_news(now)),
    )


def _set_back(now: HallNow, offset_minutes: int) -> SetBack | None:
    recovery = now.recovery
    if recovery is None or not (recovery.open or now.uncertain):
        return None
    known = when(recovery.known_until, now.at, offset_minutes) if recovery.known_until else "说不清的时刻"
    if not recovery.open:
        return SetBack(
            Tone.CAUTION,
            f"还有 {len(now.uncertain)} 张号要核实",
            f"服务器曾退回到 {known}，该等的设备都等过了。下面的号没人知道办没办，不会自动叫，请您逐张决定。",
            "",
            (),
        )
    return SetBack(
        Tone.ALARM,
        f"服务器的记录退回到了 {known}",
        _since(recovery, known, when(recovery.began_at, now.at, offset_minutes)),
        _awaited(recovery.awaited),
        recovery.awaited,
    )


def _awaited(silent: tuple[str, ...]) -> str:
    if not silent:
        return "设备都报过了，马上就好"
    of_people = "。窗口要有人登录一次，才能报上记得的叫号" if any(name.endswith("号窗口") for name in silent) else ""
    return f"还在等：{'、'.join(silent)}{of_people}"


def _since(recovery: RecoveryNow, known: str, began: str) -> str:
    return (
        f"{began} 发现：{_WHY[recovery.reason]}。取号照常。{known} 以后的号和叫号，"
        "正由取号机和窗口重新报上来；说不清的号列在下面，不会自动叫。"
    )


def _unsure(ticket: UncertainNow, now_us: int, offset_minutes: int) -> Unsure:
    state, back = _STATES[TicketState(ticket.state)]
    taken = when(ticket.issued_at, now_us, offset_minutes)
    return Unsure(ticket.ticket, ticket.number, ticket.group, taken, state, back)


def _double(double: DoubleNow, now_us: int, offset_minutes: int) -> Double:
    taken = when(double.issued_at, now_us, offset_minutes)
    return Double(double.ticket, double.number, f"{double.device} {taken} 打出的那一张，{double.service}")


def _issuer(lane: LaneNow, now: HallNow, replaced: dict[int, int], offset_minutes: int) -> Issuer:
    tone, state = _state_of(lane, now, replaced, offset_minutes)
    notes = [lane.trouble] if lane.trouble else []
    if lane.behind:
        notes.append(f"还有 {lane.behind} 条记录没报上来")
    if lane.replaces is not None:
        notes.append(f"接替机号 {lane.replaces}")
    return Issuer(
        lane=lane.lane,
        device=lane.device,
        tone=tone,
        state=state,
        plan=_plan(lane),
        notes=tuple(notes),
        may_retire=not lane.retired and _silent(lane, now.at),
    )


def _past(lane: LaneNow, now: HallNow, offset_minutes: int) -> Issuer:
    """One that is only history: who goes on with it, if anybody does."""
    heirs = [f"{heir.device} 机号 {heir.lane}" for heir in now.lanes if heir.replaces == lane.lane]
    heard = [] if lane.seen is None else [f"最后连上 {when(lane.seen, now.at, offset_minutes)}"]
    notes = (*heard, *([f"由 {'、'.join(heirs)} 接替"] if heirs else []))
    state = "已停用" if lane.retired else "已换号" if heirs else "已不用"
    return Issuer(lane.lane, lane.device, Tone.OFF, state, "不再出号", notes, may_retire=False)


def _plan(lane: LaneNow) -> str:
    if lane.retired:
        return "不再出号"
    until = lane.plan_until
    return f"用机号出号，如 A{lane.lane}-001" if until is None else f"号段到 {until.month} 月 {until.day} 日"


def _state_of(lane: LaneNow, now: HallNow, replaced: dict[int, int], offset_minutes: int) -> tuple[Tone, str]:
    if lane.retired:
        return Tone.OFF, "已停用"
    if lane.lane in replaced:
        return Tone.OFF, f"已换成机号 {replaced[lane.lane]}"
    if _silent(lane, now.at):
        missed = any(gone.device == lane.device for gone in now.gone)
        since = "还没有连上过" if lane.seen is None else f"失联，{when(lane.seen, now.at, offset_minutes)} 起"
        return (Tone.ALARM if missed else Tone.CAUTION if lane.trouble else Tone.OFF), since
    return (Tone.CAUTION, "要看") if lane.trouble else (Tone.GOOD, "正常")


def _silent(lane: LaneNow, now_us: int) -> bool:
    return lane.seen is None or now_us - lane.seen > SILENT_US


def _gone(now: HallNow, offset_minutes: int) -> Iterable[Notice]:
    for gone in now.gone:
        since = "还没有连上过" if gone.since is None else f"失联，{when(gone.since, now.at, offset_minutes)} 起"
        yield Notice(Tone.ALARM, f"{gone.device} {since}", _GONE[gone.kind])


def _news(now: HallNow) -> Iterable[Notice]:
    if now.groupless:
        more = f" 等 {len(now.groupless)} 个" if len(now.groupless) > _NAMED else ""
        yield Notice(
            Tone.ALARM,
            f"{'、'.join(now.groupless[:_NAMED])}{more}没有窗口叫得到：那一类业务已经没有了",
            "取号机断网时给的号，刚报上来。请到「设置」的「修改记录」，把退回那一类的那一处再退回，就叫得到了；"
            "不办了，请当面告诉持号的人",
        )
    if now.hand_calls_open:
        yield Notice(
            Tone.CALM,
            f"有 {now.hand_calls_open} 个手工叫过的号还没有底",
            "补录在先，打号的取号机还没报上来。它连上以后自动对上，不用再录",
        )


def _late(merged: MergedNow, now_us: int, offset_minutes: int, *, unsure: bool) -> Late:
    times = [f"{when(each.at, now_us, offset_minutes)} 补入 {each.tickets} 张" for each in merged.each]
    older = merged.tickets - sum(each.tickets for each in merged.each)
    return Late(
        merged.device,
        f"{merged.device}：今天补入 {merged.tickets} 张离线号，最近 {when(merged.at, now_us, offset_minutes)}",
        "按取号时间排进队里，已经叫到的人不受影响。说不清办没办的列在「待核实」，等您决定，不会自动叫"
        if unsure
        else "已按取号时间排进队里，已经叫到的人不受影响",
        (*times, *([f"更早 {older} 张"] if older else [])),
    )
