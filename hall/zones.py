"""Where a screen or a loudspeaker of the hall stands, and how loud it may be there.

A zone is a floor, a side or a room: the calls of its windows and groups are shown and heard in it, others are not.
"""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from hall.opening import Periods, minutes_of

Volume = Annotated[int, Field(ge=0, le=100)]
"""In hundredths of what the loudspeaker gives; 0 is silence."""


class Voice(BaseModel):
    """How calls are heard: chime, Mandarin so many times, English once; not in the quiet hours."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    volume: Volume = 100
    quiet: Periods = ()
    times: int = Field(default=2, ge=1, le=3)
    english: bool = True
    chime: bool = True

    def volume_at(self, local: datetime) -> int:
        """How loud it is at this local time."""
        minute = local.hour * 60 + local.minute
        quiet = any(start <= minute < end for start, end in map(minutes_of, self.quiet))
        return 0 if quiet else self.volume


class Zone(BaseModel):
    """A part of the hall: some of its windows, some groups, or both. Its voice is the hall's but for what it says."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=24)]
    name: str = Field(min_length=1, max_length=12)
    windows: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    volume: Volume | None = None
    quiet: Periods | None = None

    @model_validator(mode="after")
    def _of_something(self) -> "Zone":
        if not self.windows and not self.groups:
            raise ValueError("区域里既没有窗口也没有业务类别，请写 windows 或 groups")
        return self

    def voice(self, halls: Voice) -> Voice:
        """How calls are heard here."""
        own = {"volume": self.volume, "quiet": self.quiet}
        return halls.model_copy(update={name: value for name, value in own.items() if value is not None})
