"""Appointments at the server: what is free, book, take back, and what time makes of those for which nobody comes.

Who books is known by a token and a masked name, beside the record and no longer than needed: while the appointment
is to come, and for the days in which a missed one counts against its holder.
"""

import hashlib
import hmac
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from hall.booking import (
    QR_SCHEME,
    Booking,
    BookingCancelled,
    BookingMade,
    BookingMissed,
    BookingState,
    CancelledBy,
    NoBooking,
    barred_until,
    may_book,
    may_cancel,
    taken,
)
from hall.catalog import Catalog
from hall.clock import MINUTE_US, Moment
from hall.identity import Holder, IdentityDocument, holder_of, is_number_of
from hall.keys import Purpose, derive
from hall.slots import Slot, clock
from hall.wire.bookings import Book, BookHere, BookingReply, CancelBooking
from queue_server.operations import recovery
from queue_server.operations.days import today
from queue_server.operations.errors import ReusedRequestError
from queue_server.store import Reader, Transaction
from queue_server.store.records import BookingAnswer

_NUMBERS = 10**8
_FOREVER = 2**53


def book(
    transaction: Transaction, moment: Moment, request: Book, hall_key: bytes, portal: str | None = None
) -> BookingReply:
    """Make one appointment, for a portal if it asks, or repeat the answer it got before.

    Raises:
        ReusedRequestError: If the request id was used for something else.
    """
    document = IdentityDocument(kind=request.document, name=request.name, number=request.document_number)
    holder = holder_of(document, hall_key)

    def first_time() -> BookingReply:
        if not is_number_of(request.document, request.document_number):
            return BookingReply(request_id=request.request_id, refusal=NoBooking.BAD_DOCUMENT)
        made = _make(transaction, moment, request, holder, portal=portal)
        if isinstance(made, Booking):
            return BookingReply(request_id=request.request_id, booking=made, code=QR_SCHEME + made.number)
        until = None
        if made is NoBooking.BARRED:
            own = transaction.bookings_of(holder.token)
            until = barred_until(transaction.catalog().hall.booking, own, today(transaction, moment))
        return BookingReply(request_id=request.request_id, refusal=made, barred_until=until)

    return _once(transaction, moment, request, hall_key, first_time, portal)


def book_here(transaction: Transaction, moment: Moment, request: BookHere, staff: str, hall_key: bytes) -> BookingReply:
    """Make one at the counter for somebody whom nobody needs to know; raises as `book`.

    What one person may have cannot be counted then: the member of staff sees who stands there.
    """

    def first_time() -> BookingReply:
        made = _make(transaction, moment, request, None, staff=staff)
        if isinstance(made, Booking):
            return BookingReply(request_id=request.request_id, booking=made, code=QR_SCHEME + made.number)
        return BookingReply(request_id=request.request_id, refusal=made)

    return _once(transaction, moment, request, hall_key, first_time)


def cancel(
    transaction: Transaction,
    moment: Moment,
    request: CancelBooking,
    hall_key: bytes,
    staff: str | None = None,
    portal: str | None = None,
) -> BookingReply:
    """Take one back for its holder, or repeat the answer; raises as `book`.

    `staff` is who did it at the counter; a `portal` finds its own only.
    """

    def first_time() -> BookingReply:
        found = transaction.booking_of_number(request.number)
        if found is not None and not found.concerns(portal):
            found = None
        policy = transaction.catalog().hall.booking
        refusal = NoBooking.UNKNOWN if found is None else may_cancel(policy, found, moment.wall_us)
        if found is None or refusal is not None:
            return BookingReply(request_id=request.request_id, refusal=refusal, booking=found)
        transaction.record(BookingCancelled(booking=found.id, staff=staff), moment)
        return BookingReply(request_id=request.request_id, booking=transaction.get(Booking, found.id))

    return _once(transaction, moment, request, hall_key, first_time, portal)


def record_booking(
    transaction: Transaction,
    moment: Moment,
    number: str | None,
    service: str,
    slot: Slot,
    holder: Holder | None,
    staff: str | None = None,
    portal: str | None = None,
) -> Booking:
    """An appointment becomes part of the record, whatever the rules would say."""
    body = BookingMade(
        booking=transaction.new_id(),
        number=number or _fresh_number(transaction),
        service=service,
        group=transaction.catalog().service(service).group,
        day=slot.day,
        slot_at=slot.at,
        staff=staff,
        portal=portal,
    )
    transaction.record(body, moment, holder)
    made = transaction.get(Booking, body.booking)
    assert made is not None
    return made


def slot_of(reader: Reader, service: str, day: date, time: str) -> Slot | NoBooking:
    """The slot of a service at a time of a day, or why there is none."""
    catalog = reader.catalog()
    group = catalog.service(service).group
    if catalog.group(group).booking is None:
        return NoBooking.NOT_BOOKABLE
    slots = catalog.slots_of(group, day, reader.slot_changes(day))
    if not any(slot.capacity for slot in slots):
        return NoBooking.DAY_CLOSED
    return next((slot for slot in slots if clock(slot.start) == time), NoBooking.NO_SUCH_SLOT)


