"""Appointments: their times, what becomes of them, who may book, and that coming early or late gains nothing."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from hall.arrival import Arrival, arrival, booked_slot
from hall.booking import (
    Booking,
    BookingCancelled,
    BookingMade,
    BookingMissed,
    BookingState,
    NoBooking,
    barred_until,
    booking_number,
    may_book,
    may_cancel,
)
from hall.booking_projection import booking_after
from hall.catalog import Hall
from hall.facts import Body, Fact, TicketIssued
from hall.head_start import BY_AGE, LATE
from hall.opening import WeekHours
from hall.projection import ticket_issued
from hall.slots import WHOLE_DAY, BookingPolicy, SlotPlan, first_free, slots_on
from hall.ticket import Ticket, TicketClass
from tests.support.tickets import DAY, MINUTE, NINE, entry

POLICY = BookingPolicy()
HOURS = WeekHours(tuesday=("09:00-12:00", "13:00-17:00"))
HALL = Hall(id="qinghe", name="青禾", name_en="Qinghe", hours=HOURS)
OWN_ROWS = ((), (BY_AGE,))
TEN = NINE + 60 * MINUTE


def booking(n: int = 1, day: date = DAY, state: BookingState = BookingState.BOOKED, group: str = "social") -> Booking:
    return Booking(
        id=f"{n:032x}",
        number=f"{n:08}",
        service="card",
        group=group,
        day=day,
        slot_at=TEN + (day - DAY).days * 24 * 60 * MINUTE,
        made_at=NINE,
        state=state,
    )


def taken(minutes: float, *own: str, booked: bool = True) -> Ticket:
    """A number taken so many minutes after nine by somebody who has earned these rows, booked for ten or not."""
    at = NINE + round(minutes * MINUTE)
    own_class, head_start = HALL.standing(LATE, *own) if booked else HALL.standing(*own)
    body = TicketIssued(
        ticket="a" * 32,
        day=DAY,
        service="card",
        group="social",
        prefix="A",
        n=1,
        ticket_class=own_class,
        head_start=head_start,
        slot=booked_slot(booking(), HALL, *own) if booked else None,
    )
    fact = Fact(event_id="e" * 32, lane=1, lane_seq=1, wall_us=at, mono_us=at, boot_id="b" * 32, body=body)
    return ticket_issued(body, fact, at)


def test_slots_fill_the_opening_hours_and_no_more() -> None:
    slots = slots_on(SlotPlan(slot_minutes=50, capacity=3), HOURS.periods_on(DAY), DAY, 480, "social", {})
    assert [slot.words for slot in slots] == [
        *("09:00-09:50", "09:50-10:40", "10:40-11:30"),
        *("13:00-13:50", "13:50-14:40", "14:40-15:30", "15:30-16:20"),
    ]
    assert slots[0].at == NINE
    assert slots_on(SlotPlan(), (), DAY + timedelta(days=1), 480, "social", {}) == ()


def test_what_a_manager_changed_counts_the_narrower_word_first_and_closed_is_closed() -> None:
    changes = {("", WHOLE_DAY): 1, ("social", WHOLE_DAY): 2, ("social", 9 * 60): 7}
    of_social = slots_on(SlotPlan(), HOURS.periods_on(DAY), DAY, 480, "social", changes)
    assert [slot.capacity for slot in of_social[:3]] == [7, 2, 2]
    assert {slot.capacity for slot in slots_on(SlotPlan(), HOURS.periods_on(DAY), DAY, 480, "tax", changes)} == {1}
    closed = changes | {("", WHOLE_DAY): 0}
    assert {slot.capacity for slot in slots_on(SlotPlan(), HOURS.periods_on(DAY), DAY, 480, "social", closed)} == {0}


def test_the_next_free_slot_is_named() -> None:
    slots = slots_on(SlotPlan(capacity=1), HOURS.periods_on(DAY), DAY, 480, "social", {})
    free = first_free(slots, {TEN + 30 * MINUTE: 1}, after_us=TEN)
    assert free is not None
    assert free.words == "11:00-11:30"
    assert first_free(slots, dict.fromkeys((slot.at for slot in slots), 1), after_us=NINE) is None


@given(st.floats(-300, 70), st.floats(-300, 70), st.sampled_from(OWN_ROWS))
def test_coming_early_gains_nothing(one: float, other: float, own: tuple[str, ...]) -> None:
    assert taken(one, *own).effective_at == taken(other, *own).effective_at


@given(st.floats(70.001, 400), st.floats(0, 70), st.sampled_from(OWN_ROWS))
def test_a_late_one_is_never_ahead_of_a_punctual_one_of_its_slot(
    late: float, punctual: float, own: tuple[str, ...]
) -> None:
    behind = taken(late, *own)
    assert behind.effective_at > taken(punctual).effective_at
    assert behind.effective_at == taken(late, *own, booked=False).effective_at  # as if there were no appointment


def test_the_greatest_head_start_counts_never_the_sum() -> None:
    assert taken(55).effective_at == TEN - 20 * MINUTE
    assert taken(55).ticket_class is TicketClass.APPOINTMENT
    assert taken(55, BY_AGE).effective_at == TEN - 30 * MINUTE
    assert taken(55, BY_AGE).slot_at == TEN


def test_what_a_person_finds_when() -> None:
    def found(minutes: float, which: Booking, *, used: bool = False) -> Arrival:
        return arrival(which, POLICY, DAY, NINE + round(minutes * MINUTE), used=used)

    assert [found(at, booking()) for at in (29, 30, 70, 71)] == [
        Arrival.EARLY,
        Arrival.ON_TIME,
        Arrival.ON_TIME,
        Arrival.LATE,
    ]
    assert found(300, booking(state=BookingState.NO_SHOW)) is Arrival.LATE
    assert found(60, booking(day=DAY + timedelta(days=1))) is Arrival.OTHER_DAY
    assert found(60, booking(), used=True) is Arrival.USED
    assert found(60, booking(state=BookingState.CHECKED_IN)) is Arrival.USED
    assert found(60, booking(state=BookingState.CANCELLED)) is Arrival.CANCELLED
    assert found(60, booking(state=BookingState.CALLED_OFF)) is Arrival.CALLED_OFF


def made(n: int) -> BookingMade:
    return BookingMade(booking=f"{n:032x}", number=f"{n:08}", service="card", group="social", day=DAY, slot_at=TEN)


@given(st.lists(st.sampled_from(["cancel", "miss", "come"]), max_size=6))
def test_an_end_is_an_end_and_whoever_was_missed_may_still_come(acts: list[str]) -> None:
    now = booking_after(None, entry(1, made(1)))
    for seq, act in enumerate(acts, 2):
        assert now is not None
        before = now.state
        bodies: dict[str, Body] = {
            "cancel": BookingCancelled(booking=now.id),
            "miss": BookingMissed(booking=now.id),
            "come": TicketIssued(
                ticket=f"{seq:032x}",
                day=DAY,
                service="card",
                group="social",
                prefix="A",
                n=seq,
                slot=booked_slot(now, HALL),
            ),
        }
        now = booking_after(now, entry(seq, bodies[act]))
        assert now is not None
        if before in (BookingState.CANCELLED, BookingState.CHECKED_IN):
            assert now.state is before
        if act == "come" and before in (BookingState.BOOKED, BookingState.NO_SHOW):
            assert (now.state, now.ticket) == (BookingState.CHECKED_IN, f"{seq:032x}")
    assert booking_after(None, entry(9, BookingMissed(booking="f" * 32))) is None


def test_the_policy_says_who_may_book() -> None:
    def asked(*own: Booking, day: date = DAY + timedelta(days=1), group: str = "social") -> NoBooking | None:
        return may_book(POLICY, group, day, DAY, own)

    tomorrow = DAY + timedelta(days=1)
    assert asked() is None
    assert asked(day=DAY - timedelta(days=1)) is NoBooking.PAST
    assert asked(day=DAY + timedelta(days=8)) is NoBooking.TOO_FAR
    assert asked(booking(day=tomorrow)) is NoBooking.SAME_GROUP
    assert asked(booking(day=tomorrow), group="tax") is None
    assert asked(booking(day=tomorrow, state=BookingState.CANCELLED)) is None
    assert asked(*(booking(n, group=group) for n, group in enumerate(("law", "tax")))) is NoBooking.TOO_MANY


def test_two_missed_ones_bar_until_the_older_is_past() -> None:
    missed = [booking(n, DAY - timedelta(days=ago), BookingState.NO_SHOW) for n, ago in enumerate((40, 20, 5))]
    assert barred_until(POLICY, missed, DAY) == DAY + timedelta(days=10)
    assert may_book(POLICY, "social", DAY, DAY, missed) is NoBooking.BARRED
    assert barred_until(POLICY, missed, DAY + timedelta(days=10)) is None
    assert barred_until(BookingPolicy(no_shows=0), missed, DAY) is None


def test_cancelling_ends_two_hours_before() -> None:
    assert may_cancel(POLICY, booking(), TEN - 120 * MINUTE) is None
    assert may_cancel(POLICY, booking(), TEN - 120 * MINUTE + 1) is NoBooking.TOO_LATE
    assert may_cancel(POLICY, booking(state=BookingState.CHECKED_IN), NINE) is NoBooking.NOT_OPEN


def test_a_number_is_read_from_a_code_or_from_keys_and_nothing_else_is() -> None:
    assert booking_number("OWB:20261124") == booking_number(" 20261124 ") == "20261124"
    for text in ("12345", "OWB:", "http://x/12345678", "１２３４５６７８", "1" * 17, "OW1:ABCDEFG"):
        assert booking_number(text) is None
