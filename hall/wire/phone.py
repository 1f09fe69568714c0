"""What a citizen's phone shows of one ticket. Nothing in it is personal, and no id by which a ticket could be found."""

import hashlib
from datetime import date
from enum import StrEnum

from pydantic import Field

from hall.rating import Level
from hall.waiting import Wait
from hall.words import Micros, WindowNumber, Word

NEAR = 3
"""With so many people ahead it is time to walk to the windows."""


class PhoneState(StrEnum):
    """Where the ticket stands, in the words a citizen needs."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    MISSED = "missed"
    ON_HOLD = "on_hold"
    FINISHED = "finished"
    LEFT = "left"
    DAY_OVER = "day_over"  # the hall closed before its turn
    VOID = "void"  # taken back by the hall, or doubled
    SYSTEM_FAULT = "system_fault"
    HALL_CLOSED = "hall_closed"  # 停办: the hall closed early, with people waiting
    UNSURE = "unsure"  # the server was set back: a person at the help desk knows more
    ON_ITS_WAY = "on_its_way"  # a good slip whose kiosk has not told of it yet
    OF_ANOTHER_DAY = "of_another_day"


class PhoneTicket(Word):
    """One ticket as its holder sees it.

    Attributes:
        at: When it was looked at; a page says so, and hides the waits when that is long ago.
        ahead: How many stand before it; None while that is not known or means nothing.
        wait: How much longer it waits; None while that is not known.
        windows: The windows whose work it is, `12–15`, empty if none is known.
        window: Where it is called or served.
        call_no: How often it has been called, so that each call rings.
        papers: What to have at hand.
        returns_left: How often a missed number is still taken back.
        good_until: Until when a slip that 系统故障 or 停办 ended gives priority.
        may_leave: Whether the place may be given up from here.
        may_rate: Whether the service may be rated from here.
        level: What it was rated.
    """

    at: Micros
    offset_minutes: int
    hall: str
    hall_en: str = ""
    state: PhoneState
    number: str
    day: date
    issued_at: Micros
    mark: str = ""
    name: str = ""
    name_en: str = ""
    ahead: int | None = Field(default=None, ge=0)
    wait: Wait | None = None
    place: str = ""
    place_en: str = ""
    windows: str = ""
    window: WindowNumber | None = None
    call_no: int = Field(default=0, ge=0)
    papers: tuple[str, ...] = ()
    returns_left: int = Field(default=0, ge=0)
    good_until: date | None = None
    may_leave: bool = False
    may_rate: bool = False
    level: Level | None = None

    @property
    def stamp(self) -> str:
        """Another one whenever the ticket says something else; when it was looked at does not count."""
        said = self.model_copy(update={"at": 0}).model_dump_json()
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def alert(self) -> str:
        """What the phone rings for, once for each new word; empty for silence."""
        if self.state is PhoneState.CALLED:
            return f"called-{self.window}-{self.call_no}"
        return "near" if self.state is PhoneState.WAITING and self.ahead is not None and self.ahead <= NEAR else ""
