"""Who gets which plan, and when: one kiosk, several, one set up anew, one that is gone, a server set back."""

from datetime import date, timedelta

from hall.mending import RecoveryReason
from hall.numbering import NumberPlan
from hall.opening import business_day
from queue_server.operations import recovery
from queue_server.operations.lanes import in_service
from queue_server.operations.leases import meet
from queue_server.operations.tick import tick
from queue_server.store.records import Lane
from tests.support.referee import Referee, SimKiosk

DAY = 24 * 3600


def today(referee: Referee) -> date:
    return business_day(referee.moment.wall_us, 480)


def tomorrow(referee: Referee) -> date:
    return today(referee) + timedelta(days=1)


def kind(plan: NumberPlan | None) -> tuple[int, int] | None:
    return None if plan is None else (plan.modulus, plan.residue)


def test_the_only_kiosk_counts_one_two_three_and_is_renewed_every_day() -> None:
    referee = Referee()
    kiosk = referee.kiosk()
    assert kiosk.plan is not None
    assert kiosk.plan.last_day == today(referee) + timedelta(days=7)
    for _ in range(20):
        referee.pass_time(DAY)
        referee.run(lambda tx: tick(tx, referee.moment))
        kiosk.send([])
        assert kiosk.plan is not None
        assert (kiosk.plan.modulus, kiosk.plan.last_day) == (1, today(referee) + timedelta(days=7))


def test_a_second_kiosk_counts_in_its_lane_until_tomorrow_once_the_first_has_heard_of_it() -> None:
    referee = Referee()
    one, two = referee.kiosk("kiosk-1"), referee.kiosk("kiosk-2")
    assert (two.plan, two.next_plan) == (None, None)
    one.send([])  # is told that its plan ends today
    assert one.plan is not None
    assert (one.plan.last_day, one.next_plan) == (today(referee), None)
    one.send([])  # says that it has let go of the longer one, and is told what comes tomorrow
    two.send([])
    assert [kind(each.plan) for each in (one, two)] == [(1, 0), None]
    assert [kind(each.next_plan) for each in (one, two)] == [(2, 0), (2, 1)]
    assert all(each.next_plan and each.next_plan.first_day == tomorrow(referee) for each in (one, two))
    referee.pass_time(DAY)
    assert [kind(each.plan_on(today(referee))) for each in (one, two)] == [(2, 0), (2, 1)]


def test_five_kiosks_set_up_in_one_afternoon_share_the_numbers_from_tomorrow() -> None:
    referee = Referee()
    kiosks: list[SimKiosk] = []
    for number in range(1, 6):
        kiosks.append(referee.kiosk(f"kiosk-{number}"))
        for _ in range(2):
            for kiosk in kiosks:
                kiosk.send([])
    for _ in range(2):
        for kiosk in kiosks:
            kiosk.send([])
    assert [kind(kiosk.plan_on(today(referee))) for kiosk in kiosks] == [(1, 0), None, None, None, None]
    referee.pass_time(DAY)
    assert [kind(kiosk.plan_on(today(referee))) for kiosk in kiosks] == [(5, residue) for residue in range(5)]


def test_a_second_kiosk_waits_for_a_first_one_that_cannot_be_reached_until_its_plan_has_run_out() -> None:
    referee = Referee()
    referee.kiosk("kiosk-1")  # hears nothing from here on
    two, three = referee.kiosk("kiosk-2"), referee.kiosk("kiosk-3")
    for _ in range(8):
        for kiosk in (two, three):
            kiosk.send([])
            assert kiosk.plan_on(today(referee)) is None
        referee.pass_time(DAY)
        referee.run(lambda tx: tick(tx, referee.moment))
    two.send([])
    three.send([])
    assert [kind(two.plan), kind(three.plan)] == [(3, 1), (3, 2)]


def two_that_share() -> tuple[Referee, SimKiosk, SimKiosk]:
    """Two kiosks that count by one plan, on its first day."""
    referee = Referee()
    one, two = referee.kiosk("kiosk-1"), referee.kiosk("kiosk-2")
    for kiosk in (one, one, two):
        kiosk.send([])
    referee.pass_time(DAY)
    one.say_hello()
    two.say_hello()
    return referee, one, two


def test_those_who_count_by_one_plan_go_on_while_one_of_them_cannot_be_reached() -> None:
    referee, one, two = two_that_share()
    three = referee.kiosk("kiosk-3")  # and kiosk-2 is cut off from here on
    for _ in range(6):
        for kiosk in (one, one, three):
            kiosk.send([])
        assert kind(one.plan_on(today(referee))) == (2, 0)
        assert kind(two.plan_on(today(referee))) == (2, 1)
        assert three.plan_on(today(referee)) is None
        referee.pass_time(DAY)
        referee.run(lambda tx: tick(tx, referee.moment))


