"""One visit as it stands now. Immutable; `kiosk.journey.steps` makes the next one."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from hall.identity import IdentityDocument
from kiosk.expected import Expected
from kiosk.issued import Issued
from kiosk.journey.pages import PATIENCE, QUESTION, UNHURRIED, Page, Patience


class Paper(StrEnum):
    """What is known of the slip of the number now shown."""

    COMING = "coming"
    PRINTED = "printed"
    NONE = "none"  # 无纸取号: it was clear beforehand that nothing can be printed
    FAILED = "failed"
    UNKNOWN = "unknown"


class Help(StrEnum):
    """What is true about the call for a person."""

    NOT_ASKED = ""
    SENDING = "sending"
    SENT = "sent"  # the server has it
    NOT_SENT = "not_sent"  # no server: nobody knows


class Trouble(StrEnum):
    """A passing word to the person, gone with the next touch."""

    UNREADABLE = "unreadable"  # the card could not be read
    NOT_OURS = "not_ours"  # a code that says nothing to a kiosk
    WRONG_NUMBER = "wrong_number"  # the typed number has a slip in it
    NO_APPOINTMENT = "no_appointment"  # nobody knows an appointment of this number
    TOO_MANY_TRIES = "too_many_tries"  # numbers of appointments were tried too often in this minute


@dataclass(frozen=True, slots=True)
class Manner:
    """How this person wants the screen; forgotten when nobody is there any more."""

    large_print: bool = False
    high_contrast: bool = False
    english: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What the kiosk has at hand now; not the person's doing and kept from visit to visit.

    `printer` false means that no slip would come out: paper, cover, cable. `copied`: not configured because its data
    are a copy or were put back, so it must meet the server once. `unsent` counts the facts the server does not have,
    `refused` is what staff must mend before the server takes this kiosk.
    """

    configured: bool = False
    copied: bool = False
    online: bool = False
    unsent: int = 0
    refused: str = ""
    reader: bool = True
    printer: bool = True
    passports: bool = False  # a camera reads passports and permits
    card_lies: bool = False  # a card is on the reader, already read


@dataclass(frozen=True, slots=True)
class Visit:
    """Everything the screens depend on.

    `document` and `typed` are personal: they never leave this object but for issuing, and are gone on every way home.
    `trail` holds the pages that 返回 goes back through.
    """

    page: Page = Page.UNCONFIGURED
    around: Around = Around()
    manner: Manner = Manner()
    trail: tuple[Page, ...] = ()
    group: str | None = None
    service: str | None = None
    query: str = ""
    leaf: int = 0
    document: IdentityDocument | None = None
    typed: str = field(default="", repr=False)
    undocumented: bool = False
    entitled: bool = False  # priority by the age on the card
    claimed: bool = False  # priority by the button
    expected: Expected | None = None
    returning: str | None = None  # 补件: the ticket that was sent back for papers
    issued: Issued | None = None
    paper: Paper = Paper.COMING
    unsettled: tuple[Issued, ...] = ()
    asking: bool = False
    stretched: bool = False
    trouble: Trouble | None = None
    help: Help = Help.NOT_ASKED

    @property
    def priority(self) -> bool:
        """Whether the ticket will be of the class `priority`."""
        return self.entitled or self.claimed

    @property
    def identified(self) -> bool:
        """Whether the second step is done, by a document or by choosing to go without."""
        return self.document is not None or self.undocumented

    @property
    def fresh(self) -> bool:
        """Whether nobody has touched anything yet: the home page then waits for ever."""
        return self == at_home(self.around)

    def patience(self) -> Patience | None:
        """How long this visit stands without a touch; None for ever."""
        if self.asking:
            return self._unhurried(QUESTION)
        if self.page not in PATIENCE or self.fresh:
            return None
        # A number that stands on the screen only must be written down or photographed.
        page = Page.PAPER_OUT if self.page is Page.NUMBER and self.paper is Paper.NONE else self.page
        patience = self._unhurried(PATIENCE[page])
        return replace(patience, seconds=patience.seconds * 2) if self.stretched else patience

    def _unhurried(self, patience: Patience) -> Patience:
        return replace(patience, seconds=patience.seconds * UNHURRIED) if self.manner.large_print else patience


def at_home(around: Around, manner: Manner | None = None) -> Visit:
    """A visit that begins: on the home page, or 尚未配置 while there is no catalogue. Nothing personal is left."""
    page = Page.HOME if around.configured else Page.UNCONFIGURED
    return Visit(page=page, around=around, manner=manner or Manner())
