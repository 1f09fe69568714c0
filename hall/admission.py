"""May this person take a number of this group now? The same answer at every kiosk, with or without a server."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from hall.catalog import Catalog
from hall.identity import HolderToken
from hall.ticket import Ticket


class NoNumber(StrEnum):
    """Why no number is given; a result the screen must handle, with its own words for each."""

    CLOSED = "closed"
    DOWN = "down"  # 系统故障
    FULL = "full"
    HAS_TICKET = "has_ticket"
    USED = "used"  # a number was given for this appointment already


def refusal(
    catalog: Catalog,
    group_id: str,
    local: datetime | None,
    issued_today: int,
    holder: HolderToken | None,
    live: Iterable[tuple[Ticket, HolderToken | None]],
    *,
    booked: bool = False,
    down: bool = False,
) -> tuple[NoNumber, Ticket | None] | None:
    """The reason to refuse and the ticket concerned, or None if a number may be given.

    Args:
        catalog: The catalogue in force.
        group_id: The group of the chosen service.
        local: The hall's own clock; None where the clock cannot be trusted: whoever stands there has found it open.
        issued_today: Numbers of the group already issued today, as far as known here.
        holder: Who asks; None without a document (then the one-live-ticket rule cannot apply).
        live: Live tickets known here with their holders.
        booked: Whether the number is for an appointment: neither hours nor the day's limit stand in its way.
        down: Whether the group cannot be served just now, as far as known here.
    """
    if not booked and local is not None and not catalog.gives_numbers(group_id, local):
        return NoNumber.CLOSED, None
    if down:
        return NoNumber.DOWN, None
    if holder is not None:
        for ticket, owner in live:
            if owner == holder and ticket.group == group_id and ticket.live:
                return NoNumber.HAS_TICKET, ticket
    limit = catalog.group(group_id).daily_limit
    if not booked and limit is not None and issued_today >= limit:
        return NoNumber.FULL, None
    return None