def test_what_was_told_is_a_lease_before_it_is_acknowledged() -> None:
    referee, one, two = two_that_share()
    three = referee.kiosk("kiosk-3")
    for kiosk in (one, two, one, two, one):
        kiosk.send([])
    assert kind(one.next_plan) == (3, 0)  # it counts so from tomorrow, whether it says anything more or not
    assert referee.retire(three.lane).done
    referee.run(lambda tx: tick(tx, referee.moment))
    two.send([])
    assert one.next_plan is not None
    assert two.next_plan is None or not meet(one.next_plan, two.next_plan)
    for kiosk in (one, two, one, two, one):
        kiosk.send([])
    assert [kind(one.next_plan), kind(two.next_plan)] == [(2, 0), (2, 1)]


def test_numbers_of_today_that_a_retired_machine_may_have_printed_are_given_by_nobody_else_today() -> None:
    referee = Referee()
    gone, other = referee.kiosk("kiosk-1"), referee.kiosk("kiosk-2")
    today_s = gone.plan
    assert today_s is not None
    assert referee.retire(gone.lane).done  # cut off until then, and its disk is lost
    referee.run(lambda tx: tick(tx, referee.moment))
    other.say_hello()
    assert other.plan is None or not meet(other.plan, today_s)
    assert kind(other.next_plan) == (1, 0)
    referee.pass_time(DAY)
    referee.run(lambda tx: tick(tx, referee.moment))
    other.say_hello()
    assert kind(other.plan) == (1, 0)


def test_the_tick_gives_new_plans_at_midnight_so_that_the_feed_brings_them() -> None:
    referee = Referee()
    referee.kiosk("kiosk-1")
    referee.kiosk("kiosk-2")
    referee.pass_time(8 * DAY)
    referee.run(lambda tx: tick(tx, referee.moment))
    given_today = referee.run(lambda tx: tx.plans_from(today(referee)))
    assert sorted((plan.lane, plan.modulus, plan.residue) for plan in given_today) == [(1, 2, 0), (2, 2, 1)]
    before = referee.run(lambda tx: tx.head_seq())
    referee.run(lambda tx: tick(tx, referee.moment))
    assert referee.run(lambda tx: tx.head_seq()) == before


def test_a_kiosk_set_up_anew_never_shares_with_its_former_self() -> None:
    referee = Referee()
    referee.kiosk("kiosk-1", "a" * 32)
    imaged = referee.kiosk("kiosk-1", "c" * 32)
    assert imaged.plan is None
    assert imaged.issue().lane == 2
    referee.pass_time(8 * DAY)
    again = referee.kiosk("kiosk-1", "c" * 32)
    assert kind(again.plan) == (1, 0)


def test_a_manager_who_retires_the_former_lane_makes_that_tomorrow() -> None:
    referee = Referee()
    other = referee.kiosk("kiosk-2")
    referee.kiosk("kiosk-1", "a" * 32)
    other.send([])
    other.send([])
    referee.pass_time(DAY)
    gone = referee.kiosk("kiosk-1", "a" * 32)
    other.say_hello()
    assert [kind(gone.plan), kind(other.plan)] == [(2, 1), (2, 0)]
    imaged = referee.kiosk("kiosk-1", "c" * 32)
    other.send([])
    assert other.plan is not None
    assert other.plan.last_day > tomorrow(referee)  # as long as the one that is gone might be counting
    assert referee.retire(gone.lane).done
    referee.run(lambda tx: tick(tx, referee.moment))
    for kiosk in (other, other, imaged):
        kiosk.send([])
    assert [kind(other.next_plan), kind(imaged.next_plan)] == [(2, 0), (2, 1)]
    assert gone.say_hello().renew


def test_after_the_server_was_set_back_no_new_plan_is_given_while_forgotten_ones_may_hold() -> None:
    referee = Referee()
    one, two = referee.kiosk("kiosk-1"), referee.kiosk("kiosk-2")
    for kiosk in (one, one, two):
        kiosk.send([])
    referee.pass_time(DAY)
    one.say_hello()
    referee.run(lambda tx: recovery.begin(tx, referee.moment, RecoveryReason.RESTORED, referee.moment.wall_us))
    held = one.newest_plan
    one.say_hello()
    assert one.newest_plan == held
    assert one.plan is not None
    two.plan, two.next_plan = one.plan.model_copy(update={"plan_id": "f" * 32, "residue": 1}), None
    two.say_hello()  # it holds a plan that the server has forgotten: the server cannot speak for it
    assert two.newest_plan == ""
    for _ in range(7):
        referee.pass_time(DAY)
        for kiosk in (one, two):
            kiosk.say_hello()
    referee.pass_time(DAY)
    assert [kind(each.plan_on(today(referee))) for each in (one, two)] == [(2, 0), (2, 1)]


def test_lanes_in_service_are_the_newest_of_each_kiosk() -> None:
    lanes = [
        Lane(1, "a", "kiosk", "x"),
        Lane(2, "b", "kiosk", "x"),
        Lane(3, "a", "kiosk", "y"),
        Lane(4, "w", "window", "x"),
    ]
    assert in_service(lanes) == [2, 3]
