"""The ticket card and what stands under it: where to go, what to have at hand."""

from html import escape

from hall.opening import local_time
from hall.waiting import WaitKind, wait_words, wait_words_en
from hall.wire.phone import NEAR, PhoneState, PhoneTicket
from queue_server.web.ticket import acts
from queue_server.web.ticket.icons import icon
from queue_server.web.ticket.standing import standing
from queue_server.web.ticket.tongue import Say

MEDIUM, LONG = 5, 7  # signs of a number from which it is drawn smaller
DOTS = 5  # so many people are drawn one by one


def card(code: str, ticket: PhoneTicket, say: Say) -> str:
    """Everything about the ticket, as HTML."""
    size = "long" if len(ticket.number) >= LONG else "medium" if len(ticket.number) >= MEDIUM else ""
    parts = [
        _call(ticket, say),
        _what(ticket, say),
        f'<p class="number {size}">{escape(ticket.number)}</p>',
        _waiting(ticket, say) if ticket.state is PhoneState.WAITING else "",
        standing(ticket, say),
        acts.rating(code, ticket, say),
    ]
    own = f'<section class="card {ticket.state.value}">{"".join(parts)}</section>'
    return own + _place(ticket, say) + _papers(ticket, say)


def _what(ticket: PhoneTicket, say: Say) -> str:
    taken = f"{local_time(ticket.issued_at, ticket.offset_minutes):%H:%M}"
    mark = f'<i class="mark">{escape(ticket.mark)}</i>' if ticket.mark else ""
    name = escape(say(ticket.name, ticket.name_en))
    return f'<p class="what"><b>{name}</b><span>{mark}{say(f"{taken} 取号", f"taken {taken}")}</span></p>'


def _call(ticket: PhoneTicket, say: Say) -> str:
    if ticket.state is not PhoneState.CALLED:
        return ""
    window = f"<b>{ticket.window}</b>"
    return f'<h1 class="call" role="alert">{say(f"请到 {window} 号窗口", f"Please go to window {window}")}</h1>'


def _waiting(ticket: PhoneTicket, say: Say) -> str:
    people = say(f"{ticket.ahead} 人", f"{ticket.ahead}")
    figures = f"<p><span>{say('前面还有', 'People ahead')}</span><b>{people}</b></p>"
    if ticket.wait is not None and ticket.wait.kind is WaitKind.RANGE:
        words = say(wait_words(ticket.wait).removeprefix("约 "), wait_words_en(ticket.wait).removeprefix("about "))
        figures += f"<p><span>{say('大约再等', 'Wait about')}</span><b>{escape(words)}</b></p>"
    return f'<div class="known"><div class="figures">{figures}</div>{_line(ticket.ahead or 0, say)}</div>'


def _line(ahead: int, say: Say) -> str:
    """The window, everybody before the holder as a dot, the holder; of many only four, and a figure."""
    dots = "<i></i>" * ahead if ahead <= DOTS else f"<i></i><i></i><em>{ahead - 4}</em><i></i><i></i>"
    window, you = say("窗口", "Window"), say("您", "You")
    return f'<p class="queue" aria-hidden="true"><b>{window}</b>{dots}<strong>{you}</strong></p>'


def _place(ticket: PhoneTicket, say: Say) -> str:
    place = say(ticket.place, ticket.place_en)
    windows = say(f"{ticket.windows} 号窗口", f"window {ticket.windows}") if ticket.windows else ""
    if not place and not windows:
        return ""
    where = "".join(f"<span>{escape(part)}</span>" for part in (place, windows) if part)
    advice = f"<p>{_when_to_walk(ticket, say)}</p>"
    return f'<section class="card place">{icon("pin")}<div><b>{where}</b>{advice}</div></section>'


def _when_to_walk(ticket: PhoneTicket, say: Say) -> str:
    match ticket.state:
        case PhoneState.CALLED:
            return say("窗口正在等您。", "The window is waiting for you.")
        case PhoneState.MISSED:
            return say("回来了，请先到导办台。", "When you are back, ask at the help desk first.")
        case PhoneState.ON_HOLD:
            return say("回来时到窗口说一声。", "Tell the window when you are back.")
        case PhoneState.WAITING if ticket.wait is not None and ticket.wait.kind is WaitKind.PAUSED:
            return say("可以先坐着等。", "You may take a seat.")
        case PhoneState.WAITING if ticket.ahead is not None and ticket.ahead <= NEAR:
            return say("现在过去坐着等，正好。", "Go there now and take a seat.")
    return say(f"前面剩 {NEAR} 人时过去就来得及。", f"It is enough to go there when {NEAR} are ahead.")


def _papers(ticket: PhoneTicket, say: Say) -> str:
    if not ticket.papers:
        return ""
    rows = "".join(f"<li>{icon('check')}<span>{escape(paper)}</span></li>" for paper in ticket.papers)
    return f'<section class="card papers"><h2>{say("备好这些", "Have these at hand")}</h2><ul>{rows}</ul></section>'
