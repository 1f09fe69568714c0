"""Coming for an appointment: what a person finds when, and from which instant the number counts.

The rule (waiting 5.2): on time, until so many minutes after the slot's beginning, a number counts from the slot, so
that coming early gains nothing; later it counts from the check-in, as if there were no appointment.
"""

from datetime import date
from enum import StrEnum

from hall.booking import BookedSlot, Booking, BookingState
from hall.calling import HEAD_START_MINUTES
from hall.clock import MINUTE_US
from hall.slots import BookingPolicy
from hall.ticket import TicketClass


class Arrival(StrEnum):
    """What a person who comes for an appointment finds."""

    ON_TIME = "on_time"
    EARLY = "early"  # before the check-in begins
    LATE = "late"  # may check in, and counts from now
    OTHER_DAY = "other_day"
    USED = "used"  # a number was given for it
    CANCELLED = "cancelled"


MAY_CHECK_IN = frozenset({Arrival.ON_TIME, Arrival.LATE})


def arrival(booking: Booking, policy: BookingPolicy, today: date, now_us: int, *, used: bool) -> Arrival:
    """What this person finds now.

    Args:
        booking: The appointment as far as known here.
        policy: The hall's.
        today: The business day.
        now_us: Now.
        used: Whether a number was given for it, as far as known here.
    """
    if used or booking.state is BookingState.CHECKED_IN:
        return Arrival.USED
    if booking.state is BookingState.CANCELLED:
        return Arrival.CANCELLED
    if booking.day != today:
        return Arrival.OTHER_DAY
    if now_us < opens_at(booking, policy):
        return Arrival.EARLY
    return Arrival.ON_TIME if now_us <= booked_slot(booking, policy).until else Arrival.LATE


def opens_at(booking: Booking, policy: BookingPolicy) -> int:
    """The instant from which its holder may check in."""
    return booking.slot_at - policy.early_minutes * MINUTE_US


def booked_slot(booking: Booking, policy: BookingPolicy) -> BookedSlot:
    """What the number given for an appointment says of it."""
    return BookedSlot(booking=booking.id, at=booking.slot_at, until=booking.slot_at + policy.late_minutes * MINUTE_US)


def counts_from(
    own: TicketClass, at: int, slot: BookedSlot | None, table: dict[TicketClass, int] | None = None
) -> tuple[TicketClass, int]:
    """The class of a number and the instant that its head start is taken from.

    Of the classes that apply the one with the greatest head start counts, never the sum.

    Args:
        own: The class of the person apart from any appointment.
        at: When the number was taken.
        slot: The appointment it was given for.
        table: Head starts in minutes.
    """
    if slot is None or at > slot.until:
        return own, at
    minutes = table or HEAD_START_MINUTES
    return max((TicketClass.APPOINTMENT, own), key=lambda each: minutes[each]), slot.at
