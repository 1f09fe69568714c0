"""Coming for an appointment: found by card, code or number, and its number by one touch."""

from dataclasses import replace

from hall.arrival import MAY_CHECK_IN, Arrival
from hall.booking import booking_number
from kiosk.expected import Expected
from kiosk.journey import events as ev
from kiosk.journey.effects import FindAppointment, Issue
from kiosk.journey.ending import show_ticket
from kiosk.journey.pages import Page
from kiosk.journey.visit import Trouble, Visit
from kiosk.journey.ways import MAY_SCAN, Step, on_to

LONGEST_NUMBER = 16


def open_appointment(visit: Visit, _: ev.OpenAppointment) -> Step:
    """From the home page to the number of an appointment."""
    return (replace(on_to(visit, Page.APPOINTMENT_NUMBER), typed=""), ()) if visit.page is Page.HOME else (visit, ())


def found(visit: Visit, event: ev.AppointmentFound) -> Step:
    """A code was shown or a number typed."""
    if visit.page not in MAY_SCAN:
        return visit, ()
    if event.expected is None:
        trouble = Trouble.TOO_MANY_TRIES if event.too_many else Trouble.NO_APPOINTMENT
        return replace(visit, trouble=trouble), ()
    return show(visit, event.expected)


def show(visit: Visit, expected: Expected) -> Step:
    """What the person finds: the number that was given for it already, else the page that tells."""
    if expected.issued is not None:
        return show_ticket(visit, expected.issued)
    booking = expected.booking
    shown = on_to(visit, Page.APPOINTMENT)
    return replace(shown, typed="", expected=expected, group=booking.group, service=booking.service), ()


def accept_number(visit: Visit) -> Step:
    """The typed number is complete."""
    number = booking_number(visit.typed)
    if number is None:
        return replace(visit, trouble=Trouble.NO_APPOINTMENT), ()
    return visit, (FindAppointment(number),)


def take(visit: Visit, _: ev.TakeAppointment) -> Step:
    """取号, once: a second touch finds the page gone. Priority by age counts if it is worth more."""
    expected = visit.expected
    if visit.page is not Page.APPOINTMENT or expected is None or expected.arrival not in MAY_CHECK_IN:
        return visit, ()
    issue = Issue(
        expected.booking.service,
        visit.document,
        priority=visit.entitled,
        paper=visit.around.printer,
        by_age=visit.entitled,
        booking=expected.booking.id,
    )
    return replace(visit, page=Page.ISSUING, trail=()), (issue,)


def other_matter(visit: Visit, _: ev.OtherMatter) -> Step:
    """On to the home page, which greets whoever laid a card."""
    if visit.page is not Page.APPOINTMENT:
        return visit, ()
    return replace(visit, page=Page.HOME, trail=(), expected=None, group=None, service=None, leaf=0), ()


def used(visit: Visit) -> Visit:
    """Somebody else took its number between look and touch."""
    expected = None if visit.expected is None else replace(visit.expected, arrival=Arrival.USED)
    return replace(visit, page=Page.APPOINTMENT, expected=expected)
