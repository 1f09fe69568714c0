"""The page of one ticket: whole for a browser that comes, and as news for one that has it open."""

from html import escape

from hall.opening import local_time
from hall.wire.phone import PhoneState, PhoneTicket
from queue_server.web.ticket import acts
from queue_server.web.ticket.card import card
from queue_server.web.ticket.frame import frame
from queue_server.web.ticket.icons import icon
from queue_server.web.ticket.tongue import ENGLISH, Say, address, say_in

RINGS = frozenset({PhoneState.WAITING, PhoneState.CALLED, PhoneState.MISSED, PhoneState.ON_HOLD, PhoneState.ON_ITS_WAY})
"""States in which a call may still come."""

_HEAD = """  <noscript><meta http-equiv="refresh" content="20"></noscript>
  <script type="module" src="/ticket/parts/ticket.js"></script>
  <script nomodule src="/ticket/parts/reload.js"></script>
"""


def page(code: str, ticket: PhoneTicket, *, english: bool, fresh: bool) -> str:
    """The whole page; it says everything without a script, and then asks to be loaded again every 20 s."""
    say = say_in(english=english)
    told = news(code, ticket, english=english, fresh=fresh, whole=True)
    ring = say("快到我时响铃提醒", "Ring when it is my turn")
    rings = say("已开启。请让这个页面开着，声音调大。", "On. Keep this page open and the volume up.")
    body = f"""  <main id="ticket" aria-live="polite">{told["ticket"]}</main>
  <p id="fresh"><i></i><span>{told["fresh"]}</span></p>
  <button id="bell" type="button" hidden>{icon("bell")}<span>{ring}</span></button>
  <p id="bell-note" hidden>{rings}</p>
  <div id="acts">{told["acts"]}</div>"""
    marks = "".join(
        f' data-{name}="{escape(value)}"'
        for name, value in (
            ("news", address(code, ENGLISH if english else "", "now")),
            ("stamp", ticket.stamp),
            ("alert", ticket.alert),
            ("rings", "yes" if ticket.state in RINGS else ""),
            ("lost", say("连不上，号码以现场叫号为准", "No connection; watch the board")),
        )
    )
    other = (
        f'<a href="{address(code)}" lang="zh-CN">中文</a>'
        if english
        else f'<a href="{address(code, ENGLISH)}" lang="en">English</a>'
    )
    marks += "" if fresh else ' class="stale"'
    hall = say(ticket.hall, ticket.hall_en)
    return frame(title(ticket, say), hall, body, english=english, head=_HEAD, marks=marks, other=other)


def news(code: str, ticket: PhoneTicket, *, english: bool, fresh: bool, whole: bool) -> dict[str, str | bool]:
    """What an open page needs to know; without the drawn parts where it has them already."""
    say = say_in(english=english)
    told: dict[str, str | bool] = {
        "stamp": ticket.stamp,
        "fresh": _freshness(ticket, say, fresh=fresh),
        "stale": not fresh,
        "alert": ticket.alert,
        "rings": ticket.state in RINGS,
        "title": title(ticket, say),
    }
    if whole:
        told |= {"ticket": card(code, ticket, say), "acts": acts.leaving(code, ticket, say)}
    return told


def title(ticket: PhoneTicket, say: Say) -> str:
    """What the browser's tab says, so that a glance at it is enough."""
    match ticket.state:
        case PhoneState.CALLED:
            return say(f"请到 {ticket.window} 号窗口 {ticket.number}", f"{ticket.number} → window {ticket.window}")
        case PhoneState.WAITING if ticket.ahead is not None:
            return say(f"{ticket.number} 前面 {ticket.ahead} 人", f"{ticket.number}: {ticket.ahead} ahead")
    return ticket.number


def _freshness(ticket: PhoneTicket, say: Say, *, fresh: bool) -> str:
    at = f"{local_time(ticket.at, ticket.offset_minutes):%H:%M}"
    if fresh:
        return say(f"{at} 更新，会自己刷新", f"As of {at}, renews itself")
    return say(f"{at} 以后没有新消息，以现场叫号为准", f"No news since {at}; watch the board")
