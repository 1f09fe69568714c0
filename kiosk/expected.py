"""An appointment as the person who comes for it meets it at the kiosk. Nothing personal."""

from dataclasses import dataclass

from hall.arrival import Arrival
from hall.booking import Booking
from kiosk.issued import Issued


@dataclass(frozen=True, slots=True)
class Expected:
    """One appointment and what its holder finds now.

    Attributes:
        booking: The appointment.
        arrival: On time, early, late, of another day, used, cancelled or called off by the hall.
        opens_at: The instant from which its number is given.
        issued: The number that was given for it, while its visit lasts.
    """

    booking: Booking
    arrival: Arrival
    opens_at: int
    issued: Issued | None = None
