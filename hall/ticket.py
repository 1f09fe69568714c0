"""The ticket 号: a citizen's place in the order. Its state changes only by facts, along these edges."""

from datetime import date
from enum import StrEnum

from pydantic import Field

from hall.numbering import Number
from hall.words import Id, Lane, Micros, WindowNumber, Word


class TicketState(StrEnum):
    """Where a ticket stands. `finished` and `cancelled` are final once the undo window has passed."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    MISSED = "missed"  # 过号
    ON_HOLD = "on_hold"  # 挂起
    FINISHED = "finished"  # 办理完毕
    CANCELLED = "cancelled"  # 弃号


class TicketClass(StrEnum):
    """The class, never the reason. Said by one of `MARKS` beside the number."""

    ORDINARY = "ordinary"
    PRIORITY = "priority"
    APPOINTMENT = "appointment"
    RETURNING = "returning"  # 补件: back with the papers that were missing


MARKS: dict[TicketClass, str] = {
    TicketClass.ORDINARY: "",
    TicketClass.PRIORITY: "优",
    TicketClass.APPOINTMENT: "预",
    TicketClass.RETURNING: "补件",
}
"""What stands beside a number on slip, board and screens, so that a head start does not look like favour."""


class CancelReason(StrEnum):
    """Why a ticket ended without service."""

    LEFT = "left"
    VOID = "void"
    DAY_END = "day_end"
    DUPLICATE = "duplicate"
    SYSTEM_FAULT = "system_fault"  # its group could not be served; the slip gives priority later
    CLOSED = "closed"  # 停办: the hall closed its group early; the slip gives priority later


class ServiceOutcome(StrEnum):
    """How a service ended, as a clerk says it."""

    DONE = "done"  # 办结
    ACCEPTED = "accepted"  # 受理
    CONSULTED = "consulted"  # 咨询
    COLLECTED = "collected"  # 领证
    SENT_BACK = "sent_back"  # 补正: papers are missing
    WRONG_NUMBER = "wrong_number"  # 取错号


UNENDED = "unended"
"""The outcome of a service that nobody ended: the day did."""


class Flag(StrEnum):
    """Marks a clerk or manager must see; none of them is a state."""

    UNCERTAIN = "uncertain"  # the server was set back: nobody knows what became of it; not called by itself
    PAPER_UNKNOWN = "paper_unknown"  # 票未确认: the slip may not have come out
    LATE_MERGED = "late_merged"  # issued while cut off, merged afterwards 离线补入
    SAME_HOLDER = "same_holder"  # the person already had a live ticket of this group when it merged
    BOOKING_DOUBTED = "booking_doubted"  # its appointment was used before, or cancelled 预约重复
    WITHOUT_TICKET = "without_ticket"  # began at a window, without a slip 无号办理
    UNENDED = "unended"  # still at a window when the day was over: nobody knows how long it took 日终未结
    HONOURED = "honoured"  # a slip ended by 系统故障 was shown and gave another number with priority
    ADOPTED = "adopted"  # known from its slip alone; its kiosk has not told of it yet 凭票补入


_S = TicketState
EDGES: dict[TicketState, frozenset[TicketState]] = {
    _S.WAITING: frozenset({_S.CALLED, _S.ON_HOLD, _S.CANCELLED}),
    _S.CALLED: frozenset({_S.SERVING, _S.WAITING, _S.MISSED, _S.ON_HOLD}),
    _S.SERVING: frozenset({_S.FINISHED, _S.WAITING, _S.ON_HOLD}),
    _S.MISSED: frozenset({_S.WAITING, _S.CANCELLED}),
    _S.ON_HOLD: frozenset({_S.WAITING, _S.CANCELLED}),
    _S.FINISHED: frozenset(),
    _S.CANCELLED: frozenset(),
}
LIVE = frozenset(state for state, edges in EDGES.items() if edges)
ACTIVE = frozenset({_S.CALLED, _S.SERVING})
"""States in which a ticket occupies a window."""


def may_move(before: TicketState, after: TicketState) -> bool:
    """Whether the edge exists (undo is a compensating fact and does not use this table)."""
    return after in EDGES[before]


class Ticket(Word):
    """A ticket as it stands now: the sum of its facts.

    `issued_at` is when it was taken (house rule: exact, estimated or clamped); `effective_at` = issued_at − head
    start, set once by the server and again only on a return after a miss. `lane` is set in lane form only;
    `issuer_lane` and `issuer_seq` name the fact that issued it. `pinned` is the one window that may call it while it
    waits; `back_at` when who is on hold meant to be back; `chosen` that its last call was by a clerk's choice 指定叫号.
    `booking` is the appointment it was given for, `slot_at` the time of that.
    """

    id: Id
    day: date
    service: str
    group: str
    prefix: str = Field(pattern=r"^[A-Z]$")
    lane: Lane | None
    n: int = Field(ge=1)
    issuer_lane: Lane
    issuer_seq: int = Field(ge=1)
    ticket_class: TicketClass
    issued_at: Micros
    effective_at: int
    state: TicketState = TicketState.WAITING
    window: WindowNumber | None = None
    calls: int = Field(default=0, ge=0)
    returns: int = Field(default=0, ge=0)
    called_at: Micros | None = None
    started_at: Micros | None = None
    ended_at: Micros | None = None
    changed_at: Micros = 0
    pinned: WindowNumber | None = None
    back_at: Micros | None = None
    booking: Id | None = None
    slot_at: Micros | None = None
    flags: tuple[Flag, ...] = ()
    chosen: bool = False

    @property
    def number(self) -> str:
        """The printed number, `A023` or `A2-023`."""
        return str(Number(self.prefix, self.n, self.lane))

    @property
    def in_order(self) -> bool:
        """Whether it waits to be called in its turn. An uncertain one is called by a person's choice only."""
        return self.state is TicketState.WAITING and Flag.UNCERTAIN not in self.flags

    @property
    def live(self) -> bool:
        """Whether the visit is not over yet."""
        return self.state in LIVE
