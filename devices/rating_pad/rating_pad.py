"""What every satisfaction pad promises, whatever its make: a device that tells which level a citizen pressed."""

from dataclasses import dataclass
from typing import Protocol

from devices.device import Device
from hall.rating import Level


@dataclass(frozen=True, slots=True)
class LevelPressed:
    """A citizen pressed one of the five levels; once for each press."""

    level: Level


class RatingPad(Device, Protocol):
    """A device whose `on_event` callback receives `LevelPressed`, on the device's own thread.

    A press counts whether the pad was asked to invite it or not; whether there is anything to rate is the hall's rule.
    """

    def invite(self) -> None:
        """Ask the citizen to rate (light, voice), where the pad can; returns at once, callable from any thread."""
        ...
