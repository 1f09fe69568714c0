"""What the manager's page says, as plain data: `HallNow` → headline, alerts, cards, windows, devices. Pure."""

from dataclasses import dataclass
from datetime import date

from hall.alert_signs import DOUBTFUL_PARTS
from hall.alerts import AlertKind
from hall.load import GroupLoad, WindowLoad
from hall.opening import CHINA_MINUTES, local_time
from hall.rating import WORDS, Level
from hall.window import WindowState
from hall.wire.views import DeviceNow, GroupNow, HallNow, WindowNow
from queue_server.web.manage.alarms import Alarm, alarms
from queue_server.web.manage.booked import Booked, booked
from queue_server.web.manage.mending import Mending, mending
from queue_server.web.manage.tides import Tides, tides
from queue_server.web.manage.tiles import (
    WINDOWS,
    Card,
    Cell,
    Thresholds,
    card,
    cell,
    load_of,
    minutes,
    ranked,
    target_of,
)
from queue_server.web.manage.tones import Tone, when


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to act on: its measure, and what to do."""

    tone: Tone
    icon: str
    title: str
    advice: str


@dataclass(frozen=True, slots=True)
class Row:
    """One part of a device; `note` says what else there is to know: paper, when it last worked."""

    tone: Tone
    name: str
    state: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole page."""

    hall: str
    headline: str
    summary: str
    alarms: tuple[Alarm, ...]
    alerts: tuple[Alert, ...]
    cards: tuple[Card, ...]
    windows: tuple[Cell, ...]
    windows_summary: str
    devices: tuple[Row, ...]
    devices_summary: str
    ratings: tuple[tuple[str, int], ...]
    mending: Mending
    booked: Booked
    tides: Tides
    today: date


_COUNTED = (WindowState.IDLE, WindowState.CALLING, WindowState.SERVING, WindowState.PAUSED)
_LATE = {GroupLoad.BEYOND: Tone.ALARM, GroupLoad.NEAR: Tone.CAUTION}
_HEALTH: dict[str, tuple[str, Tone]] = {
    "online": ("正常", Tone.GOOD),
    "attention": ("要留意", Tone.CAUTION),
    "missing": ("没接上", Tone.ALARM),
    "fault": ("故障", Tone.ALARM),
}
_HARDWARE = {
    "id_card": "身份证阅读器",
    "scanner": "扫码器",
    "camera": "摄像头",
    "printer": "打印机",
    "rating_pad": "评价器",
    "call_pad": "呼叫器",
    "led_display": "窗口屏",
}
_PARTS = _HARDWARE | {
    "sync": "记录上传",
    "numbers": "号码",
    "help": "求助",
    "clock": "时钟",
    "data": "数据文件夹",
    "backup": "备份",
    "backup_drill": "备份演练",
    "relay": "手机页中转",
}
_DEVICES = {"server": "服务器"}
_URGENCY = (Tone.ALARM, Tone.CAUTION, Tone.CALM, Tone.GOOD, Tone.OFF)


def picture(
    now: HallNow, thresholds: Thresholds, voice_problem: str = "", *, offset_minutes: int = CHINA_MINUTES
) -> Picture:
    """The page for this moment.

    Args:
        now: The hall as the server composed it.
        thresholds: From when a wait is shown in colour.
        voice_problem: Why calls make no sound; empty while they do.
        offset_minutes: The hall's clock against UTC.
    """
    groups = ranked(now.groups)
    cards = tuple(card(group, place, thresholds) for place, group in enumerate(groups))
    devices = tuple(
        _row(device, now.at, offset_minutes)
        for device in now.devices
        if (device.part, device.state) != ("help", "online")
    )
    mended = mending(now, offset_minutes)
    lost = frozenset(gone.window for gone in now.gone if gone.window)
    open_windows = [window for window in now.windows if window.status.state is not WindowState.CLOSED]
    return Picture(
        hall=now.hall,
        headline=_trouble(now, mended) or _headline(now, cards, devices, nobody_serves=not open_windows),
        summary=f"今天已办 {sum(g.finished for g in now.groups)} 件，在等 {sum(g.waiting for g in now.groups)} 人",
        alarms=alarms(now, thresholds.alert, offset_minutes),
        alerts=_alerts(now, groups, thresholds, mended, voice_problem),
        cards=cards,
        windows=tuple(cell(window, groups, now.at, lost=window.status.number in lost) for window in now.windows),
        windows_summary=_windows_summary(now.windows, lost),
        devices=devices,
        devices_summary=f"{len(devices)} 个部件，{sum(row.tone is not Tone.GOOD for row in devices)} 个要看",
        ratings=tuple((WORDS[level][0], now.ratings.get(str(level.value), 0)) for level in Level),
        mending=mended,
        booked=booked(now),
        tides=tides(now, offset_minutes),
        today=local_time(now.at, offset_minutes).date(),
    )


