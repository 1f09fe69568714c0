"""Number plans of different lanes never meet on any day, whatever comes, goes, or is cut off."""

from datetime import date, timedelta
from math import gcd

from hypothesis import given, settings
from hypothesis import strategies as st

from hall.opening import business_day
from queue_server.operations.lanes import in_service
from queue_server.operations.tick import tick
from queue_server.store.records import GivenPlan, Lane
from tests.support.referee import Referee

DAY = 24 * 3600


def today(referee: Referee) -> date:
    return business_day(referee.moment.wall_us, 480)


def modulus_and_residue(referee: Referee, device: str) -> tuple[int, int] | None:
    plan = referee.kiosk(device, device.encode().hex().ljust(32, "0")).plan
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


def test_a_second_kiosk_counts_in_its_lane_until_all_plans_have_run_out() -> None:
    referee = Referee()
    assert modulus_and_residue(referee, "kiosk-1") == (1, 0)
    for _ in range(8):
        assert modulus_and_residue(referee, "kiosk-2") is None
        assert modulus_and_residue(referee, "kiosk-1") == (1, 0)
        referee.pass_time(DAY)
    assert modulus_and_residue(referee, "kiosk-2") == (2, 1)
    assert modulus_and_residue(referee, "kiosk-1") == (2, 0)


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


def test_a_reimaged_kiosk_never_shares_with_its_former_self() -> None:
    referee = Referee()
    referee.kiosk("kiosk-1", "a" * 32)
    imaged = referee.kiosk("kiosk-1", "c" * 32)
    assert imaged.plan is None
    assert imaged.issue().lane == 2
    referee.pass_time(8 * DAY)
    again = referee.kiosk("kiosk-1", "c" * 32)
    assert again.plan is not None
    assert again.plan.modulus == 1


def test_lanes_in_service_are_the_newest_of_each_kiosk() -> None:
    lanes = [
        Lane(1, "a", "kiosk", "x"),
        Lane(2, "b", "kiosk", "x"),
        Lane(3, "a", "kiosk", "y"),
        Lane(4, "w", "window", "x"),
    ]
    assert in_service(lanes) == [2, 3]


steps = st.lists(
    st.one_of(
        st.tuples(st.just("pass"), st.integers(1, 9)),
        st.tuples(st.just("hello"), st.integers(1, 4)),
        st.tuples(st.just("image"), st.integers(1, 4)),
        st.tuples(st.just("tick"), st.just(0)),
    ),
    min_size=3,
    max_size=25,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(steps)
def test_plans_of_different_lanes_never_meet(story: list[tuple[str, int]]) -> None:
    referee = Referee()
    lives = dict.fromkeys(range(1, 5), 0)
    for what, number in story:
        if what == "pass":
            referee.pass_time(number * DAY)
        elif what == "tick":
            referee.run(lambda tx: tick(tx, referee.moment))
        else:
            lives[number] += what == "image"
            referee.kiosk(f"kiosk-{number}", f"{number:016x}{lives[number]:016x}")
    every = referee.run(lambda tx: list(tx.every(GivenPlan)))
    for one in every:
        for other in every:
            if one.lane < other.lane and _overlap(one, other):
                # r1 + a·K1 = r2 + b·K2 has a solution if and only if gcd(K1, K2) divides r1 − r2
                assert (one.residue - other.residue) % gcd(one.modulus, other.modulus) != 0, (one, other)


def _overlap(one: GivenPlan, other: GivenPlan) -> bool:
    return one.first_day <= other.last_day and other.first_day <= one.last_day
