"""Eight clerks at once, every request sent twice: nobody is called twice and every repetition is answered alike."""

from installer.rehearsal.faults.crowd import CLERKS, crowd

CALLS = 400


def test_eight_clerks_side_by_side() -> None:
    report = crowd(CALLS, seed=7)
    assert report.breaches == []
    assert report.figures["double_calls"] == 0
    assert int(report.figures["requests"]) > CLERKS * CALLS * 3 // 2
    assert int(report.figures["carried_out"]) > CLERKS * CALLS // 2
