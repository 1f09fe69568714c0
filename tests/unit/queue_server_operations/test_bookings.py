"""Appointments at the server: booked once, by rule; used once; missed as time passes; nobody remembered long."""

from datetime import date, timedelta

import pytest

from hall.booking import Booking, BookingMade, BookingState, CancelledBy, NoBooking
from hall.identity import DocumentKind, Holder, IdentityDocument, holder_of
from hall.ticket import Flag, Ticket, TicketClass
from hall.wire.commands import SetCapacity
from hall.wire.replies import Refusal
from queue_server.operations.commands import carry_out
from queue_server.operations.errors import ReusedRequestError
from queue_server.operations.sessions import open_session
from queue_server.operations.tick import tick
from queue_server.operations.views.slots import slots_now
from queue_server.store import check
from queue_server.store.records import BookerRow, BookingAnswer, SessionKind
from tests.support.booked import BookedHall, booked_catalog, citizen
from tests.support.referee import HALL_KEY, SimKiosk

MINUTE = 60


def refusal(hall: BookedHall, who: int, time: str = "22:00", days: int = 0, **changes: object) -> NoBooking | None:
    return hall.send(hall.request(who, time, days, **changes)).refusal


def ticket_of(hall: BookedHall, ticket_id: str) -> Ticket:
    ticket = hall.run(lambda tx: tx.ticket(ticket_id))
    assert ticket is not None
    return ticket


def agrees(hall: BookedHall) -> None:
    """Whatever happened, the journal alone tells it."""
    with hall.store.read() as reader:
        assert check(reader).differences == ()


def check_in(hall: BookedHall, kiosk: SimKiosk, booking: Booking, holder: Holder | None = None) -> str:
    return kiosk.issue(slot=hall.slot(booking), holder=holder).ticket


def test_a_retry_gets_the_same_answer_and_another_body_is_refused() -> None:
    hall = BookedHall()
    request = hall.request(1)
    first = hall.send(request)
    head = hall.run(lambda tx: tx.head_seq())
    hall.pass_time(5)
    assert hall.send(request) == first
    assert hall.run(lambda tx: tx.head_seq()) == head
    with pytest.raises(ReusedRequestError, match="请求号"):
        hall.send(request.model_copy(update={"time": "22:30"}))
    kept = hall.run(lambda tx: tx.get(BookingAnswer, request.request_id))
    assert citizen(1) not in repr(kept)


def test_a_slot_takes_so_many_and_each_person_once() -> None:
    hall = BookedHall()
    assert refusal(hall, 1) is None
    assert refusal(hall, 1, "22:30") is NoBooking.SAME_GROUP
    assert refusal(hall, 2) is None
    assert refusal(hall, 3) is NoBooking.FULL
    assert refusal(hall, 3, "22:10") is NoBooking.NO_SUCH_SLOT
    assert refusal(hall, 3, "21:30") is NoBooking.PAST
    assert refusal(hall, 3, days=8) is NoBooking.TOO_FAR
    assert refusal(hall, 3, service="beta_one") is NoBooking.NOT_BOOKABLE
    assert refusal(hall, 3, service="gamma") is NoBooking.NOT_BOOKABLE
    assert refusal(hall, 3, days=1, number="20261125") is None
    assert refusal(hall, 4, days=1, number="20261125") is NoBooking.NUMBER_TAKEN
    agrees(hall)


@pytest.mark.parametrize(
    ("kind", "number", "fits"),
    [
        (DocumentKind.RESIDENT, "110101199003070012", False),  # a wrong check character
        (DocumentKind.RESIDENT, "E12345678", False),
        (DocumentKind.HMT_PERMIT, "E12345678", False),
        (DocumentKind.TYPED_NUMBER, "12345", False),
        (DocumentKind.FOREIGNER_2017, citizen(1), False),
        (DocumentKind.FOREIGNER_2017, "abc199001010001", True),
        (DocumentKind.PASSPORT, "E12345678", True),
        (DocumentKind.RESIDENT, citizen(1).lower(), True),
    ],
)
def test_a_number_that_no_card_can_have_is_refused(kind: DocumentKind, number: str, fits: bool) -> None:
    found = refusal(BookedHall(), 1, document=kind, document_number=number)
    assert found is (None if fits else NoBooking.BAD_DOCUMENT)


