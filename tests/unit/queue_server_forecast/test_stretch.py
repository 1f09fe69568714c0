"""The ends of a range follow what really happens."""

import numpy as np
import pytest

from queue_server.forecast.calibrate import SHARES
from queue_server.forecast.scene import Floats
from queue_server.forecast.stretch import Stretch

OFFSET_S = 60.0
SAID = np.array((200.0, 400.0, 450.0, 600.0, 800.0, 1000.0, 1200.0))
_P20, _P90 = (list(SHARES).index(share) for share in (0.20, 0.90))


def live(stretch: Stretch, waits: Floats, group: str = "tax") -> tuple[float, float]:
    """Tell everybody the range and hear how long they waited; the shares below and above it in the later half."""
    below = above = 0
    for at, wait in enumerate(waits):
        told = stretch.of(group, SAID, OFFSET_S)
        stretch.hear(group, told[_P20], told[_P90], wait)
        if at >= len(waits) // 2:
            below += wait < told[_P20]
            above += wait > told[_P90]
    return below / (len(waits) / 2), above / (len(waits) / 2)


def test_nothing_is_moved_before_anything_was_heard() -> None:
    assert Stretch().of("tax", SAID, OFFSET_S) == pytest.approx(SAID)


@pytest.mark.parametrize("spread", [0.25, 1.0], ids=["less than was thought", "more than was thought"])
def test_whatever_the_spread_one_in_ten_is_later_and_one_in_five_earlier(spread: float) -> None:
    waits = np.exp(np.random.default_rng(1).normal(np.log(600.0), spread, 20_000))
    below, above = live(Stretch(), waits)
    assert below == pytest.approx(0.20, abs=0.02)
    assert above == pytest.approx(0.10, abs=0.02)


def test_the_median_stays_and_the_order_too() -> None:
    stretch = Stretch()
    live(stretch, np.random.default_rng(2).exponential(2000.0, 5_000))
    moved = stretch.of("tax", SAID, OFFSET_S)
    assert moved[3] == pytest.approx(600.0)
    assert (np.diff(moved) >= 0).all()
    assert (moved >= 0).all()


def test_one_bad_day_does_not_make_a_range_of_no_use() -> None:
    stretch = Stretch()
    live(stretch, np.full(5_000, 10_000.0))
    assert stretch.of("tax", SAID, OFFSET_S)[_P90] < 4 * SAID[_P90]


def test_a_group_that_is_always_late_widens_its_own_range_most() -> None:
    stretch = Stretch()
    for _ in range(100):
        stretch.hear("tax", 400.0, 1000.0, 5000.0)
        stretch.hear("civil", 400.0, 1000.0, 600.0)
    tax, civil = (stretch.of(group, SAID, OFFSET_S) for group in ("tax", "civil"))
    assert tax[_P90] > 1.2 * civil[_P90]


def test_who_is_told_nothing_at_all_teaches_nothing_of_the_lower_end() -> None:
    stretch = Stretch()
    for _ in range(1000):
        stretch.hear("tax", 0.0, 300.0, 0.0)
    assert stretch.of("tax", SAID, OFFSET_S)[_P20] == pytest.approx(SAID[_P20])
    zero = stretch.of("tax", np.zeros(len(SHARES)), OFFSET_S)
    assert (zero == 0).all()
