"""Finds the appointment of whoever stands here, by document or by number, in the kiosk's own ledger: server or not."""

from collections import Counter

from hall.arrival import Arrival, arrival, opens_at
from hall.booking import booking_number
from hall.catalog import Catalog
from hall.clock import Clock
from hall.identity import IdentityDocument, holder_of
from hall.opening import local_time
from hall.slots import Slot, days_from, first_free
from kiosk.expected import Expected
from kiosk.issuing import Issuing, is_used
from queue_server.link.ledger import KnownBooking, Ledger, trusted_day

_ORDER = (Arrival.ON_TIME, Arrival.LATE, Arrival.EARLY, Arrival.CALLED_OFF, Arrival.USED, Arrival.OTHER_DAY)
"""Of several appointments of one person the first in this order is shown."""


class Appointments:
    """The appointments that this kiosk knows.

    Args:
        ledger: The kiosk's durable file.
        issuing: Describes the number that was given for one.
        hall_key: The hall's secret, for holder tokens.
        clock: The machine's clocks.
    """

    def __init__(self, ledger: Ledger, issuing: Issuing, hall_key: bytes, clock: Clock) -> None:
        self._ledger = ledger
        self._issuing = issuing
        self._hall_key = hall_key
        self._clock = clock

    def of_document(self, document: IdentityDocument) -> Expected | None:
        """The appointment this person has come for: today's, else the next one; None without."""
        catalog = self._ledger.catalog()
        if catalog is None or not catalog.takes_appointments:
            return None
        token = holder_of(document, self._hall_key).token
        found = [self._met(catalog, known) for known in self._ledger.bookings_of(token)]
        shown = [each for each in found if each.arrival is not Arrival.USED or each.issued is not None]
        return min(shown, key=lambda each: (_ORDER.index(each.arrival), each.booking.slot_at), default=None)

    def of_number(self, text: str) -> Expected | None:
        """The appointment of a typed or scanned number; None if there is none that this kiosk knows."""
        catalog, number = self._ledger.catalog(), booking_number(text)
        known = None if number is None else self._ledger.booking_of_number(number)
        return None if catalog is None or known is None else self._met(catalog, known)

    def _met(self, catalog: Catalog, known: KnownBooking) -> Expected:
        policy, moment = catalog.hall.booking, self._clock.now()
        today, suspect = trusted_day(
            local_time(moment.wall_us, catalog.hall.offset_minutes).date(), self._ledger.state.last_day
        )
        # Of a clock that cannot be right only the day is known; the server will know the time.
        now_us = known.booking.slot_at if suspect else moment.wall_us
        found = arrival(known.booking, policy, today, now_us, used=is_used(self._ledger, known))
        issued = self._issuing.find(known.ticket) if found is Arrival.USED and known.ticket else None
        return Expected(known.booking, found, opens_at(known.booking, policy), issued)


def next_free(ledger: Ledger, clock: Clock, group: str) -> Slot | None:
    """The next slot of a group that takes one more person, as far as this kiosk knows."""
    catalog, moment = ledger.catalog(), clock.now()
    if catalog is None or catalog.group(group).booking is None:
        return None
    today = local_time(moment.wall_us, catalog.hall.offset_minutes).date()
    for day in days_from(today, catalog.hall.booking.days_ahead + 1):
        bookings, changes = ledger.booked_on(day)
        booked = Counter(each.slot_at for each in bookings if each.group == group and each.holds_a_place)
        free = first_free(catalog.slots_of(group, day, changes), booked, moment.wall_us)
        if free is not None:
            return free
    return None
