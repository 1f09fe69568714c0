"""The journey, path by path.

It is long because every page of a visit, with every way out of it, is one case.
"""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.admission import NoNumber
from hall.arrival import Arrival
from hall.before import Before, Why
from hall.booking import Booking
from hall.identity import DocumentKind
from hall.ticket import TicketClass
from kiosk.expected import Expected
from kiosk.issued import Issued
from kiosk.journey import Help, Page, Paper, Trouble, Visit, step
from kiosk.journey import events as ev
from kiosk.journey.effects import (
    Effect,
    Issue,
    NotifyStaff,
    Print,
    SettleSlip,
    VoidTicket,
    WipeDocument,
    WithdrawNotice,
)
from tests.support.people import resident
from tests.support.tickets import DAY, NINE

CARD = resident(7)
NUMBER = Issued(
    ticket="a" * 32,
    day=date(2026, 11, 24),
    number="A023",
    service="card",
    group="social",
    ticket_class=TicketClass.ORDINARY,
    issued_at=1,
    code="OW1:X",
    people_ahead=3,
)
OTHER = NUMBER.model_copy(update={"ticket": "b" * 32, "number": "A024"})
PASSED = NUMBER.model_copy(update={"before": (Before(number="A025", why=Why.PRIORITY, counts_from=1, called_at=2),)})
START = Visit()
CONFIGURED = ev.AroundChanged(configured=True, online=True)
NO_LANE = ev.AroundChanged(configured=False, copied=True)


def walk(*events: ev.Event, start: Visit = START) -> tuple[Visit, list[Effect]]:
    visit: Visit = start
    done: list[Effect] = []
    for event in events:
        visit, effects = step(visit, event)
        done += effects
    return visit, done


HOME, _ = walk(CONFIGURED)
CHOOSE = (ev.ChooseGroup("social"), ev.ChooseService("card", "social"))
TAKE = (*CHOOSE, ev.CardRead(CARD), ev.TakeNumber())
GIVEN = (*TAKE, ev.NumberGiven(NUMBER))


def expected(arrival: Arrival, issued: Issued | None = None) -> Expected:
    booking = Booking(
        id="c" * 32, number="20261124", service="deed", group="property", day=DAY, slot_at=NINE, made_at=NINE
    )
    return Expected(booking, arrival, NINE, issued)


def met(arrival: Arrival) -> ev.CardRead:
    return ev.CardRead(CARD, expected=expected(arrival))


BOOKED = met(Arrival.ON_TIME)
FOUND = ev.AppointmentFound(expected(Arrival.LATE))

