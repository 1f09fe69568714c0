"""What a person reads where no ticket can be shown: why, what still holds, what to do."""

from html import escape

from hall.errors import CodeError, Retry
from queue_server.web.ticket.frame import frame
from queue_server.web.ticket.tongue import ENGLISH, Say, address, say_in

_AGAIN_S = 20
_LATER_S = 60
_SCAN_AGAIN = "请把取号单上的二维码再扫一次，或到导办台问一问。", "Please scan your slip again, or ask at the desk."
_NO_SUCH = (
    ("没有找到这个号", "No such number"),
    "This is not the code of a slip of this hall.",
    _SCAN_AGAIN,
)
_BY_ERROR = {
    "relay.not_told": (_NO_SUCH[0], "If you took it just now, this page looks again in a minute.", _SCAN_AGAIN),
    "relay.other_day": (
        ("这不是今天的号", "A number of another day"),
        "Please take a new number. If a fault or closure ended this one, show the slip at a window: it gives priority.",
        ("有疑问请到导办台，带上取号单。", "Questions? Please ask at the help desk, with your slip."),
    ),
}
"""By the error's code: the title, in English why (in Chinese the error says it), and what to do then."""


def no_such_code(error: CodeError, code: str, *, english: bool) -> str:
    """The code is no slip's of this hall, or not yet; the error says which way."""
    say, perhaps_later = say_in(english=english), error.retry is not Retry.NEVER
    title, why, then = _BY_ERROR.get(error.code, _NO_SUCH)
    return _words(
        say,
        say(*title),
        say(f"{error}。{error.advice}。", why),
        say(*then),
        english=english,
        head=_again(code, _LATER_S, english=english) if perhaps_later else "",
    )  # fmt: skip


def too_often(code: str, *, english: bool) -> str:
    """This code, or codes that are none from this address, were asked for too often."""
    say = say_in(english=english)
    return _words(
        say,
        say("刷新得太快了", "Too many requests"),
        say("您的号还在，叫号不受影响。", "Your number still holds."),
        say("一分钟后这里会自己再打开，也请看叫号屏。", "This page opens again in a minute; please look at the board."),
        english=english,
        head=_again(code, _LATER_S, english=english),
    )


def away(code: str, *, english: bool) -> str:
    """The hall does not answer."""
    say = say_in(english=english)
    return _words(
        say,
        say("暂时查不到排队情况", "The queue cannot be shown just now"),
        say("您的号还在，叫号以现场为准。", "Your number still holds; calls in the hall go on."),
        say("请看叫号屏、听广播，这里会自己再试。", "Please watch the board; this page tries again by itself."),
        english=english,
        head=_again(code, _AGAIN_S, english=english),
    )


def _again(code: str, seconds: int, *, english: bool) -> str:
    """The ticket's page once more, also where it was a press of a button that came to nothing."""
    place = address(code, ENGLISH if english else "")
    return f'  <meta http-equiv="refresh" content="{seconds}; url={place}">\n'


def _words(say: Say, title: str, what: str, then: str, *, english: bool, head: str = "") -> str:
    body = (
        f'<main><section class="card words"><h1>{escape(title)}</h1>'
        f"<p>{escape(what)}</p><p>{escape(then)}</p></section></main>"
    )
    return frame(title, say("政务服务大厅", "Service hall"), body, english=english, head=head)
