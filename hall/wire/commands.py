"""What is asked of the server, in the imperative. Every command carries a request id whose answer is stored.

It is long because every command stands here, one after the other.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from hall.accounts import Account
from hall.alerts import LONGEST_NOTE, AlertKind
from hall.arrangements import Arrangement, Waiting
from hall.mending import HandOutcome
from hall.personal import tells_a_number
from hall.rating import Level
from hall.rule import Rule
from hall.ticket import CancelReason, ServiceOutcome
from hall.window_plan import LONGEST_MINUTES, PlanWait
from hall.words import Id, Lane, Micros, Name, Staff, WindowNumber, Word

Minutes = Annotated[int, Field(ge=1, le=240)]


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


_LEFT_OUT = "—"
"""Stands for words that must not stay."""


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


class StartWithoutTicket(_Command):
    """无号办理: this service begins here and now for somebody without a number."""

    kind: Literal["start_without_ticket"] = "start_without_ticket"
    service: Name


class NextService(_Command):
    """再办一件: the service here ends so, and another one begins under the same number."""

    kind: Literal["next_service"] = "next_service"
    ticket: Id
    service: Name
    outcome: ServiceOutcome = ServiceOutcome.DONE


class FinishService(_Command):
    """办理完毕."""

    kind: Literal["finish_service"] = "finish_service"
    ticket: Id
    outcome: ServiceOutcome = ServiceOutcome.DONE


class MarkMissed(_Command):
    """过号."""

    kind: Literal["mark_missed"] = "mark_missed"
    ticket: Id


class PutBack(_Command):
    """A called, missed or held ticket waits again (回呼 of a held one, return of a missed one)."""

    kind: Literal["put_back"] = "put_back"
    ticket: Id


class Hold(_Command):
    """挂起: what for, and in how many minutes the citizen means to be back."""

    kind: Literal["hold"] = "hold"
    ticket: Id
    reason: str = Field(default="", max_length=40)
    minutes: Minutes | None = None


NOTE_SIGNS = 40


class Transfer(_Command):
    """转移 to a group's windows, or to one of them alone; `note` is for the colleague who calls next.

    A note may name somebody although the screen asks for none: it is in no fact and nothing that is written down
    (`as_kept`), and is forgotten with the holder when the visit ends.
    """

    kind: Literal["transfer"] = "transfer"
    ticket: Id
    group: str
    to: WindowNumber | None = None
    note: str = Field(default="", max_length=NOTE_SIGNS, repr=False)


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
    """暂停 the window: why, and in how many minutes the clerk means to be back."""

    kind: Literal["pause"] = "pause"
    reason: str = Field(default="", max_length=40)
    minutes: Minutes | None = None


class Resume(_Command):
    """Open the window again."""

    kind: Literal["resume"] = "resume"


class AutoCallOn(_Command):
    """自动叫号: while this window is free it calls the next by itself, if the hall allows it."""

    kind: Literal["auto_call_on"] = "auto_call_on"


class AutoCallOff(_Command):
    """Every call is pressed again."""

    kind: Literal["auto_call_off"] = "auto_call_off"


_Groups = Annotated[tuple[Name, ...], Field(min_length=1, max_length=26)]


class DeclareFault(_Command):
    """系统故障: these groups cannot be served; who waits for them ends and has priority later."""

    kind: Literal["declare_fault"] = "declare_fault"
    groups: _Groups
    reason: str = Field(default="", max_length=40)


class EndFault(_Command):
    """These groups can be served again."""

    kind: Literal["end_fault"] = "end_fault"
    groups: _Groups


class SignOut(_Command):
    """Close the window and end the session."""

    kind: Literal["sign_out"] = "sign_out"


class Rate(_Command):
    """The citizen's own press on the rating page; only a rating session may send it."""

    kind: Literal["rate"] = "rate"
    ticket: Id
    level: Annotated[Level, BeforeValidator(_no_truth_value)]


class Adopt(_Command):
    """A slip was shown whose number is not in the list: scanned or typed code, known from then on 凭票补入."""

    kind: Literal["adopt"] = "adopt"
    code: str = Field(max_length=512, repr=False)


class EnterByHand(_Command):
    """A call made by hand while the server was away 补录: the printed number of today, from when to when."""

    kind: Literal["enter_by_hand"] = "enter_by_hand"
    number: str = Field(min_length=4, max_length=16)
    called_at: Micros
    ended_at: Micros
    outcome: HandOutcome = HandOutcome.FINISHED


class Confirm(_Command):
    """A manager's word that uncertain tickets were not served: they wait again where they stood. Empty: all of them."""

    kind: Literal["confirm"] = "confirm"
    tickets: tuple[Id, ...] = Field(default=(), max_length=1000)


class Dismiss(_Command):
    """A manager's word that an uncertain ticket is over: its holder has been served or has left."""

    kind: Literal["dismiss"] = "dismiss"
    ticket: Id


class EndRecovery(_Command):
    """A manager waits no longer for devices that have not spoken since the server was set back."""

    kind: Literal["end_recovery"] = "end_recovery"


