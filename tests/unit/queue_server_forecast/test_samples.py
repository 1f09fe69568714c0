"""Durations and patience: drawn from what happened, and only from what can still happen."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from queue_server.forecast.samples import FEW, Durations, Patience

EVENLY = (np.arange(1000) + 0.5)[None, :] / 1000
ONE = np.zeros(1, np.intp)


def test_durations_are_drawn_as_often_as_they_happened() -> None:
    drawn = Durations([np.array([60.0, 60.0, 60.0, 300.0]), np.array([5.0])]).draw(np.array([0, 1]), EVENLY)
    assert sorted(set(drawn[0])) == [60.0, 300.0]
    assert (drawn[0] == 300.0).mean() == 0.25
    assert set(drawn[1]) == {5.0}


def test_the_rest_of_a_service_comes_from_those_that_lasted_longer() -> None:
    past = Durations([np.arange(1.0, 101.0)])
    rest = past.draw_rest(ONE, np.array([60.0]), EVENLY)
    assert rest.min() == 1.0
    assert rest.max() == 40.0


def test_a_service_longer_than_any_ends_soon_as_far_as_anybody_knows() -> None:
    past = Durations([np.arange(1.0, 101.0)])
    assert set(past.draw_rest(ONE, np.array([500.0]), EVENLY).ravel()) == {1.0}
    assert len(set(past.draw_rest(ONE, np.array([94.0]), EVENLY).ravel())) <= FEW


@given(st.lists(st.tuples(st.integers(1, 50), st.booleans()), min_size=1, max_size=40), st.integers(0, 60))
def test_people_go_when_others_went_and_never_before_now(past: list[tuple[int, bool]], waited: int) -> None:
    waits, gave_up = np.array([float(wait) for wait, _ in past]), np.array([gone for _, gone in past])
    leaves = Patience(waits, gave_up).draw(np.array([float(waited)]), EVENLY)[0]
    assert set(leaves[np.isfinite(leaves)] + waited) <= set(waits[gave_up & (waits > waited)])


def test_the_share_that_stays_is_that_of_kaplan_and_meier() -> None:
    # Of four, one went after 10, one was served after 20, one went after 30: 3/4 stay beyond 10, 3/8 beyond 30.
    past = Patience(np.array([10.0, 20.0, 30.0, 40.0]), np.array([True, False, True, False]))
    leaves = past.draw(np.array([0.0]), EVENLY)[0]
    assert [(leaves > after).mean() for after in (9, 10, 29, 30)] == [1.0, 0.75, 0.75, 0.375]


def test_where_nobody_ever_went_nobody_goes() -> None:
    for waits in (np.empty(0), np.array([5.0, 6.0])):
        leaves = Patience(waits, np.zeros(len(waits), bool)).draw(np.array([3.0]), EVENLY)
        assert np.isinf(leaves).all()
