"""After an outage over the wire: a slip is adopted, a window tells what it remembers, a manager decides."""

from datetime import UTC, datetime

from hall.mending import RecoveryReason
from hall.slip_code import SlipCode, seal
from hall.wire.acts import Memory, RememberedAct
from hall.wire.commands import Adopt, CallNext, Confirm, EndRecovery
from hall.wire.replies import Refusal
from hall.wire.views import Desk, HallNow
from queue_server.operations import recovery
from tests.support.served_hall import ServedHall, new_id


def test_a_slip_of_a_kiosk_that_is_cut_off_is_adopted_by_its_code(hall: ServedHall) -> None:
    kiosk, clerk = hall.kiosk("kiosk-cut-off"), hall.clerk(1)
    body = kiosk.issue("alpha", "alpha_one", "A")
    assert hall.parts is not None
    now = round(datetime.now(UTC).timestamp() * 1_000_000)
    told = SlipCode(body.ticket, body.day, body.prefix, body.lane, body.n, now)
    reply = clerk.do(Adopt(request_id=new_id(), code=seal(told, hall.parts.store.hall_id, hall.parts.hall_key)))
    assert reply.ticket is not None
    assert reply.ticket.id == body.ticket
    forged = seal(told, hall.parts.store.hall_id, bytes(32))
    assert clerk.do(Adopt(request_id=new_id(), code=forged)).refusal is Refusal.BAD_CODE
    shown = Desk.model_validate_json(clerk.get("/api/desk").content)
    assert {line.service_name for line in shown.queue if line.ticket.id == body.ticket} == {"甲类"}


def test_a_window_tells_what_it_remembers_and_a_manager_decides_the_rest(hall: ServedHall) -> None:
    kiosk, clerk, manager = hall.kiosk("kiosk-told"), hall.clerk(2), hall.manager()
    kiosk.issue("beta", "beta_one", "B")
    kiosk.push()
    call = CallNext(request_id=new_id())
    called = clerk.do(call)
    assert hall.parts is not None
    store, moment = hall.parts.store, hall.parts.clock.now()
    before = Desk.model_validate_json(clerk.get("/api/desk").content).epoch
    store.write(lambda tx: recovery.begin(tx, moment, RecoveryReason.RESTORED, moment.wall_us)).result()
    after = Desk.model_validate_json(clerk.get("/api/desk").content).epoch
    assert before != after
    assert kiosk.http("GET", "/api/catalog").status_code == 401  # it must say hello in the server's new life
    memory = Memory(acts=(RememberedAct(staff="1002", command=call, reply=called),))
    for caller, status in ((clerk, 204), (clerk, 204), (manager, 403)):
        assert caller.http("POST", "/api/acts", content=memory.model_dump_json()).status_code == status
    assert clerk.http("POST", "/api/acts", content="{}").status_code == 400
    now = HallNow.model_validate_json(manager.get("/api/hall").content)
    assert now.recovery is not None
    assert "2 号窗口" not in now.recovery.awaited
    assert clerk.do(EndRecovery(request_id=new_id())).refusal is Refusal.NOT_ALLOWED
    if now.recovery.open:
        assert manager.do(EndRecovery(request_id=new_id())).done
    assert manager.do(EndRecovery(request_id=new_id())).refusal is Refusal.NO_RECOVERY
    assert manager.do(Confirm(request_id=new_id())).done
    assert HallNow.model_validate_json(manager.get("/api/hall").content).uncertain == ()
