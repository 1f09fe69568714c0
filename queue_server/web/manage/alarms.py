"""What the page says of alerts 警报: measure, what it means, what to press. Pure."""

from dataclasses import dataclass

from hall.alert_signs import group_of
from hall.alerts import Alert, AlertKind
from hall.clock import MINUTE_US
from hall.waiting import wait_words
from hall.wire.views import HallNow
from queue_server.web.manage.tones import Tone, when

_ICONS = {
    AlertKind.WAIT: "clock",
    AlertKind.IDLE: "screen",
    AlertKind.UNSERVED: "screen",
    AlertKind.PAPER: "printer",
    AlertKind.UNSENT: "device",
    AlertKind.DOUBT: "shield",
}
_URGENT = frozenset({AlertKind.WAIT, AlertKind.UNSERVED, AlertKind.DOUBT})


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alert. `ring` names the moment at which a browser sounds, empty if it shall not; `group` can be asked about.

    `state` says since when it stands and who sees to it.
    """

    about: AlertKind
    subject: str
    raised_at: int
    tone: Tone
    icon: str
    title: str
    advice: str
    state: str
    ring: str
    button: str
    group: str = ""


def alarms(now: HallNow, usual_target: float, offset_minutes: int) -> tuple[Alarm, ...]:
    """Those nobody sees to first, escalated ones before all others."""
    told = [_alarm(alert, now, usual_target, offset_minutes) for alert in now.alerts]
    return tuple(sorted(told, key=lambda alarm: (not alarm.ring, alarm.tone is not Tone.ALARM, -alarm.raised_at)))


def _alarm(alert: Alert, now: HallNow, usual_target: float, offset_minutes: int) -> Alarm:
    title, advice, button = _words(alert, now, usual_target)
    since = when(alert.raised_at, now.at, offset_minutes)
    state, tone = f"{since} 起", Tone.ALARM if alert.about in _URGENT else Tone.CAUTION
    ring = f"{alert.about}:{alert.subject}:{alert.raised_at}"
    if alert.acknowledged_at:
        done = f"：{alert.note}" if alert.note else ""
        seen = when(alert.acknowledged_at, now.at, offset_minutes)
        state, tone, ring = f"{since} 起，{seen} 工号 {alert.staff} 在处理{done}", Tone.CALM, ""
    elif alert.escalated_at:
        minutes = (alert.escalated_at - alert.raised_at) // MINUTE_US
        state, tone, ring = f"{since} 起，{minutes} 分钟没有人处理", Tone.ALARM, f"{ring}:late"
    group = alert.subject if alert.about in {AlertKind.WAIT, AlertKind.UNSERVED} else ""
    return Alarm(
        alert.about,
        alert.subject,
        alert.raised_at,
        tone,
        _ICONS[alert.about],
        title,
        advice,
        state,
        ring,
        "" if alert.acknowledged_at else button,
        group,
    )


def _words(alert: Alert, now: HallNow, usual_target: float) -> tuple[str, str, str]:
    """Title, advice, button; of a group as it stands now."""
    match alert.about:
        case AlertKind.WAIT:
            return _long_wait(alert, now, usual_target)
        case AlertKind.IDLE:
            title = f"{alert.subject} 号窗口空闲，有 {alert.measure} 人在等它能办的业务"
            return title, "窗口开着却没有叫号。请问一问窗口人员，需要时请他按「暂停」", "我去问"
        case AlertKind.UNSERVED:
            group = group_of(now, alert.subject)
            waiting, name = (alert.measure, alert.subject) if group is None else (group.waiting, group.name)
            return f"{name}：{waiting} 人在等，能办的窗口都关了", "请开一个窗口，或请别的窗口支援", "我来安排"
        case AlertKind.PAPER:
            part = next((d for d in now.devices if (d.device, d.part) == (alert.subject, "printer")), None)
            title = f"{alert.subject} 打印机：{part.problem if part and part.problem else '纸快用完'}"
            return title, part.advice if part and part.advice else "请派人换纸", "已派人去换"
        case AlertKind.UNSENT:
            behind = sum(lane.behind for lane in now.lanes if lane.device == alert.subject and not lane.past)
            title = f"{alert.subject} 还有 {behind or alert.measure} 条记录没报上来"
            return title, "号照常出，只是叫号这边还看不到。请看这台取号机的网线和电源", "我去看"
        case AlertKind.DOUBT:
            told = [d for d in now.devices if d.device == alert.subject and d.problem and d.part != "printer"]
            lanes = [lane.trouble for lane in now.lanes if lane.device == alert.subject and lane.trouble]
            problem = told[0].problem if told else lanes[0] if lanes else "数据或时钟可疑"
            return f"{alert.subject}：{problem}", told[0].advice if told else "请看下面「取号端」里这一台", "我去看"


def _long_wait(alert: Alert, now: HallNow, usual_target: float) -> tuple[str, str, str]:
    group = group_of(now, alert.subject)
    if group is None:
        return f"{alert.subject}：约等 {alert.measure} 分钟", "这个业务类别已经不在目录里", "知道了"
    target = usual_target if group.target_minutes is None else group.target_minutes
    said = f"约等 {alert.measure} 分钟以内" if group.wait is None else wait_words(group.wait)
    title = f"{group.name}：现在来的人{said}，目标 {target:g} 分钟以内"
    return title, f"{group.waiting} 人在等，{group.windows_open} 个窗口开着。加开一个窗口最管用", "我来处理"
