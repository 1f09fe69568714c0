"""Coming for an appointment: found by card or number without a server, its number by one touch, used once."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hall.admission import NoNumber
from hall.arrival import Arrival
from hall.booking import BookingCancelled, BookingMade, CancelledBy
from hall.facts import Body, TicketCancelled
from hall.identity import Holder, IdentityDocument, holder_of
from hall.opening import local_time
from hall.ticket import CancelReason, TicketClass
from hall.tries import MOST_TRIES
from hall.wire.sync import FeedItem
from kiosk.appointments import Appointments, next_free
from kiosk.issuing import Given, Issuing, Refused
from kiosk.journey import events as ev
from kiosk.journey.effects import FindAppointment
from kiosk.metrics import Metrics
from kiosk.slip import compose
from kiosk.working import Working
from queue_server.link.ledger import Ledger
from tests.support.kiosks import HALL_KEY, SetClock, kiosk_ledger, sample_hall
from tests.support.people import resident
from tests.support.tickets import DAY, MINUTE, NINE, entry

SERVICE = next(service for service in sample_hall().services if service.group == "property").id
ANNA = resident(1)


class Desk:
    """A kiosk that heard of appointments and has no server."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.clock = SetClock()
        self.issuing = Issuing(ledger, HALL_KEY, self.clock, self._new_id, lambda: False)
        self.appointments = Appointments(ledger, self.issuing, HALL_KEY, self.clock)
        self._ids = 0
        self._seq = 100

    def _new_id(self) -> str:
        self._ids += 1
        return hashlib.sha256(str(self._ids).encode()).hexdigest()[:32]

    def hear(self, body: Body, holder: Holder | None = None) -> None:
        self._seq += 1
        self.ledger.apply_feed([FeedItem(entry=entry(self._seq, body, lane=0), holder=holder)])

    def booked(self, n: int = 1, who: IdentityDocument = ANNA, minutes: int = 60, days: int = 0) -> str:
        """An appointment so many minutes after nine."""
        holder = holder_of(who, HALL_KEY)
        day = DAY + timedelta(days=days)
        at = NINE + (minutes + days * 24 * 60) * MINUTE
        number = f"{n:08}"
        body = BookingMade(booking=f"{n:032x}", number=number, service=SERVICE, group="property", day=day, slot_at=at)
        self.hear(body, Holder(token=holder.token, masked_name=""))
        return number

    def at(self, minutes: float) -> "Desk":
        self.clock.minutes = minutes
        return self

    def found(self, who: IdentityDocument = ANNA) -> Arrival | None:
        expected = self.appointments.of_document(who)
        return None if expected is None else expected.arrival

    def take(self, n: int = 1, who: IdentityDocument | None = ANNA) -> Given | Refused:
        return self.issuing.issue(SERVICE, who, booking=f"{n:032x}")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with kiosk_ledger(tmp_path) as ledger:
        yield Desk(ledger)


def test_a_card_finds_its_owners_appointment_without_a_server(desk: Desk) -> None:
    assert desk.found() is None
    desk.booked()
    assert [desk.at(minutes).found() for minutes in (29, 30, 70, 71, 300)] == [
        Arrival.EARLY,
        *[Arrival.ON_TIME] * 2,
        *[Arrival.LATE] * 2,
    ]
    assert desk.found(resident(2)) is None


def test_of_several_the_one_that_can_be_used_is_shown(desk: Desk) -> None:
    desk.booked(1, days=2)
    assert desk.at(40).found() is Arrival.OTHER_DAY
    desk.booked(2, minutes=240)
    assert desk.at(40).found() is Arrival.EARLY
    desk.booked(3, minutes=60)
    assert desk.at(40).found() is Arrival.ON_TIME


def test_its_number_counts_from_the_slot_and_the_slip_says_why(desk: Desk) -> None:
    desk.booked()
    given = desk.at(40).take()
    assert isinstance(given, Given)
    ticket = desk.ledger.ticket(given.issued.ticket)
    assert ticket is not None
    assert ticket.effective_at == NINE + 40 * MINUTE
    assert given.issued.ticket_class is TicketClass.APPOINTMENT
    slip = compose(given.issued, sample_hall(), local_time(given.issued.issued_at, 480), 1)
    assert "预约 10:00" in repr(slip)


