"""A server set back: what kiosks and windows remember is taken over, what nobody knows is listed and not called."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hall.mending import RecoveryEnded, RecoveryReason
from hall.ticket import Flag, Ticket, TicketState
from hall.wire import commands
from hall.wire.acts import Memory, RememberedAct
from hall.wire.commands import Command
from hall.wire.replies import Refusal, Reply
from queue_server.operations import recovery
from queue_server.operations.memory import remember
from queue_server.operations.tick import tick
from queue_server.operations.views.desk import desk
from queue_server.operations.views.hall_now import day_figures, hall_now
from queue_server.store import Store, check, snapshot
from queue_server.store.records import GivenPlan, Session
from tests.support.referee import HALL_ID, SECOND, Referee, SimKiosk

S = TicketState


class Restored:
    """A hall, a backup of it, and windows that keep what they did."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.referee = Referee(folder / "hall.db")
        self.kiosk: SimKiosk = self.referee.kiosk()
        self.clerks = {number: self.referee.clerk(number, f"100{number}") for number in (1, 3)}
        self.acts: dict[int, list[RememberedAct]] = {1: [], 3: []}

    def do(self, window: int, command: Command) -> Reply:
        session = self.clerks[window]
        reply = self.referee.do(session, command)
        self.acts[window].append(RememberedAct(staff=session.subject, command=command, reply=reply))
        self.referee.pass_time(20)
        return reply

    def call(self, window: int = 1) -> str:
        ticket = self.do(window, commands.CallNext(request_id=self.referee.ids())).ticket
        assert ticket is not None
        return ticket.id

    def serve(self, ticket: str, window: int = 1) -> None:
        self.do(window, commands.StartService(request_id=self.referee.ids(), ticket=ticket))
        self.do(window, commands.FinishService(request_id=self.referee.ids(), ticket=ticket))

    def back_up(self) -> None:
        self.referee.store.copy(self.folder / "old.db")
        self.until = self.referee.moment

    def restore(self) -> None:
        """The backup of then is the hall of now, without sessions; the watermark beside it is lost with the disk."""
        self.referee.store.close()
        self.referee.pass_time(60)
        snapshot.clean(self.folder / "old.db", holders=False)
        self.referee.store = Store.open(self.folder / "old.db", HALL_ID, new_id=self.referee.ids)
        known = self.until.wall_us
        self.referee.run(lambda tx: recovery.begin(tx, self.referee.moment, RecoveryReason.RESTORED, known))

    def fall_back(self) -> None:
        """The same, and nobody tells the server."""
        self.referee.store.close()
        self.referee.pass_time(60)
        self.referee.store = Store.open(self.folder / "old.db", HALL_ID, new_id=self.referee.ids)

    def head(self) -> int:
        return self.referee.run(lambda tx: tx.head_seq())

    def restore_nothing(self) -> None:
        """A recovery in which hardly anything was forgotten."""
        moment = self.referee.moment
        self.referee.run(lambda tx: recovery.begin(tx, moment, RecoveryReason.RESTORED, moment.wall_us - SECOND))

    def tell(self, window: int = 1, acts: list[RememberedAct] | None = None, *, more: bool = False) -> None:
        told = Memory(acts=tuple(self.acts[window] if acts is None else acts), more=more)
        self.referee.run(lambda tx: remember(tx, self.referee.moment, self.clerks[window], told))

    def kiosk_is_back(self) -> None:
        self.kiosk.say_hello()
        self.kiosk.push(self.kiosk.welcome.highwater + 1)

    def ticket(self, ticket_id: str) -> Ticket:
        ticket = self.referee.run(lambda tx: tx.ticket(ticket_id))
        assert ticket is not None
        return ticket

    def stands(self, ticket_id: str) -> tuple[TicketState, bool]:
        ticket = self.ticket(ticket_id)
        return ticket.state, Flag.UNCERTAIN in ticket.flags

    def open(self) -> bool:
        return self.referee.run(recovery.open_recovery) is not None

    def figures(self) -> tuple[int, int]:
        day = self.ticket(self.kiosk.facts[0].fact.body.ticket).day  # type: ignore[union-attr]
        with self.referee.store.read() as reader:
            assert check(reader).differences == ()
            counts = day_figures(reader, day).values()
            return sum(each.issued for each in counts), sum(each.finished for each in counts)


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
    assert hall.referee.run(lambda tx: recovery.awaited(tx, last)) == ("1号窗口", "3号窗口")
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


