"""What becomes of tickets when the day ends: served to the last, or cancelled as `day_end`, by the hall's setting."""

from collections.abc import Iterable
from datetime import datetime

from hall.catalog import Catalog
from hall.ticket import ACTIVE, Ticket, TicketState


def to_cancel(tickets: Iterable[Ticket], catalog: Catalog, local: datetime) -> list[Ticket]:
    """The live tickets to cancel as `day_end` at this local time.

    Tickets of earlier days always end. Today's end once their group has closed: missed and held ones with it, waiting
    ones only when the hall does not serve after closing. Nobody is sent away from a window.
    """
    return [
        ticket for ticket in tickets if ticket.live and ticket.state not in ACTIVE and _over(ticket, catalog, local)
    ]


def _over(ticket: Ticket, catalog: Catalog, local: datetime) -> bool:
    if ticket.day < local.date():
        return True
    if not catalog.hours_of(ticket.group).closed_for_the_day(local):
        return False
    return ticket.state is not TicketState.WAITING or not catalog.hall.serve_after_closing
