"""Where a replay stands and how fast it goes. Pure: how much time has passed is told to it."""

from dataclasses import dataclass, replace

from hall.clock import MINUTE_US
from hall.half_hours import HALF_US

SPEEDS = (1, 10, 60, 300, 600)


@dataclass(frozen=True, slots=True)
class Playhead:
    """A place in a day between its first and its last moment, UTC microseconds.

    Attributes:
        first: When the day begins to have something to show.
        last: When it ends.
        at: Where the replay stands.
        speed: So many times as fast as the clock.
        plays: Whether it goes on by itself.
    """

    first: int
    last: int
    at: int
    speed: int = 60
    plays: bool = False

    def after(self, passed_us: int) -> "Playhead":
        """Some time later; at the end of the day it stands still."""
        if not self.plays:
            return self
        at = self.at + passed_us * self.speed
        return replace(self, at=min(at, self.last), plays=at < self.last)

    def pressed(self) -> "Playhead":
        """Play and pause are one button; at the end it begins anew."""
        if not self.plays and self.at >= self.last:
            return replace(self, at=self.first, plays=True)
        return replace(self, plays=not self.plays)

    def at_speed(self, speed: int) -> "Playhead":
        """Faster or slower from here on."""
        return replace(self, speed=speed)

    def jumped(self, halves: int, offset_minutes: int) -> "Playhead":
        """To a half hour of the hall's clock: 1 is the next one, -1 the one that began last (or before that)."""
        offset = offset_minutes * MINUTE_US
        local = self.at + offset
        begun = local // HALF_US * HALF_US if halves > 0 else -(-local // HALF_US) * HALF_US
        return self.to(begun + halves * HALF_US - offset)

    def to(self, moment: int) -> "Playhead":
        """To a moment, or the nearest one that the day has."""
        return replace(self, at=max(self.first, min(self.last, moment)))
