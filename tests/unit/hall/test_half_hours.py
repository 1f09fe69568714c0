"""What is usual on a weekday: which days count, and the figures against a plain reading of the formula."""

import random
from datetime import date, timedelta
from statistics import median

from hall.clock import MINUTE_US
from hall.half_hours import USUAL_DAYS, USUAL_WEEKS, Half, begins, half_of, of_day, usual, usual_days
from hall.tally import Tally

FRIDAY = date(2026, 11, 27)


def _tally(waits: list[int], never_called: int = 0) -> Tally:
    tally = Tally(arrivals=len(waits) + never_called)
    for minutes in waits:
        tally.waits.add(minutes * MINUTE_US)
    return tally


def test_only_the_latest_days_of_the_same_weekday_count_and_not_today() -> None:
    weeks = [FRIDAY - timedelta(weeks=back) for back in range(20)]
    days = usual_days(FRIDAY, [*weeks, FRIDAY - timedelta(days=1), FRIDAY + timedelta(weeks=1)])
    assert days == weeks[1 : USUAL_DAYS + 1]
    assert usual_days(FRIDAY, [FRIDAY - timedelta(weeks=USUAL_WEEKS + 1)]) == []
    assert usual_days(FRIDAY, [FRIDAY - timedelta(weeks=USUAL_WEEKS)]) == [FRIDAY - timedelta(weeks=USUAL_WEEKS)]


def test_a_half_hour_begins_on_the_clock() -> None:
    assert [begins(half_of(minute)) for minute in (0, 29, 30, 9 * 60 + 59, 24 * 60 - 1)] == [
        "00:00", "00:00", "00:30", "09:30", "23:30",
    ]  # fmt: skip


def test_one_strange_day_does_not_move_what_is_usual() -> None:
    days = [{18: _tally([5] * 10)}, {18: _tally([5] * 12)}, {18: _tally([90] * 300)}, {18: _tally([5] * 11)}, {}]
    assert usual(days)[18].arrivals == 11
    assert usual([{18: _tally([5] * 10)}, {}])[18].arrivals == 5  # a day on which nobody came then counts as none
    assert usual([]) == {}


def test_figures_are_those_of_the_formula() -> None:
    chance = random.Random(6)
    for _ in range(50):
        waits = [
            {half: [chance.randrange(60) for _ in range(chance.randrange(5))] for half in range(16, 20)}
            for _ in range(chance.randrange(1, 6))
        ]
        told = usual([{half: _tally(some, never_called=1) for half, some in day.items()} for day in waits])
        for half in range(16, 20):
            assert told[half].arrivals == median(len(day[half]) + 1 for day in waits)
            together = sorted(minutes for day in waits for minutes in day[half])
            assert told[half].wait == (together[(len(together) - 1) // 2] if together else None)


def test_a_day_as_it_was() -> None:
    assert of_day({18: _tally([3, 9, 20], never_called=2), 19: _tally([], 1)}) == {18: Half(5, 9), 19: Half(1, None)}
