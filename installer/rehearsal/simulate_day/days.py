"""Days in a row, through the real programs or on paper: the same people, one clockwork, who waited how long."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hall.clock import MINUTE_US, SECOND_US
from hall.opening import CHINA_MINUTES
from installer.rehearsal.hall_sim.clockwork import Clockwork
from installer.rehearsal.simulate_day.catalogue import catalogue
from installer.rehearsal.simulate_day.paper import Paper
from installer.rehearsal.simulate_day.people import Day, invent
from installer.rehearsal.simulate_day.play import Play, Referee, Wait
from installer.rehearsal.simulate_day.real import RealHall
from installer.rehearsal.simulate_day.shape import OPENS_MINUTE, Shape

_EARLIER_US = 30 * MINUTE_US  # machines are switched on so long before the doors open
Told = Callable[[int, int, Play], None]


@dataclass(frozen=True, slots=True)
class Played:
    """A day and what came of it; `midnight_us` is when it began, true time."""

    day: Day
    midnight_us: int
    waits: list[Wait]


def midnight_of(day: Day) -> int:
    """When a day begins at the hall, UTC microseconds."""
    start = datetime(day.day.year, day.day.month, day.day.day, tzinfo=UTC) - timedelta(minutes=CHINA_MINUTES)
    return int(start.timestamp()) * SECOND_US


def play_real(
    shape: Shape,
    days: int,
    seed: int,
    told: Told | None = None,
    hall: Callable[[RealHall], None] | None = None,
    *,
    only_last: bool = False,
) -> Iterator[Played]:
    """Every day through kiosks, server and windows.

    Args:
        shape: Of hall and days.
        days: How many in a row.
        seed: Everything follows from it.
        told: Hears of every event (midnight, now, the play).
        hall: Is given the hall, to look at it whenever a day is over.
        only_last: Whether the days before the last one are left out; it is the same day without them.
    """
    invented = invent(shape, days, seed)[-1 if only_last else 0 :]
    clockwork = _before(invented[0])
    real = RealHall(clockwork, catalogue(shape.windows, helpers=shape.helpers), shape.kiosks, seed)
    if hall is not None:
        hall(real)
    return _play(invented, clockwork, real, told)


def play_paper(shape: Shape, days: int, seed: int, *, by_arrival: bool) -> Iterator[Played]:
    """The same days by a rule on paper: first come, first served, or the head starts."""
    invented = invent(shape, days, seed)
    clockwork = _before(invented[0])
    referee = Paper(clockwork, catalogue(shape.windows, helpers=shape.helpers), by_arrival=by_arrival)
    return _play(invented, clockwork, referee, None)


def _before(day: Day) -> Clockwork:
    return Clockwork(midnight_of(day) + OPENS_MINUTE * MINUTE_US - _EARLIER_US)


def _play(days: list[Day], clockwork: Clockwork, referee: Referee, told: Told | None) -> Iterator[Played]:
    for day in days:
        midnight = midnight_of(day)
        play = Play(day, midnight, clockwork, referee)
        play.begin()
        while not play.over:
            if told is not None:
                told(midnight, clockwork.next_at() or 0, play)
            clockwork.run_next()
        yield Played(day, midnight, play.end())
