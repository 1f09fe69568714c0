"""Appointments over the wire: what a city's portal asks for, what it is answered, what a manager sees of a day.

A document's number comes in and never goes out: it is turned into a token at once, and only that is kept.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from hall.booking import Booking, BookingNumber, NoBooking, PortalId
from hall.identity import DocumentKind
from hall.words import Id, Micros, Name, Word

TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
DocumentNumber = Annotated[str, Field(pattern=r"^[0-9A-Za-z()/-]{4,24}$", repr=False)]


class Book(Word):
    """One appointment: who, what for, when. `number` is the portal's own 预约号, else the hall gives one."""

    request_id: Id
    service: Name
    day: date
    time: TimeOfDay
    document: DocumentKind
    document_number: DocumentNumber
    name: str = Field(default="", max_length=60, repr=False)
    number: BookingNumber | None = None


class BookHere(Word):
    """现场预约: one appointment for whoever stands at the counter. Nobody is named: its code is the key."""

    request_id: Id
    service: Name
    day: date
    time: TimeOfDay


class CancelBooking(Word):
    """Its holder takes an appointment back."""

    request_id: Id
    number: BookingNumber


class BookingReply(Word):
    """The answer to either; the same request id always gets the same one. `code` is the text of its QR."""

    request_id: Id
    refusal: NoBooking | None = None
    booking: Booking | None = None
    code: str = ""
    barred_until: date | None = None


class SlotNow(Word):
    """A slot as it stands: how many it takes, and what became of those who booked it.

    `booked` counts all that are not cancelled; `came` of them are here in time, `late` after it, `missed` not at all.
    `called_off` of the cancelled ones the hall took back itself 因停办取消. One that has begun is `past`: nobody can
    book it, and none of its places is free.
    """

    group: Name
    day: date
    start: TimeOfDay
    end: str  # 24:00 too
    at: Micros
    capacity: int
    booked: int
    free: int
    came: int = 0
    late: int = 0
    missed: int = 0
    cancelled: int = 0
    called_off: int = 0
    past: bool = False


class SlotList(Word):
    """Slots of some days, by day, group and time."""

    slots: tuple[SlotNow, ...]


class BookingList(Word):
    """The appointments of a day, without anybody's name or token; to a portal its own."""

    bookings: tuple[Booking, ...]


class BookingChanges(Word):
    """What became of appointments after a place of the journal, each once as it stands now, in order of its change.

    `next` is where to go on; the same as asked when there is nothing new. In another `epoch` the server's record was
    put back: places of before mean nothing in it, so whoever follows begins with 0 again.
    """

    bookings: tuple[Booking, ...]
    next: int
    epoch: str


class Imported(Word):
    """What a file of appointments brought: new ones, ones known already, and how many of the new are over capacity."""

    made: int
    known: int
    over: int


class PortalName(Word):
    """A portal that shall have a token."""

    name: PortalId


class PortalToken(Word):
    """Its token, told this once. An earlier one of the same portal ends."""

    name: str
    token: str = Field(repr=False)