PATHS: dict[str, tuple[tuple[ev.Event, ...], Page]] = {
    "no catalogue, a tap does nothing": ((ev.ChooseGroup("social"),), Page.UNCONFIGURED),
    "a catalogue came": ((CONFIGURED,), Page.HOME),
    "its data turned out to be a copy": ((CONFIGURED, NO_LANE), Page.UNCONFIGURED),
    "a copy that met the server": ((CONFIGURED, NO_LANE, CONFIGURED), Page.HOME),
    "the same while somebody is here": ((CONFIGURED, ev.ChooseGroup("social"), NO_LANE), Page.SERVICES),
    "and when that person has gone": ((CONFIGURED, ev.ChooseGroup("social"), NO_LANE, ev.GoHome()), Page.UNCONFIGURED),
    "group": ((CONFIGURED, ev.ChooseGroup("social")), Page.SERVICES),
    "search from home": ((CONFIGURED, ev.OpenSearch()), Page.SEARCH),
    "search from a group": ((CONFIGURED, ev.ChooseGroup("social"), ev.OpenSearch()), Page.SEARCH),
    "service, then the card": ((CONFIGURED, *CHOOSE), Page.IDENTIFY),
    "the card": ((CONFIGURED, *CHOOSE, ev.CardRead(CARD)), Page.CONFIRM),
    "the card first": ((CONFIGURED, ev.CardRead(CARD), *CHOOSE), Page.CONFIRM),
    "a passport": ((CONFIGURED, *CHOOSE, ev.PassportRead(CARD)), Page.CONFIRM),
    "without a document": ((CONFIGURED, *CHOOSE, ev.GoWithout()), Page.CONFIRM),
    "by hand": ((CONFIGURED, *CHOOSE, ev.TypeNumber()), Page.TYPED),
    "closed": ((CONFIGURED, CHOOSE[0], ev.ChooseService("card", "social", NoNumber.CLOSED)), Page.CLOSED),
    "down": ((CONFIGURED, CHOOSE[0], ev.ChooseService("card", "social", NoNumber.DOWN)), Page.DOWN),
    "full": ((CONFIGURED, CHOOSE[0], ev.ChooseService("card", "social", NoNumber.FULL)), Page.FULL),
    "taking": ((CONFIGURED, *TAKE), Page.ISSUING),
    "impatient while taking": ((CONFIGURED, *TAKE, ev.TakeNumber(), ev.GoHome(), ev.GoBack()), Page.ISSUING),
    "given": ((CONFIGURED, *GIVEN), Page.NUMBER),
    "held already": ((CONFIGURED, *TAKE, ev.NumberRefused(NoNumber.HAS_TICKET, NUMBER)), Page.HAS_TICKET),
    "down meanwhile": ((CONFIGURED, *TAKE, ev.NumberRefused(NoNumber.DOWN)), Page.DOWN),
    "closed meanwhile": ((CONFIGURED, *TAKE, ev.NumberRefused(NoNumber.CLOSED)), Page.CLOSED),
    "disk full": ((CONFIGURED, *TAKE, ev.IssuingFailed()), Page.UNAVAILABLE),
    "no answer": ((CONFIGURED, *TAKE, ev.Timeout()), Page.UNAVAILABLE),
    "the answer came late": ((CONFIGURED, *TAKE, ev.Timeout(), ev.NumberGiven(NUMBER)), Page.NUMBER),
    "paper ran out": ((CONFIGURED, *GIVEN, ev.PaperChanged(NUMBER.ticket, Paper.FAILED)), Page.PAPER_OUT),
    "paper in doubt": ((CONFIGURED, *GIVEN, ev.PaperChanged(NUMBER.ticket, Paper.UNKNOWN)), Page.PAPER_OUT),
    "another slip": ((CONFIGURED, *GIVEN, ev.PaperChanged(OTHER.ticket, Paper.FAILED)), Page.NUMBER),
    "a slip at the scanner": ((CONFIGURED, ev.SlipScanned(NUMBER)), Page.HAS_TICKET),
    "who went before": ((CONFIGURED, ev.SlipScanned(PASSED), ev.OpenBefore()), Page.BEFORE),
    "nobody went before": ((CONFIGURED, ev.SlipScanned(NUMBER), ev.OpenBefore()), Page.HAS_TICKET),
    "back from who went before": ((CONFIGURED, ev.SlipScanned(PASSED), ev.OpenBefore(), ev.GoBack()), Page.HAS_TICKET),
    "papers brought": ((CONFIGURED, ev.PapersBrought("c" * 32, "card", "social")), Page.CONFIRM),
    "papers brought too late": (
        (CONFIGURED, *CHOOSE, ev.PapersBrought("c" * 32, "card", "social", NoNumber.CLOSED)),
        Page.CLOSED,
    ),
    "help": ((CONFIGURED, *CHOOSE, ev.AskHelp()), Page.HELP),
    "help and on with the card": ((CONFIGURED, *CHOOSE, ev.AskHelp(), ev.CardRead(CARD)), Page.CONFIRM),
    "help and back": ((CONFIGURED, *CHOOSE, ev.AskHelp(), ev.GoBack()), Page.IDENTIFY),
    "back past the card": ((CONFIGURED, *CHOOSE, ev.CardRead(CARD), ev.GoBack()), Page.SERVICES),
    "back from without": ((CONFIGURED, *CHOOSE, ev.GoWithout(), ev.GoBack()), Page.IDENTIFY),
    "another service": ((CONFIGURED, *CHOOSE, ev.GoWithout(), ev.ChangeService()), Page.SERVICES),
    "done": ((CONFIGURED, *GIVEN, ev.GoHome()), Page.HOME),
    "the card finds an appointment": ((CONFIGURED, BOOKED), Page.APPOINTMENT),
    "and its number by one touch": ((CONFIGURED, BOOKED, ev.TakeAppointment()), Page.ISSUING),
    "a second touch": ((CONFIGURED, BOOKED, ev.TakeAppointment(), ev.TakeAppointment()), Page.ISSUING),
    "given for it": ((CONFIGURED, BOOKED, ev.TakeAppointment(), ev.NumberGiven(NUMBER)), Page.NUMBER),
    "used meanwhile": ((CONFIGURED, BOOKED, ev.TakeAppointment(), ev.NumberRefused(NoNumber.USED)), Page.APPOINTMENT),
    "used, and its number": (
        (CONFIGURED, BOOKED, ev.TakeAppointment(), ev.NumberRefused(NoNumber.USED, NUMBER)),
        Page.HAS_TICKET,
    ),
    "too early": ((CONFIGURED, met(Arrival.EARLY), ev.TakeAppointment()), Page.APPOINTMENT),
    "another matter": ((CONFIGURED, BOOKED, ev.OtherMatter()), Page.HOME),
    "and on with the card": ((CONFIGURED, BOOKED, ev.OtherMatter(), *CHOOSE), Page.CONFIRM),
    "back from an appointment": ((CONFIGURED, BOOKED, ev.GoBack()), Page.HOME),
    "the number of one": ((CONFIGURED, ev.OpenAppointment()), Page.APPOINTMENT_NUMBER),
    "typed and found": ((CONFIGURED, ev.OpenAppointment(), FOUND), Page.APPOINTMENT),
    "unknown": ((CONFIGURED, ev.OpenAppointment(), ev.AppointmentFound(None)), Page.APPOINTMENT_NUMBER),
    "its code at the scanner": ((CONFIGURED, FOUND), Page.APPOINTMENT),
    "used long ago": ((CONFIGURED, ev.AppointmentFound(expected(Arrival.USED, NUMBER))), Page.HAS_TICKET),
    "the card later, something else was chosen": ((CONFIGURED, *CHOOSE, BOOKED), Page.CONFIRM),
    "slip in doubt": ((CONFIGURED, ev.Unsettled((NUMBER, OTHER))), Page.TAKEN),
    "the second in doubt": ((CONFIGURED, ev.Unsettled((NUMBER, OTHER)), ev.SlipTaken()), Page.TAKEN),
    "nobody knows": ((CONFIGURED, ev.Unsettled((NUMBER,)), ev.Timeout()), Page.HOME),
    "doubt comes second": ((CONFIGURED, ev.ChooseGroup("social"), ev.Unsettled((NUMBER,))), Page.SERVICES),
}


