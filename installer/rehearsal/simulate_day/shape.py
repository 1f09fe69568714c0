"""What kind of hall and days are invented, as data: how many come and when, how long it takes, who is not there."""

from dataclasses import dataclass, replace

HALF_HOURS = 16
OPENS_MINUTE, CLOSES_MINUTE = 9 * 60, 17 * 60
_WEEKDAY = (5, 9, 10, 9, 8, 6, 3, 2, 3, 5, 8, 9, 8, 7, 5, 3)
_RUSH = (4, 22, 22, 4, 3, 3, 2, 2, 3, 4, 12, 10, 4, 3, 1, 1)
_FLAT = (1,) * HALF_HOURS


@dataclass(frozen=True, slots=True)
class Shape:
    """One invented hall.

    Attributes:
        citizens: How many come on the last day; other days differ.
        windows: How many there are; lunch and breaks are taken by turns.
        kiosks: How many there are.
        load: Work that comes ÷ work that the windows can do: how long services take follows from it.
        profile: Arrivals by half hour from nine to five, relative to each other.
        priority: Share of people with priority.
        no_show: Share of people who do not come when called.
        returns: Share of those who come back and want to be called after all.
        leaves: Share of people who do not stay if it takes longer than a patience of an hour in the mean.
        drift: How many times as long services take on the last day as on the first.
        day_spread: How much days differ in people and in pace, as a standard deviation of the logarithm.
        clerk_spread: How much clerks differ in pace, likewise.
        breaks: Short breaks of each clerk on a day, in the mean; lunch comes besides.
        breakdown: Whether one kiosk is broken for an hour of each day.
        helpers: Whether windows help with groups that are not their own.
        named: Whether the log says which window served.
    """

    citizens: int = 600
    windows: int = 12
    kiosks: int = 3
    load: float = 0.93
    profile: tuple[int, ...] = _WEEKDAY
    priority: float = 0.12
    no_show: float = 0.04
    returns: float = 0.4
    leaves: float = 0.05
    drift: float = 1.0
    day_spread: float = 0.07
    clerk_spread: float = 0.15
    breaks: float = 1.5
    breakdown: bool = True
    helpers: bool = True
    named: bool = True


WEEKDAY = Shape()
SHAPES = {
    "weekday": WEEKDAY,
    "rush": replace(WEEKDAY, citizens=400, windows=8, load=0.9, profile=_RUSH),
    "drift": replace(WEEKDAY, citizens=400, windows=8, load=1.0, drift=1.4),
    "two_hours": replace(WEEKDAY, citizens=240, windows=4, load=1.5, leaves=0.02, profile=_FLAT),
    "one_window": replace(WEEKDAY, citizens=60, windows=1, kiosks=1, load=1.0, day_spread=0.1),
    "sixty_windows": replace(WEEKDAY, citizens=1500, windows=60, load=1.0, profile=_RUSH),
    "no_servers": replace(WEEKDAY, citizens=400, windows=8, load=1.0, named=False),
}
"""The halls whose logs the forecast is judged on, by name; all but the first are hard in one way of their own."""
