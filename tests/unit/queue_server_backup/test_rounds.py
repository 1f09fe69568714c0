"""When backups are due: every round one, the first of a night the daily one with its drill, whatever goes wrong."""

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from queue_server.backup.backups import Backups
from queue_server.backup.drill import Drilled
from queue_server.backup.errors import BackupDiskError
from queue_server.backup.rounds import Rounds, night_of
from tests.support.backups import BackedHall, backed_hall

CHINA = 480


def micros(*parts: int) -> int:
    return round(datetime(*parts, tzinfo=UTC).timestamp() * 1e6)  # type: ignore[arg-type,misc]


def test_a_night_begins_at_three_by_the_hall_s_clock() -> None:
    assert night_of(micros(2026, 11, 25, 18, 59), CHINA) == date(2026, 11, 25)  # 02:59 of the 26th
    assert night_of(micros(2026, 11, 25, 19, 0), CHINA) == date(2026, 11, 26)
    assert night_of(micros(2026, 11, 26, 18, 59), CHINA) == date(2026, 11, 26)


def kinds(hall: BackedHall) -> list[bool]:
    return [name.daily for name in sorted(hall.place.names(), key=lambda name: (name.at, name.daily))]


def _unexpected(error: BaseException) -> None:
    raise error


def rounds_of(hall: BackedHall, seconds: float = 0) -> Rounds:
    return Rounds(hall.backups, hall, seconds, lambda: CHINA, lambda error: pytest.fail(str(error)))


def test_one_daily_a_night_and_it_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drills: list[int] = []
    real = Backups.drill

    def drill(self: Backups) -> Drilled:
        drills.append(1)
        return real(self)

    monkeypatch.setattr(Backups, "drill", drill)
    with backed_hall(tmp_path) as hall:
        rounds = rounds_of(hall)
        rounds.once(quick=True)
        assert kinds(hall) == [False]
        for _ in range(30):  # a day and a half in steps of an hour and a quarter
            hall.referee.pass_time(75 * 60)
            hall.issue()
            rounds.once()
        assert kinds(hall).count(True) == len(drills) == 3
        assert hall.health("backup_drill") == ("online", "")


def test_a_failing_round_does_not_end_the_rounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bugs: list[BaseException] = []
    enough, times = threading.Event(), [0]

    def make(_self: Backups, *, daily: bool = False) -> None:
        times[0] += 1
        if times[0] == 1:
            raise BackupDiskError("full")
        if times[0] == 2:
            raise ZeroDivisionError
        enough.set()

    monkeypatch.setattr(Backups, "make", make)
    monkeypatch.setattr(Backups, "drill", lambda _self: None)
    with backed_hall(tmp_path) as hall:
        rounds = Rounds(hall.backups, hall, 0.001, lambda: CHINA, bugs.append)
        rounds.start()
        assert enough.wait(60)
        rounds.close()
        assert not rounds._thread.is_alive()
    assert [type(bug) for bug in bugs] == [ZeroDivisionError]


def test_a_round_that_takes_long_is_made_less_often(tmp_path: Path) -> None:
    with backed_hall(tmp_path) as hall:
        rounds = rounds_of(hall, seconds=300)
        began = hall.now().mono_us
        hall.referee.pass_time(20)
        assert rounds._pause(began) == 300
        hall.referee.pass_time(100)
        assert rounds._pause(began) == 9 * 120