@pytest.mark.parametrize("name", PATHS)
def test_paths(name: str) -> None:
    events, page = PATHS[name]
    assert walk(*events)[0].page is page


def test_one_tap_issues_once_and_the_document_goes_with_it() -> None:
    visit, done = walk(*GIVEN, ev.TakeNumber(), start=HOME)
    assert done == [Issue("card", CARD, priority=False, paper=True), WipeDocument()]
    assert visit.document is None
    assert visit.issued == NUMBER


def test_without_a_printer_the_number_stays_on_the_screen_longer() -> None:
    visit, done = walk(ev.AroundChanged(printer=False), *TAKE, ev.NumberGiven(NUMBER, Paper.NONE), start=HOME)
    assert done[0] == Issue("card", CARD, priority=False, paper=False)
    shown = visit.patience()
    usual = walk(*GIVEN, start=HOME)[0].patience()
    assert shown is not None
    assert usual is not None
    assert shown.seconds > usual.seconds


def test_priority_by_age_cannot_be_pressed_away_and_a_typed_number_carries_none() -> None:
    by_age, _ = walk(*CHOOSE, ev.CardRead(CARD, entitled=True), ev.TogglePriority(), start=HOME)
    assert by_age.priority
    typed = [ev.TypeKey(key) for key in CARD.number]
    by_hand, _ = walk(*CHOOSE, ev.TypeNumber(), *typed, ev.AcceptTyped(), start=HOME)
    assert by_hand.document is not None
    assert by_hand.document.kind is DocumentKind.TYPED_NUMBER
    assert not by_hand.priority
    assert walk(ev.TogglePriority(), start=by_hand)[0].priority