def test_a_kiosk_that_remembers_more_tells_a_server_that_nobody_told(tmp_path: Path) -> None:
    hall = Restored(tmp_path)
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    epoch = hall.kiosk.welcome.server_epoch
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.referee.store.close()
    hall.referee.store = Store.open(tmp_path / "old.db", HALL_ID, new_id=hall.referee.ids)
    hall.referee.pass_time(60)
    hall.kiosk_is_back()
    assert hall.kiosk.welcome.server_epoch != epoch
    last = hall.referee.run(lambda tx: tx.last_recovery())
    assert last is not None
    assert last.reason == RecoveryReason.DEVICE_AHEAD
    assert hall.open()
    hall.referee.pass_time(5)
    hall.kiosk.say_hello()  # it is told once
    assert hall.referee.run(lambda tx: tx.last_recovery()) == last


def test_a_kiosk_unknown_to_an_older_server_gets_a_lane_nobody_had_and_tells_everything_again(hall: Restored) -> None:
    hall.back_up()
    late = hall.referee.kiosk("kiosk-2")
    body = late.issue()
    late.push()
    lane = late.lane
    hall.restore()
    late.say_hello()
    assert late.lane > lane + 50  # nothing is left that counted the lanes: a wide step
    assert late.push().highwater == 1
    assert hall.stands(body.ticket) == (S.WAITING, True)
    assert hall.referee.kiosk("kiosk-3").lane == late.lane + 1


def a_first_one_that_is_over(hall: Restored) -> None:
    hall.referee.run(lambda tx: recovery.begin(tx, hall.referee.moment, RecoveryReason.RESTORED, 1))
    hall.referee.run(lambda tx: tx.record(RecoveryEnded(staff="9001"), hall.referee.moment))
    hall.referee.pass_time(60)
    hall.kiosk_is_back()


def begun_since(hall: Restored, act: Callable[[], object]) -> int:
    def count() -> int:
        entries = hall.referee.run(lambda tx: list(tx.entries()))
        return sum(entry.fact.body.kind == "recovery_began" for entry in entries)

    before = count()
    act()
    return count() - before


def test_a_second_set_back_is_told_by_a_kiosk_that_only_that_life_knew(hall: Restored) -> None:
    a_first_one_that_is_over(hall)
    hall.back_up()
    late = hall.referee.kiosk("kiosk-2")
    late.issue()
    late.push()
    hall.fall_back()
    assert begun_since(hall, late.say_hello) == 1
    assert begun_since(hall, late.say_hello) == 0


def test_a_kiosk_that_has_read_more_than_the_journal_holds_tells_of_it_once(hall: Restored) -> None:
    a_first_one_that_is_over(hall)
    body = hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    hall.serve(hall.call())
    hall.kiosk.heard = hall.head()
    hall.fall_back()
    assert begun_since(hall, hall.kiosk.say_hello) == 1
    assert hall.stands(body.ticket) == (S.WAITING, True)
    hall.referee.run(lambda tx: tx.record(RecoveryEnded(staff="9001"), hall.referee.moment))
    assert begun_since(hall, hall.kiosk.say_hello) == 0
    hall.kiosk.heard = hall.head()
    assert begun_since(hall, hall.kiosk.say_hello) == 0


def test_a_plan_that_was_never_given_here_tells_of_it_and_no_new_one_is_given_meanwhile(hall: Restored) -> None:
    hall.back_up()
    hall.referee.pass_time(86_400)
    hall.kiosk.say_hello()
    held = hall.kiosk.plan
    assert held is not None
    hall.fall_back()
    hall.referee.pass_time(5)
    assert begun_since(hall, hall.kiosk.say_hello) == 1
    last = hall.referee.run(lambda tx: tx.last_recovery())
    assert last is not None
    assert last.plans_rest_until >= held.last_day
    given = hall.referee.run(lambda tx: list(tx.every(GivenPlan)))
    assert [plan for plan in given if plan.seq > last.seq] == []
    assert begun_since(hall, hall.kiosk.say_hello) == 0


def test_facts_taken_before_the_manager_ended_the_waiting_tell_nothing_new(hall: Restored) -> None:
    hall.back_up()
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.fall_back()
    assert begun_since(hall, hall.kiosk.say_hello) == 1
    hall.referee.run(lambda tx: tx.record(RecoveryEnded(staff="9001"), hall.referee.moment))
    hall.referee.pass_time(5)
    assert begun_since(hall, hall.kiosk.say_hello) == 0  # the push was lost, so it still has more taken than is here


def test_a_late_kiosk_does_not_begin_what_a_manager_has_ended(hall: Restored) -> None:
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.back_up()
    hall.kiosk.issue()
    hall.kiosk.push()
    hall.restore()
    hall.referee.run(lambda tx: tx.record(RecoveryEnded(staff="9001"), hall.referee.moment))
    last = hall.referee.run(lambda tx: tx.last_recovery())
    hall.kiosk_is_back()
    assert hall.referee.run(lambda tx: tx.last_recovery()) == last


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
