"""A number that was given: what the screens, the paper and the printing thread need to know about it."""

from datetime import date

from hall.before import Before
from hall.ticket import TicketClass
from hall.waiting import Wait
from hall.words import Id, Micros, Word


class Issued(Word):
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
        before: Who was called before it though they came later, as far as it is known here; of one asked about only.
        wait: How long it would wait, as foretold then; None when that was not known.
        offline: Taken while the server was out of reach.
        slot_at: The time of the appointment it was given for.
    """

    ticket: Id
    day: date
    number: str
    service: str
    group: str
    ticket_class: TicketClass
    issued_at: Micros
    code: str
    people_ahead: int | None
    wait: Wait | None = None
    offline: bool = False
    slot_at: Micros | None = None
    before: tuple[Before, ...] = ()
