"""The third step, 取号, and everything after it: the number, its paper, a number already held, slips in doubt."""

from dataclasses import replace

from kiosk.issued import Issued
from kiosk.journey import events as ev
from kiosk.journey.effects import Effect, Issue, Print, SettleSlip, VoidTicket
from kiosk.journey.pages import Page
from kiosk.journey.visit import Paper, Trouble, Visit, at_home
from kiosk.journey.ways import MAY_SCAN, Step, go_home, on_to, wiped

_SHOWS_TICKET = frozenset({Page.NUMBER, Page.PAPER_OUT, Page.HAS_TICKET})


def take_number(visit: Visit, _: ev.TakeNumber) -> Step:
    """取号: exactly once, a second tap finds the page gone."""
    if visit.page is not Page.CONFIRM or visit.service is None:
        return visit, ()
    issue = Issue(
        visit.service,
        visit.document,
        priority=visit.priority,
        paper=visit.around.printer,
        by_age=visit.entitled,
        returning=visit.returning,
    )
    return replace(visit, page=Page.ISSUING, trail=()), (issue,)


def given(visit: Visit, event: ev.NumberGiven) -> Step:
    """The number is durable: the document is needed no longer. Too late for a person who has gone: paper only."""
    if visit.page not in (Page.ISSUING, Page.UNAVAILABLE):
        return visit, ()
    visit, effects = wiped(visit)
    page = Page.PAPER_OUT if event.paper in (Paper.FAILED, Paper.UNKNOWN) else Page.NUMBER
    return replace(visit, page=page, issued=event.issued, paper=event.paper, trail=(), stretched=False), effects


def failed(visit: Visit, _: ev.IssuingFailed) -> Step:
    """No number can be given here now."""
    return without_person(visit, Page.UNAVAILABLE) if visit.page is Page.ISSUING else (visit, ())


def without_person(visit: Visit, page: Page) -> Step:
    """A page that ends the visit; nothing personal is needed on it."""
    visit, effects = wiped(visit)
    return replace(visit, page=page, trail=()), effects


def show_ticket(visit: Visit, issued: Issued) -> Step:
    """The number this person already holds."""
    visit, effects = wiped(visit)
    return replace(visit, page=Page.HAS_TICKET, issued=issued, paper=Paper.PRINTED, trail=()), effects


def open_before(visit: Visit, _: ev.OpenBefore) -> Step:
    """Who went before the number shown; 返回 leads back to it."""
    if visit.page is not Page.HAS_TICKET or visit.issued is None or not visit.issued.before:
        return visit, ()
    return on_to(visit, Page.BEFORE), ()


def slip_scanned(visit: Visit, event: ev.SlipScanned) -> Step:
    """A slip of ours is shown to the scanner: its number is."""
    return show_ticket(visit, event.issued) if visit.page in MAY_SCAN else (visit, ())


def other_scanned(visit: Visit, _: ev.OtherScanned) -> Step:
    """A code that says nothing here."""
    return replace(visit, trouble=Trouble.NOT_OURS), ()


def paper_changed(visit: Visit, event: ev.PaperChanged) -> Step:
    """News of the slip of the number shown; of another one it is none of this person's business."""
    if visit.page not in _SHOWS_TICKET or visit.issued is None or visit.issued.ticket != event.ticket:
        return visit, ()
    page = visit.page
    if page is Page.NUMBER and event.paper in (Paper.FAILED, Paper.UNKNOWN):
        page = Page.PAPER_OUT
    elif page is Page.PAPER_OUT and event.paper is Paper.PRINTED:
        page = Page.NUMBER
    return replace(visit, page=page, paper=event.paper), ()


def reprint(visit: Visit, _: ev.Reprint) -> Step:
    """补打, unless a slip is on its way already or none could come."""
    if visit.page not in _SHOWS_TICKET or visit.issued is None:
        return visit, ()
    if visit.paper is Paper.COMING or not visit.around.printer:
        return visit, ()
    return replace(visit, page=Page.NUMBER, paper=Paper.COMING, stretched=False), (Print(visit.issued.ticket),)


def unsettled(visit: Visit, event: ev.Unsettled) -> Step:
    """After a restart, before anybody has touched the screen."""
    if not event.issued or not visit.fresh:
        return visit, ()
    return _ask(visit, event.issued), ()


def slip_taken(visit: Visit, _: ev.SlipTaken) -> Step:
    """已取到."""
    return _answered(visit, SettleSlip)


def print_again(visit: Visit, _: ev.PrintAgain) -> Step:
    """重打: the same number, marked as a copy, and shown if it was the last one in doubt."""
    issued = visit.issued
    after, effects = _answered(visit, Print)
    if effects and after.page is Page.HOME:
        after = replace(after, page=Page.NUMBER, issued=issued, paper=Paper.COMING)
    return after, effects


def void_number(visit: Visit, _: ev.VoidNumber) -> Step:
    """作废."""
    return _answered(visit, VoidTicket)


def _answered(visit: Visit, answer: type[SettleSlip] | type[Print] | type[VoidTicket]) -> Step:
    if visit.page is not Page.TAKEN or visit.issued is None:
        return visit, ()
    effect: Effect = answer(visit.issued.ticket)
    if visit.unsettled:
        return _ask(visit, visit.unsettled), (effect,)
    after, effects = go_home(visit)
    return after, (effect, *effects)


def _ask(visit: Visit, doubtful: tuple[Issued, ...]) -> Visit:
    first, *others = doubtful
    return replace(
        at_home(visit.around, visit.manner), page=Page.TAKEN, issued=first, unsettled=tuple(others), help=visit.help
    )
