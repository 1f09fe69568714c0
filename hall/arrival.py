"""Coming for an appointment: what a person finds when, and what the number given for it says of it.

The rule (waiting 5.2): on time, until so many minutes after the slot's beginning, a number counts from the slot, so
that coming early gains nothing; later it counts from the check-in, as if there were no appointment.
"""

from datetime import date
from enum import StrEnum

from hall.booking import BookedSlot, Booking, BookingState
from hall.catalog import Hall
from hall.clock import MINUTE_US
from hall.head_start import ON_TIME
from hall.slots import BookingPolicy


class Arrival(StrEnum):
    """What a person who comes for an appointment finds."""

    ON_TIME = "on_time"
    EARLY = "early"  # before the check-in begins
    LATE = "late"  # may check in, and counts from now
    OTHER_DAY = "other_day"
    USED = "used"  # a number was given for it
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"  # 因停办取消: the hall took it back, so a walk-in number is offered


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
    if booking.state is BookingState.CALLED_OFF:
        return Arrival.CALLED_OFF
    if booking.day != today:
        return Arrival.OTHER_DAY
    if now_us < opens_at(booking, policy):
        return Arrival.EARLY
    return Arrival.ON_TIME if now_us <= booking.slot_at + policy.late_minutes * MINUTE_US else Arrival.LATE


def opens_at(booking: Booking, policy: BookingPolicy) -> int:
    """The instant from which its holder may check in."""
    return booking.slot_at - policy.early_minutes * MINUTE_US


def booked_slot(booking: Booking, hall: Hall, *earned: str) -> BookedSlot:
    """What the number given for an appointment says of it.

    Args:
        booking: The appointment.
        hall: For its policy and its table of head starts.
        earned: The rows of the table that its holder has earned besides.
    """
    until = booking.slot_at + hall.booking.late_minutes * MINUTE_US
    ticket_class, minutes = hall.standing(ON_TIME, *earned)
    return BookedSlot(
        booking=booking.id, at=booking.slot_at, until=until, ticket_class=ticket_class, head_start=minutes
    )
