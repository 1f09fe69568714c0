"""Slots as they stand: how many each takes, who has booked, came, came late, did not come."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from hall.booking import Booking, BookingState, taken
from hall.catalog import Catalog
from hall.clock import MINUTE_US, Moment
from hall.slots import Slot, clock, days_from
from hall.wire.bookings import SlotList, SlotNow
from hall.wire.views import BookedDay
from queue_server.store import Reader


def slots_now(reader: Reader, moment: Moment, first: date, days: int = 1, group: str | None = None) -> SlotList:
    """The slots of some days as they are now, of all groups that take appointments or of one.

    Raises:
        NoCatalogError: If the hall has no catalogue yet.
    """
    now_us, every = moment.wall_us, days_from(first, days)
    return SlotList(slots=tuple(each for day in every for each in _of_day(reader, now_us, day, group)))


def days_now(reader: Reader, today: date) -> tuple[BookedDay, ...]:
    """The days after today that can be booked, closed ones too; none where the hall takes no appointments."""
    catalog = reader.catalog()
    if not catalog.takes_appointments:
        return ()
    found = []
    for day in days_from(today + timedelta(days=1), catalog.hall.booking.days_ahead):
        changes, bookings = reader.slot_changes(day), reader.bookings_on(day)
        slots = [slot for group in catalog.groups for slot in catalog.slots_of(group.id, day, changes)]
        if slots:  # on other days there is nothing that could be opened
            found.append(
                BookedDay(
                    day=day,
                    capacity=sum(slot.capacity for slot in slots),
                    booked=taken(bookings).total(),
                    called_off=called_off(bookings),
                )
            )
    return tuple(found)


def called_off(bookings: Iterable[Booking]) -> int:
    """How many the hall took back 因停办取消."""
    return sum(booking.state is BookingState.CALLED_OFF for booking in bookings)


def _of_day(reader: Reader, now_us: int, day: date, group: str | None) -> Iterator[SlotNow]:
    catalog, changes = reader.catalog(), reader.slot_changes(day)
    booked: defaultdict[tuple[str, int], list[Booking]] = defaultdict(list)
    for booking in reader.bookings_on(day):
        booked[booking.group, booking.slot_at].append(booking)
    for each in catalog.groups:
        if group in (None, each.id):
            for slot in catalog.slots_of(each.id, day, changes):
                yield _slot(catalog, now_us, each.id, slot, booked[each.id, slot.at])


def _slot(catalog: Catalog, now_us: int, group: str, slot: Slot, bookings: list[Booking]) -> SlotNow:
    until = slot.at + catalog.hall.booking.late_minutes * MINUTE_US
    here = [booking for booking in bookings if booking.state is BookingState.CHECKED_IN]
    cancelled = sum(not booking.holds_a_place for booking in bookings)
    came = sum(booking.changed_at <= until for booking in here)
    past = slot.at <= now_us
    return SlotNow(
        group=group,
        day=slot.day,
        start=clock(slot.start),
        end=clock(slot.start + slot.minutes),
        at=slot.at,
        capacity=slot.capacity,
        booked=len(bookings) - cancelled,
        free=0 if past else max(0, slot.capacity - len(bookings) + cancelled),
        came=came,
        late=len(here) - came,
        missed=sum(booking.state is BookingState.NO_SHOW for booking in bookings),
        cancelled=cancelled,
        called_off=called_off(bookings),
        past=past,
    )
