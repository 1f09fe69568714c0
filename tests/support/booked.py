"""A small hall that takes appointments, and people who make them."""

from datetime import date, timedelta
from typing import Any

from hall.arrival import booked_slot
from hall.booking import BookedSlot, Booking
from hall.catalog import Catalog
from hall.identity import DocumentKind, check_character
from hall.opening import business_day
from hall.slots import BookingPolicy, SlotPlan
from hall.wire.bookings import Book, BookingReply, CancelBooking
from queue_server.operations import bookings
from tests.support.referee import HALL_KEY, Referee, small_catalog


def citizen(n: int) -> str:
    """The invented number of the n-th citizen."""
    body = f"990000{1960 + n % 40}0101{n % 1000:03}"
    return body + check_character(body)


def booked_catalog(**policy: Any) -> Catalog:
    """The small hall, whose group alpha takes two people every half hour of the whole day."""
    usual = small_catalog()
    alpha, beta = usual.groups
    hall = usual.hall.model_copy(update={"booking": BookingPolicy(**policy)})
    groups = (alpha.model_copy(update={"booking": SlotPlan(capacity=2)}), beta)
    return Catalog(hall=hall, groups=groups, services=usual.services, windows=usual.windows)


class BookedHall(Referee):
    """A referee of it; it is Monday, 21:30."""

    def __init__(self, **policy: Any) -> None:
        super().__init__(catalog=booked_catalog(**policy))

    @property
    def today(self) -> date:
        return business_day(self.moment.wall_us, 480)

    def request(self, who: int, time: str = "22:00", days: int = 0, **changes: Any) -> Book:
        wanted: dict[str, Any] = {
            "request_id": self.ids(),
            "service": "alpha_one",
            "day": self.today + timedelta(days=days),
            "time": time,
            "document": DocumentKind.RESIDENT,
            "document_number": citizen(who),
            "name": "测试人",
        }
        return Book(**(wanted | changes))

    def send(self, request: Book) -> BookingReply:
        return self.run(lambda tx: bookings.book(tx, self.moment, request, HALL_KEY))

    def book(self, who: int, time: str = "22:00", days: int = 0, **changes: Any) -> Booking:
        reply = self.send(self.request(who, time, days, **changes))
        assert reply.booking is not None, reply.refusal
        return reply.booking

    def cancel(self, number: str) -> BookingReply:
        request = CancelBooking(request_id=self.ids(), number=number)
        return self.run(lambda tx: bookings.cancel(tx, self.moment, request, HALL_KEY))

    def now(self, booking: Booking) -> Booking:
        found = self.run(lambda tx: tx.get(Booking, booking.id))
        assert found is not None
        return found

    def slot(self, booking: Booking, *earned: str) -> BookedSlot:
        return booked_slot(booking, self.run(lambda tx: tx.catalog()).hall, *earned)
