"""The acts of a desk: which may be done now, by which key, and the command each one sends."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hall.catalog import ServiceGroup
from hall.clock import SECOND_US
from hall.ticket import ServiceOutcome, Ticket, TicketState
from hall.window import WindowState
from hall.wire.commands import (
    Adopt,
    AutoCallOff,
    AutoCallOn,
    CallNext,
    CallTicket,
    Command,
    DeclareFault,
    EndFault,
    FinishService,
    Hold,
    MarkMissed,
    NextService,
    Pause,
    PutBack,
    Recall,
    Resume,
    SignOut,
    StartService,
    StartWithoutTicket,
    Transfer,
    Undo,
)
from window_client.desk.situation import Act, Connection, Situation

KEYS: dict[Act, str] = {
    Act.CALL_NEXT: "F2",
    Act.AUTO_CALL_ON: "Shift+F2",
    Act.AUTO_CALL_OFF: "Shift+F2",
    Act.RECALL: "F3",
    Act.MISS: "F4",
    Act.START: "F5",
    Act.START_WITHOUT_TICKET: "Shift+F5",
    Act.TRANSFER: "F6",
    Act.HOLD: "F7",
    Act.FINISH: "F9",
    Act.NEXT_SERVICE: "F11",
    Act.DECLARE_FAULT: "Shift+F8",
    Act.PAUSE: "F10",
    Act.RESUME: "F10",
}
ICONS: dict[Act, str] = {
    Act.CALL_NEXT: "bell",
    Act.AUTO_CALL_ON: "again",
    Act.AUTO_CALL_OFF: "pause",
    Act.RECALL: "speaker",
    Act.MISS: "user_x",
    Act.START: "play",
    Act.START_WITHOUT_TICKET: "person",
    Act.NEXT_SERVICE: "plus",
    Act.TRANSFER: "transfer",
    Act.HOLD: "hourglass",
    Act.FINISH: "check",
    Act.DECLARE_FAULT: "warning",
    Act.END_FAULT: "check_circle",
    Act.PAUSE: "pause_circle",
    Act.RESUME: "play",
}
DEFAULT_CALLS = 3
"""How often a number is called until the catalogue says so."""
REST_MS = 400
"""How long the acts rest after one, so that a press given twice stays one act."""
MAIN: dict[WindowState, Act] = {WindowState.CALLING: Act.START, WindowState.SERVING: Act.FINISH}
BY_HAND: dict[Act, frozenset[WindowState]] = {
    Act.FINISH: frozenset(MAIN),
    Act.MISS: frozenset({WindowState.CALLING}),
}
"""What can be done without the server, and in which states: the citizen here is brought to an end, and it is kept."""
"""The one primary act by state; everywhere else it is the next call."""


@dataclass(frozen=True, slots=True)
class Details:
    """What an act says beyond the ticket: where to, why, for how long, how it ended, what begins, a slip's code.

    `note` is for the colleague to whom somebody is sent on.
    """

    group: str = ""
    to: int | None = None
    reason: str = ""
    minutes: int | None = None
    outcome: ServiceOutcome = ServiceOutcome.DONE
    code: str = ""
    service: str = ""
    note: str = field(default="", repr=False)

    @property
    def groups(self) -> tuple[str, ...]:
        """The group, for a command that takes several."""
        return (self.group,)


@dataclass(frozen=True, slots=True)
class Offer:
    """One button: the act it stands for at this moment, its key, and whether it may be pressed."""

    act: Act
    key: str
    icon: str
    allowed: bool


def main_act(situation: Situation) -> Act:
    """The act of the one primary button."""
    if situation.connection is Connection.AWAY and situation.state in MAIN:
        return Act.FINISH
    return MAIN.get(situation.state, Act.CALL_NEXT)


def row_of_acts(situation: Situation) -> tuple[Offer, ...]:
    """The five acts beside the main one, always in the same order and number."""
    last = Act.RESUME if situation.paused else Act.PAUSE
    return tuple(offer(situation, act) for act in (Act.RECALL, Act.MISS, Act.TRANSFER, Act.HOLD, last))


def further_acts(situation: Situation) -> tuple[Offer, ...]:
    """Acts that are rarely wanted, beside the papers, and only while they may be done."""
    rare: tuple[Act, ...] = (Act.NEXT_SERVICE,)
    if situation.active is None:
        rare = (Act.AUTO_CALL_ON, Act.AUTO_CALL_OFF, Act.START_WITHOUT_TICKET)
    return tuple(offer(situation, act) for act in rare if allowed(situation, act))


def offer(situation: Situation, act: Act) -> Offer:
    """One act as a button."""
    return Offer(act, KEYS.get(act, ""), ICONS.get(act, ""), allowed(situation, act))


def allowed(situation: Situation, act: Act) -> bool:
    """Whether the act may be done now.

    Nothing may be done while another act is on its way, or in the instant after one; without the server only the end
    of what it knows to be here. The server decides in the end; this only keeps from the clerk what it would refuse.
    """
    if situation.desk is None or situation.pending or situation.settling:
        return False
    if situation.connection is Connection.AWAY:
        return situation.state in BY_HAND.get(act, ())
    if not situation.online:
        return False
    return _POSSIBLE[act](situation)


def row_allowed(situation: Situation, act: Act, ticket: Ticket) -> bool:
    """Whether an act may be done with one row of a list."""
    return allowed(situation, act) and (act is not Act.PUT_BACK or may_return(situation, ticket))


def may_return(situation: Situation, ticket: Ticket) -> bool:
    """Whether a ticket may wait again: one that was missed only as often as the hall allows."""
    hall = situation.catalog.hall if situation.catalog else None
    return hall is None or ticket.state is not TicketState.MISSED or ticket.returns < hall.returns_allowed


def called_enough(situation: Situation) -> bool:
    """Whether the number at the window has been called as often as the hall calls one."""
    hall = situation.catalog.hall if situation.catalog else None
    calls = situation.active.ticket.calls if situation.active else 0
    return calls >= (hall.calls_before_missed if hall else DEFAULT_CALLS)


def can_undo(situation: Situation) -> bool:
    """Whether the last act of this desk concerned a ticket and its time has not run out."""
    outcome, desk = situation.outcome, situation.desk
    return (
        desk is not None
        and outcome is not None
        and outcome.done
        and outcome.act not in (Act.UNDO, Act.ADOPT)
        and outcome.reply is not None
        and outcome.reply.ticket is not None
        and situation.now_us < desk.undo_until
    )


def undo_seconds(situation: Situation) -> int:
    """Whole seconds left to take the last act back, 0 when it cannot be."""
    if situation.desk is None or not can_undo(situation):
        return 0
    return -((situation.now_us - situation.desk.undo_until) // SECOND_US)


def _state_in(*states: WindowState) -> Callable[[Situation], bool]:
    return lambda situation: situation.state in states


def _may_call_by_itself(now: Situation) -> bool:
    is_open = now.desk is not None and now.desk.window.state is WindowState.IDLE
    return is_open and not now.auto_call and now.auto_call_seconds > 0


_CALLING, _SERVING = WindowState.CALLING, WindowState.SERVING
_POSSIBLE: dict[Act, Callable[[Situation], bool]] = {
    Act.CALL_NEXT: lambda now: now.state is WindowState.IDLE and bool(now.desk and now.desk.queue),
    Act.START: _state_in(_CALLING),
    Act.START_WITHOUT_TICKET: lambda now: now.state is WindowState.IDLE and bool(now.services),
    Act.NEXT_SERVICE: lambda now: now.state is _SERVING and bool(now.services),
    Act.FINISH: _state_in(_SERVING),
    Act.RECALL: lambda now: now.state is _CALLING and not called_enough(now),
    Act.MISS: lambda now: now.state is _CALLING and called_enough(now),
    Act.TRANSFER: lambda now: now.state in MAIN and now.catalog is not None,
    Act.HOLD: _state_in(_CALLING, _SERVING),
    Act.PAUSE: lambda now: now.state is not WindowState.CLOSED and not now.paused,
    Act.RESUME: lambda now: now.paused,
    Act.AUTO_CALL_ON: _may_call_by_itself,
    Act.AUTO_CALL_OFF: lambda now: now.auto_call,
    Act.UNDO: can_undo,
    Act.PUT_BACK: lambda now: bool(now.desk and (now.desk.missed or now.desk.held)),
    Act.CALL_TICKET: _state_in(WindowState.IDLE),
    Act.ADOPT: lambda now: now.state is not WindowState.CLOSED,
    Act.DECLARE_FAULT: lambda now: now.state is not WindowState.CLOSED and bool(now.up),
    Act.END_FAULT: lambda now: now.state is not WindowState.CLOSED and bool(now.down),
    Act.SIGN_OUT: lambda now: now.active is None,
}


def ticket_of(situation: Situation, act: Act, row: str = "") -> str | None:
    """The ticket an act concerns: in the row pressed, of the act to take back, else the one at the window."""
    if act in (Act.PUT_BACK, Act.CALL_TICKET):
        return row
    if act is Act.UNDO:
        outcome = situation.outcome
        return outcome.reply.ticket.id if outcome and outcome.reply and outcome.reply.ticket else None
    return situation.active.ticket.id if situation.active else None


def transfer_groups(situation: Situation) -> tuple[ServiceGroup, ...]:
    """Where the ticket at the window can go: every group but its own, in the order of the catalogue."""
    catalog, active = situation.catalog, situation.active
    if catalog is None or active is None:
        return ()
    return tuple(group for group in catalog.groups if group.id != active.ticket.group)


_COMMANDS: dict[Act, tuple[Callable[..., Command], tuple[str, ...]]] = {
    Act.CALL_NEXT: (CallNext, ()),
    Act.START: (StartService, ("ticket",)),
    Act.START_WITHOUT_TICKET: (StartWithoutTicket, ("service",)),
    Act.NEXT_SERVICE: (NextService, ("ticket", "service", "outcome")),
    Act.FINISH: (FinishService, ("ticket", "outcome")),
    Act.RECALL: (Recall, ("ticket",)),
    Act.MISS: (MarkMissed, ("ticket",)),
    Act.TRANSFER: (Transfer, ("ticket", "group", "to", "note")),
    Act.HOLD: (Hold, ("ticket", "reason", "minutes")),
    Act.PAUSE: (Pause, ("reason", "minutes")),
    Act.RESUME: (Resume, ()),
    Act.AUTO_CALL_ON: (AutoCallOn, ()),
    Act.AUTO_CALL_OFF: (AutoCallOff, ()),
    Act.UNDO: (Undo, ("ticket",)),
    Act.PUT_BACK: (PutBack, ("ticket",)),
    Act.CALL_TICKET: (CallTicket, ("ticket", "reason")),
    Act.ADOPT: (Adopt, ("code",)),
    Act.DECLARE_FAULT: (DeclareFault, ("groups",)),
    Act.END_FAULT: (EndFault, ("groups",)),
    Act.SIGN_OUT: (SignOut, ()),
}
"""The command of each act, and what it says besides its id: the ticket, or what `Details` calls by the same name."""


def command_for(act: Act, request_id: str, *, ticket: str | None = None, details: Details = Details()) -> Command:
    """The command an act sends.

    Args:
        act: What the clerk pressed.
        request_id: 128 random bits; the same again for a repetition of the same press.
        ticket: The ticket concerned; the one at the window, in the row pressed, or of the act to undo.
        details: What else was chosen.
    """
    kind, names = _COMMANDS[act]
    said = {name: (ticket or "") if name == "ticket" else getattr(details, name) for name in names}
    return kind(request_id=request_id, **said)


_KINDS: dict[str, Act] = {act.value: act for act in Act} | {
    "start_service": Act.START,
    "finish_service": Act.FINISH,
    "mark_missed": Act.MISS,
}


def act_of(command: Command) -> Act | None:
    """The act that sends such a command, None for what is no act of a desk."""
    return _KINDS.get(command.kind)
