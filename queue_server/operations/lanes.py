"""Issuers' lanes: which one a ledger gets, who speaks for whom, and what becomes of one that two files use."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from hall.clock import Moment
from hall.facts import DeviceEnrolled
from hall.mending import LaneQuarantined, LaneReplaced, QuarantineReason
from hall.wire.hello import DeviceKind, Hello
from hall.words import GREATEST_LANE, SERVER_LANE
from queue_server.operations import troubles
from queue_server.operations.errors import HelloError
from queue_server.store import Reader, Transaction
from queue_server.store.records import Lane, LaneStanding, Meta

_SERVER, _OWN_LANE = "server", "own_lane"
LANES_AHEAD = 10_000
"""A lane named by a device lies no further beyond the greatest known one: nobody may use them up."""


def lane_of(transaction: Transaction, moment: Moment, request: Hello) -> Lane:
    """The lane of a ledger, a new one if this incarnation was never seen. Whose facts it tells again is recorded.

    Raises:
        HelloError: If there are no lanes left, or it names one that can never have been given here.
    """
    if any(is_beyond(transaction, each) for each in (request.lane, request.replaces)):
        raise HelloError("取号机报来的机号不可能是本大厅给过的", advice="请核对这台取号机的数据文件夹，或联系维护人员")
    lane = transaction.lane_of(request.incarnation)
    before = request.replaces
    forgotten = False
    if lane is None:
        # Never heard here, though another ledger's hello may have entered it anew already.
        forgotten = request.lane is not None and transaction.get(LaneStanding, request.lane) is None
        before = request.replaces if request.lane is None else request.lane
        lane = _enrol(transaction, moment, request)
    elif request.lane not in (None, lane.lane):
        before = request.lane  # it got another one from a server that was set back to before that
    if lane.device != request.device:
        _rename(transaction, moment, lane, request.device)
    if before is not None and before not in ancestry(transaction, lane.lane):
        transaction.record(LaneReplaced(device_lane=lane.lane, replaces=before), moment)
    if forgotten and request.replaces is not None:  # the forgotten life went on from one that may be known
        recall(transaction, moment, lane, request.replaces)
    return known_lane(transaction, lane.lane)


def own_lane(transaction: Transaction, moment: Moment) -> int:
    """The lane in which the server numbers those who come without a ticket: a new one in each life of it.

    So a number given by a server that was set back since is never given again.

    Raises:
        HelloError: If there are no lanes left.
    """
    epoch, kept = transaction.server_epoch(), transaction.get(Meta, _OWN_LANE)
    if kept is not None and kept.value.startswith(f"{epoch} "):
        return int(kept.value.removeprefix(f"{epoch} "))
    lane = Lane(_next_lane(transaction), _SERVER, _SERVER, transaction.new_id())
    _record_enrolment(transaction, moment, lane)
    transaction.put(Meta(_OWN_LANE, f"{epoch} {lane.lane}"))
    return lane.lane


def known_lane(reader: Reader, number: int) -> Lane:
    """A lane that was given."""
    lane = reader.get(Lane, number)
    assert lane is not None  # callers hold a session or a row that exists only with it
    return lane


def stand(transaction: Transaction, moment: Moment, lane: Lane, request: Hello) -> LaneStanding:
    """How the issuer stands with this hello. Its session number fences every older session of the lane."""
    before = transaction.get(LaneStanding, lane.lane)
    same_boot = before is not None and before.boot_id == request.boot_id
    standing = LaneStanding(
        lane=lane.lane,
        session_no=1 if before is None else before.session_no + 1,
        boot_id=request.boot_id,
        boot_before="" if before is None else before.boot_before if same_boot else before.boot_id,
        first_at=moment.wall_us if before is None else before.first_at,
        hello_at=moment.wall_us,
        told_seq=request.last_seq,
        settled_at=moment.wall_us if lane.highwater >= request.last_seq else 0,
        plan_id=request.plan_id,
        acked_before=_acked_before(transaction, lane, request),
    )
    transaction.put(standing)
    transaction.end_lane_sessions(lane.lane)
    return standing


def _acked_before(reader: Reader, lane: Lane, request: Hello) -> int:
    """How far facts may have been here in an earlier life: all those that are renumbered because of it."""
    before = reader.get(LaneStanding, lane.lane)
    kept = 0 if before is None else before.acked_before
    if request.lane == lane.lane:
        return max(kept, request.acked_seq) if request.acked_seq > lane.highwater else kept
    if request.lane is not None:
        return max(kept, request.last_seq)
    replaced = None if request.replaces is None else reader.get(LaneStanding, request.replaces)
    if request.replaces is not None and (replaced is None or replaced.acked_before):
        return max(kept, request.last_seq)
    return kept


def is_cloned(reader: Reader, lane: Lane, boot_id: str) -> bool:
    """Whether a boot has come back: after a restart a machine has a new one, so two machines speak by turns."""
    standing = reader.get(LaneStanding, lane.lane)
    return standing is not None and boot_id == standing.boot_before != standing.boot_id


def quarantine(transaction: Transaction, moment: Moment, lane: Lane, reason: QuarantineReason) -> Lane:
    """Note that two files use a lane, and tell the manager; once. Returns the lane as it stands then."""
    if not lane.quarantined:
        transaction.record(LaneQuarantined(device_lane=lane.lane, reason=reason), moment)
    troubles.note(transaction, moment, lane.device, troubles.SYNC, troubles.TWO_FILES)
    return known_lane(transaction, lane.lane)


def must_renew(lane: Lane) -> bool:
    """Whether the ledger must go on under a new lane: another file uses this one, or a manager gave it up."""
    return bool(lane.quarantined) or lane.retired


def ancestry(reader: Reader, number: int) -> frozenset[int]:
    """The lanes under which a ledger has spoken, as far as they are known: its own and those it replaced."""
    found: set[int] = set()
    following: int | None = number
    while following is not None and following not in found:
        found.add(following)
        lane = reader.get(Lane, following)
        following = None if lane is None else lane.replaces
    return frozenset(found)


def is_own(reader: Reader, lane: Lane, number: int) -> bool:
    """Whether a ledger may have spoken under a lane before: as is known, or as a server set back may have forgotten.

    Who went on from a life which is forgotten here, this one or the other, may be a copy of any; nobody can tell any
    more.
    """
    lives = ancestry(reader, lane.lane)
    if number in lives or number == SERVER_LANE:
        return number in lives
    other = reader.get(Lane, number)
    forgotten = any(reader.get(Lane, each) is None for each in lives | ancestry(reader, number))
    return other is None or other.device == lane.device or forgotten


def is_beyond(reader: Transaction, number: int | None) -> bool:
    """Whether a lane is so far from all known ones that no server set back can have given it: a slip, or an attack."""
    if number is None:
        return False
    known = (each for lane in reader.every(Lane) for each in (lane.lane, lane.replaces or SERVER_LANE))
    return number > max(reader.greatest_lane, SERVER_LANE, *known) + LANES_AHEAD


def recall(transaction: Transaction, moment: Moment, lane: Lane, number: int) -> None:
    """Enter a forgotten lane of a ledger anew behind those that are known, so that nobody else is ever given it."""
    known = ancestry(transaction, lane.lane)
    oldest = next((each for each in known if _before(transaction, each) not in known), None)
    if number in known or oldest is None:
        return
    for each in (oldest, number):
        if transaction.get(Lane, each) is None:
            _record_enrolment(transaction, moment, Lane(each, lane.device, lane.kind, transaction.new_id()))
    transaction.record(LaneReplaced(device_lane=oldest, replaces=number), moment)


def in_service(lanes: Iterable[Lane]) -> list[int]:
    """The lanes that issue: the newest of each kiosk that is neither given up, nor used by two, nor replaced."""
    kiosks = [lane for lane in lanes if lane.kind == DeviceKind.KIOSK]
    replaced = {(lane.device, lane.replaces) for lane in kiosks}
    newest: dict[str, int] = {}
    for lane in kiosks:
        if not must_renew(lane) and (lane.device, lane.lane) not in replaced:
            newest[lane.device] = max(lane.lane, newest.get(lane.device, 0))
    return sorted(newest.values())


def namesakes(reader: Reader, heard_at: Mapping[int, int]) -> frozenset[int]:
    """Lanes of one kiosk's name that were heard after a newer one: two machines of one name, a copied folder perhaps.

    Args:
        reader: The hall's store.
        heard_at: When each lane's issuer was last heard, microseconds.
    """
    lanes = [lane for lane in reader.every(Lane) if lane.kind == DeviceKind.KIOSK and not must_renew(lane)]
    heard = {standing.lane: standing for standing in reader.every(LaneStanding)}
    found: set[int] = set()
    for lane in lanes:
        for newer in lanes:
            if newer.device != lane.device or newer.lane <= lane.lane or not {lane.lane, newer.lane} <= heard.keys():
                continue
            if heard_at.get(lane.lane, 0) > heard[newer.lane].first_at:
                found |= {lane.lane, newer.lane}
    return frozenset(found)


def _before(reader: Reader, number: int) -> int | None:
    lane = reader.get(Lane, number)
    return None if lane is None else lane.replaces


def _enrol(transaction: Transaction, moment: Moment, request: Hello) -> Lane:
    lane = Lane(
        _next_lane(transaction, request.lane, request.replaces), request.device, request.kind.value, request.incarnation
    )
    _record_enrolment(transaction, moment, lane)
    return lane


def _rename(transaction: Transaction, moment: Moment, lane: Lane, name: str) -> None:
    """A ledger is known by its incarnation; a new name of its device goes for all its lives."""
    lives = [each for number in sorted(ancestry(transaction, lane.lane)) if (each := transaction.get(Lane, number))]
    for each in lives:
        if each.device == lane.device:
            _record_enrolment(transaction, moment, replace(each, device=name))


def _record_enrolment(transaction: Transaction, moment: Moment, lane: Lane) -> None:
    transaction.record(
        DeviceEnrolled(device=lane.device, device_kind=lane.kind, device_lane=lane.lane, incarnation=lane.incarnation),
        moment,
    )


def _next_lane(transaction: Transaction, *told: int | None) -> int:
    """One that nobody ever had, also nobody whom a server set back has forgotten."""
    lanes = list(transaction.every(Lane))
    heard = (*told, *(lane.replaces for lane in lanes))
    greatest = max([transaction.greatest_lane, *(lane or SERVER_LANE for lane in heard)])
    if greatest >= GREATEST_LANE:
        raise HelloError("机号已用完", advice="请联系维护人员")
    return greatest + 1