def _trouble(now: HallNow, mended: Mending) -> str:
    """What goes before any wait: a record that is not whole."""
    if not now.journal_ok:
        return "流水记录对不上，请马上联系维护人员"
    if mended.doubles:
        return "有号打重了，请找到持号人"
    if mended.set_back:
        return "服务器退回过，请核实名单" if mended.unsure else "服务器退回过，正在补回记录"
    return ""


def _headline(now: HallNow, cards: tuple[Card, ...], devices: tuple[Row, ...], *, nobody_serves: bool) -> str:
    left = sum(bool(alert.escalated_at) and alert.rings for alert in now.alerts)
    if left:
        return f"有 {left} 条警报没人处理"
    down = [card.name for card in cards if card.down]
    if down:
        return f"{down[0]}{'等' if len(down) > 1 else ''}系统故障，暂停办理"
    late = sum(card.tone is Tone.ALARM for card in cards)
    if nobody_serves and any(group.waiting for group in now.groups):
        return "有人在等，还没有窗口开着"
    unserved = [group.name for group in now.groups if group.waiting and not group.windows_open]
    if unserved:
        return f"{unserved[0]}{'等' if len(unserved) > 1 else ''}有人在等，没有窗口能办"
    if late:
        return f"有{'一' if late == 1 else f' {late} '}类等得太久，请加开窗口"
    if now.gone:
        return "有设备失联，请派人去看"
    if any(row.tone is Tone.ALARM for row in devices):
        return "有设备坏了，请派人去看"
    if any(card.tone is Tone.CAUTION for card in cards):
        return "有业务等得有点久，请留意"
    return "有设备要留意" if any(row.tone is Tone.CAUTION for row in devices) else _calm(now.groups)


def _calm(groups: tuple[GroupNow, ...]) -> str:
    """Nothing has to be done; where nobody could be served and nobody waits, that is said and not called usual."""
    working = [group for group in groups if not group.suspended]
    idle = [group.name for group in working if not group.windows_open]
    if not idle:
        return "一切正常"
    if len(idle) == len(working):
        return "没有人在等，窗口都没有开"
    return f"没有人等得久，{idle[0]}{f'等 {len(idle)} 类' if len(idle) > 1 else ''}没有窗口开着"