def test_a_typed_number_with_a_slip_in_it_stays_on_the_page_and_says_so() -> None:
    wrong = CARD.number[:-1] + ("0" if CARD.number[-1] != "0" else "1")
    visit, _ = walk(*CHOOSE, ev.TypeNumber(), *[ev.TypeKey(k) for k in wrong], ev.AcceptTyped(), start=HOME)
    assert visit.page is Page.TYPED
    assert visit.trouble is Trouble.WRONG_NUMBER
    assert walk(ev.EraseKey(), start=visit)[0].trouble is None
    assert wrong not in repr(visit)


def test_help_is_asked_once_and_withdrawn_at_the_end() -> None:
    _, done = walk(ev.AskHelp(), ev.GoBack(), ev.AskHelp(), ev.GoHome(), start=HOME)
    assert done == [NotifyStaff(), WithdrawNotice()]


def test_help_is_never_said_to_be_on_its_way_when_it_is_not() -> None:
    asked, _ = walk(ev.AskHelp(), start=HOME)
    assert asked.help is Help.SENDING
    assert walk(ev.HelpSent(), start=asked)[0].help is Help.SENT
    cut_off, _ = walk(ev.AroundChanged(online=False), start=asked)
    assert cut_off.help is Help.NOT_SENT
    assert walk(ev.AroundChanged(online=True), start=cut_off)[0].help is Help.SENDING
    assert walk(ev.HelpSent(), start=HOME)[0] == HOME


def test_a_reprint_is_one_at_a_time_and_needs_a_printer() -> None:
    out, _ = walk(*GIVEN, ev.PaperChanged(NUMBER.ticket, Paper.FAILED), start=HOME)
    again, done = walk(ev.Reprint(), ev.Reprint(), start=out)
    assert done == [Print(NUMBER.ticket)]
    assert again.page is Page.NUMBER
    assert walk(ev.AroundChanged(printer=False), ev.Reprint(), start=out)[1] == []


@pytest.mark.parametrize(
    ("answer", "effect"),
    [
        (ev.SlipTaken(), SettleSlip(NUMBER.ticket)),
        (ev.PrintAgain(), Print(NUMBER.ticket)),
        (ev.VoidNumber(), VoidTicket(NUMBER.ticket)),
    ],
)
def test_answers_about_a_slip_in_doubt(answer: ev.Event, effect: Effect) -> None:
    asked, _ = walk(ev.Unsettled((NUMBER,)), start=HOME)
    assert walk(answer, start=asked)[1] == [effect]


def test_a_passport_is_known_but_never_lies_on_the_reader() -> None:
    visit, _ = walk(ev.PassportRead(CARD, entitled=True), start=HOME)
    assert visit.document == CARD
    assert visit.priority
    assert not visit.around.card_lies


def test_time_asks_first_and_then_forgets_everything() -> None:
    visit, _ = walk(ev.ToggleLargePrint(), ev.CardRead(CARD), ev.CardLifted(), *CHOOSE, start=HOME)
    asked, none = walk(ev.Timeout(), start=visit)
    assert asked.asking
    assert none == []
    assert walk(ev.Stay(), start=asked)[0] == visit
    gone, done = walk(ev.Timeout(), start=asked)
    assert gone == HOME
    assert done == [WipeDocument()]


def test_home_keeps_how_a_person_wants_the_screen_until_the_errand_is_done() -> None:
    visit, _ = walk(ev.ToggleEnglish(), ev.ToggleLargePrint(), *CHOOSE, ev.GoHome(), start=HOME)
    assert visit.manner.english
    assert visit.manner.large_print
    done, _ = walk(*GIVEN, ev.CardLifted(), ev.GoHome(), start=visit)
    assert done == HOME


def test_the_number_page_stays_longer_when_asked() -> None:
    visit, _ = walk(*GIVEN, start=HOME)
    before, after = visit.patience(), walk(ev.Stay(), start=visit)[0].patience()
    assert before is not None
    assert after is not None
    assert after.seconds == 2 * before.seconds


