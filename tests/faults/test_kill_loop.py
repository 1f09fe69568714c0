"""Real kiosks and the real server killed at any moment: every number somebody was told is in the server, once."""

from installer.rehearsal.faults.kill_loop import kill_loop

KILLS = 100


def test_a_hundred_kills_lose_and_double_nothing() -> None:
    report = kill_loop(KILLS, seed=11)
    assert report.breaches == []
    assert int(report.figures["kills"]) >= KILLS
    assert int(report.figures["servers_killed"]) >= 3
    assert int(report.figures["real_kiosks_killed"]) >= 3
    assert int(report.figures["told"]) > KILLS
    assert int(report.figures["slips"]) > 0
    assert int(report.figures["answers"]) > 0
