"""Where a screen or a loudspeaker of the hall stands, what is shown there, and how loud it may be.

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


class Layout(BaseModel):
    """What a board shows beside the call of this moment, which none goes without."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    last_calls: int = Field(default=6, ge=1, le=6)  # of two calls at once the first is still there to be read
    ready: int = Field(default=1, ge=0, le=3)  # 请准备: so many numbers of each group; 0: none of it
    missed: bool = True  # 过号: the numbers that may come back
    waiting: bool = True  # how many wait
    notices: bool = True  # the hall's own; what cannot be done here now is said all the same
    clerk: bool = True  # the staff number, on the screen over a window


class Zone(BaseModel):
    """A part of the hall: some of its windows, some groups, or both.

    Its voice is the hall's but for what it says; its layout is its own as a whole, or the hall's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=24)]
    name: str = Field(min_length=1, max_length=12)
    windows: tuple[int, ...] = ()
    groups: tuple[str, ...] = ()
    volume: Volume | None = None
    quiet: Periods | None = None
    layout: Layout | None = None

    @model_validator(mode="after")
    def _of_something(self) -> "Zone":
        if not self.windows and not self.groups:
            raise ValueError("区域里既没有窗口也没有业务类别，请写 windows 或 groups")
        return self

    def voice(self, halls: Voice) -> Voice:
        """How calls are heard here."""
        own = {"volume": self.volume, "quiet": self.quiet}
        return halls.model_copy(update={name: value for name, value in own.items() if value is not None})

    def shows(self, halls: Layout) -> Layout:
        """What its boards show."""
        return halls if self.layout is None else self.layout
