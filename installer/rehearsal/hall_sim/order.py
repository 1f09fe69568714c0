"""Numbers as people read them: how often a smaller one comes after a larger one; a whole day of a large hall."""

from dataclasses import dataclass

from hall.clock import MINUTE_US, SECOND_US
from installer.rehearsal.hall_sim.clockwork import Dice
from installer.rehearsal.hall_sim.run import Run, Verdict
from installer.rehearsal.hall_sim.script import Event, Script

HOUR_US = 60 * MINUTE_US
DAY_HOURS = 8


@dataclass(frozen=True)
class Inversions:
    """Of a day's tickets in plan form: how many got a smaller number than one of the same group taken before."""

    kiosks: int
    cut_off: bool
    tickets: int
    inversions: int


def whole_day(kiosks: int, windows: int, tickets: int, *, seed: int = 0, cut_off: bool = False) -> Script:
    """Eight hours without a fault, or with one kiosk cut off for an hour.

    Args:
        kiosks: How many; the day begins when all of them have a plan.
        windows: How many.
        tickets: How many citizens come; each is called, served and finished as windows get free.
        seed: For arrivals and moods.
        cut_off: Whether the last kiosk is cut off from the third hour to the fourth.
    """
    dice = Dice(f"day {seed}")
    length = DAY_HOURS * HOUR_US
    events = [Event(MINUTE_US + dice.between(0, length), "citizen", dice.between(0, 999), n) for n in range(tickets)]
    events += [Event(MINUTE_US + dice.between(0, length), "clerk", n, n) for n in range(tickets * 7 // 2)]
    if cut_off:
        events.append(Event(3 * HOUR_US, "cut_for_an_hour", kiosks - 1, 0))
    events.sort()
    return Script(seed, kiosks=kiosks, windows=windows, pace_us=10 * SECOND_US, events=tuple(events))


def play_day(script: Script) -> tuple[Run, Verdict]:
    """Play all of it, rest, and look at everything."""
    run = Run(script, plans_first=True)
    return run, run.play(1 << 30)


def inversions(kiosks: int, tickets: int, *, cut_off: bool) -> Inversions:
    """One day of a hall with so many kiosks."""
    run, verdict = play_day(whole_day(kiosks, 4, tickets, cut_off=cut_off))
    assert not verdict.promise, verdict.words
    found, highest = 0, dict[str, int]()
    numbers = run.world.oracle.numbers
    taken = sorted(numbers.shown_at.items(), key=lambda item: item[1])
    for ticket, _ in taken:
        number = numbers.seen[ticket][1]
        if "-" not in number:
            before = highest.get(number[0], 0)
            found += int(number[1:]) < before
            highest[number[0]] = max(before, int(number[1:]))
    return Inversions(kiosks, cut_off, len(taken), found)
