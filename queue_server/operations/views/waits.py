"""How long people wait, as screens say it: from the newest forecast, or nothing."""

from collections.abc import Container

from hall.clock import Moment
from hall.ticket import TicketClass
from hall.waiting import Wait
from hall.wire.views import GroupWait, Waits
from queue_server.forecast.outlook import Outlook


def waits(moment: Moment, outlook: Outlook | None) -> Waits:
    """What kiosks say: without groups while nothing is known."""
    return Waits(at=moment.wall_us, groups=group_waits(outlook))


def group_waits(outlook: Outlook | None, only: Container[str] | None = None) -> tuple[GroupWait, ...]:
    """How long newcomers of each group wait, or `only` of these."""
    if outlook is None:
        return ()
    said = {(each.group, each.ticket_class): each.said.wait for each in outlook.newcomers}
    return tuple(
        GroupWait(group=group, ordinary=wait, priority=said.get((group, TicketClass.PRIORITY), wait))
        for (group, ticket_class), wait in said.items()
        if ticket_class is TicketClass.ORDINARY and (only is None or group in only)
    )


def wait_of_ticket(outlook: Outlook | None, ticket: str) -> Wait | None:
    """How much longer a waiting ticket waits; None if that is not known."""
    said = None if outlook is None else outlook.tickets.get(ticket)
    return None if said is None else said.wait
