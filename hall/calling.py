"""Who is next and why: one order, by effective time, the same clock for everyone.

E = ticket time − head start. A free window calls the least (E + penalty, issued_at, lane, seq) among the waiting
tickets it may serve. Nobody is overtaken by someone who came more than the greatest head start (plus penalty) later.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hall.clock import MINUTE_US
from hall.ticket import Ticket, TicketClass
from hall.window import Window

HEAD_START_MINUTES: dict[TicketClass, int] = {
    TicketClass.ORDINARY: 0,
    TicketClass.PRIORITY: 30,
    TicketClass.APPOINTMENT: 20,
}
"""Defaults; a hall may edit them. Several that apply: the greatest, never the sum."""

OrderKey = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """The ticket to call and the reason a person can read: the effective time it was ordered by, and the penalty."""

    ticket: Ticket
    effective_at: int
    penalty_us: int


def effective_at(base_us: int, ticket_class: TicketClass, table: dict[TicketClass, int] | None = None) -> int:
    """E in microseconds: the base (ticket time, or slot time of an appointment) less the head start of the class."""
    return base_us - (table or HEAD_START_MINUTES)[ticket_class] * MINUTE_US


def order_key(ticket: Ticket, penalty_us: int = 0) -> OrderKey:
    """The one ordering rule. Total: (lane, seq) tells any two tickets apart."""
    return (ticket.effective_at + penalty_us, ticket.issued_at, ticket.issuer_lane, ticket.issuer_seq)


def next_ticket(waiting: Iterable[Ticket], window: Window) -> Choice | None:
    """The ticket this window calls next, None if nobody it may serve is waiting."""
    best: tuple[OrderKey, Ticket, int] | None = None
    for ticket in waiting:
        penalty = window.penalty_us(ticket.group)
        if penalty is None or not ticket.in_order:
            continue
        key = order_key(ticket, penalty)
        if best is None or key < best[0]:
            best = (key, ticket, penalty)
    return best and Choice(best[1], best[1].effective_at, best[2])


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
