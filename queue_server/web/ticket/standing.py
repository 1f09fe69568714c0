"""The one sentence that a state needs beside the number, and what to do; a soft panel with an icon."""

from typing import NamedTuple

from hall.waiting import WaitKind
from hall.wire.phone import PhoneState, PhoneTicket
from queue_server.web.ticket.icons import icon
from queue_server.web.ticket.tongue import Say


class _Panel(NamedTuple):
    """Tone and icon; a head and what to do, in Chinese and English. Without the latter it depends on the ticket."""

    tone: str
    icon: str
    head: tuple[str, str]
    then: tuple[str, str] | None = None


_PANELS = {
    PhoneState.SERVING: _Panel(
        "positive",
        "check",
        ("正在办理", "Being served"),
        (
            "办完后可以在这里评价。",
            "Afterwards you can rate it here.",
        ),
    ),
    PhoneState.MISSED: _Panel(
        "caution",
        "info",
        ("过号了", "Your call was missed"),
    ),
    PhoneState.ON_HOLD: _Panel(
        "primary",
        "pause",
        ("窗口替您留着号", "Your place is kept"),
        (
            "办好手头的事，回到窗口说一声，不用重新排队。",
            "When you are ready, go back to the window: no need to queue again.",
        ),
    ),
    PhoneState.FINISHED: _Panel(
        "positive",
        "check",
        ("办理完毕", "Finished"),
        (
            "请带好证件和材料，慢走。",
            "Do not forget your documents.",
        ),
    ),
    PhoneState.LEFT: _Panel(
        "plain",
        "info",
        ("号已经让出去了", "You gave up your place"),
        (
            "要办的话，请重新取号。谢谢您让后面的人早一点。",
            "To come back, take a new number. Thank you.",
        ),
    ),
    PhoneState.DAY_OVER: _Panel(
        "plain",
        "info",
        ("今天的叫号结束了", "The hall has closed"),
        (
            "这个号作废了，请改天再来取号。",
            "This number is void. Please come another day.",
        ),
    ),
    PhoneState.VOID: _Panel(
        "plain",
        "info",
        ("这个号已经作废", "This number is void"),
        (
            "有疑问请到导办台，带上取号单。",
            "Questions? Please ask at the help desk, with your slip.",
        ),
    ),
    PhoneState.SYSTEM_FAULT: _Panel(
        "caution",
        "warning",
        ("系统故障，暂时不能办理", "Out of order"),
    ),
    PhoneState.HALL_CLOSED: _Panel(
        "caution",
        "warning",
        ("大厅临时停办，这个号不叫了", "Closed early; this number is not called"),
    ),
    PhoneState.UNSURE: _Panel(
        "caution",
        "info",
        ("请到导办台核对一下", "Please ask at the help desk"),
        (
            "系统刚刚恢复，您的号需要工作人员确认，号还有效。",
            "The system has just been restored; staff must confirm your number. It still holds.",
        ),
    ),
    PhoneState.ON_ITS_WAY: _Panel(
        "primary",
        "info",
        ("号取好了，还没传到叫号系统", "Taken, not yet in the system"),
        (
            "取号机暂时没连上。号有效，请看叫号屏，等会儿这里会自己更新。",
            "The kiosk is cut off for a moment. Your number holds; watch the board.",
        ),
    ),
    PhoneState.OF_ANOTHER_DAY: _Panel(
        "plain",
        "info",
        ("这不是今天的号", "A number of another day"),
        (
            "取号单只在当天有效，今天要办请重新取号。",
            "A slip holds for its own day. Please take a new number.",
        ),
    ),
}


def standing(ticket: PhoneTicket, say: Say) -> str:
    """The panel of a state, as HTML; empty where number and figures say it all."""
    if ticket.state is PhoneState.CALLED:
        return f'<p class="then">{say("带好取号单和材料，请直接过去。", "Bring your slip and papers.")}</p>'
    if ticket.state is PhoneState.WAITING:
        return _while_waiting(ticket, say)
    tone, picture, head, then = _PANELS[ticket.state]
    if ticket.window is not None:
        head = (f"{head[0]}，{ticket.window} 号窗口", f"{head[1]} at window {ticket.window}")
    return _panel(tone, picture, say(*head), say(*(then or _told(ticket))))


def _while_waiting(ticket: PhoneTicket, say: Say) -> str:
    kind = None if ticket.wait is None else ticket.wait.kind
    if kind is WaitKind.PAUSED:
        return _panel(
            "caution",
            "pause",
            say("窗口暂时停着", "The windows are paused"),
            say(
                "您的号还在，不用重新取。窗口一开就接着叫。",
                "Your number holds. Calls go on as soon as a window opens.",
            ),
        )
    if kind is WaitKind.MAY_NOT:
        return _panel(
            "caution",
            "warning",
            say("今天可能轮不到", "It may be too late today"),
            say(
                "快下班了，前面的人可能办不完。请到导办台问一问。",
                "Closing time may come first. Please ask at the help desk.",
            ),
        )
    return ""


def _told(ticket: PhoneTicket) -> tuple[str, str]:
    """What depends on the ticket: whether a missed number is taken back, until when a broken-off one has priority."""
    if ticket.state is PhoneState.MISSED:
        if ticket.returns_left:
            return (
                "回来了请到导办台，接着排，不用重新取号。",
                "Ask at the help desk to be queued again, with the same number.",
            )
        return "回来的次数用完了，请重新取号。", "Please take a new number."
    until = ticket.good_until
    if until is None or until == ticket.day:
        return (
            "留好取号单，今天恢复后凭单到窗口优先办理。",
            "Keep your slip: it gives priority once all works again today.",
        )
    day = f"{until.month} 月 {until.day} 日"
    return (
        f"留好取号单，恢复后凭单到窗口优先办理，{day}前都有效。",
        f"Keep your slip: it gives priority until {until:%d %B}.",
    )


def _panel(tone: str, picture: str, head: str, then: str) -> str:
    return f'<div class="panel {tone}">{icon(picture)}<div><b>{head}</b><p>{then}</p></div></div>'
