"""A server set back: what kiosks and windows remember is taken over, what nobody knows is listed and not called."""

from datetime import timedelta
from pathlib import Path

import pytest

from hall.catalog import Catalog
from hall.mending import RecoveryEnded
from hall.ticket import Ticket, TicketState
from hall.wire import commands
from hall.wire.acts import Memory, RememberedAct
from hall.wire.replies import Refusal
from queue_server.operations import recovery
from queue_server.operations.catalog import publish_catalog
from queue_server.operations.days import today
from queue_server.operations.memory import remember
from queue_server.operations.tick import tick
from queue_server.operations.views.desk import desk
from queue_server.operations.views.hall_now import hall_now
from queue_server.store import Store, Transaction
from queue_server.store.records import Session
from tests.support.referee import HALL_ID, SECOND
from tests.support.restored import Restored

S = TicketState


@pytest.fixture
def hall(tmp_path: Path) -> Restored:
    return Restored(tmp_path)


def test_what_the_server_had_heard_before_it_was_set_back_is_not_called_again_by_itself(hall: Restored) -> None:
    early = hall.kiosk.issue(offline=True)
    hall.referee.pass_time(1800)
    hall.back_up()
    hall.kiosk.push()  # after the backup, which knows nothing of it
    hall.serve(hall.call())
    never_told = hall.kiosk.issue(offline=True).ticket
    hall.referee.pass_time(600)
    hall.restore()
    hall.kiosk_is_back()
    assert hall.stands(early.ticket) == (S.WAITING, True)
    assert hall.stands(never_told)[0] is S.WAITING
    call = commands.CallNext(request_id=hall.referee.ids())
    assert hall.referee.do(hall.clerks[1], call).refusal is Refusal.NOBODY_WAITING


def test_windows_that_lost_their_sessions_are_waited_for_and_their_memory_beats_the_end_of_the_day(
    hall: Restored,
) -> None:
    body = hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    hall.serve(hall.call())
    hall.restore()
    hall.kiosk_is_back()
    hall.referee.run(lambda tx: tick(tx, hall.referee.moment))  # nobody has signed in again: every window is closed
    assert hall.open()
    last = hall.referee.run(lambda tx: tx.last_recovery())
    assert last is not None
    now = hall.referee.run(lambda tx: today(tx, hall.referee.moment))
    assert hall.referee.run(lambda tx: recovery.awaited(tx, last, now)) == ("1 号窗口", "3 号窗口")
    tomorrow = now + timedelta(days=1)
    assert hall.referee.run(lambda tx: recovery.awaited(tx, last, tomorrow)) == ()
    hall.referee.pass_time(86_400)
    hall.referee.run(lambda tx: tick(tx, hall.referee.moment))
    assert hall.stands(body.ticket)[0] is S.CANCELLED
    hall.tell()
    assert hall.stands(body.ticket) == (S.FINISHED, False)
    assert hall.figures() == (1, 1)
    hall.tell(3)
    assert not hall.open()


def test_nothing_printed_is_lost_and_what_nobody_knows_is_not_called(hall: Restored) -> None:
    known = hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    hall.referee.pass_time(300)
    forgotten = hall.kiosk.issue()
    hall.kiosk.push()
    hall.restore()
    hall.kiosk_is_back()
    assert hall.stands(known.ticket) == hall.stands(forgotten.ticket) == (S.WAITING, True)
    assert hall.figures() == (2, 0)
    call = commands.CallNext(request_id=hall.referee.ids())
    assert hall.referee.do(hall.clerks[1], call).refusal is Refusal.NOBODY_WAITING
    after = hall.kiosk.issue()
    hall.kiosk.push(3)
    assert hall.stands(after.ticket) == (S.WAITING, False)  # issued since: nobody can have called it before
    with hall.referee.store.read() as reader:
        view = desk(reader, hall.referee.moment, 1)
        assert [line.ticket.id for line in view.uncertain] == [known.ticket, forgotten.ticket]
        assert [line.ticket.id for line in view.queue] == [after.ticket]
        assert view.epoch == reader.server_epoch()
        now = hall_now(reader, hall.referee.moment)
        assert [each.number for each in now.uncertain] == ["A001", "A002"]
        assert now.groups[0].waiting == 1


@pytest.mark.parametrize("kiosk_first", [True, False])
def test_what_windows_remember_is_taken_over_in_whatever_order_they_tell(hall: Restored, kiosk_first: bool) -> None:
    bodies = [hall.kiosk.issue() for _ in range(2)]
    hall.kiosk.push()
    hall.back_up()
    hall.referee.pass_time(300)
    bodies.append(hall.kiosk.issue())
    hall.kiosk.push()
    for window in (1, 3):
        hall.serve(hall.call(window), window)
    third = hall.call(3)
    hall.restore()
    if kiosk_first:
        hall.kiosk_is_back()
    hall.tell(3)
    hall.tell(1, hall.acts[1][:2], more=True)
    assert hall.open()
    hall.tell(1, hall.acts[1][2:])
    hall.tell(1)
    if not kiosk_first:
        assert hall.open()
        hall.kiosk_is_back()
    assert not hall.open()
    assert [hall.stands(body.ticket) for body in bodies] == [
        (S.FINISHED, False),
        (S.FINISHED, False),
        (S.CALLED, False),
    ]
    assert hall.ticket(third).window == 3
    assert hall.figures() == (3, 2)
    for act in hall.acts[1]:  # a command sent again after all gets the answer it got before
        assert hall.referee.do(hall.clerks[1], act.command).ticket == act.reply.ticket


