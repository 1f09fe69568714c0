"""An appointment 预约: what may become of it, who may make one, and the facts that tell of it.

Nothing personal stands here. Who booked is a holder (token and masked name) beside the record, as for a ticket.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from hall.clock import MINUTE_US
from hall.head_start import HeadStartMinutes
from hall.slots import BookingPolicy
from hall.ticket import TicketClass
from hall.words import Id, Micros, Name, Staff, Word

BookingNumber = Annotated[str, Field(pattern=r"^[0-9]{6,16}$")]
"""预约号: digits, so that it can be typed at a kiosk; given by the hall, or by a city's portal."""

PortalId = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
"""A city's portal 平台 that may book, by the name its token was given under."""

QR_SCHEME = "OWB:"
"""What stands before the number in the QR of an appointment."""


class BookingState(StrEnum):
    """Where an appointment stands."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"  # 因停办取消: the hall closed its day or slot
    CHECKED_IN = "checked_in"
    NO_SHOW = "no_show"  # 未到: its time is over; who comes after all still checks in, as late


_B = BookingState
EDGES: dict[BookingState, frozenset[BookingState]] = {
    _B.BOOKED: frozenset({_B.CANCELLED, _B.CALLED_OFF, _B.CHECKED_IN, _B.NO_SHOW}),
    _B.NO_SHOW: frozenset({_B.CHECKED_IN}),  # who came late, or checked in at a kiosk that was cut off
    _B.CHECKED_IN: frozenset(),
    _B.CANCELLED: frozenset(),
    _B.CALLED_OFF: frozenset(),
}
TAKEN_BACK = frozenset({_B.CANCELLED, _B.CALLED_OFF})
"""Nobody is expected for these, and their places are free again."""


class CancelledBy(StrEnum):
    """Who took an appointment back."""

    HOLDER = "holder"
    HALL = "hall"  # the day or the slot was closed


class Booking(Word):
    """An appointment as it stands now: the sum of its facts. `ticket` is the number given for it.

    `portal` is the one that made it, which alone of all portals hears of it; None for the counter and for files.
    `changed_seq` is the journal's entry that changed it last, by which a portal goes on where it stopped.
    """

    id: Id
    number: BookingNumber
    service: Name
    group: Name
    day: date
    slot_at: Micros
    made_at: Micros
    state: BookingState = BookingState.BOOKED
    changed_at: Micros = 0
    changed_seq: int = 0
    ticket: Id | None = None
    portal: PortalId | None = None

    def concerns(self, portal: str | None) -> bool:
        """Whether a portal may see it and take it back; None is the hall itself, which may with any."""
        return portal in (None, self.portal)

    @property
    def holds_a_place(self) -> bool:
        """Whether its slot takes one fewer for it."""
        return self.state not in TAKEN_BACK


class BookedSlot(Word):
    """What a number given for an appointment says of it.

    Which one, its slot, until when it was on time, and the class and head start that count then, from the slot on.
    Later those of the number itself count, from the check-in on (waiting 5.2).
    """

    booking: Id
    at: Micros
    until: Micros
    ticket_class: TicketClass
    head_start: HeadStartMinutes


class BookingMade(Word):
    """Somebody may come at this time.

    `staff` is who wrote it down at the counter, `portal` which portal booked; neither for a file.
    """

    kind: Literal["booking_made"] = "booking_made"
    booking: Id
    number: BookingNumber
    service: Name
    group: Name
    day: date
    slot_at: Micros
    staff: Staff | None = None
    portal: PortalId | None = None


class BookingCancelled(Word):
    """An appointment was taken back; its place is free again. `staff` as of one that was made."""

    kind: Literal["booking_cancelled"] = "booking_cancelled"
    booking: Id
    by: CancelledBy = CancelledBy.HOLDER
    staff: Staff | None = None


class BookingMissed(Word):
    """未到: the time of an appointment passed and nobody came."""

    kind: Literal["booking_missed"] = "booking_missed"
    booking: Id


class CapacitySet(Word):
    """A manager said how many a slot takes on a day; 0 closes it, None lets the plan count again.

    Without group: all; without start: the whole day.
    """

    kind: Literal["capacity_set"] = "capacity_set"
    day: date
    group: Name | None = None
    start: int | None = Field(default=None, ge=0, lt=24 * 60)
    capacity: int | None = Field(default=None, ge=0, le=500)
    staff: Staff


BookingFact = BookingMade | BookingCancelled | BookingMissed


class NoBooking(StrEnum):
    """Why an appointment is not made or taken back; a result with words of its own, no error."""

    NOT_BOOKABLE = "not_bookable"  # the group takes none
    NO_SUCH_SLOT = "no_such_slot"
    DAY_CLOSED = "day_closed"
    PAST = "past"
    TOO_FAR = "too_far"
    FULL = "full"
    TOO_MANY = "too_many"  # this person has as many as the hall allows
    SAME_GROUP = "same_group"  # this person has one of the same day and group
    BARRED = "barred"  # too many missed
    NUMBER_TAKEN = "number_taken"  # another appointment has the portal's number
    BAD_DOCUMENT = "bad_document"  # no such document can have this number
    UNKNOWN = "unknown"  # no appointment of that number
    NOT_OPEN = "not_open"  # cancelled, used or missed already
    TOO_LATE = "too_late"  # the time for cancelling is over


def may_book(policy: BookingPolicy, group: str, day: date, today: date, own: Iterable[Booking]) -> NoBooking | None:
    """Whether a person may make one more appointment, by what is remembered of this person.

    Args:
        policy: The hall's.
        group: The group wanted.
        day: The day wanted.
        today: The business day.
        own: Every appointment remembered of this person.
    """
    if day < today:
        return NoBooking.PAST
    if (day - today).days > policy.days_ahead:
        return NoBooking.TOO_FAR
    own = tuple(own)
    live = [booking for booking in own if booking.state is BookingState.BOOKED and booking.day >= today]
    if any(booking.day == day and booking.group == group for booking in live):
        return NoBooking.SAME_GROUP
    if len(live) >= policy.most_live:
        return NoBooking.TOO_MANY
    return NoBooking.BARRED if barred_until(policy, own, today) else None


def barred_until(policy: BookingPolicy, own: Iterable[Booking], today: date) -> date | None:
    """The first day on which a person with too many missed appointments may book again; None if now."""
    if not policy.no_shows:
        return None
    past = timedelta(days=policy.barred_days)
    missed = sorted(b.day for b in own if b.state is BookingState.NO_SHOW and b.day + past > today)
    return missed[-policy.no_shows] + past if len(missed) >= policy.no_shows else None


def may_cancel(policy: BookingPolicy, booking: Booking, now_us: int) -> NoBooking | None:
    """Whether its holder may still take an appointment back."""
    if booking.state is not BookingState.BOOKED:
        return NoBooking.NOT_OPEN
    return None if now_us <= booking.slot_at - policy.cancel_minutes * MINUTE_US else NoBooking.TOO_LATE


def booking_number(text: str) -> str | None:
    """The number in a scanned or typed text, None if it is none."""
    digits = text.strip().removeprefix(QR_SCHEME)
    return digits if digits.isascii() and digits.isdecimal() and 6 <= len(digits) <= 16 else None


def taken(bookings: Iterable[Booking]) -> Counter[tuple[str, int]]:
    """How many places are taken, by group and slot."""
    return Counter((booking.group, booking.slot_at) for booking in bookings if booking.holds_a_place)