def test_a_slot_is_free_exactly_as_long_as_it_can_be_booked() -> None:
    hall = BookedHall()
    for time, past in (("21:00", True), ("21:30", True), ("22:00", False)):
        with hall.store.read() as reader:
            (slot,) = [each for each in slots_now(reader, hall.moment, hall.today).slots if each.start == time]
        assert (slot.past, slot.free) == (past, 0 if past else 2)
        assert refusal(hall, 1, time) is (NoBooking.PAST if past else None)


def test_what_is_taken_back_is_free_again_until_two_hours_before() -> None:
    hall = BookedHall()
    first, second = hall.book(1, days=1), hall.book(2, days=1)
    assert refusal(hall, 3, days=1) is NoBooking.FULL
    assert hall.cancel(first.number).refusal is None
    assert hall.cancel(first.number).refusal is NoBooking.NOT_OPEN
    assert refusal(hall, 3, days=1) is None
    assert hall.cancel(hall.book(4).number).refusal is NoBooking.TOO_LATE
    assert hall.cancel("00000000").refusal is NoBooking.UNKNOWN
    assert hall.now(second).state is BookingState.BOOKED
    agrees(hall)


def test_a_check_in_counts_from_the_slot_and_a_late_one_from_itself() -> None:
    hall = BookedHall()
    kiosk, punctual, late = hall.kiosk(), hall.book(1), hall.book(2)
    early = check_in(hall, kiosk, punctual)
    hall.pass_time(41 * MINUTE)
    after = check_in(hall, kiosk, late)
    kiosk.push()
    one, other = ticket_of(hall, early), ticket_of(hall, after)
    assert one.effective_at == punctual.slot_at - 20 * MINUTE * 1_000_000
    assert (one.ticket_class, one.booking, one.slot_at) == (TicketClass.APPOINTMENT, punctual.id, punctual.slot_at)
    assert other.effective_at == other.issued_at
    assert (hall.now(punctual).state, hall.now(punctual).ticket) == (BookingState.CHECKED_IN, early)
    with hall.store.read() as reader:
        (slot,) = [each for each in slots_now(reader, hall.moment, hall.today).slots if each.booked]
    assert (slot.start, slot.booked, slot.came, slot.late, slot.free) == ("22:00", 2, 1, 1, 0)
    agrees(hall)


def test_an_appointment_used_at_two_kiosks_that_were_cut_off_marks_the_later_number() -> None:
    hall = BookedHall()
    one, other, booking = hall.kiosk("kiosk-1"), hall.kiosk("kiosk-2"), hall.book(1)
    first = check_in(hall, one, booking)
    hall.pass_time(60)
    second = check_in(hall, other, booking)
    other.push()  # the later one is heard first
    one.push()
    assert ticket_of(hall, first).flags == ()
    assert ticket_of(hall, second).flags == (Flag.BOOKING_DOUBTED,)
    again = other.push(1)
    assert again.highwater == len(other.facts)
    agrees(hall)


def test_one_that_was_cancelled_meanwhile_is_marked() -> None:
    hall = BookedHall()
    booking, kiosk = hall.book(1, days=1), hall.kiosk()
    assert hall.cancel(booking.number).refusal is None
    ticket = check_in(hall, kiosk, booking)
    kiosk.push()
    assert ticket_of(hall, ticket).flags == (Flag.BOOKING_DOUBTED,)
    assert hall.now(booking).state is BookingState.CANCELLED
    agrees(hall)


def test_nobody_came_is_marked_by_time_and_who_comes_after_all_has_come() -> None:
    hall = BookedHall()
    missed, came, kiosk = hall.book(1), hall.book(2), hall.kiosk()
    hall.pass_time(29 * MINUTE)
    check_in(hall, kiosk, came)
    kiosk.push()
    hall.pass_time(12 * MINUTE)
    hall.run(lambda tx: tick(tx, hall.moment))
    assert [hall.now(each).state for each in (missed, came)] == [BookingState.NO_SHOW, BookingState.CHECKED_IN]
    head = hall.run(lambda tx: tx.head_seq())
    hall.run(lambda tx: tick(tx, hall.moment))
    assert hall.run(lambda tx: tx.head_seq()) == head
    check_in(hall, kiosk, missed)
    kiosk.push()
    assert hall.now(missed).state is BookingState.CHECKED_IN
    agrees(hall)


