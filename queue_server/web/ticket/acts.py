"""What the citizen can do on the page: give the place up, after a question; rate the service. Plain forms."""

from hall.rating import WORDS
from hall.wire.phone import PhoneTicket
from queue_server.web.ticket.icons import icon
from queue_server.web.ticket.tongue import ENGLISH, Say, address


def leaving(code: str, ticket: PhoneTicket, say: Say) -> str:
    """让号: a line, behind it the question, and only then the button."""
    if not ticket.may_leave:
        return ""
    warning = say(
        "让出去后，这个号就作废了。再要办，得重新取号排队。", "It will be void. To come back you need a new one."
    )
    return (
        f'<details id="leaving"><summary>{say("今天不办了，把号让出去", "Not today: give up my place")}</summary>'
        f"<p>{warning}</p>"
        f'<form method="post" action="{_act(code, "leave", say)}">'
        f'<button class="negative">{say("确定让号", "Give up my place")}</button></form>'
        f"<p>{say('不让号，什么都不用按。', 'To keep it, press nothing.')}</p></details>"
    )


def rating(code: str, ticket: PhoneTicket, say: Say) -> str:
    """评价: five buttons while it can be given, thanks once it was."""
    if ticket.level is not None:
        zh, en = WORDS[ticket.level]
        thanks = say(f"已评价：{zh}。谢谢您！", f"Rated: {en}. Thank you!")
        return f'<p class="line positive">{icon("check")}{thanks}</p>'
    if not ticket.may_rate:
        return ""
    buttons = "".join(
        f'<button name="level" value="{int(level)}">{say(*words)}</button>' for level, words in WORDS.items()
    )
    return (
        f"<h2>{say('这次办得怎么样？', 'How was it?')}</h2>"
        f'<form class="levels" method="post" action="{_act(code, "rate", say)}">{buttons}</form>'
        f'<p class="muted">{say("一次办事评一次，评过不能改。", "Once for each visit; it cannot be changed.")}</p>'
    )


def _act(code: str, act: str, say: Say) -> str:
    return address(code, say("", ENGLISH), act)
