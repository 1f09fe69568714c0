"""谁先于我: who was called before a ticket though they came later, and why. By number and class, never by person.

Answered from the tickets of the day alone, so that a kiosk says the same as the server as far as its feed reaches.
Only those of the same group are named: they are the ones a citizen sees pass by.
"""

from collections.abc import Iterable
from enum import StrEnum

from hall.calling import order_key
from hall.ticket import Flag, Ticket, TicketClass, TicketState
from hall.words import Micros, Word


class Why(StrEnum):
    """Why somebody who came later was called first."""

    APPOINTMENT = "appointment"  # 预约
    PRIORITY = "priority"  # 优先
    RETURNING = "returning"  # 补件
    CHOSEN = "chosen"  # 指定叫号: a clerk called it by name, with a reason that is kept
    BACK = "back"  # 回呼: it had been called before and waited again
    AWAY = "away"  # the asker was missed or on hold then
    WITHOUT = "without"  # 无号办理: began at a window, without a number
    LATE = "late"  # the asker's number was not known to the server then
    PLACED = "placed"  # one of the two may be called by one window alone


_BY_CLASS = {
    TicketClass.APPOINTMENT: Why.APPOINTMENT,
    TicketClass.PRIORITY: Why.PRIORITY,
    TicketClass.RETURNING: Why.RETURNING,
}


class Before(Word):
    """One who went before: the number, its mark's class, the instant it counted from and when it was called.

    `slot_at` is the time of its appointment, None without one.
    """

    number: str
    why: Why
    counts_from: int
    called_at: Micros
    slot_at: Micros | None = None


def went_before(ticket: Ticket, others: Iterable[Ticket]) -> tuple[Before, ...]:
    """Who of `others` came later than `ticket` and was called before it, the latest call first.

    A ticket still to be called has been overtaken by everybody who came later and has been called.
    """
    mine = order_key(ticket)
    found = [
        Before(
            number=other.number,
            why=_why(ticket, other),
            counts_from=other.effective_at,
            called_at=called_at,
            slot_at=other.slot_at,
        )
        for other in others
        if other.group == ticket.group and other.day == ticket.day and order_key(other)[1:] > mine[1:]
        if (called_at := other.called_at) is not None and (ticket.called_at is None or called_at < ticket.called_at)
    ]
    return tuple(sorted(found, key=lambda each: (-each.called_at, each.number)))


def _why(ticket: Ticket, other: Ticket) -> Why:
    by_class = _BY_CLASS.get(other.ticket_class)
    if Flag.WITHOUT_TICKET in other.flags:
        return Why.WITHOUT
    if other.chosen:
        return Why.CHOSEN
    if by_class is not None and order_key(other) < order_key(ticket):
        return by_class
    if ticket.returns or ticket.state in (TicketState.MISSED, TicketState.ON_HOLD):
        return Why.AWAY
    if not {Flag.LATE_MERGED, Flag.ADOPTED}.isdisjoint(ticket.flags):
        return Why.LATE
    return Why.BACK if other.returns else by_class or Why.PLACED
