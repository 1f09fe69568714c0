"""The playhead of a replay keeps inside its day, jumps to the half hours of the hall's clock, pauses, begins anew."""

from dataclasses import replace

from hall.clock import MINUTE_US, SECOND_US
from hall.half_hours import HALF_US
from queue_server.web.manage.playing import Playhead
from queue_server.web.manage.replay_words import at_clock, half_hours

HOUR = 60 * MINUTE_US
NINE = 1 * HOUR  # 09:00 on a clock of UTC+8
DAY = Playhead(NINE + 10 * MINUTE_US, NINE + 8 * HOUR, NINE + 10 * MINUTE_US, speed=60)


def test_it_goes_on_only_while_it_plays_and_stands_still_at_the_end() -> None:
    assert DAY.after(SECOND_US) == DAY
    playing = DAY.pressed()
    assert playing.after(SECOND_US).at == DAY.first + MINUTE_US
    assert playing.at_speed(600).after(SECOND_US).at == DAY.first + 10 * MINUTE_US
    over = playing.after(24 * HOUR)
    assert (over.at, over.plays) == (DAY.last, False)
    assert over.pressed() == playing  # once more from the beginning
    assert not playing.pressed().plays


def test_jumps_are_to_the_half_hours_of_the_halls_clock() -> None:
    def jumps(minutes: int, halves: int, offset: int = 480) -> str:
        return at_clock(DAY.to(NINE + minutes * MINUTE_US).jumped(halves, offset).at, offset)

    assert jumps(45, 1) == "10:00:00"
    assert jumps(45, -1) == "09:30:00"
    assert jumps(60, 1) == "10:30:00"
    assert jumps(60, -1) == "09:30:00"
    assert jumps(12, -1) == "09:10:00"  # not before the day has anything to show
    assert jumps(479, 1) == "17:00:00"
    assert at_clock(DAY.to(NINE + HOUR).jumped(1, 345).at, 345) == "08:00:00"  # a clock of quarters: 07:45 → 08:00


def test_what_can_be_jumped_to_lies_in_the_day() -> None:
    offered = half_hours(DAY.first, DAY.last, 480)
    assert list(offered.values())[:2] == ["09:30", "10:00"]
    assert list(offered.values())[-1] == "17:00"
    assert all(DAY.to(int(moment)).at == int(moment) for moment in offered)
    assert half_hours(DAY.first, DAY.first + HALF_US // 3, 480) == {}
    assert replace(DAY, at=DAY.last).to(0).at == DAY.first
