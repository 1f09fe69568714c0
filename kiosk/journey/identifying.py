"""The second step, 核身份: the card, the number by hand, or neither; and the class of the ticket."""

from dataclasses import replace

from hall.identity import DocumentKind, IdentityDocument, is_citizen_number
from kiosk.journey import appointed
from kiosk.journey import events as ev
from kiosk.journey.pages import Page
from kiosk.journey.visit import Trouble, Visit
from kiosk.journey.ways import Step, on_to, wiped

_CARD_WELCOME = frozenset(
    {Page.HOME, Page.SERVICES, Page.SEARCH, Page.IDENTIFY, Page.TYPED, Page.CONFIRM, Page.APPOINTMENT_NUMBER}
)
_APPOINTED = frozenset({Page.HOME, Page.APPOINTMENT_NUMBER})
"""Where a card leads to its owner's appointment; further on the owner has chosen something else."""


def card_read(visit: Visit, event: ev.CardRead) -> Step:
    """A card was read; it lies there until it is lifted."""
    return _known_by(replace(visit, around=replace(visit.around, card_lies=True)), event)


def passport_read(visit: Visit, event: ev.PassportRead) -> Step:
    """A passport was held up; it never leaves its owner's hand."""
    return _known_by(visit, event)


def _known_by(visit: Visit, event: ev.CardRead | ev.PassportRead) -> Step:
    """A document greets while choosing, and completes the second step once a service is chosen."""
    if visit.page is Page.HELP and visit.trail and visit.trail[-1] in _CARD_WELCOME:
        visit = replace(visit, page=visit.trail[-1], trail=visit.trail[:-1])
    if visit.page not in _CARD_WELCOME:
        return visit, ()
    known = replace(visit, document=event.document, entitled=event.entitled, typed="", undocumented=False)
    if visit.page in _APPOINTED and event.expected is not None:
        return appointed.show(known, event.expected)
    if visit.page is Page.APPOINTMENT_NUMBER:
        return replace(known, trouble=Trouble.NO_APPOINTMENT), ()
    if visit.page in (Page.HOME, Page.SERVICES, Page.SEARCH):
        return known, ()
    # 返回 from the last check leads past this step: the card is already known.
    trail = tuple(page for page in visit.trail if page is not Page.IDENTIFY)
    return replace(known, page=Page.CONFIRM, trail=trail), ()


def card_unreadable(visit: Visit, _: ev.CardUnreadable) -> Step:
    """A card lies there that could not be read."""
    visit = replace(visit, around=replace(visit.around, card_lies=True))
    return (replace(visit, trouble=Trouble.UNREADABLE) if visit.page in _CARD_WELCOME else visit), ()


def card_lifted(visit: Visit, _: ev.CardLifted) -> Step:
    """The card is with its owner again; the visit goes on."""
    return replace(visit, around=replace(visit.around, card_lies=False)), ()


def again(visit: Visit) -> Step:
    """Back at the second step: whatever was known of the person is forgotten."""
    return wiped(visit)


def type_number(visit: Visit, _: ev.TypeNumber) -> Step:
    """On to typing the number."""
    return (on_to(visit, Page.TYPED) if visit.page is Page.IDENTIFY else visit), ()


def accept_typed(visit: Visit, _: ev.AcceptTyped) -> Step:
    """The typed number becomes the document, unverified 未核验: it carries no priority by age."""
    if visit.page is Page.APPOINTMENT_NUMBER:
        return appointed.accept_number(visit)
    if visit.page is not Page.TYPED:
        return visit, ()
    if not is_citizen_number(visit.typed):
        return replace(visit, trouble=Trouble.WRONG_NUMBER), ()
    document = IdentityDocument(kind=DocumentKind.TYPED_NUMBER, name="", number=visit.typed)
    return replace(visit, page=Page.CONFIRM, document=document, typed="", entitled=False), ()


def go_without(visit: Visit, _: ev.GoWithout) -> Step:
    """先取号，到窗口再核对."""
    if visit.page is not Page.IDENTIFY:
        return visit, ()
    return replace(on_to(visit, Page.CONFIRM), undocumented=True), ()


def toggle_priority(visit: Visit, _: ev.TogglePriority) -> Step:
    """优先 by the button; what the card's age gives cannot be pressed away."""
    if visit.page is not Page.CONFIRM or visit.entitled:
        return visit, ()
    return replace(visit, claimed=not visit.claimed), ()