def miss(transaction: Transaction, moment: Moment) -> None:
    """Mark 未到 what nobody came for. While the server waits for kiosks to tell what they know, it waits with this."""
    if recovery.open_recovery(transaction) is not None:
        return
    late = transaction.catalog().hall.booking.late_minutes * MINUTE_US
    for booking in transaction.bookings_open_before(moment.wall_us - late):
        transaction.record(BookingMissed(booking=booking.id), moment)


def forget(transaction: Transaction, moment: Moment) -> None:
    """Delete who booked, once nothing depends on it."""
    remembered = timedelta(days=transaction.catalog().hall.booking.barred_days)
    transaction.forget_bookers(today(transaction, moment) - remembered)


def close(transaction: Transaction, moment: Moment, day: date, group: str | None, start: int | None) -> None:
    """Take back what was booked for slots that take nobody any more."""
    catalog = transaction.catalog()
    for booking in transaction.bookings_on(day):
        slots = catalog.slots_of(booking.group, day, transaction.slot_changes(day))
        slot = next((slot for slot in slots if slot.at == booking.slot_at), None)
        meant = group in (None, booking.group) and (start is None or (slot is not None and slot.start == start))
        if meant and booking.state is BookingState.BOOKED and (slot is None or not slot.capacity):
            transaction.record(BookingCancelled(booking=booking.id, by=CancelledBy.HALL), moment)


def call_off(transaction: Transaction, moment: Moment, before: Catalog) -> int:
    """Take back what was booked for times that the catalogue before had and the one in force has not; how many."""
    lost = list(lost_bookings(transaction, moment, before, transaction.catalog()))
    for booking in lost:
        transaction.record(BookingCancelled(booking=booking.id, by=CancelledBy.HALL), moment)
    return len(lost)


def still_open(reader: Reader) -> list[Booking]:
    """Every appointment for which somebody may still come."""
    return reader.bookings_open_before(_FOREVER)


def lost_bookings(reader: Reader, moment: Moment, before: Catalog, after: Catalog) -> Iterator[Booking]:
    """Appointments to come whose slot would be gone with another catalogue."""
    slots: dict[tuple[str, date], tuple[set[int], set[int]]] = {}
    for booking in still_open(reader):
        place = booking.group, booking.day
        if place not in slots:
            slots[place] = _starts(before, *place), _starts(after, *place)
        had, has = slots[place]
        if booking.slot_at > moment.wall_us and booking.slot_at in had - has:
            yield booking


def _starts(catalog: Catalog, group: str, day: date) -> set[int]:
    known = any(each.id == group for each in catalog.groups)
    return {slot.at for slot in catalog.slots_of(group, day, {})} if known else set()


def _make(
    transaction: Transaction,
    moment: Moment,
    request: Book | BookHere,
    holder: Holder | None,
    staff: str | None = None,
    portal: str | None = None,
) -> Booking | NoBooking:
    catalog, day = transaction.catalog(), today(transaction, moment)
    if all(service.id != request.service for service in catalog.services):
        return NoBooking.NOT_BOOKABLE
    slot = slot_of(transaction, request.service, request.day, request.time)
    if isinstance(slot, NoBooking):
        return slot
    group = catalog.service(request.service).group
    own = () if holder is None else transaction.bookings_of(holder.token)
    refusal = may_book(catalog.hall.booking, group, request.day, day, own)
    if refusal is not None:
        return refusal
    if slot.at <= moment.wall_us:
        return NoBooking.PAST
    number = request.number if isinstance(request, Book) else None
    if number is not None and transaction.booking_of_number(number) is not None:
        return NoBooking.NUMBER_TAKEN
    if taken(transaction.bookings_on(request.day))[group, slot.at] >= slot.capacity:
        return NoBooking.FULL
    return record_booking(transaction, moment, number, request.service, slot, holder, staff, portal)


def _fresh_number(transaction: Transaction) -> str:
    while True:
        number = f"{int(transaction.new_id(), 16) % _NUMBERS:08}"
        if transaction.booking_of_number(number) is None:
            return number


def _once(
    transaction: Transaction,
    moment: Moment,
    request: Book | BookHere | CancelBooking,
    hall_key: bytes,
    first_time: Callable[[], BookingReply],
    portal: str | None = None,
) -> BookingReply:
    """The stored answer to this very request of this very portal, or a first one; only a keyed digest is kept of it."""
    text = f"{type(request).__name__}\n{portal or ''}\n{request.model_dump_json()}".encode()
    digest = hmac.new(derive(hall_key, Purpose.BOOKING_REQUEST), text, hashlib.sha256).hexdigest()
    before = transaction.get(BookingAnswer, request.request_id)
    if before is not None and before.digest != digest:
        raise ReusedRequestError("同一个请求号用于了不同的预约", advice="重试要原样再发；新的预约请换一个请求号")
    if before is not None:
        return BookingReply.model_validate_json(before.reply)
    reply = first_time()
    transaction.put(BookingAnswer(request.request_id, digest, reply.model_dump_json(), moment.wall_us))
    return reply
