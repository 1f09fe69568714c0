"""What becomes of tickets when the day ends: served to the last, or cancelled as `day_end`, by the hall's setting."""

from collections.abc import Collection, Iterable
from datetime import datetime

from hall.catalog import Catalog
from hall.clock import MINUTE_US, Moment
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


LONGEST_US = 6 * 60 * MINUTE_US
"""Nobody is served for longer over midnight; what stands there after that was left."""


def left_behind(
    tickets: Iterable[Ticket], closed_windows: Collection[int], local: datetime, moment: Moment
) -> list[Ticket]:
    """Tickets of earlier days at windows where nobody is served any more.

    Args:
        tickets: Live ones.
        closed_windows: Windows at which no clerk is signed in.
        local: The hall's own clock, for its day.
        moment: The same instant.
    """
    return [
        ticket
        for ticket in tickets
        if ticket.state in ACTIVE
        and ticket.day < local.date()
        and (ticket.window in closed_windows or moment.wall_us - ticket.changed_at > LONGEST_US)
    ]
