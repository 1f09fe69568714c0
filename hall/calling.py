"""Who is next and why: one order, by effective time, the same clock for everyone.

E = ticket time − head start. A free window calls the least (E + penalty, issued_at, lane, seq) among the waiting
tickets it may serve. Nobody is overtaken by someone who came more than the greatest head start (plus penalty) later.
"""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass

from pydantic import Field

from hall.clock import MINUTE_US
from hall.ticket import Ticket, TicketClass
from hall.window import Window
from hall.words import Word

HEAD_START_MINUTES: dict[TicketClass, int] = {
    TicketClass.ORDINARY: 0,
    TicketClass.PRIORITY: 30,
    TicketClass.APPOINTMENT: 20,
    TicketClass.RETURNING: 20,
}
"""What a class had before tickets told their minutes; since then the hall's table decides (`hall.head_start`)."""

OrderKey = tuple[int, int, int, int]


class CallReason(Word):
    """Why a ticket was called, to be said in words and kept with the call.

    `counts_from` is the instant it was ordered by (E + penalty, µs) and `penalty_us` the part of a group the window
    only helps with. `before` is the number that was next after it, "" if there was none, `earlier_us` by how much.
    `chosen` is set if a clerk called it by name, whatever the order, and `words` are the clerk's reason then;
    `by_itself` if nobody pressed: the window was free and calls by itself.
    """

    counts_from: int
    penalty_us: int = 0
    before: str = ""
    earlier_us: int = 0
    chosen: bool = False
    words: str = Field(default="", max_length=40)
    by_itself: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The ticket to call, with the penalty it was ordered by, and who would be next without it."""

    ticket: Ticket
    penalty_us: int
    second: Ticket | None = None
    lead_us: int = 0

    @property
    def reason(self) -> CallReason:
        """Why this one."""
        return CallReason(
            counts_from=self.ticket.effective_at + self.penalty_us,
            penalty_us=self.penalty_us,
            before="" if self.second is None else self.second.number,
            earlier_us=self.lead_us,
        )


def effective_at(base_us: int, ticket_class: TicketClass, minutes: int | None = None) -> int:
    """E in microseconds: the base (ticket time, or slot time of an appointment) less the ticket's own head start.

    Args:
        base_us: What the head start is taken from.
        ticket_class: Decides where the ticket does not tell its minutes: one of before the table.
        minutes: The head start that the ticket was given, whatever the table says today.
    """
    return base_us - (HEAD_START_MINUTES[ticket_class] if minutes is None else minutes) * MINUTE_US


def order_key(ticket: Ticket, penalty_us: int = 0) -> OrderKey:
    """The one ordering rule. Total: (lane, seq) tells any two tickets apart."""
    return (ticket.effective_at + penalty_us, ticket.issued_at, ticket.issuer_lane, ticket.issuer_seq)


def next_ticket(waiting: Iterable[Ticket], window: Window) -> Choice | None:
    """The ticket this window calls next, None if nobody it may serve is waiting."""
    return choose((ticket, window.penalty_us(ticket.group)) for ticket in waiting if may_call(window, ticket))


def may_call(window: Window, ticket: Ticket) -> bool:
    """Whether a ticket waits in order, and not for another window alone."""
    return ticket.in_order and ticket.pinned in (None, window.number)


def choose(candidates: Iterable[tuple[Ticket, int | None]]) -> Choice | None:
    """The first in order of tickets with the penalty at a window, in µs, or None for one that it may not serve."""
    keyed = ((order_key(ticket, penalty), penalty, ticket) for ticket, penalty in candidates if penalty is not None)
    match heapq.nsmallest(2, keyed, key=lambda each: each[0]):
        case [(key, penalty, ticket), (second_key, _, second)]:
            return Choice(ticket, penalty, second, second_key[0] - key[0])
        case [(_, penalty, ticket)]:
            return Choice(ticket, penalty)
    return None


def people_ahead(waiting: Iterable[Ticket], ticket: Ticket) -> int:
    """How many waiting tickets of the same group stand before this one."""
    key = order_key(ticket)
    return sum(other.group == ticket.group and other.in_order and order_key(other) < key for other in waiting)


def effective_after_return(ticket: Ticket, waiting: Iterable[Ticket]) -> int:
    """E of a missed ticket that comes back: just after the third now waiting in its group, never earlier."""
    same_group = sorted(
        (other for other in waiting if other.group == ticket.group and other.in_order),
        key=order_key,
    )[:3]
    if not same_group:
        return ticket.effective_at
    return max(ticket.effective_at, same_group[-1].effective_at + 1_000)
