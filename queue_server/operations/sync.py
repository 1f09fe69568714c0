"""Taking a device's facts: contiguous, exactly once, never rejected for what they say about the world.

A device may write what it alone can know: that it gave a number, what became of the slip (also 作废: nobody wants it),
how its parts are. A fact
of another kind, about another lane's ticket, or one that contradicts the journal is no news from the field but a
defect or an attack: the push is refused whole (`UnfitFactError`) and the lane stands still until a person looks.
"""

from typing import Literal

from hall.calling import order_key
from hall.clock import MINUTE_US, Moment
from hall.facts import Fact, HealthChanged, SlipPrinted, TicketCancelled, TicketFlagged, TicketIssued
from hall.identity import Holder
from hall.ticket import CancelReason, Flag, Ticket
from hall.wire.sync import Push, Pushed
from queue_server.operations import plans
from queue_server.operations.days import today
from queue_server.operations.errors import DivergedError, FencedError, PushError, UnfitFactError
from queue_server.operations.times import resolve
from queue_server.store import Transaction
from queue_server.store.records import DeviceSession, Health, Lane, Session

PART = "sync"
"""How a device's line of facts stands among its parts on the manager's page."""
TROUBLE_STAYS_US = 10 * MINUTE_US
_OWN_TICKET = (SlipPrinted, TicketFlagged, TicketCancelled)


def push(transaction: Transaction, moment: Moment, session: Session, request: Push) -> Pushed:
    """Apply a run of facts as far as it continues the lane; duplicates are success.

    Returns:
        How far the lane is applied. `diverged` if a place of the lane came with another event than the one applied:
        nothing from there on was taken.

    Raises:
        FencedError: If the session is not the lane's newest.
        UnfitFactError: If the device may not write such a fact.
    """
    latest = transaction.get(DeviceSession, session.subject, session.kind.value)
    if (
        latest is None
        or not session.lane
        or (request.lane, request.session_no) != (session.lane, session.session_no)
        or latest.session_no != session.session_no
    ):
        raise FencedError("这个连接已经不是该设备的最新连接")
    diverged = False
    for sent in request.facts:
        lane = _lane(transaction, request.lane)
        fact = sent.fact
        if fact.lane != request.lane:
            raise UnfitFactError(f"{request.lane} 号机发来了 {fact.lane} 号机的记录")
        if fact.lane_seq > lane.highwater + 1:
            break  # a gap: the sender begins again from the highwater it is told
        known = transaction.place_of(fact.event_id)
        if fact.lane_seq <= lane.highwater and known == (fact.lane, fact.lane_seq):
            continue
        if fact.lane_seq <= lane.highwater or known is not None:
            diverged = True
            break
        _apply(transaction, moment, lane, request, fact, sent.holder)
    note(transaction, moment, session.subject, DivergedError("它的记录和服务器已有的对不上") if diverged else None)
    plan = None
    if transaction.catalog_version():
        plan = plans.plan_of(transaction, request.lane, today(transaction, moment))
    return Pushed(
        highwater=_lane(transaction, request.lane).highwater,
        diverged=diverged,
        plan=plan,
        catalog_version=transaction.catalog_version(),
    )


def note(transaction: Transaction, moment: Moment, device: str, trouble: PushError | None) -> None:
    """Tell the manager that a device's facts do not get through, or that they do again; once each."""
    state: Literal["online", "fault"] = "online" if trouble is None else "fault"
    before = transaction.get(Health, device, PART)
    if before is not None and trouble is None and moment.wall_us - before.since < TROUBLE_STAYS_US:
        return  # of two copies that push by turns one always gets through
    if state != (before.state if before else "online"):
        problem, advice = (str(trouble), trouble.advice) if trouble else ("", "")
        body = HealthChanged(device=device, part=PART, state=state, problem=problem, advice=advice)
        transaction.record(body, moment)


def _lane(transaction: Transaction, number: int) -> Lane:
    lane = transaction.get(Lane, number)
    assert lane is not None  # a session with a lane exists only for an enrolled one
    return lane


def _apply(
    transaction: Transaction, moment: Moment, lane: Lane, request: Push, fact: Fact, holder: Holder | None
) -> None:
    _check(transaction, lane, fact)
    at, quality = resolve(lane, fact, request.sent_mono_us, request.boot_id, moment.wall_us)
    body = fact.body
    if not isinstance(body, TicketIssued):
        transaction.append(fact, at, quality)
        return
    others = _live_of_same_holder(transaction, body, holder)
    transaction.append(fact, at, quality, holder)
    if body.offline:
        _flag(transaction, moment, body.ticket, Flag.LATE_MERGED)
    if others:
        issued = transaction.ticket(body.ticket)
        assert issued is not None
        latest = max([issued, *others], key=lambda ticket: order_key(ticket)[1:])
        if Flag.SAME_HOLDER not in latest.flags:
            _flag(transaction, moment, latest.id, Flag.SAME_HOLDER)


def _check(transaction: Transaction, lane: Lane, fact: Fact) -> None:
    body = fact.body
    if isinstance(body, TicketIssued):
        if body.lane not in (None, lane.lane):
            raise UnfitFactError(f"{lane.lane} 号机用了 {body.lane} 号机的号码")
        same_number = transaction.ticket_of_number(body.day, body.prefix, body.lane, body.n)
        if same_number is not None or transaction.ticket(body.ticket) is not None:
            raise UnfitFactError(f"{lane.lane} 号机重复发出了已有的号码")
    elif isinstance(body, _OWN_TICKET):
        ticket = transaction.ticket(body.ticket)
        if ticket is None or ticket.issuer_lane != lane.lane:
            raise UnfitFactError(f"{lane.lane} 号机发来了不是它发出的号的记录")
        if isinstance(body, TicketCancelled) and body.reason is not CancelReason.VOID:
            raise UnfitFactError(f"{lane.lane} 号机只能作废取号单，不能以别的理由取消")
    elif not isinstance(body, HealthChanged):
        raise UnfitFactError(f"{lane.lane} 号机不能写这种记录：{body.kind}")


def _live_of_same_holder(transaction: Transaction, body: TicketIssued, holder: Holder | None) -> list[Ticket]:
    if holder is None:
        return []
    return [ticket for ticket in transaction.live_tickets_of(holder.token) if ticket.group == body.group]


def _flag(transaction: Transaction, moment: Moment, ticket: str, flag: Flag) -> None:
    transaction.record(TicketFlagged(ticket=ticket, flag=flag), moment)
