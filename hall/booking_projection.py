"""What a fact makes of an appointment; the server's tables, their rebuild and a kiosk's list all follow it."""

from hall.booking import EDGES, Booking, BookingCancelled, BookingMade, BookingMissed, BookingState, CancelledBy
from hall.facts import JournalEntry, TicketIssued

_TAKEN_BACK = {CancelledBy.HOLDER: BookingState.CANCELLED, CancelledBy.HALL: BookingState.CALLED_OFF}


def booking_named(entry: JournalEntry) -> str | None:
    """The appointment that an entry concerns, None if none."""
    match entry.fact.body:
        case TicketIssued(slot=slot):
            return slot.booking if slot else None
        case BookingMade() | BookingCancelled() | BookingMissed() as body:
            return body.booking
        case _:
            return None


def booking_after(booking: Booking | None, entry: JournalEntry) -> Booking | None:
    """The appointment after an entry that concerns it; None while its making is not known.

    What comes late changes nothing: a number given for one that was cancelled stands, and a person sees to it.
    """
    body = entry.fact.body
    if isinstance(body, BookingMade):
        return booking or Booking(
            id=body.booking,
            number=body.number,
            service=body.service,
            group=body.group,
            day=body.day,
            slot_at=body.slot_at,
            made_at=entry.at,
            changed_at=entry.at,
            changed_seq=entry.seq,
            portal=body.portal,
        )
    if booking is None:
        return None
    if isinstance(body, TicketIssued):
        return _moved(booking, BookingState.CHECKED_IN, entry, body.ticket)
    return _moved(booking, _TAKEN_BACK[body.by] if isinstance(body, BookingCancelled) else BookingState.NO_SHOW, entry)


def _moved(booking: Booking, state: BookingState, entry: JournalEntry, ticket: str | None = None) -> Booking:
    if state not in EDGES[booking.state]:
        return booking
    changes = {"state": state, "changed_at": entry.at, "changed_seq": entry.seq, "ticket": ticket}
    return booking.model_copy(update=changes)
