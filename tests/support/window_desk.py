"""Desks as the server would send them, for tests of the window client."""

from pathlib import Path

from hall.calling import CallReason
from hall.catalog import Catalog
from hall.clock import Moment
from hall.projection import WindowStatus
from hall.ticket import Flag, Ticket, TicketClass, TicketState
from hall.waiting import Wait, WaitKind
from hall.window import WindowState
from hall.wire.replies import Reply
from hall.wire.views import Desk, DeskTicket, GroupWait
from installer.hall_init.catalogue import read_catalogue
from tests.support.tickets import DAY, MINUTE, NINE

ROOT = Path(__file__).parents[2]
NOW = NINE + 59 * MINUTE
LONG_NAME = "不动产抵押权首次登记（含在建建筑物抵押）"


def sample_catalog() -> Catalog:
    return read_catalogue(ROOT / "installer" / "sample_hall")


def group_wait(group: str, low: int, high: int, kind: WaitKind = WaitKind.RANGE) -> GroupWait:
    """What is foretold to who comes now."""
    wait = Wait(kind=kind, low=low, high=high)
    return GroupWait(group=group, ordinary=wait, priority=wait)


WAITS = (
    group_wait("social_insurance", 15, 25),
    group_wait("medical", 0, 5),
    group_wait("other", 0, 0, WaitKind.PAUSED),
)


class StandingClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, wall_us: int = NOW) -> None:
        self.wall_us = wall_us

    def now(self) -> Moment:
        return Moment(wall_us=self.wall_us, mono_us=self.wall_us, boot_id="b" * 32)


def shown(
    n: int,
    minutes: float = 40,
    *,
    service: str = "social_card_first",
    name: str = "社保卡申领",
    group: str = "social_insurance",
    group_name: str = "社会保险",
    state: TicketState = TicketState.WAITING,
    kind: TicketClass = TicketClass.ORDINARY,
    flags: tuple[Flag, ...] = (),
    lane: int | None = None,
    head_start: float = 0,
    masked: str = "",
    window: int | None = None,
    calls: int = 0,
    called: float | None = None,
    started: float | None = None,
    reason: CallReason | None = None,
    held_for: str = "",
    note: str = "",
    back: float | None = None,
    pinned: int | None = None,
    returns: int = 0,
) -> DeskTicket:
    """A ticket taken so many minutes after nine; `called` and `started` are minutes after nine too."""
    at = NINE + round(minutes * MINUTE)
    ticket = Ticket(
        id=f"{n:032x}",
        day=DAY,
        service=service,
        group=group,
        prefix="A",
        lane=lane,
        n=n,
        issuer_lane=1,
        issuer_seq=n,
        ticket_class=kind,
        issued_at=at,
        effective_at=at - round(head_start * MINUTE),
        state=state,
        window=window,
        calls=calls,
        called_at=None if called is None else NINE + round(called * MINUTE),
        started_at=None if started is None else NINE + round(started * MINUTE),
        flags=flags,
        back_at=None if back is None else NINE + round(back * MINUTE),
        pinned=pinned,
        returns=returns,
    )
    return DeskTicket(
        ticket=ticket,
        number=ticket.number,
        service_name=name,
        group_name=group_name,
        masked_name=masked,
        issuer="1 号取号机",
        reason=reason,
        held_for=held_for,
        note=note,
    )


IN_ORDER = CallReason(counts_from=NINE + 43 * MINUTE, before="A025", earlier_us=4 * MINUTE)


def called_here(n: int = 23, *, calls: int = 1, reason: CallReason | None = IN_ORDER, **more: object) -> DeskTicket:
    return shown(
        n,
        43,
        state=TicketState.CALLED,
        window=12,
        calls=calls,
        called=58.7,
        masked="周*宁",
        reason=reason,
        **more,  # type: ignore[arg-type]
    )


def served_here(n: int = 23, *, reason: CallReason | None = IN_ORDER, **more: object) -> DeskTicket:
    return shown(
        n,
        43,
        state=TicketState.SERVING,
        window=12,
        calls=1,
        called=54,
        started=55.3,
        masked="周**",
        reason=reason,
        **more,  # type: ignore[arg-type]
    )


QUEUE = (
    shown(25, 47, name="养老待遇申领", kind=TicketClass.PRIORITY, head_start=30),
    shown(24, 50, name="失业金申领", kind=TicketClass.APPOINTMENT, head_start=20),
    shown(24, 44, name="社保卡补换", lane=2, flags=(Flag.LATE_MERGED,)),
    shown(26, 49, name="社保关系转移接续"),
    shown(27, 52, name="灵活就业人员参保"),
    shown(28, 56, name="工伤认定"),
)


def desk(
    active: DeskTicket | None = None,
    queue: tuple[DeskTicket, ...] = QUEUE,
    *,
    state: WindowState = WindowState.IDLE,
    missed: tuple[DeskTicket, ...] = (),
    held: tuple[DeskTicket, ...] = (),
    uncertain: tuple[DeskTicket, ...] = (),
    undo_until: int = 0,
    to_rate: DeskTicket | None = None,
    colleagues: tuple[int, ...] = (),
    back_at: int | None = None,
    waits: tuple[GroupWait, ...] = (),
    faults: tuple[str, ...] = (),
) -> Desk:
    clerk = None if state is WindowState.CLOSED else "0317"
    status = WindowStatus(
        number=12,
        state=state,
        clerk=clerk,
        reason="用餐" if state is WindowState.PAUSED else "",
        since=NOW - 3 * MINUTE,
        back_at=back_at,
    )
    return Desk(
        at=NOW,
        seq=100,
        window=status,
        shown_state=state.value,
        active=active,
        to_rate=to_rate,
        undo_until=undo_until,
        queue=queue,
        missed=missed,
        held=held,
        uncertain=uncertain,
        colleagues=colleagues,
        faults=faults,
        hall_waiting=40,
        longest_wait_us=46 * MINUTE,
        windows_serving=18,
        windows_open=24,
        served_today=12,
        waits=waits,
    )


def reply(ticket: Ticket | None = None, **more: object) -> Reply:
    return Reply(request_id="a" * 32, ticket=ticket, at=NOW, **more)  # type: ignore[arg-type]
