"""Letting devices in: nonce, proof, lane, plan, session."""

import hmac

from hall.clock import MINUTE_US, Moment
from hall.facts import DeviceEnrolled
from hall.keys import device_proof
from hall.wire.hello import DeviceKind, Hello, Nonce, Welcome
from hall.wire.version import MIN_SCHEMA_VERSION, SCHEMA_VERSION
from hall.words import SERVER_LANE
from queue_server.operations import plans
from queue_server.operations.days import today
from queue_server.operations.errors import HelloError, NoSuchWindowError, ProofError, SchemaError
from queue_server.operations.sessions import open_session
from queue_server.store import Transaction
from queue_server.store.records import DeviceSession, Lane, NonceRow, SessionKind

NONCE_LIFE_US = MINUTE_US


def new_nonce(transaction: Transaction, moment: Moment) -> Nonce:
    """Something to sign, good for a minute and for one hello that is accepted."""
    transaction.forget_nonces(moment.wall_us)
    nonce = transaction.new_id()
    transaction.put(NonceRow(nonce, moment.wall_us + NONCE_LIFE_US))
    return Nonce(nonce=nonce)


def hello(transaction: Transaction, moment: Moment, request: Hello, hall_key: bytes) -> Welcome:
    """Let a device in. Its new session fences all older ones of the same device and kind.

    A kiosk gets the lane of its ledger file; a ledger never seen gets a new lane. Windows and rating pages have no
    lane (0) and may push nothing.

    Raises:
        SchemaError: If it speaks another version.
        ProofError: If nonce or proof do not fit.
        HelloError: If a window or rating page names no window.
        NoSuchWindowError: If it names one that the hall does not have.
    """
    if not MIN_SCHEMA_VERSION <= request.schema_version <= SCHEMA_VERSION:
        raise SchemaError(f"设备使用的协议版本是 {request.schema_version}，服务器是 {SCHEMA_VERSION}")
    _check_proof(transaction, moment, request, hall_key)
    window = _window_of(transaction, request)
    lane = _lane_of(transaction, moment, request)
    catalog_version = transaction.catalog_version()
    plan = None
    if lane.lane != SERVER_LANE and catalog_version:
        day = today(transaction, moment)
        plans.renew(transaction, moment, day)
        plan = plans.plan_of(transaction, lane.lane, day)
    session_no = _fence(transaction, moment, request)
    token, _ = open_session(
        transaction,
        moment,
        SessionKind(request.kind.value),
        request.device,
        window=window,
        lane=lane.lane,
        session_no=session_no,
    )
    return Welcome(
        schema_version=SCHEMA_VERSION,
        session=token,
        session_no=session_no,
        server_epoch=transaction.server_epoch(),
        server_time=moment.wall_us,
        hall_id=transaction.hall_id,
        lane=lane.lane,
        highwater=lane.highwater,
        known_event=transaction.event_at(lane.lane, min(lane.highwater, request.last_seq)),
        plan=plan,
        catalog_version=catalog_version,
    )


def _check_proof(transaction: Transaction, moment: Moment, request: Hello, hall_key: bytes) -> None:
    nonce = transaction.get(NonceRow, request.nonce)
    wanted = device_proof(hall_key, request.device, request.nonce)
    if nonce is None or nonce.expires_at <= moment.wall_us or not hmac.compare_digest(wanted, request.proof):
        raise ProofError(f"设备 {request.device} 没有通过核对")
    transaction.drop(NonceRow, request.nonce)


def _window_of(transaction: Transaction, request: Hello) -> int:
    if request.kind is DeviceKind.KIOSK:
        return 0
    if request.window is None:
        raise HelloError("窗口设备没有说明是几号窗口", advice="请在设备的设置里写上窗口号")
    if all(window.number != request.window for window in transaction.catalog().windows):
        raise NoSuchWindowError(f"大厅没有 {request.window} 号窗口")
    return request.window


def _lane_of(transaction: Transaction, moment: Moment, request: Hello) -> Lane:
    if request.kind is not DeviceKind.KIOSK:
        return Lane(SERVER_LANE, request.device, request.kind.value, request.incarnation)
    known = transaction.lane_of(request.device, request.incarnation)
    if known is not None:
        return known
    lane = transaction.greatest_lane + 1
    transaction.record(
        DeviceEnrolled(
            device=request.device,
            device_kind=request.kind.value,
            device_lane=lane,
            incarnation=request.incarnation,
        ),
        moment,
    )
    return Lane(lane, request.device, request.kind.value, request.incarnation)


def _fence(transaction: Transaction, moment: Moment, request: Hello) -> int:
    before = transaction.get(DeviceSession, request.device, request.kind.value)
    session_no = 1 if before is None else before.session_no + 1
    transaction.put(DeviceSession(request.device, request.kind.value, session_no, request.boot_id, moment.wall_us))
    transaction.end_sessions(request.device, [SessionKind(request.kind.value)])
    return session_no
