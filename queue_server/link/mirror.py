"""What a device knows of the hall now: the live tickets of its ledger and how far that can be trusted."""

from collections.abc import Callable
from datetime import date

from hall.calling import people_ahead
from hall.identity import HolderToken
from hall.ticket import Ticket, TicketState
from queue_server.link.ledger import Ledger
from queue_server.link.sync import LinkState


class Mirror:
    """The hall as heard of by feed. While the device is cut off it tells nothing about people ahead.

    Args:
        ledger: The device's ledger.
        state: Tells how the device stands to its server, such as `lambda: sync.state`.
    """

    def __init__(self, ledger: Ledger, state: Callable[[], LinkState]) -> None:
        self._ledger = ledger
        self._state = state

    @property
    def fresh(self) -> bool:
        """Whether the feed is connected, so that figures are of now."""
        return self._state().online

    def live(self, day: date) -> list[tuple[Ticket, HolderToken | None]]:
        """Live tickets of a day with their holders' tokens, for the one-live-ticket rule; also while cut off."""
        return self._ledger.live_tickets(day)

    def people_ahead(self, group: str) -> int | None:
        """How many wait in a group today; None while cut off, because then nobody here knows."""
        day = self._ledger.state.last_day
        if not self.fresh or day is None:
            return None
        return sum(ticket.group == group and ticket.state is TicketState.WAITING for ticket, _ in self.live(day))

    def ahead_of(self, ticket: Ticket) -> int | None:
        """How many wait before a ticket in its group, by the order of calling; None while cut off."""
        if not self.fresh:
            return None
        return people_ahead((other for other, _ in self.live(ticket.day)), ticket)