def _alerts(
    now: HallNow, groups: list[GroupNow], thresholds: Thresholds, mended: Mending, voice_problem: str
) -> tuple[Alert, ...]:
    alerts = [Alert(notice.tone, "device", notice.title, notice.advice) for notice in mended.notices]
    if not now.journal_ok:
        alerts.append(Alert(Tone.ALARM, "shield", "流水记录核对没有通过", "数据可能被改动。请保留现场，联系维护人员"))
    rung = {alert.key for alert in now.alerts}
    for group in groups:
        load = load_of(group, thresholds)
        if group.fault_since:
            title = f"{group.name}：系统故障，暂停办理"
            alerts.append(
                Alert(Tone.ALARM, "shield", title, "在等的号已结束，凭取号单优先补办。恢复后请按「解除系统故障」")
            )
        elif load in _LATE and (AlertKind.WAIT, group.group) not in rung:
            goal = target_of(group, thresholds) if load is GroupLoad.BEYOND else thresholds.warn
            title = f"{group.name}：最久已等 {minutes(group.longest_wait_us)}钟，目标 {goal:g} 分钟以内"
            alerts.append(Alert(_LATE[load], "clock", title, _what_helps(group)))
        elif group.waiting and not group.windows_open and (AlertKind.UNSERVED, group.group) not in rung:
            alerts.append(Alert(Tone.CAUTION, "clock", f"{group.name}：没有窗口能办", _what_helps(group)))
        if short := _running_out(group):
            alerts.append(short)
    for device in now.devices:
        word, tone = _HEALTH.get(device.state, (device.state, Tone.CAUTION))
        if tone is not Tone.GOOD and not _is_rung(device, rung):
            alerts.append(Alert(tone, device.part, f"{_name(device)}：{device.problem or word}", device.advice))
    if voice_problem:
        alerts.append(Alert(Tone.CAUTION, "speaker", "叫号没有声音", voice_problem))
    return tuple(sorted(alerts, key=lambda alert: _URGENCY.index(alert.tone)))


def _is_rung(device: DeviceNow, rung: set[tuple[AlertKind, str]]) -> bool:
    """Whether an alert tells of it already."""
    about = AlertKind.PAPER if device.part == "printer" else AlertKind.DOUBT
    told = "纸" in f"{device.paper}{device.problem}" if about is AlertKind.PAPER else device.part in DOUBTFUL_PARTS
    return told and (about, device.device) in rung


def _running_out(group: GroupNow) -> Alert | None:
    """The day's numbers are all given, or the warning value 预警值 is reached."""
    if group.daily_limit is not None and group.issued >= group.daily_limit:
        advice = "取号机会告诉市民最早能预约的时间。要再放号，请改每日限号"
        return Alert(Tone.CAUTION, "ticket", f"{group.name}：今天 {group.daily_limit} 个号取完了", advice)
    if group.warning_at is None or group.issued < group.warning_at:
        return None
    left = "" if group.daily_limit is None else f"，还剩 {group.daily_limit - group.issued} 个"
    advice = "到了预警值。请看窗口办不办得完，需要时告诉导办台"
    return Alert(Tone.CAUTION, "ticket", f"{group.name}：今天已取 {group.issued} 个号{left}", advice)


def _what_helps(group: GroupNow) -> str:
    if not group.windows_open:
        return f"{group.waiting} 人在等，现在没有窗口能办。请开一个窗口"
    return f"{group.waiting} 人在等，{group.windows_open} 个窗口开着。加开一个窗口最管用"


def _windows_summary(windows: tuple[WindowNow, ...], lost: frozenset[int]) -> str:
    shown = [WindowState(window.shown_state) for window in windows if window.status.number not in lost]
    counted = [(shown.count(state), WINDOWS[WindowLoad(state.value)][0]) for state in _COUNTED]
    words = [f"{count} 个{word}" for count, word in [(len(lost), WINDOWS[WindowLoad.LOST][0]), *counted] if count]
    return "，".join([*words, f"{shown.count(WindowState.CLOSED)} 个未开"])


def _name(device: DeviceNow) -> str:
    return f"{_DEVICES.get(device.device, device.device)} {_PARTS.get(device.part, device.part)}"


def _row(device: DeviceNow, now_us: int, offset_minutes: int) -> Row:
    word, tone = _HEALTH.get(device.state, (device.state, Tone.CAUTION))
    notes = [device.paper] if device.paper else []
    if tone is Tone.ALARM and device.part in _HARDWARE:
        notes.append(_last_worked(device.seen, now_us, offset_minutes))
    return Row(tone, _name(device), word, "，".join(notes))


def _last_worked(seen: int | None, now_us: int, offset_minutes: int) -> str:
    if seen is None:
        return "还没有正常过"
    return f"上次正常 {when(seen, now_us, offset_minutes)}"
