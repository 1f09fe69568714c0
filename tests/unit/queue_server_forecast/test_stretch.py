"""The ends of a range follow what really happens."""

import numpy as np
import pytest

from hall.waiting import MINUTE_S, WaitRange, wait_range
from queue_server.forecast.calibrate import SHARES
from queue_server.forecast.scene import Floats
from queue_server.forecast.stretch import OUTSIDE, Promise, Spread

OFFSET_S = 60.0
SAID = np.array((200.0, 400.0, 450.0, 600.0, 800.0, 1000.0, 1200.0))
_P20, _P90 = (list(SHARES).index(share) for share in (0.20, 0.90))


def live(kept: Spread | Promise, waits: Floats, said: Floats = SAID) -> tuple[list[WaitRange], Floats, Floats]:
    """Tell everybody a range and hear how long they waited: the later half's, as shown, and its two ends in seconds."""
    shown, lows, highs = [], [], []
    for wait in waits:
        told = kept.of("tax", said, OFFSET_S)
        kept.hear("tax", told[_P20], told[_P90], wait)
        shown.append(wait_range(told[_P20], told[_P90]))
        lows.append(told[_P20])
        highs.append(told[_P90])
    half = len(waits) // 2
    return shown[half:], np.array(lows[half:]), np.array(highs[half:])


def missed(shown: list[WaitRange], waits: Floats) -> tuple[float, float]:
    """The shares that came before and after what was shown."""
    later = list(zip(shown, waits[len(waits) // 2 :], strict=True))
    early = sum(wait < each.low * MINUTE_S for each, wait in later)
    late = sum(wait > each.high * MINUTE_S for each, wait in later)
    return early / len(later), late / len(later)


@pytest.mark.parametrize("kept", [Spread(), Promise()], ids=["spread", "promise"])
def test_nothing_is_moved_before_anything_was_heard(kept: Spread | Promise) -> None:
    assert kept.of("tax", SAID, OFFSET_S) == pytest.approx(SAID)


@pytest.mark.parametrize("spread", [0.25, 1.0], ids=["less than was thought", "more than was thought"])
def test_whatever_the_spread_one_in_ten_is_later_and_one_in_five_earlier(spread: float) -> None:
    waits = np.exp(np.random.default_rng(1).normal(np.log(600.0), spread, 20_000))
    _, lows, highs = live(Spread(), waits)
    later = waits[len(waits) // 2 :]
    assert (later < lows).mean() == pytest.approx(0.20, abs=0.02)
    assert (later > highs).mean() == pytest.approx(0.10, abs=0.02)


@pytest.mark.parametrize("spread", [0.4, 0.7], ids=["less than was thought", "more than was thought"])
def test_what_people_read_is_kept_whatever_the_spread(spread: float) -> None:
    waits = np.exp(np.random.default_rng(1).normal(np.log(4 * 600.0), spread, 20_000))
    early, late = missed(live(Promise(), waits, 4 * SAID)[0], waits)
    assert early + late == pytest.approx(OUTSIDE, abs=0.03)


def test_a_range_that_begins_at_nothing_is_kept_by_its_upper_end() -> None:
    said = np.array((0.0, 0.0, 0.0, 60.0, 400.0, 900.0, 1200.0))
    waits = np.random.default_rng(3).exponential(400.0, 20_000)
    early, late = missed(live(Promise(), waits, said)[0], waits)
    assert early == 0
    assert late == pytest.approx(OUTSIDE, abs=0.03)


def test_five_minutes_that_everybody_keeps_do_not_pull_the_ends_together() -> None:
    said = np.array((10.0, 20.0, 30.0, 60.0, 90.0, 150.0, 200.0))
    waits = np.exp(np.random.default_rng(4).normal(np.log(60.0), 0.7, 20_000)).clip(max=290)
    _, _, highs = live(Promise(), waits, said)
    assert (waits[len(waits) // 2 :] > highs).mean() == pytest.approx(0.10, abs=0.02)


@pytest.mark.parametrize("stretch", [Spread(), Promise()], ids=["spread", "promise"])
def test_the_median_stays_and_the_order_too(stretch: Spread | Promise) -> None:
    live(stretch, np.random.default_rng(2).exponential(2000.0, 5_000))
    moved = stretch.of("tax", SAID, OFFSET_S)
    assert moved[3] == pytest.approx(600.0)
    assert (np.diff(moved) >= 0).all()
    assert (moved >= 0).all()


def test_one_bad_day_does_not_make_a_range_of_no_use() -> None:
    stretch = Promise()
    live(stretch, np.full(5_000, 10_000.0))
    assert stretch.of("tax", SAID, OFFSET_S)[_P90] < 4 * SAID[_P90]


def test_a_group_that_is_always_late_widens_its_own_range_most() -> None:
    stretch = Promise()
    for _ in range(100):
        stretch.hear("tax", 400.0, 1000.0, 5000.0)
        stretch.hear("civil", 400.0, 1000.0, 600.0)
    tax, civil = (stretch.of(group, SAID, OFFSET_S) for group in ("tax", "civil"))
    assert tax[_P90] > 1.2 * civil[_P90]


def test_who_is_told_nothing_at_all_teaches_nothing_of_the_lower_end() -> None:
    stretch = Promise()
    for _ in range(1000):
        stretch.hear("tax", 0.0, 300.0, 0.0)
    assert stretch.of("tax", SAID, OFFSET_S)[_P20] == pytest.approx(SAID[_P20])
    zero = stretch.of("tax", np.zeros(len(SHARES)), OFFSET_S)
    assert (zero == 0).all()
