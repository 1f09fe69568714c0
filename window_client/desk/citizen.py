"""The citizen in front of the window as far as a desk may know: number, masked name, class, a few facts."""

from dataclasses import dataclass

from hall.ticket import Flag, Ticket, TicketClass
from window_client.desk.situation import Situation
from window_client.desk.times import clock, length
from window_client.desk.why import why
from window_client.i18n.phrases import Phrases

CLASS_KINDS: dict[TicketClass, str] = {
    TicketClass.ORDINARY: "plain",
    TicketClass.PRIORITY: "positive",
    TicketClass.APPOINTMENT: "primary",
    TicketClass.RETURNING: "primary",
}
FLAG_KINDS: dict[Flag, str] = {
    Flag.UNCERTAIN: "caution",
    Flag.PAPER_UNKNOWN: "caution",
    Flag.LATE_MERGED: "plain",
    Flag.SAME_HOLDER: "caution",
    Flag.BOOKING_DOUBTED: "caution",
    Flag.WITHOUT_TICKET: "plain",
    Flag.UNENDED: "caution",
    Flag.HONOURED: "plain",
    Flag.ADOPTED: "plain",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A word on a soft fill."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: its name and what it is."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Citizen:
    """The left column. Without a number nobody is here, and `calm` says what could be next."""

    number: str
    name: str
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    calm: str
    next: str
    foot: str


def citizen(situation: Situation, words: Phrases) -> Citizen:
    """The left column for the present situation."""
    shown, desk = situation.active, situation.desk
    if desk is None:
        return Citizen(number="", name="", marks=(), lines=(), calm=words.not_known, next="", foot="")
    if shown is None:
        queue = desk.queue
        return Citizen(
            number="",
            name="",
            marks=(),
            lines=(),
            calm=words.people_waiting.format(count=len(queue)) if queue else words.nobody_waiting,
            next=words.next_is.format(number=queue[0].number) if queue else "",
            foot=words.served_today.format(count=desk.served_today),
        )
    ticket, offset = shown.ticket, situation.offset_minutes
    lines = [
        Line(words.service, shown.service_name),
        Line(words.group, shown.group_name),
        Line(words.waited, length(ticket.issued_at, ticket.called_at or situation.now_us, words)),
        Line(words.taken, "　".join(filter(None, (clock(ticket.issued_at, offset), shown.issuer)))),
    ]
    if shown.note:
        lines.insert(1, Line(words.handed_on, shown.note))
    if shown.reason is not None:
        lines.append(Line(words.called_for, why(shown.reason, offset, words)))
    return Citizen(
        number=shown.number,
        name=shown.masked_name,
        marks=marks(ticket, words, ordinary=True),
        lines=tuple(lines),
        calm="",
        next="",
        foot=words.will_rate,
    )


def marks(ticket: Ticket, words: Phrases, *, ordinary: bool = False, but: Flag | None = None) -> tuple[Mark, ...]:
    """Class and flags as marks; the ordinary class only where asked for, and not the flag that the place says."""
    shown = []
    if ordinary or ticket.ticket_class is not TicketClass.ORDINARY:
        shown.append(Mark(words.classes[ticket.ticket_class], CLASS_KINDS[ticket.ticket_class]))
    return (*shown, *(Mark(words.flags[flag], FLAG_KINDS[flag]) for flag in ticket.flags if flag is not but))
