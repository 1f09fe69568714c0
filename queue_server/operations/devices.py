"""Letting devices in: nonce, proof, lane, plan, session."""

import hmac

from hall.clock import MINUTE_US, Moment
from hall.keys import device_proof
from hall.mending import QuarantineReason
from hall.wire.hello import DeviceKind, Hello, Nonce, Welcome
from hall.wire.version import MIN_SCHEMA_VERSION, SCHEMA_VERSION
from hall.words import SERVER_LANE
from queue_server.operations import lanes, plans, recovery
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
    return Nonce(nonce=nonce, hall_id=transaction.hall_id)


def hello(transaction: Transaction, moment: Moment, request: Hello, hall_key: bytes) -> Welcome:
    """Let a device in. Its new session fences all older ones of the same lane, or of the same window's device.

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
    if request.kind is DeviceKind.KIOSK:
        return _welcome_kiosk(transaction, moment, request)
    return _welcome_window(transaction, moment, request)


def _welcome_kiosk(transaction: Transaction, moment: Moment, request: Hello) -> Welcome:
    recovery.begin_if_ahead(transaction, moment, transaction.lane_of(request.incarnation), request)
    lane = lanes.lane_of(transaction, moment, request)
    if lanes.is_cloned(transaction, lane, request.boot_id):
        lane = lanes.quarantine(transaction, moment, lane, QuarantineReason.CLONE)
    standing = lanes.stand(transaction, moment, lane, request)
    recovery.maybe_end(transaction, moment)
    renew = lanes.must_renew(lane)
    pair = plans.Pair()
    if transaction.catalog_version():
        day = today(transaction, moment)
        plans.renew(transaction, moment, day)
        pair = plans.Pair() if renew else plans.pair_of(transaction, lane.lane, day)
    token, _ = open_session(
        transaction,
        moment,
        SessionKind.KIOSK,
        request.device,
        lane=lane.lane,
        session_no=standing.session_no,
    )
    return _welcome(transaction, moment, token, lane, standing.session_no).model_copy(
        update={
            "known_event": transaction.event_at(lane.lane, min(lane.highwater, request.last_seq)),
            "plan": pair.plan,
            "next_plan": pair.next_plan,
            "renew": renew,
        }
    )


def _welcome_window(transaction: Transaction, moment: Moment, request: Hello) -> Welcome:
    window, kind = _window_of(transaction, request), SessionKind(request.kind.value)
    before = transaction.get(DeviceSession, request.device, kind.value)
    session_no = 1 if before is None else before.session_no + 1
    transaction.put(DeviceSession(request.device, kind.value, session_no, request.boot_id, moment.wall_us))
    transaction.end_sessions(request.device, [kind])
    token, _ = open_session(transaction, moment, kind, request.device, window=window, session_no=session_no)
    no_lane = Lane(SERVER_LANE, request.device, kind.value, request.incarnation)
    return _welcome(transaction, moment, token, no_lane, session_no)


def _welcome(transaction: Transaction, moment: Moment, token: str, lane: Lane, session_no: int) -> Welcome:
    return Welcome(
        schema_version=SCHEMA_VERSION,
        session=token,
        session_no=session_no,
        server_epoch=transaction.server_epoch(),
        server_time=moment.wall_us,
        hall_id=transaction.hall_id,
        lane=lane.lane,
        highwater=lane.highwater,
        plan=None,
        catalog_version=transaction.catalog_version(),
    )


def _check_proof(transaction: Transaction, moment: Moment, request: Hello, hall_key: bytes) -> None:
    nonce = transaction.get(NonceRow, request.nonce)
    wanted = device_proof(hall_key, request.device, request.nonce)
    if nonce is None or nonce.expires_at <= moment.wall_us or not hmac.compare_digest(wanted, request.proof):
        raise ProofError(f"设备 {request.device} 没有通过核对")
    transaction.drop(NonceRow, request.nonce)


def _window_of(transaction: Transaction, request: Hello) -> int:
    if request.window is None:
        raise HelloError("窗口设备没有说明是几号窗口", advice="请在设备的设置里写上窗口号")
    if all(window.number != request.window for window in transaction.catalog().windows):
        raise NoSuchWindowError(f"大厅没有 {request.window} 号窗口")
    return request.window