def test_two_missed_ones_bar_for_a_while_and_are_then_forgotten() -> None:
    hall = BookedHall(no_shows=2, barred_days=3, most_live=5)
    hall.book(1), hall.book(1, days=1)
    for _ in range(2):
        hall.pass_time(24 * 60 * MINUTE)
        hall.run(lambda tx: tick(tx, hall.moment))
    reply = hall.send(hall.request(1, days=1))
    assert reply.refusal is NoBooking.BARRED
    assert reply.barred_until is not None
    assert (reply.barred_until - hall.today).days == 1
    hall.pass_time(3 * 24 * 60 * MINUTE)
    hall.run(lambda tx: tick(tx, hall.moment))
    assert list(hall.run(lambda tx: list(tx.every(BookerRow)))) == []
    assert refusal(hall, 1, days=1) is None


def test_who_booked_is_known_while_it_matters_and_no_longer() -> None:
    hall = BookedHall()
    used, cancelled, open_one, kiosk = hall.book(1), hall.book(2, days=1), hall.book(3, days=1), hall.kiosk()
    token = holder_of(IdentityDocument(kind=DocumentKind.RESIDENT, name="", number=citizen(1)), HALL_KEY).token
    hall.cancel(cancelled.number)
    ticket = check_in(hall, kiosk, used, Holder(token=token, masked_name=""))
    kiosk.push()
    assert hall.run(lambda tx: tx.holder(ticket)).masked_name == "测**"  # type: ignore[union-attr]
    hall.run(lambda tx: tick(tx, hall.moment))
    assert [row.booking for row in hall.run(lambda tx: list(tx.every(BookerRow)))] == [open_one.id]
    with hall.store.read() as reader:
        journal = "".join(entry.model_dump_json() for entry in reader.entries())
        told = {
            body.booking: item.holder
            for item in reader.feed(0, 99)
            if isinstance(body := item.entry.fact.body, BookingMade)
        }
    assert token not in journal
    assert "测" not in journal
    assert [booking for booking, holder in told.items() if holder] == [open_one.id]


def test_a_manager_closes_a_day_and_what_was_booked_for_it_is_taken_back() -> None:
    hall = BookedHall()
    booking, other = hall.book(1, days=1), hall.book(2, days=2)

    def say(**what: object) -> Refusal | None:
        def decide(transaction):  # type: ignore[no-untyped-def]
            _, session = open_session(transaction, hall.moment, SessionKind.MANAGER, "1000")
            command = SetCapacity(request_id=hall.ids(), **what)  # type: ignore[arg-type]
            return carry_out(transaction, hall.moment, session, command, HALL_KEY)

        return hall.run(decide).refusal  # type: ignore[no-any-return]

    assert say(day=booking.day, group="beta", capacity=0) is Refusal.UNKNOWN_GROUP
    catalog = booked_catalog()
    day_off = hall.today + timedelta(days=13)
    hall.publish(catalog.model_copy(update={"hall": catalog.hall.model_copy(update={"closed_days": (day_off,)})}))
    for typo in (
        {"day": date.min},
        {"day": date.max},
        {"day": hall.today - timedelta(days=1)},
        {"day": hall.today + timedelta(days=400)},
        {"day": day_off},
        {"day": booking.day, "start": 541},
        {"day": hall.today, "start": 21 * 60},  # it has begun
    ):
        assert say(capacity=0, **typo) is Refusal.NO_SLOT, typo
    assert not [e for e in hall.run(lambda tx: list(tx.entries())) if e.fact.body.kind == "capacity_set"]
    assert say(day=booking.day, start=22 * 60, capacity=1) is None
    assert hall.now(booking).state is BookingState.BOOKED
    assert refusal(hall, 3, days=1) is NoBooking.FULL
    assert say(day=booking.day, capacity=0) is None
    assert hall.now(booking).state is BookingState.CALLED_OFF
    assert hall.now(other).state is BookingState.BOOKED
    assert refusal(hall, 3, days=1) is NoBooking.DAY_CLOSED
    assert say(day=booking.day) is None  # as planned again, but for the one slot
    assert refusal(hall, 3, "21:00", days=1) is None
    entries = hall.run(lambda tx: list(tx.entries()))
    assert [e.fact.body.by for e in entries if e.fact.body.kind == "booking_cancelled"] == [CancelledBy.HALL]
    agrees(hall)
