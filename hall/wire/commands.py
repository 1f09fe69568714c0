"""What is asked of the server, in the imperative. Every command carries a request id whose answer is stored."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from hall.facts import Staff
from hall.rating import Level
from hall.ticket import CancelReason
from hall.words import Id, WindowNumber, Word


def _no_truth_value(value: object) -> object:
    """True equals 1 in Python, but a level is pressed, not agreed to."""
    if isinstance(value, bool):
        raise ValueError("a level is one of 1 to 5")
    return value


class SignIn(Word):
    """Staff number and PIN. With a window: a clerk's session that opens it; without: a manager's session."""

    staff: Staff
    pin: str = Field(min_length=4, max_length=64, repr=False)
    window: WindowNumber | None = None


class _Command(Word):
    request_id: Id


class CallNext(_Command):
    """The next citizen to this clerk's window."""

    kind: Literal["call_next"] = "call_next"


class CallTicket(_Command):
    """A named ticket, out of order; the reason is kept."""

    kind: Literal["call_ticket"] = "call_ticket"
    ticket: Id
    reason: str = Field(min_length=1, max_length=40)


class Recall(_Command):
    """重呼 the ticket already called."""

    kind: Literal["recall"] = "recall"
    ticket: Id


class StartService(_Command):
    """开始办理."""

    kind: Literal["start_service"] = "start_service"
    ticket: Id


class FinishService(_Command):
    """办理完毕."""

    kind: Literal["finish_service"] = "finish_service"
    ticket: Id
    outcome: str = Field(default="done", pattern=r"^[a-z_]{1,20}$")


class MarkMissed(_Command):
    """过号."""

    kind: Literal["mark_missed"] = "mark_missed"
    ticket: Id


class PutBack(_Command):
    """A called, missed or held ticket waits again (回呼 of a held one, return of a missed one)."""

    kind: Literal["put_back"] = "put_back"
    ticket: Id


class Hold(_Command):
    """挂起."""

    kind: Literal["hold"] = "hold"
    ticket: Id


class Transfer(_Command):
    """转移 to another group's windows."""

    kind: Literal["transfer"] = "transfer"
    ticket: Id
    group: str


class Cancel(_Command):
    """弃号."""

    kind: Literal["cancel"] = "cancel"
    ticket: Id
    reason: CancelReason = CancelReason.LEFT


class Undo(_Command):
    """Take back this window's last act, within ten seconds and before the next."""

    kind: Literal["undo"] = "undo"
    ticket: Id


class Pause(_Command):
    """暂停 the window."""

    kind: Literal["pause"] = "pause"
    reason: str = Field(default="", max_length=40)


class Resume(_Command):
    """Open the window again."""

    kind: Literal["resume"] = "resume"


class SignOut(_Command):
    """Close the window and end the session."""

    kind: Literal["sign_out"] = "sign_out"


class Rate(_Command):
    """The citizen's own press on the rating page; only a rating session may send it."""

    kind: Literal["rate"] = "rate"
    ticket: Id
    level: Annotated[Level, BeforeValidator(_no_truth_value)]


Command = Annotated[
    CallNext
    | CallTicket
    | Recall
    | StartService
    | FinishService
    | MarkMissed
    | PutBack
    | Hold
    | Transfer
    | Cancel
    | Undo
    | Pause
    | Resume
    | SignOut
    | Rate,
    Field(discriminator="kind"),
]
