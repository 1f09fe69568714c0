"""Taking a device's facts: contiguous, exactly once, never rejected for what they say about the world.

A device may write what it alone can know: that it gave a number, what became of the slip (also 作废: nobody wants it),
how its parts are. A fact of another kind, or about the ticket of a ledger that has nothing to do with it, is no news
from the field but a defect or an attack: the push is refused whole (`UnfitFactError`) and the lane stands still until
a person looks.
"""

from dataclasses import replace

from hall.clock import Moment
from hall.mending import QuarantineReason
from hall.wire.sync import Push, Pushed
from queue_server.operations import lanes, plans, recovery, troubles
from queue_server.operations.days import today
from queue_server.operations.errors import FencedError, UnfitFactError
from queue_server.operations.merging import merge
from queue_server.operations.system_fault import end_those_waiting
from queue_server.store import Transaction
from queue_server.store.records import LaneStanding, Session


def push(transaction: Transaction, moment: Moment, session: Session, request: Push) -> Pushed:
    """Apply a run of facts as far as it continues the lane; duplicates are success.

    Returns:
        How far the lane is applied. `diverged` if a place of the lane came with another event than the one applied:
        nothing from there on was taken, and the lane is taken from no ledger any more.

    Raises:
        FencedError: If the session is not the lane's newest.
        UnfitFactError: If the device may not write such a fact.
    """
    standing = _standing(transaction, session, request)
    diverged = bool(lanes.known_lane(transaction, request.lane).quarantined)
    if not diverged:
        diverged = _take(transaction, moment, request)
        end_those_waiting(transaction, moment)
    lane = lanes.known_lane(transaction, request.lane)
    if diverged:
        lane = lanes.quarantine(transaction, moment, lane, QuarantineReason.DIVERGED)
    else:
        troubles.note(transaction, moment, session.subject, troubles.SYNC, None)
    has_news = _keep(transaction, moment, standing, lane.highwater, request.plan_id)
    pair = plans.Pair()
    if transaction.catalog_version() and not lanes.must_renew(lane):
        day = today(transaction, moment)
        if has_news:
            plans.renew(transaction, moment, day)
        pair = plans.pair_of(transaction, lane.lane, day)
    return Pushed(
        highwater=lane.highwater,
        diverged=diverged,
        plan=pair.plan,
        next_plan=pair.next_plan,
        catalog_version=transaction.catalog_version(),
    )


def note_refusal(transaction: Transaction, moment: Moment, device: str, error: UnfitFactError) -> None:
    """Tell the manager that a push was refused whole; it left no trace of its own."""
    troubles.note(transaction, moment, device, troubles.SYNC, troubles.Trouble(str(error), error.advice))


def _standing(transaction: Transaction, session: Session, request: Push) -> LaneStanding:
    standing = transaction.get(LaneStanding, session.lane)
    told = (request.lane, request.session_no)
    if standing is None or told != (session.lane, session.session_no) or standing.session_no != session.session_no:
        raise FencedError("这个连接已经不是该设备的最新连接")
    return standing


def _take(transaction: Transaction, moment: Moment, request: Push) -> bool:
    """Record what continues the lane; whether another fact than the one recorded came for a place of it."""
    for sent in request.facts:
        lane, fact = lanes.known_lane(transaction, request.lane), sent.fact
        if fact.lane != request.lane:
            raise UnfitFactError(f"{request.lane} 号机发来了 {fact.lane} 号机的记录")
        if fact.lane_seq > lane.highwater + 1:
            return False  # a gap: the sender begins again from the highwater it is told
        known = transaction.place_of(fact.event_id)
        if fact.lane_seq <= lane.highwater and known == (fact.lane, fact.lane_seq):
            continue
        if fact.lane_seq <= lane.highwater or known is not None:
            return True
        merge(transaction, moment, lane, request, fact, sent.holder)
    return False


def _keep(transaction: Transaction, moment: Moment, standing: LaneStanding, highwater: int, plan_id: str) -> bool:
    """Keep what the push says of the issuer: the newest plan it holds, and that everything it told of is here.

    Returns:
        Whether it said anything new.
    """
    settled = standing.settled_at or (moment.wall_us if highwater >= standing.told_seq else 0)
    now = replace(standing, settled_at=settled, plan_id=plan_id or standing.plan_id)
    if now == standing:
        return False
    transaction.put(now)
    recovery.maybe_end(transaction, moment)
    return True
