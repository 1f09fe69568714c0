"""Which backups stay: a day of five-minute ones, thirty daily ones, and never too few, whatever the clock says."""

from datetime import UTC, datetime, timedelta

import pytest

from queue_server.backup.rotation import DAILY, NEAREST, Name, newest_first, outlived, read_name, spare

NOW = datetime(2026, 11, 26, 9, 15, tzinfo=UTC)


def micros(at: datetime) -> int:
    return round(at.timestamp()) * 1_000_000


def name(at: datetime, *, daily: bool = False, hall: str = "test-hall") -> Name:
    found = read_name(f"{hall}-{at:%Y%m%dT%H%M%SZ}-seq7{'-daily' if daily else ''}.owb")
    assert found is not None
    return found


def every(minutes: int, count: int) -> list[Name]:
    return [name(NOW - timedelta(minutes=minutes * step)) for step in range(count)]


def days(count: int) -> list[Name]:
    return [name(NOW - timedelta(days=step), daily=True) for step in range(count)]


def test_a_name_is_read_back() -> None:
    assert name(NOW, daily=True) == Name(
        "test-hall-20261126T091500Z-seq7-daily.owb", "test-hall", micros(NOW), 7, daily=True
    )


@pytest.mark.parametrize(
    "text",
    [
        "hall.db",
        "x-20261126T091500Z-seq7.owb.part",
        "x-20261399T091500Z-seq7.owb",
        "../x-20261126T091500Z-seq7.owb",
        "",
    ],
)
def test_what_is_no_backup_s_name_is_none(text: str) -> None:
    assert read_name(text) is None


def test_a_day_of_five_minute_ones_stays() -> None:
    gone = outlived(every(5, 400), micros(NOW))
    assert len(gone) == 400 - 24 * 12 - 1  # the one of exactly a day ago stays
    assert max(entry.at for entry in gone) < micros(NOW - timedelta(days=1))


def test_thirty_daily_ones_stay_however_old() -> None:
    long_ago = [name(NOW - timedelta(days=400 + step), daily=True) for step in range(40)]
    gone = outlived(long_ago, micros(NOW))
    assert len(gone) == 40 - DAILY
    assert min(entry.at for entry in long_ago) in {entry.at for entry in gone}


def test_after_a_long_stop_the_last_ones_are_still_there() -> None:
    old = [name(NOW - timedelta(days=90, minutes=5 * step)) for step in range(288)]
    assert len(outlived(old, micros(NOW))) == 288 - NEAREST
    left = [entry for entry in old if entry not in outlived(old, micros(NOW))]
    assert max(old, key=lambda entry: entry.at) in left


def test_a_clock_that_jumps_ahead_does_not_empty_the_place() -> None:
    ahead = micros(NOW + timedelta(days=3650))
    names = every(5, 288) + days(30)
    assert len(names) - len(outlived(names, ahead)) == NEAREST + DAILY


def test_what_was_dated_ahead_goes_once_there_are_better_ones_and_is_tried_last() -> None:
    wrong = [name(NOW + timedelta(days=3650, minutes=step)) for step in range(20)]
    names = wrong + every(5, NEAREST)
    assert set(outlived(names, micros(NOW))) == set(wrong)
    order = newest_first(names, micros(NOW))
    assert order[0] == name(NOW)
    assert set(order[NEAREST:]) == set(wrong)


def test_when_the_disk_is_full_the_oldest_go_first_and_some_stay() -> None:
    names = every(5, 100) + days(3)
    order = spare(names, micros(NOW))
    assert len(order) == 100 - NEAREST
    assert order[0] == name(NOW - timedelta(minutes=5 * 99))
    assert not any(entry.daily for entry in order)
