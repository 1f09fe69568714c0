"""The first step, 选事项: by group, or by typing initials."""

from dataclasses import replace

from hall.admission import NoNumber
from hall.arrival import Arrival
from kiosk.journey import events as ev
from kiosk.journey.appointed import LONGEST_NUMBER
from kiosk.journey.pages import REFUSED, Page
from kiosk.journey.visit import Visit
from kiosk.journey.ways import MAY_SCAN, Step, on_to

LONGEST_QUERY = 12
LONGEST_TYPED = 18
"""A citizen number has eighteen characters."""


def group(visit: Visit, event: ev.ChooseGroup) -> Step:
    """From the home page to the services of one group."""
    if visit.page is not Page.HOME:
        return visit, ()
    return replace(on_to(visit, Page.SERVICES), group=event.group), ()


def open_search(visit: Visit, _: ev.OpenSearch) -> Step:
    """From the home page or a group to the search over everything."""
    if visit.page not in (Page.HOME, Page.SERVICES):
        return visit, ()
    return replace(on_to(visit, Page.SEARCH), query=""), ()


def service(visit: Visit, event: ev.ChooseService) -> Step:
    """A service is chosen: on to the document, or to the last check when that is known already."""
    if visit.page not in (Page.SERVICES, Page.SEARCH):
        return visit, ()
    return _chosen(replace(visit, group=event.group, service=event.service, returning=None), event.refusal)


def walk_in(visit: Visit, event: ev.WalkIn) -> Step:
    """现场取号 for the service of an appointment that the hall called off, as if it had been chosen on its page."""
    expected = visit.expected
    if visit.page is not Page.APPOINTMENT or expected is None or expected.arrival is not Arrival.CALLED_OFF:
        return visit, ()
    return _chosen(replace(visit, page=Page.SERVICES, trail=(Page.HOME,), expected=None), event.refusal)


def papers_brought(visit: Visit, event: ev.PapersBrought) -> Step:
    """补件: the service is the one of the old slip, and the slip is proof enough of who is there."""
    if visit.page not in MAY_SCAN:
        return visit, ()
    home = replace(visit, page=Page.HOME, trail=(), undocumented=visit.document is None)
    return _chosen(replace(home, group=event.group, service=event.service, returning=event.ticket), event.refusal)


def _chosen(chosen: Visit, refusal: NoNumber | None) -> Step:
    if refusal is not None:
        return on_to(chosen, REFUSED[refusal]), ()
    return on_to(chosen, Page.CONFIRM if chosen.identified else Page.IDENTIFY), ()


def change(visit: Visit, _: ev.ChangeService) -> Step:
    """换一项: back to where the service was chosen; the document stays."""
    if visit.page not in (Page.IDENTIFY, Page.CONFIRM) or visit.returning is not None:
        return visit, ()
    place = max(n for n, page in enumerate(visit.trail) if page in (Page.SERVICES, Page.SEARCH))
    return (
        replace(
            visit, page=visit.trail[place], trail=visit.trail[:place], service=None, undocumented=False, claimed=False
        ),
        (),
    )


def type_key(visit: Visit, event: ev.TypeKey) -> Step:
    """A key of the search, or of the document's number."""
    key = event.key.upper()
    if visit.page is Page.SEARCH and len(visit.query) < LONGEST_QUERY:
        return replace(visit, query=visit.query + key, leaf=0), ()
    if visit.page is Page.TYPED and len(visit.typed) < LONGEST_TYPED and key in "0123456789X":
        return replace(visit, typed=visit.typed + key), ()
    if visit.page is Page.APPOINTMENT_NUMBER and len(visit.typed) < LONGEST_NUMBER and key in "0123456789":
        return replace(visit, typed=visit.typed + key), ()
    return visit, ()


def erase_key(visit: Visit, event: ev.EraseKey) -> Step:
    """Take back the last key, or all of them."""
    if visit.page is Page.SEARCH:
        return replace(visit, query="" if event.all else visit.query[:-1], leaf=0), ()
    if visit.page in (Page.TYPED, Page.APPOINTMENT_NUMBER):
        return replace(visit, typed="" if event.all else visit.typed[:-1]), ()
    return visit, ()


def turn_leaf(visit: Visit, event: ev.TurnLeaf) -> Step:
    """Another page of the list shown."""
    return replace(visit, leaf=max(0, event.leaf)), ()
