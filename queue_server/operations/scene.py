"""Where a command takes place: the session's window as it stands, and what every act there has in common."""

from dataclasses import dataclass, field

from hall.calling import CallReason
from hall.clock import MINUTE_US, Moment
from hall.facts import Body, TicketCalled
from hall.ticket import Ticket, TicketState
from hall.window import Window, WindowState
from hall.wire.replies import Refusal
from queue_server.store import Transaction
from queue_server.store.records import Session


@dataclass(frozen=True, slots=True)
class Done:
    """A command carried out: the last entry it wrote, and the ticket it concerned."""

    seq: int
    at: int
    ticket: str | None = None


Outcome = Done | Refusal


def summons(ticket: Ticket, window: int, clerk: str, reason: CallReason) -> TicketCalled:
    """A waiting ticket is called to a window, in the name of the clerk who is there."""
    return TicketCalled(
        ticket=ticket.id,
        window=window,
        clerk=clerk,
        call_no=ticket.calls + 1,
        reason=reason,
        first=ticket.called_at is None,
    )


@dataclass(frozen=True, slots=True)
class Scene:
    """A clerk's session at an open window. `window` is the catalogue's, `state` the window's own.

    `hall_key` opens the seals of slips.
    """

    transaction: Transaction
    moment: Moment
    session: Session
    window: Window
    state: WindowState
    hall_key: bytes = field(repr=False)

    @property
    def clerk(self) -> str:
        """The staff number of who acts."""
        return self.session.subject

    def record(self, body: Body) -> Done:
        """Append a fact of this act."""
        entry = self.transaction.record(body, self.moment)
        return Done(entry.seq, entry.at, getattr(body, "ticket", None))

    def call(self, ticket: Ticket, reason: CallReason) -> Done:
        """Summon a waiting ticket here."""
        return self.record(summons(ticket, self.window.number, self.clerk, reason))

    def cannot_call(self) -> Refusal | None:
        """Why nobody can be called here now, None if somebody can."""
        if self.state is not WindowState.IDLE:
            return Refusal.WINDOW_NOT_OPEN
        if self.transaction.active_at(self.window.number) is not None:
            return Refusal.WINDOW_BUSY
        return None

    def cannot_take(self, number: int, group: str) -> Refusal | None:
        """Why another window cannot be sent a ticket of this group for itself alone, None if it can."""
        others = (window for window in self.transaction.catalog().windows if window.number != self.window.number)
        other = next((window for window in others if window.number == number), None)
        if other is None or other.penalty_us(group) is None:
            return Refusal.CANNOT_SERVE
        return Refusal.WINDOW_NOT_OPEN if self.transaction.window(number).state is WindowState.CLOSED else None

    def in_minutes(self, minutes: int | None) -> int | None:
        """The instant so many minutes from now, µs; None for no such instant."""
        return None if minutes is None else self.moment.wall_us + minutes * MINUTE_US

    def serves(self, ticket: Ticket) -> bool:
        """Whether this window serves the group the ticket waits in."""
        return self.window.penalty_us(ticket.group) is not None

    def here(self, ticket_id: str, *states: TicketState) -> Ticket | Refusal:
        """The ticket if it is at this window in one of these states, else why not."""
        ticket = self.transaction.ticket(ticket_id)
        if ticket is None:
            return Refusal.UNKNOWN_TICKET
        if ticket.window is not None and ticket.window != self.window.number:
            return Refusal.NOT_THIS_WINDOW
        return ticket if ticket.state in states else Refusal.WRONG_STATE

    def here_or_aside(self, ticket_id: str, *states: TicketState) -> Ticket | Refusal:
        """As `here`, for states in which a ticket is at no window: then this window must serve its group."""
        ticket = self.here(ticket_id, *states)
        if isinstance(ticket, Ticket) and ticket.window is None and not self.serves(ticket):
            return Refusal.CANNOT_SERVE
        return ticket
