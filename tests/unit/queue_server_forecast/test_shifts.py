"""A plan by half hours becomes shifts that people can work, and no half hour has fewer windows than it wanted."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from queue_server.forecast.shifts import LONGEST_GAP_S, SHORTEST_S, WindowShift, shifts
from queue_server.forecast.staffing import HALF_HOUR_S, HalfHour

NINE = 9 * 3600.0


def half_hours(*windows: tuple[int, ...]) -> list[HalfHour]:
    return [
        HalfHour(NINE + at * HALF_HOUR_S, each, people=10.0, p90_s=60.0, within=1.0) for at, each in enumerate(windows)
    ]


def clock(hours: float) -> float:
    return hours * 3600.0


def test_half_an_hour_too_few_is_bridged_and_an_hour_is_not() -> None:
    found = shifts(half_hours((0,), (0,), (), (0,), (0,), (), (), (0,), (0,)))
    assert found == [WindowShift(0, NINE, clock(11.5)), WindowShift(0, clock(12.5), clock(13.5))]


def test_nobody_comes_for_half_an_hour() -> None:
    begins, ends = half_hours((0,), (), (), ()), half_hours((), (), (), (0,))
    assert shifts(begins) == [WindowShift(0, NINE, clock(10))]
    assert shifts(ends) == [WindowShift(0, clock(10), clock(11))]


def test_a_plan_without_windows_has_no_shifts() -> None:
    assert shifts(half_hours((), ())) == []


@given(st.lists(st.sets(st.integers(0, 3)).map(lambda each: tuple(sorted(each))), min_size=2, max_size=16))
def test_every_window_is_there_whenever_the_plan_wants_it(wanted: list[tuple[int, ...]]) -> None:
    halves = half_hours(*wanted)
    found = shifts(halves)
    for half in halves:
        for window in half.windows:
            assert any(
                each.window == window and each.begins <= half.begins < each.ends - HALF_HOUR_S / 2 for each in found
            )
    for each in found:
        assert each.ends - each.begins >= SHORTEST_S
        assert halves[0].begins <= each.begins < each.ends <= halves[-1].begins + HALF_HOUR_S
    for one, other in pairwise(found):
        assert one.window < other.window or other.begins - one.ends > LONGEST_GAP_S
