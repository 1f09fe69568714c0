"""Numbers rise with arrival, and a whole day of a large hall ends in order."""

import logging
from collections.abc import Iterator

import pytest

from installer.rehearsal.hall_sim.order import inversions, play_day, whole_day


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


pytestmark = pytest.mark.timeout(400)


def test_one_kiosk_counts_one_two_three() -> None:
    assert inversions(1, 60, cut_off=False).inversions == 0


def test_connected_kiosks_hardly_ever_invert_and_one_that_is_cut_off_does() -> None:
    together, apart = inversions(3, 120, cut_off=False), inversions(3, 120, cut_off=True)
    assert together.inversions <= 0.05 * together.tickets
    assert apart.inversions > together.inversions


def test_a_day_ends_in_order() -> None:
    run, verdict = play_day(whole_day(2, 4, 150))
    assert verdict.words == ""
    assert verdict.tickets > 100
    assert any(visit.state == "finished" for visit in run.world.oracle.visits.visits.values())
