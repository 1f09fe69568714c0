"""The journey: (visit, what happened) → (next visit, what to do). Pure; every page has a way on and a way home."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hall.admission import NoNumber
from kiosk.journey import appointed, choosing, ending, identifying
from kiosk.journey import events as ev
from kiosk.journey.effects import Effect, NotifyStaff
from kiosk.journey.pages import REFUSED, Page
from kiosk.journey.visit import Around, Help, Manner, Visit
from kiosk.journey.ways import Step, go_home, on_to

_NO_WAY_OUT = frozenset({Page.ISSUING, Page.UNCONFIGURED})
"""Pages that ignore the bar: nothing to go back to, or a number is just being written."""


def step(visit: Visit, event: ev.Event) -> tuple[Visit, tuple[Effect, ...]]:
    """The next visit and the effects to carry out, in order.

    An event that means nothing on this page leaves the visit as it is; a touch always ends the question 还在吗.
    """
    if isinstance(event, ev.Act):
        visit = replace(visit, asking=False, trouble=None)
    handler = _HANDLERS.get(type(event))
    return handler(visit, event) if handler else (visit, ())


def _back(visit: Visit, _: ev.GoBack) -> Step:
    if visit.page in _NO_WAY_OUT:
        return visit, ()
    if not visit.trail:
        return go_home(visit)
    *trail, page = visit.trail
    visit = replace(visit, page=page, trail=tuple(trail), leaf=0 if page is Page.HOME else visit.leaf)
    match page:
        case Page.HOME:
            visit = replace(visit, group=None, service=None, expected=None, query="", typed="")
            return replace(visit, undocumented=False, returning=None), ()
        case Page.SERVICES | Page.SEARCH:
            return replace(visit, service=None, undocumented=False, claimed=False), ()
        case Page.IDENTIFY:
            return identifying.again(visit)
        case _:
            return visit, ()


def _home(visit: Visit, _: ev.GoHome) -> Step:
    return (visit, ()) if visit.page in _NO_WAY_OUT else go_home(visit)


def _stay(visit: Visit, _: ev.Stay) -> Step:
    patience = visit.patience()
    return replace(visit, stretched=patience is not None and not patience.asks), ()


def _help(visit: Visit, _: ev.AskHelp) -> Step:
    if visit.page in _NO_WAY_OUT or visit.page is Page.HELP:
        return visit, ()
    visit = on_to(visit, Page.HELP)
    if visit.help is not Help.NOT_ASKED:
        return visit, ()
    return replace(visit, help=Help.SENDING if visit.around.online else Help.NOT_SENT), (NotifyStaff(),)


def _help_sent(visit: Visit, _: ev.HelpSent) -> Step:
    return (visit, ()) if visit.help is Help.NOT_ASKED else (replace(visit, help=Help.SENT), ())


def _large_print(visit: Visit, _: ev.ToggleLargePrint) -> Step:
    manner = visit.manner
    return replace(visit, manner=Manner(not manner.large_print, high_contrast=False, english=manner.english)), ()


def _contrast(visit: Visit, _: ev.ToggleContrast) -> Step:
    manner = visit.manner
    return replace(visit, manner=Manner(False, not manner.high_contrast, manner.english)), ()  # noqa: FBT003


def _english(visit: Visit, _: ev.ToggleEnglish) -> Step:
    return replace(visit, manner=replace(visit.manner, english=not visit.manner.english)), ()


def _around(visit: Visit, event: ev.AroundChanged) -> Step:
    def now(new: bool | None, old: bool) -> bool:  # noqa: FBT001
        return old if new is None else new

    old = visit.around
    around = Around(
        configured=now(event.configured, old.configured),
        copied=now(event.copied, old.copied),
        online=now(event.online, old.online),
        unsent=old.unsent if event.unsent is None else event.unsent,
        refused=old.refused if event.refused is None else event.refused,
        reader=now(event.reader, old.reader),
        printer=now(event.printer, old.printer),
        passports=now(event.passports, old.passports),
        card_lies=old.card_lies,
    )
    page = visit.page
    if page is Page.UNCONFIGURED and around.configured:
        page = Page.HOME
    elif page is Page.HOME and event.configured is False:  # a visit that has begun ends by itself
        page = Page.UNCONFIGURED
    # The call waits in the ledger: it goes out by itself when the server is back.
    called = visit.help
    if called in (Help.SENDING, Help.NOT_SENT):
        called = Help.SENDING if around.online else Help.NOT_SENT
    return replace(visit, around=around, page=page, help=called), ()


def _timeout(visit: Visit, _: ev.Timeout) -> Step:
    patience = visit.patience()
    if patience is None:
        return visit, ()
    if patience.asks:
        return replace(visit, asking=True), ()
    if visit.page is Page.ISSUING:
        return ending.failed(visit, ev.IssuingFailed())
    return go_home(visit, forget_manner=True)


def _refused(visit: Visit, event: ev.NumberRefused) -> Step:
    if visit.page is not Page.ISSUING:
        return visit, ()
    if event.issued is not None:
        return ending.show_ticket(visit, event.issued)
    if event.reason is NoNumber.USED:
        return appointed.used(visit), ()
    return ending.without_person(visit, REFUSED.get(event.reason, Page.CLOSED))


Handler = Callable[[Visit, Any], Step]
_HANDLERS: dict[type, Handler] = {
    ev.ChooseGroup: choosing.group,
    ev.ChooseService: choosing.service,
    ev.OpenSearch: choosing.open_search,
    ev.TypeKey: choosing.type_key,
    ev.EraseKey: choosing.erase_key,
    ev.TurnLeaf: choosing.turn_leaf,
    ev.ChangeService: choosing.change,
    ev.TypeNumber: identifying.type_number,
    ev.AcceptTyped: identifying.accept_typed,
    ev.GoWithout: identifying.go_without,
    ev.CardRead: identifying.card_read,
    ev.PassportRead: identifying.passport_read,
    ev.CardUnreadable: identifying.card_unreadable,
    ev.CardLifted: identifying.card_lifted,
    ev.TogglePriority: identifying.toggle_priority,
    ev.TakeNumber: ending.take_number,
    ev.NumberGiven: ending.given,
    ev.NumberRefused: _refused,
    ev.IssuingFailed: ending.failed,
    ev.PaperChanged: ending.paper_changed,
    ev.Reprint: ending.reprint,
    ev.OpenBefore: ending.open_before,
    ev.Unsettled: ending.unsettled,
    ev.SlipTaken: ending.slip_taken,
    ev.PrintAgain: ending.print_again,
    ev.VoidNumber: ending.void_number,
    ev.SlipScanned: ending.slip_scanned,
    ev.OpenAppointment: appointed.open_appointment,
    ev.AppointmentFound: appointed.found,
    ev.TakeAppointment: appointed.take,
    ev.OtherMatter: appointed.other_matter,
    ev.WalkIn: choosing.walk_in,
    ev.PapersBrought: choosing.papers_brought,
    ev.OtherScanned: ending.other_scanned,
    ev.GoBack: _back,
    ev.GoHome: _home,
    ev.Stay: _stay,
    ev.AskHelp: _help,
    ev.ToggleLargePrint: _large_print,
    ev.ToggleContrast: _contrast,
    ev.ToggleEnglish: _english,
    ev.AroundChanged: _around,
    ev.HelpSent: _help_sent,
    ev.Timeout: _timeout,
}
