"""Coming for an appointment: one touch takes it, a number is looked for, what was called off is done without."""

from hall.admission import NoNumber
from hall.arrival import Arrival
from kiosk.journey import Page, Trouble, step
from kiosk.journey import events as ev
from kiosk.journey.effects import FindAppointment, Issue, WipeDocument
from tests.unit.kiosk.test_journey import BOOKED, CARD, CONFIGURED, FOUND, NUMBER, met, walk


def test_an_appointment_is_taken_for_its_service_by_whoever_stands_there() -> None:
    visit, effects = walk(CONFIGURED, BOOKED, ev.TakeAppointment())
    assert effects == [Issue("deed", CARD, priority=False, paper=True, booking="c" * 32)]
    _, by_number = walk(CONFIGURED, ev.OpenAppointment(), FOUND, ev.TakeAppointment())
    assert by_number == [Issue("deed", None, priority=False, paper=True, booking="c" * 32)]
    after, _ = step(visit, ev.NumberGiven(NUMBER))
    assert after.document is None


def test_what_the_hall_called_off_is_done_without_appointment_by_one_touch() -> None:
    visit, _ = walk(CONFIGURED, met(Arrival.CALLED_OFF), ev.TakeAppointment())
    assert visit.page is Page.APPOINTMENT  # there is nothing to take
    checked, effects = walk(CONFIGURED, met(Arrival.CALLED_OFF), ev.WalkIn(), ev.TakeNumber())
    assert effects == [Issue("deed", CARD, priority=False, paper=True)]
    assert checked.expected is None
    before, _ = walk(CONFIGURED, met(Arrival.CALLED_OFF), ev.WalkIn(), ev.ChangeService())
    assert (before.page, before.group) == (Page.SERVICES, "property")
    full, _ = walk(CONFIGURED, met(Arrival.CALLED_OFF), ev.WalkIn(NoNumber.FULL))
    assert full.page is Page.FULL
    usual, _ = walk(CONFIGURED, met(Arrival.LATE), ev.WalkIn())
    assert usual.page is Page.APPOINTMENT


def test_whoever_tried_too_many_numbers_hears_it_and_stays() -> None:
    visit, _ = walk(CONFIGURED, ev.OpenAppointment(), ev.AppointmentFound(None, too_many=True))
    assert (visit.page, visit.trouble) == (Page.APPOINTMENT_NUMBER, Trouble.TOO_MANY_TRIES)


def test_a_typed_number_of_an_appointment_is_looked_for_once_it_can_be_one() -> None:
    keys = [ev.TypeKey(key) for key in "2026X1124"]
    short, nothing = walk(CONFIGURED, ev.OpenAppointment(), *keys[:3], ev.AcceptTyped())
    assert (short.trouble, nothing) == (Trouble.NO_APPOINTMENT, [])
    visit, effects = walk(CONFIGURED, ev.OpenAppointment(), *keys, ev.AcceptTyped())
    assert effects == [FindAppointment("20261124")]
    home, wiped = step(visit, ev.GoHome())
    assert (home.typed, wiped) == ("", (WipeDocument(),))
