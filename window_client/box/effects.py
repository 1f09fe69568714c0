"""What a box asks to be done; each is begun at once and answered, where it is answered, by an event."""

from dataclasses import dataclass

from hall.rating import Level
from window_client.box.pad import SignInWish
from window_client.desk.situation import Act


@dataclass(frozen=True, slots=True)
class Do:
    """Send an act's command; answered by Answered or NotAnswered."""

    act: Act
    ticket: str | None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Keep:
    """Write the end of the citizen here down, made without the server; answered by Kept or NotAnswered."""

    act: Act


@dataclass(frozen=True, slots=True)
class Rest:
    """Say Rested in a moment, so that a key pressed twice is one act."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Send a rating under the rating session; answered by Rated."""

    ticket: str
    level: Level


@dataclass(frozen=True, slots=True)
class Invite:
    """Ask the citizen to rate, where the pad can."""


@dataclass(frozen=True, slots=True)
class LevelIgnored:
    """A level was pressed with nothing to rate, or while a rating is on its way: nothing is sent, the log tells it."""


Effect = SignInWish | Do | Keep | Rest | Rate | Invite | LevelIgnored
