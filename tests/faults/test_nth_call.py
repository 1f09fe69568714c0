"""Every call of the disk fails once in every act of kiosk and server: whole or clean, and the next act goes through."""

import pytest

from installer.rehearsal.faults.cases import ONE_STEP
from installer.rehearsal.faults.disk import Trouble
from installer.rehearsal.faults.nth_call import SHORT, Way, nth_call

OTHER_WAYS = [
    Way(Trouble.IO_ERROR, lasting=True),
    Way(Trouble.IO_ERROR, too_late=True),
    Way(Trouble.FULL, lasting=True),
    Way(Trouble.READ_ONLY, lasting=True),
]


@pytest.mark.timeout(400)
def test_each_call_of_each_act_fails_once() -> None:
    report = nth_call(SHORT)
    assert report.breaches == []
    assert int(report.figures["calls_failed"]) > 20 * len(ONE_STEP)


@pytest.mark.parametrize("way", OTHER_WAYS, ids=str)
def test_a_number_and_a_call_on_a_disk_that_fails_otherwise(way: Way) -> None:
    report = nth_call([way], only=["issue", "call next"])
    assert report.breaches == []
    assert int(report.figures["clean"]) > 0