class RetireLane(_Command):
    """A manager's word that the machine of a lane gives no numbers any more."""

    kind: Literal["retire_lane"] = "retire_lane"
    lane: Lane


class SettleDouble(_Command):
    """A manager has seen to the holder of a number that was printed twice."""

    kind: Literal["settle_double"] = "settle_double"
    ticket: Id
    note: str = Field(default="", max_length=40)


class SetCapacity(_Command):
    """A manager changes how many a slot takes; 0 closes it and takes back what was booked for it, None undoes a change.

    Without a group: all of them; without a start (minutes after midnight): the whole day.
    """

    kind: Literal["set_capacity"] = "set_capacity"
    day: date
    group: Name | None = None
    start: int | None = Field(default=None, ge=0, lt=24 * 60)
    capacity: int | None = Field(default=None, ge=0, le=500)


class SwitchPlan(_Command):
    """A manager puts a window plan 潮汐方案 in force, "" for the windows' usual groups; it holds until the next switch.

    `as_is` and `expected` are what the manager was told of the next hour, without and with it.
    """

    kind: Literal["switch_plan"] = "switch_plan"
    plan: str = Field(max_length=20)
    as_is: tuple[PlanWait, ...] = Field(default=(), max_length=26)
    expected: tuple[PlanWait, ...] = Field(default=(), max_length=26)

    @field_validator("as_is", "expected")
    @classmethod
    def _of_a_day(cls, waits: tuple[PlanWait, ...]) -> tuple[PlanWait, ...]:
        if any((wait.minutes or 0) > LONGEST_MINUTES for wait in waits):
            raise ValueError(f"一天只有 {LONGEST_MINUTES} 分钟")
        return waits


class ChangeRule(_Command):
    """A manager sets the order of calling 叫号规则; `catalog` is the version that was looked at."""

    kind: Literal["change_rule"] = "change_rule"
    rule: Rule
    catalog: str = Field(max_length=16)


class ChangeArrangement(_Command):
    """A manager changes a part of the catalogue 设置: `before` is what was looked at, and must stand still.

    `waiting` answers what becomes of those who hold a number of a group that gives no more today; without it such a
    change is refused. `reverts` is the place of the change that this one takes back.
    """

    kind: Literal["change_arrangement"] = "change_arrangement"
    before: Arrangement
    after: Arrangement
    waiting: Waiting | None = None
    reverts: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _of_one_part(self) -> "ChangeArrangement":
        if self.before.key != self.after.key:
            raise ValueError("改前和改后应是同一项设置")
        return self


class ChangeAccount(_Command):
    """A manager makes an account (`before` None), changes what it may do or takes it away (`after` None).

    Never the own one. A PIN is given apart. `reverts` is the place of the change that this one takes back.
    """

    kind: Literal["change_account"] = "change_account"
    account: Staff
    before: Account | None = None
    after: Account | None
    reverts: int | None = Field(default=None, ge=1)


class AcknowledgeAlert(_Command):
    """A manager has seen an alert 警报, the one raised at that moment, and says what is done about it."""

    kind: Literal["acknowledge_alert"] = "acknowledge_alert"
    about: AlertKind
    subject: str = Field(min_length=1, max_length=60)
    raised_at: Micros
    note: str = Field(default="", max_length=LONGEST_NOTE)


class Withdraw(Word):
    """A window asks what became of a command whose answer it never got: not carried out yet, it never will be.

    No command itself: asking again is harmless, and only the command's own window may.
    """

    request_id: Id


ManagerCommand = (
    Confirm
    | Dismiss
    | EndRecovery
    | RetireLane
    | SettleDouble
    | ChangeRule
    | ChangeArrangement
    | ChangeAccount
    | SwitchPlan
    | SetCapacity
    | AcknowledgeAlert
    | DeclareFault
    | EndFault
)
"""What a manager decides; 系统故障 is a clerk's word too, of what the own window serves."""
Command = Annotated[
    CallNext
    | CallTicket
    | Recall
    | StartService
    | StartWithoutTicket
    | NextService
    | FinishService
    | MarkMissed
    | PutBack
    | Hold
    | Transfer
    | Cancel
    | Undo
    | Pause
    | Resume
    | AutoCallOn
    | AutoCallOff
    | SignOut
    | Rate
    | Adopt
    | EnterByHand
    | ManagerCommand,
    Field(discriminator="kind"),
]


def free_words(command: Command) -> str:
    """What somebody wrote freely into a command, and what stays in the journal; empty if it takes no such words."""
    match command:
        case CallTicket() | DeclareFault() | Hold() | Pause():
            return command.reason
        case AcknowledgeAlert() | SettleDouble():
            return command.note
    return ""


def as_kept(command: Command) -> Command:
    """A command as it may be written down, at the window as at the server.

    That is without words for a colleague alone, and without words in which there is somebody's number.
    """
    if isinstance(command, Transfer):
        return command.model_copy(update={"note": ""})
    if tells_a_number(free_words(command)):
        return command.model_copy(
            update={"note" if isinstance(command, AcknowledgeAlert | SettleDouble) else "reason": _LEFT_OUT}
        )
    return command