EVENTS = st.sampled_from(
    [
        *GIVEN,
        ev.ChooseService("deed", "property"),
        ev.ChooseService("deed", "property", NoNumber.CLOSED),
        ev.ChooseService("deed", "property", NoNumber.FULL),
        ev.OpenSearch(),
        ev.TypeKey("S"),
        ev.TypeKey("1"),
        ev.EraseKey(),
        ev.TurnLeaf(1),
        ev.ChangeService(),
        ev.TypeNumber(),
        ev.AcceptTyped(),
        ev.GoWithout(),
        ev.CardUnreadable(),
        ev.CardLifted(),
        ev.TogglePriority(),
        ev.NumberGiven(OTHER, Paper.NONE),
        ev.NumberRefused(NoNumber.HAS_TICKET, OTHER),
        ev.NumberRefused(NoNumber.FULL),
        ev.IssuingFailed(),
        ev.PaperChanged(NUMBER.ticket, Paper.FAILED),
        ev.PaperChanged(OTHER.ticket, Paper.PRINTED),
        ev.Reprint(),
        ev.Unsettled((NUMBER, OTHER)),
        ev.SlipTaken(),
        ev.PrintAgain(),
        ev.VoidNumber(),
        ev.SlipScanned(OTHER),
        ev.SlipScanned(PASSED),
        ev.OpenBefore(),
        BOOKED,
        FOUND,
        met(Arrival.CANCELLED),
        met(Arrival.CALLED_OFF),
        ev.WalkIn(),
        ev.WalkIn(NoNumber.FULL),
        ev.AppointmentFound(None),
        ev.AppointmentFound(None, too_many=True),
        ev.OpenAppointment(),
        ev.TakeAppointment(),
        ev.OtherMatter(),
        ev.NumberRefused(NoNumber.USED),
        ev.PapersBrought("c" * 32, "deed", "property"),
        ev.PapersBrought("c" * 32, "deed", "property", NoNumber.FULL),
        ev.OtherScanned(),
        ev.GoBack(),
        ev.GoHome(),
        ev.Stay(),
        ev.AskHelp(),
        ev.ToggleLargePrint(),
        ev.ToggleContrast(),
        ev.ToggleEnglish(),
        ev.AroundChanged(online=False),
        ev.AroundChanged(reader=False, printer=False),
        ev.Timeout(),
    ]
)
PERSONAL = {
    Page.HOME,
    Page.SERVICES,
    Page.SEARCH,
    Page.IDENTIFY,
    Page.TYPED,
    Page.CONFIRM,
    Page.APPOINTMENT,
    Page.APPOINTMENT_NUMBER,
    Page.ISSUING,
    Page.HELP,
    Page.CLOSED,  # 返回 leads on with the same card
    Page.FULL,
}


@settings(max_examples=400, deadline=None)
@given(st.lists(EVENTS, max_size=30))
def test_never_a_dead_end_and_never_a_document_left(events: list[ev.Event]) -> None:
    visit = HOME
    open_issues = 0
    for event in events:
        visit, effects = step(visit, event)
        open_issues += sum(isinstance(effect, Issue) for effect in effects)
        if visit.document is not None or visit.typed:
            assert visit.page in PERSONAL
        if isinstance(event, ev.GoHome) and visit.page is Page.HOME:
            assert visit.document is None
            assert visit.typed == ""
            assert visit.trail == ()
        if visit.page is not Page.HOME:
            assert (
                visit.page is Page.TAKEN
                or visit.issued is not None
                or visit.page
                in PERSONAL
                | {
                    Page.CLOSED,
                    Page.FULL,
                    Page.UNAVAILABLE,
                }
            )
    taps = sum(isinstance(event, ev.TakeNumber | ev.TakeAppointment) for event in events)
    assert open_issues <= taps
    back = visit
    for _ in range(len(events) + 2):
        back, _ = step(back, ev.GoBack() if back.page is not Page.ISSUING else ev.IssuingFailed())
    assert back.page is Page.HOME
    for _ in range(4):
        visit, _ = step(visit, ev.Timeout())
    assert visit.fresh
