"""Who notices that a server was set back, and that nobody tells of it twice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hall.mending import RecoveryEnded, RecoveryReason
from hall.ticket import TicketState
from queue_server.operations import recovery
from queue_server.store import Store
from queue_server.store.records import Doubled, GivenPlan
from tests.support.referee import HALL_ID
from tests.support.restored import Restored

S = TicketState


@pytest.fixture
def hall(tmp_path: Path) -> Restored:
    return Restored(tmp_path)


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


def test_a_stranger_who_speaks_first_to_a_server_without_memory_gets_nobodys_lane(hall: Restored) -> None:
    """The watermark went with the old disk and nobody told the server: it cannot know yet who it forgot."""
    hall.back_up()
    late = hall.referee.kiosk("kiosk-2")
    late.plan = None
    printed = late.issue()
    late.push()
    forgotten = late.lane
    hall.fall_back()
    stranger = hall.referee.kiosk("kiosk-9")
    stranger.plan = None
    others = stranger.issue()
    stranger.push()
    late.say_hello()
    assert late.push().highwater == 1
    assert stranger.lane > forgotten
    assert (others.lane, printed.lane) == (stranger.lane, forgotten)
    assert hall.referee.run(lambda tx: list(tx.every(Doubled))) == []
    assert hall.stands(printed.ticket) == (S.WAITING, True)
    assert hall.stands(others.ticket)[0] is S.WAITING


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