def test_it_is_used_once_and_the_card_then_finds_the_number(desk: Desk) -> None:
    number = desk.booked()
    given = desk.at(40).take()
    assert isinstance(given, Given)
    by_card, by_number = desk.appointments.of_document(ANNA), desk.appointments.of_number(number)
    assert by_card == by_number
    assert by_card is not None
    assert (by_card.arrival, by_card.issued and by_card.issued.ticket) == (Arrival.USED, given.issued.ticket)
    again = desk.take(who=None)
    assert isinstance(again, Refused)
    assert (again.reason, again.issued and again.issued.number) == (NoNumber.USED, given.issued.number)


def test_a_number_that_was_voided_uses_nothing(desk: Desk) -> None:
    desk.booked()
    given = desk.at(40).take()
    assert isinstance(given, Given)
    with desk.ledger.transaction() as step:
        step.add_fact(TicketCancelled(ticket=given.issued.ticket, reason=CancelReason.VOID), desk.clock.now())
    voided = desk.ledger.ticket(given.issued.ticket)
    assert voided is not None
    desk.hear(TicketCancelled(ticket=given.issued.ticket, reason=CancelReason.VOID))
    again = desk.take()
    assert isinstance(again, Given)


def test_by_number_alone_the_ticket_is_whoever_booked(desk: Desk) -> None:
    desk.booked()
    given = desk.at(40).take(who=None)
    assert isinstance(given, Given)
    holder = desk.ledger.holder(given.issued.ticket)
    assert holder == Holder(token=holder_of(ANNA, HALL_KEY).token, masked_name="")


def test_neither_opening_hours_nor_a_full_day_stop_a_booked_one(desk: Desk) -> None:
    desk.booked(minutes=0)
    assert isinstance(desk.at(-20).take(), Given)  # 08:40, the doors open at nine
    assert isinstance(desk.issuing.issue(SERVICE, resident(3)), Refused)


def test_what_was_cancelled_or_is_unknown_is_said(desk: Desk) -> None:
    number = desk.booked()
    desk.hear(BookingCancelled(booking=f"{1:032x}"))
    expected = desk.at(40).appointments.of_number(f"OWB:{number}")
    assert expected is not None
    assert expected.arrival is Arrival.CANCELLED
    assert desk.found() is None  # nobody needs to know any more whose it was
    assert desk.appointments.of_number("99999999") is None
    assert desk.appointments.of_number("http://evil.example/1") is None


def test_of_one_the_hall_called_off_its_holder_hears_by_card_too(desk: Desk) -> None:
    number = desk.booked()
    desk.hear(BookingCancelled(booking=f"{1:032x}", by=CancelledBy.HALL))
    expected = desk.at(40).appointments.of_number(number)
    assert expected is not None
    assert (expected.arrival, desk.found()) == (Arrival.CALLED_OFF, Arrival.CALLED_OFF)
    desk.booked(2, minutes=120)
    assert desk.at(100).found() is Arrival.ON_TIME  # what is still to be done comes first
    desk.ledger.hear_time(NINE + 24 * 60 * MINUTE)
    assert desk.found() is None


def test_numbers_are_looked_for_a_few_times_a_minute_typed_or_shown(desk: Desk) -> None:
    number, told = desk.booked(), list[ev.Event]()
    nothing: Any = None  # neither paper nor screen has a part in it
    working = Working(
        desk.ledger, desk.issuing, nothing, nothing, desk.at(40).appointments, desk.clock,
        device="kiosk-1", number=1, tell=told.append, metrics=Metrics(),
    )  # fmt: skip
    for n in range(MOST_TRIES):
        working.perform(FindAppointment(f"{90_000_000 + n}"))
    working.perform(FindAppointment(number))
    working.start()
    working.stop()
    assert told == [*[ev.AppointmentFound(None)] * MOST_TRIES, ev.AppointmentFound(None, too_many=True)]
    assert desk.found() is Arrival.ON_TIME  # a card is no guess


def test_yesterdays_appointments_are_forgotten(desk: Desk) -> None:
    number = desk.booked()
    desk.ledger.hear_time(NINE + 24 * 60 * MINUTE)
    assert desk.appointments.of_number(number) is None


def test_the_next_free_time_is_known_without_a_server(desk: Desk) -> None:
    for n in range(2):
        desk.booked(n + 1, resident(n + 1))
    slot = next_free(desk.ledger, desk.at(40).clock, "property")
    assert slot is not None
    assert slot.words == "10:30-11:00"
    assert next_free(desk.ledger, desk.clock, "civil") is None
