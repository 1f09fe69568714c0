"""What becomes of tickets when the day ends: served to the last, or cancelled as `day_end`, by the hall's setting."""

from collections.abc import Collection, Iterable
from datetime import datetime

from hall.catalog import Catalog
from hall.clock import MINUTE_US, Moment
from hall.opening import over_at
from hall.ticket import ACTIVE, CancelReason, Ticket, TicketState


def closed_groups(catalog: Catalog, local: datetime) -> frozenset[str]:
    """The groups whose last opening period of the day is over at this local time."""
    day = local.date()
    return frozenset(group.id for group in catalog.groups if over_at(catalog.periods_on(group.id, day), local))


def to_cancel(tickets: Iterable[Ticket], catalog: Catalog, local: datetime) -> list[Ticket]:
    """The live tickets to cancel as `day_end` at this local time.

    Tickets of earlier days always end. Today's end once their group has closed: missed and held ones with it, waiting
    ones only when the hall does not serve after closing. Where a manager closed a group early and said that those who
    had a number are served still, all of them may come until the day is over. Those of a group that the catalogue no
    longer has end with the day. Nobody is sent away from a window.
    """
    today, serve = local.date(), catalog.hall.serve_after_closing
    served_out = {group.id for group in catalog.groups if group.served_out_on == today}
    closed = closed_groups(catalog, local) - served_out
    return [
        ticket
        for ticket in tickets
        if ticket.live
        and ticket.state not in ACTIVE
        and (ticket.day < today or (ticket.group in closed and not (serve and ticket.state is TicketState.WAITING)))
    ]


def cut_short(before: Catalog, after: Catalog, local: datetime) -> frozenset[str]:
    """The groups that would still have given numbers today, and by the catalogue after do not any more."""
    return _open_still(before, local) - _open_still(after, local)


def opened_again(before: Catalog, after: Catalog, local: datetime) -> frozenset[str]:
    """The groups that give numbers today after all."""
    return _open_still(after, local) - _open_still(before, local)


def left_alone(before: Catalog, after: Catalog) -> frozenset[str]:
    """The groups that some window can serve and by the catalogue after none can: suspended ones, served out."""
    return _served(before) - _served(after)


def why_ended(ticket: Ticket, catalog: Catalog, down: Collection[str]) -> CancelReason | None:
    """Why a number that stands at no window ends as soon as it is told of, None if it goes on.

    Its group is down 系统故障, or was closed early on the number's day by a manager who let its numbers end 号作废.
    """
    if ticket.group in down:
        return CancelReason.SYSTEM_FAULT
    closed_early = any(group.id == ticket.group and group.ended_on == ticket.day for group in catalog.groups)
    return CancelReason.CLOSED if closed_early else None


def _served(catalog: Catalog) -> frozenset[str]:
    return frozenset(group for window in catalog.windows for group in (*window.groups, *window.helps))


def _open_still(catalog: Catalog, local: datetime) -> frozenset[str]:
    closed = closed_groups(catalog, local)
    return frozenset(group.id for group in catalog.groups if not group.suspended and group.id not in closed)


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
