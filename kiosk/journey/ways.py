"""The two ways of moving: on to a page that 返回 leads back from, and home, where everything personal is gone."""

from dataclasses import replace

from kiosk.journey.effects import Effect, WipeDocument, WithdrawNotice
from kiosk.journey.pages import Page
from kiosk.journey.visit import Help, Visit, at_home

Step = tuple[Visit, tuple[Effect, ...]]

ENDED = frozenset({Page.NUMBER, Page.PAPER_OUT, Page.HAS_TICKET, Page.BEFORE, Page.TAKEN})
"""Pages at which the errand is done: who leaves them is gone, and the next person gets the ordinary screen."""


MAY_SCAN = frozenset({Page.HOME, Page.SERVICES, Page.SEARCH, Page.IDENTIFY, Page.APPOINTMENT_NUMBER})
"""Pages on which a slip held before the scanner is looked at."""


def on_to(visit: Visit, page: Page) -> Visit:
    """The page after this one; 返回 leads here again."""
    return replace(visit, page=page, trail=(*visit.trail, visit.page), leaf=0, stretched=False)


def go_home(visit: Visit, *, forget_manner: bool = False) -> Step:
    """The home page with nothing of this visit left but how the person wants the screen."""
    effects: list[Effect] = []
    if visit.document is not None or visit.typed:
        effects.append(WipeDocument())
    if visit.help is not Help.NOT_ASKED:
        effects.append(WithdrawNotice())
    manner = None if forget_manner or visit.page in ENDED else visit.manner
    return at_home(visit.around, manner), tuple(effects)


def wiped(visit: Visit) -> Step:
    """The same visit without the document, once it is no longer needed."""
    effects = (WipeDocument(),) if visit.document is not None or visit.typed else ()
    return replace(visit, document=None, typed="", entitled=False, claimed=False, undocumented=False), effects
