"""谁先于我: asked of a printed number of today."""

from hall.before import went_before
from hall.clock import Moment
from hall.numbering import parse_number
from hall.wire.views import WentBefore
from queue_server.operations.days import today
from queue_server.store import Reader


def overtakers(reader: Reader, moment: Moment, number: str) -> WentBefore | None:
    """Who was called before a number though they came later; None if it is no number of today."""
    printed, day = parse_number(number), today(reader, moment)
    if printed is None:
        return None
    ticket = reader.ticket_of_number(day, printed.prefix, printed.lane, printed.n)
    if ticket is None:
        return None
    return WentBefore(number=ticket.number, before=went_before(ticket, reader.tickets_of(day)))
