"""What the manager sees of outages: issuers, a recovery, numbers printed twice, what came late, calls by hand."""

from hall.mending import RecoveryReason
from hall.numbering import Number
from hall.opening import business_day
from hall.wire.hello import DeviceKind
from hall.wire.views import CameIn, DoubleNow, LaneNow, MergedNow, RecoveryNow
from queue_server.operations import recovery
from queue_server.operations.lanes import in_service, namesakes
from queue_server.operations.leases import leases_on
from queue_server.operations.plans import plan_until
from queue_server.operations.views.contact import last_heard
from queue_server.operations.views.live import Live
from queue_server.store import Reader
from queue_server.store.records import Lane, LaneStanding

TIMES_SHOWN = 20
_SAME_NAME = "两台开着的取号机用同一个名字（可能拷贝过数据文件夹）：都能出号，请给其中一台另起设备名"
_TWO_FILES = "两台机器用过这份取号数据：两台都会换机号，号码不会丢"
_STILL_LEASED = "这份取号数据已不再使用，但它的号段要到期才能分给别人；确认那台机器已经关了，可以停用"


def lanes_now(reader: Reader, live: Live) -> tuple[LaneNow, ...]:
    """Every issuer in service, those of the past that still stand in the way of others, and any other of today."""
    lanes = [lane for lane in reader.every(Lane) if lane.kind == DeviceKind.KIOSK]
    heard, shown = last_heard(reader), list[LaneNow]()
    serving, doubtful, leases = in_service(lanes), namesakes(reader, heard), leases_on(reader, live.day)
    for lane in lanes:
        leased = not lane.retired and any(plan.last_day >= live.day for plan in leases.usable.get(lane.lane, ()))
        if lane.lane in doubtful:
            trouble = _SAME_NAME
        elif lane.quarantined:
            trouble = _TWO_FILES
        else:
            trouble = _STILL_LEASED if lane.lane not in serving else ""
        if lane.lane in serving or lane.lane in doubtful or leased:
            shown.append(_lane(reader, live, lane, heard.get(lane.lane), trouble))
        elif business_day(max(heard.get(lane.lane, 0), lane.last_at), live.catalog.hall.offset_minutes) == live.day:
            shown.append(_lane(reader, live, lane, heard.get(lane.lane)).model_copy(update={"past": True}))
    return tuple(shown)


def recovery_now(reader: Reader, live: Live) -> RecoveryNow | None:
    """The last time the server was set back, and who is still waited for; None if it never was."""
    last = reader.last_recovery()
    if last is None:
        return None
    is_open = not last.ended_at
    return RecoveryNow(
        reason=RecoveryReason(last.reason),
        began_at=last.began_at,
        known_until=last.known_until,
        awaited=recovery.awaited(reader, last, live.day) if is_open else (),
        open=is_open,
    )


def doubles_now(reader: Reader, live: Live) -> tuple[DoubleNow, ...]:
    """Numbers printed twice that nobody has seen to."""
    names = {service.id: service.name for service in live.catalog.services}
    return tuple(
        DoubleNow(
            ticket=doubled.ticket,
            number=str(Number(doubled.prefix, doubled.n, doubled.lane or None)),
            service=names.get(doubled.service, doubled.service),
            device=live.devices.get(doubled.issuer_lane, ""),
            issued_at=doubled.issued_at,
        )
        for doubled in reader.unsettled_doubles()
    )


def merged_now(reader: Reader, live: Live) -> tuple[MergedNow, ...]:
    """What came in late today: one line for each kiosk, whatever lanes it had; the latest first."""
    came: dict[str, list[CameIn]] = {}
    for (lane, at), count in sorted(reader.late_merged_on(live.day).items(), key=lambda each: -each[0][1]):
        came.setdefault(live.devices.get(lane, ""), []).append(CameIn(at=at, tickets=count))
    return tuple(
        MergedNow(
            device=device, at=each[0].at, tickets=sum(one.tickets for one in each), each=tuple(each[:TIMES_SHOWN])
        )
        for device, each in came.items()
    )


def hand_calls_open(reader: Reader, live: Live) -> int:
    """Numbers called by hand today that nobody has told of yet."""
    calls = reader.hand_calls_open(live.day)
    known = (reader.ticket_of_number(call.day, call.prefix, call.lane or None, call.n) for call in calls)
    return sum(ticket is None for ticket in known)


def _lane(reader: Reader, live: Live, lane: Lane, seen: int | None, trouble: str = "") -> LaneNow:
    standing = reader.get(LaneStanding, lane.lane)
    return LaneNow(
        lane=lane.lane,
        device=lane.device,
        seen=seen,
        behind=0 if standing is None else max(0, standing.told_seq - lane.highwater),
        plan_until=plan_until(reader, lane.lane, live.day),
        replaces=lane.replaces,
        retired=lane.retired,
        trouble=trouble,
        doubtful=trouble in {_SAME_NAME, _TWO_FILES},
    )