def test_two_citizens_at_one_window_cannot_be(hall: Restored) -> None:
    for _ in range(2):
        hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    before = hall.call()
    hall.restore()
    other = next(ticket.id for ticket in hall.referee.run(lambda tx: list(tx.every(Ticket))) if ticket.id != before)
    choice = commands.CallTicket(request_id=hall.referee.ids(), ticket=other, reason="人在窗口")
    assert hall.referee.do(hall.clerks[1], choice).done  # before the window told what it remembers
    hall.tell()
    assert hall.stands(other) == (S.CALLED, False)
    assert hall.stands(before) == (S.WAITING, True)


def test_an_end_taken_back_is_not_counted(hall: Restored) -> None:
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    ticket = hall.call()
    hall.do(1, commands.StartService(request_id=hall.referee.ids(), ticket=ticket))
    session = hall.clerks[1]
    for command in (
        commands.FinishService(request_id=hall.referee.ids(), ticket=ticket),
        commands.Undo(request_id=hall.referee.ids(), ticket=ticket),
        commands.FinishService(request_id=hall.referee.ids(), ticket=ticket),
    ):
        reply = hall.referee.do(session, command)
        assert reply.done
        hall.acts[1].append(RememberedAct(staff=session.subject, command=command, reply=reply))
        hall.referee.pass_time(1)
    hall.restore()
    hall.tell()
    assert hall.stands(ticket) == (S.FINISHED, False)
    assert hall.figures() == (1, 1)


def test_memories_that_cannot_be_are_left_out(hall: Restored) -> None:
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    ticket = hall.call()
    hall.restore()
    (act,) = hall.acts[1]
    assert act.reply.ticket is not None

    def told(**changes: object) -> RememberedAct:
        return act.model_copy(update={"reply": act.reply.model_copy(update=changes)})

    known = act.reply.ticket
    for wrong in (
        told(request_id="f" * 32),
        told(at=act.reply.at + 3600 * SECOND),
        told(ticket=known.model_copy(update={"window": 3})),
        told(ticket=known.model_copy(update={"window": None})),
        told(ticket=known.model_copy(update={"id": "f" * 32})),
        told(ticket=known.model_copy(update={"day": known.day.replace(year=known.day.year + 1)})),
    ):
        wrong_act = wrong.model_copy(update={"command": act.command})
        hall.tell(1, [wrong_act])
        assert hall.stands(ticket) == (S.WAITING, True)
        assert hall.figures() == (1, 0)
        break_id = commands.CallNext(request_id=hall.referee.ids())
        act = act.model_copy(
            update={"command": break_id, "reply": act.reply.model_copy(update={"request_id": break_id.request_id})}
        )


def test_while_the_server_was_never_set_back_memories_change_nothing(hall: Restored) -> None:
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.call()
    before = hall.referee.run(lambda tx: tx.head_seq())
    hall.tell()
    assert hall.referee.run(lambda tx: tx.head_seq()) == before


def test_a_store_that_noticed_it_by_itself_begins_one_at_the_start(tmp_path: Path) -> None:
    hall = Restored(tmp_path)
    hall.back_up()
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.referee.store.keep_place()
    hall.referee.store.close()
    (tmp_path / "old.db").replace(tmp_path / "hall.db")
    for beside in ("-wal", "-shm"):
        (tmp_path / f"hall.db{beside}").unlink(missing_ok=True)
    hall.referee.store = Store.open(tmp_path / "hall.db", HALL_ID, new_id=hall.referee.ids)
    for _ in range(2):
        hall.referee.run(lambda tx: recovery.begin_if_restored(tx, hall.referee.moment))
    begun = hall.referee.run(lambda tx: [e for e in tx.entries() if e.fact.body.kind == "recovery_began"])
    assert len(begun) == 1
    assert hall.open()


def test_todays_uncertain_ones_outlast_the_day_while_somebody_is_waited_for(hall: Restored) -> None:
    body = hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    hall.restore()
    closing = hall.referee.run(lambda tx: tx.catalog())
    hours = closing.hall.hours.model_copy(update={"monday": ("00:00-01:00",)})
    shut = closing.hall.model_copy(update={"hours": hours, "serve_after_closing": False})
    hall.referee.publish(closing.model_copy(update={"hall": shut}))
    hall.referee.run(lambda tx: tick(tx, hall.referee.moment))
    assert hall.stands(body.ticket) == (S.WAITING, True)
    hall.referee.run(lambda tx: tx.record(RecoveryEnded(staff="9001"), hall.referee.moment))
    hall.referee.run(lambda tx: tick(tx, hall.referee.moment))
    assert hall.stands(body.ticket)[0] is S.CANCELLED


def test_the_session_of_a_window_may_tell_only_of_that_window(hall: Restored) -> None:
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    ticket = hall.call(3)
    hall.restore()
    foreign: Session = hall.clerks[1]
    told = Memory(acts=tuple(hall.acts[3]))
    hall.referee.run(lambda tx: remember(tx, hall.referee.moment, foreign, told))
    assert hall.stands(ticket) == (S.WAITING, True)


def test_a_window_that_is_no_more_is_not_waited_for(hall: Restored) -> None:
    hall.back_up()
    hall.restore()
    hall.kiosk_is_back()

    def close_the_third(tx: Transaction) -> None:
        catalog = tx.catalog()
        left = tuple(window for window in catalog.windows if window.number != 3)
        fewer = Catalog(hall=catalog.hall, groups=catalog.groups, services=catalog.services, windows=left)
        publish_catalog(tx, hall.referee.moment, fewer)

    hall.referee.run(close_the_third)
    last = hall.referee.run(lambda tx: tx.last_recovery())
    assert last is not None
    now = hall.referee.run(lambda tx: today(tx, hall.referee.moment))
    assert hall.referee.run(lambda tx: recovery.awaited(tx, last, now)) == ("1 号窗口",)
