"""A number that was given: what the screens, the paper and the printing thread need to know about it."""

from dataclasses import dataclass
from datetime import date

from hall.numbering import Number
from hall.ticket import TicketClass


@dataclass(frozen=True, slots=True)
class Issued:
    """A ticket of this kiosk, or one known here that its holder asked about. Nothing personal.

    Attributes:
        ticket: Its id.
        day: Business day.
        number: As printed, `A023` or `A2-023`.
        service: Id of the service.
        group: Id of the group it was taken for.
        ticket_class: Ordinary, priority or appointment.
        issued_at: When it was taken, microseconds.
        code: The text of the QR on the slip, sealed by the hall.
        people_ahead: How many of its group stood before it; None when cut off and therefore not known.
        offline: Taken while the server was out of reach.
    """

    ticket: str
    day: date
    number: str
    service: str
    group: str
    ticket_class: TicketClass
    issued_at: int
    code: str
    people_ahead: int | None
    offline: bool = False


def printed_number(prefix: str, n: int, lane: int | None) -> str:
    """The number as it stands on paper."""
    return str(Number(prefix, n, lane))
