"""The pages of a visit, and how long each waits for a person before it goes home by itself."""

from dataclasses import dataclass
from enum import StrEnum

from hall.admission import NoNumber


class Page(StrEnum):
    """One page per state of the journey; the name of its QML file is this word in capitals-and-small form."""

    UNCONFIGURED = "unconfigured"  # never had a catalogue: what the technician does
    HOME = "home"
    SERVICES = "services"
    SEARCH = "search"
    IDENTIFY = "identify"
    TYPED = "typed"  # the document's number by hand
    CONFIRM = "confirm"
    APPOINTMENT = "appointment"  # what its holder finds, and the number for it by one touch
    APPOINTMENT_NUMBER = "appointment_number"  # the number of an appointment by hand
    ISSUING = "issuing"
    NUMBER = "number"
    PAPER_OUT = "paper_out"  # no slip came out; the number stays valid
    HAS_TICKET = "has_ticket"
    BEFORE = "before"  # 谁先于我: who came later and was called first
    CLOSED = "closed"
    FULL = "full"
    DOWN = "down"  # 系统故障
    UNAVAILABLE = "unavailable"  # no number can be given here now
    HELP = "help"
    TAKEN = "taken"  # after a restart: did the slip come out?


REFUSED: dict[NoNumber, Page] = {NoNumber.FULL: Page.FULL, NoNumber.DOWN: Page.DOWN, NoNumber.CLOSED: Page.CLOSED}
"""What says why no number is given, whoever asks."""

STEPS: dict[Page, int] = {
    Page.SERVICES: 0,
    Page.SEARCH: 0,
    Page.IDENTIFY: 1,
    Page.TYPED: 1,
    Page.CONFIRM: 2,
    Page.ISSUING: 2,
}
"""Which of the three steps 选事项, 核身份, 取号 a page belongs to."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a page stands without a touch.

    Attributes:
        seconds: Until something happens.
        asks: Whether 还在吗 is asked first; otherwise the page shows the countdown itself.
    """

    seconds: int
    asks: bool


QUESTION = Patience(15, asks=False)
"""How long 还在吗 itself stands."""

_ASKS = Patience(30, asks=True)
_SHORT = Patience(30, asks=False)
PATIENCE: dict[Page, Patience] = {
    Page.HOME: _ASKS,
    Page.SERVICES: _ASKS,
    Page.SEARCH: _ASKS,
    Page.IDENTIFY: Patience(50, asks=True),
    Page.TYPED: _ASKS,
    Page.APPOINTMENT: Patience(60, asks=True),
    Page.APPOINTMENT_NUMBER: _ASKS,
    Page.CONFIRM: Patience(60, asks=True),
    Page.ISSUING: Patience(20, asks=False),
    Page.NUMBER: _SHORT,
    Page.PAPER_OUT: Patience(120, asks=False),
    Page.HAS_TICKET: Patience(60, asks=False),
    Page.BEFORE: Patience(60, asks=False),
    Page.CLOSED: _SHORT,
    Page.FULL: _SHORT,
    Page.DOWN: _SHORT,
    Page.UNAVAILABLE: _SHORT,
    Page.HELP: Patience(60, asks=True),
    Page.TAKEN: Patience(60, asks=False),
}
UNHURRIED = 2
"""Everything waits so many times longer in large print: 长辈版."""
