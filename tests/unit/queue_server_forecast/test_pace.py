"""A slow clerk's window counts as slow, once enough was seen of it."""

import pytest

from queue_server.forecast.pace import DOUBT, paces

AT = 0.0


def test_who_takes_twice_as_long_for_the_same_things_has_nearly_twice_the_pace() -> None:
    many = 20 * DOUBT
    usual = [(AT, "pension", 300.0), (AT, "house", 900.0)]
    found = paces({1: usual * many, 2: usual * many, 3: [(AT, kind, 2 * lasted) for _, kind, lasted in usual] * many})
    assert found[1] == found[2] == 1.0
    assert found[3] == pytest.approx(2.0, abs=0.03)


def test_long_services_alone_make_nobody_slow() -> None:
    assert paces({1: [(AT, "house", 900.0)] * 500, 2: [(AT, "pension", 300.0)] * 500}) == {1: 1.0, 2: 1.0}


def test_little_seen_says_little() -> None:
    done = {1: [(AT, "pension", 300.0)] * 1000, 2: [(AT, "pension", 900.0)]}
    assert paces(done)[2] == pytest.approx((DOUBT + 3.0) / (DOUBT + 1))


def test_nothing_seen_or_services_of_no_time_are_usual() -> None:
    assert paces({1: [], 2: [(AT, "pension", 0.0)]}) == {1: 1.0, 2: 1.0}
