"""What becomes of tickets when the day ends: served to the last, or cancelled as `day_end`, by the hall's setting."""

from collections.abc import Iterable
from datetime import datetime

from hall.catalog import Catalog
from hall.ticket import ACTIVE, Ticket, TicketState


def closed_groups(catalog: Catalog, local: datetime) -> frozenset[str]:
    """The groups whose last opening period of the day is over at this local time."""
    holiday = local.date() in catalog.hall.closed_days
    return frozenset(
        group.id for group in catalog.groups if holiday or catalog.hours_of(group.id).closed_for_the_day(local)
    )


def to_cancel(tickets: Iterable[Ticket], catalog: Catalog, local: datetime) -> list[Ticket]:
    """The live tickets to cancel as `day_end` at this local time.

    Tickets of earlier days always end. Today's end once their group has closed: missed and held ones with it, waiting
    ones only when the hall does not serve after closing. Those of a group that the catalogue no longer has end with
    the day. Nobody is sent away from a window.
    """
    closed, today, serve = closed_groups(catalog, local), local.date(), catalog.hall.serve_after_closing
    return [
        ticket
        for ticket in tickets
        if ticket.live
        and ticket.state not in ACTIVE
        and (ticket.day < today or (ticket.group in closed and not (serve and ticket.state is TicketState.WAITING)))
    ]
