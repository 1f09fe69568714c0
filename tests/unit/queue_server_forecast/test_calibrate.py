"""From the runs to a range that is kept: the ladder, similar tickets, tickets that shared one fate."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.forecast.calibrate import FIRST_ANALOGUES, FIRST_RATIOS, REMEMBERED, SHARES, Analogues, forecast
from queue_server.forecast.features import SIZE

RUNS = np.arange(100.0, 300.0)
SERVICE_S = 400.0


def moment(size: float) -> np.ndarray:
    """Features that all say the same."""
    return np.full(SIZE, size)


def past(count: int, wait: float, *, median: float = 200.0, apart: float = 3600.0) -> Analogues:
    """Tickets that all waited the same."""
    analogues = Analogues()
    for at in range(count):
        analogues.add(at * apart, moment(at % 7), median, wait)
    analogues.refit()
    return analogues


def test_of_a_new_hall_the_runs_are_widened() -> None:
    p05, p20, _, p50, _, p90, p95 = forecast(RUNS, moment(1), Analogues(), SERVICE_S)
    assert (p20, p50, p90) == pytest.approx((140 * 0.7, 200, 280 * 1.6))
    assert p05 < 105 < 295 < p95


@pytest.mark.parametrize("count", [FIRST_RATIOS, FIRST_ANALOGUES])
def test_a_hall_that_always_waits_twice_as_long_is_told_so(count: int) -> None:
    said = forecast(RUNS, moment(1), past(count, wait=500.0), SERVICE_S)
    assert said[SHARES == 0.5] == pytest.approx(500.0)
    assert said[-1] < 600.0


def test_the_similar_decide_and_not_the_many() -> None:
    analogues = Analogues()
    for at in range(1200):
        busy = at % 4 == 0
        analogues.add(at * 3600.0, moment(5.0 if busy else 1.0), 200.0, 900.0 if busy else 60.0)
    analogues.refit()
    assert forecast(RUNS, moment(5.0), analogues, SERVICE_S)[3] == pytest.approx(900.0)
    assert forecast(RUNS, moment(1.0), analogues, SERVICE_S)[3] == pytest.approx(60.0)


def test_one_bad_half_hour_counts_once_however_many_waited_in_it() -> None:
    analogues = past(FIRST_ANALOGUES, wait=200.0)
    for second in range(FIRST_ANALOGUES):
        analogues.add(10_000_000.0 + second, moment(second % 7), 200.0, 2000.0)
    assert forecast(RUNS, moment(1), analogues, SERVICE_S)[:4] == pytest.approx(np.full(4, 200.0))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 400), st.integers(0, 9), st.integers(0, 5000))
def test_quantiles_never_decrease_and_are_never_negative(count: int, seed: int, median: int) -> None:
    dice, analogues = np.random.default_rng(seed), Analogues()
    for at in range(count):
        analogues.add(at * 400.0, dice.random(SIZE), dice.exponential(300.0), dice.exponential(300.0))
    analogues.refit()
    said = forecast(np.full(200, float(median)), dice.random(SIZE), analogues, SERVICE_S)
    assert (np.diff(said) >= 0).all()
    assert said[0] >= 0


def test_only_the_last_tickets_are_remembered() -> None:
    analogues = past(REMEMBERED * 2, wait=200.0)
    for at in range(REMEMBERED):
        analogues.add(1e9 + at * 3600.0, moment(at % 7), 200.0, 500.0)
    analogues.refit()
    assert len(analogues) == REMEMBERED
    assert forecast(RUNS, moment(1), analogues, SERVICE_S) == pytest.approx(np.full(len(SHARES), 500.0))


def test_tickets_that_did_not_share_their_fate_each_count_for_themselves() -> None:
    """A crowded half hour in which every second waited twice, every second half as long: they are no single event."""
    analogues = Analogues()
    for half_hour in range(20):
        for at in range(4):
            analogues.add(half_hour * 3600.0 + at, moment(1.0), 200.0, 200.0 if at % 2 else 210.0)
    for at in range(240):
        analogues.add(20 * 3600.0 + at, moment(1.0), 200.0, 400.0 if at % 2 else 100.0)
    analogues.refit()
    said = forecast(RUNS, moment(1), analogues, SERVICE_S)
    assert said[0] == pytest.approx(100.0, abs=5)
    assert said[-1] == pytest.approx(400.0, abs=5)
