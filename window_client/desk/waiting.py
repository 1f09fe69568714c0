"""The lists at the right: who waits in calling order, who was missed, who is on hold; and the hall's load."""

from dataclasses import dataclass
from enum import StrEnum

from hall.clock import MINUTE_US
from hall.wire.views import Desk, DeskTicket
from window_client.desk.citizen import Line, Mark, marks
from window_client.desk.situation import Situation
from window_client.desk.times import clock, minutes_between
from window_client.i18n.phrases import Phrases


class Listing(StrEnum):
    """Which list is shown."""

    WAITING = "waiting"
    MISSED = "missed"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket in a list. `order` is the time it is counted from; `next` marks the one called next."""

    ticket: str
    number: str
    service: str
    order: str
    waited: str
    marks: tuple[Mark, ...]
    next: bool


def rows(situation: Situation, listing: Listing, words: Phrases) -> tuple[Row, ...]:
    """The rows of one list, as the server ordered them."""
    if situation.desk is None:
        return ()
    return tuple(
        _row(situation, shown, words, first=place == 0 and listing is Listing.WAITING)
        for place, shown in enumerate(_tickets(situation.desk, listing))
    )


def _tickets(desk: Desk, listing: Listing) -> tuple[DeskTicket, ...]:
    return {Listing.WAITING: desk.queue, Listing.MISSED: desk.missed, Listing.HELD: desk.held}[listing]


def _row(situation: Situation, shown: DeskTicket, words: Phrases, *, first: bool) -> Row:
    ticket = shown.ticket
    counted_from = ticket.effective_at + shown.penalty_minutes * MINUTE_US
    return Row(
        ticket=ticket.id,
        number=shown.number,
        service=shown.service_name,
        order=words.ordered_by.format(time=clock(counted_from, situation.offset_minutes)),
        waited=words.short_minutes.format(minutes=minutes_between(ticket.issued_at, situation.now_us)),
        marks=marks(ticket, words),
        next=first,
    )


def tabs(situation: Situation, words: Phrases) -> tuple[str, str, str]:
    """The names of the three lists with their lengths."""
    desk = situation.desk
    return (
        words.waiting_tab.format(count=len(desk.queue) if desk else 0),
        words.missed_tab.format(count=len(desk.missed) if desk else 0),
        words.held_tab.format(count=len(desk.held) if desk else 0),
    )


def load(situation: Situation, words: Phrases) -> tuple[Line, Line, Line]:
    """The hall as a whole: people waiting, longest wait, windows serving of those open."""
    desk = situation.desk
    waiting, longest, serving, opened = (
        (desk.hall_waiting, desk.longest_wait_us, desk.windows_serving, desk.windows_open) if desk else (0, 0, 0, 0)
    )
    return (
        Line(words.hall_waiting, words.people.format(count=waiting)),
        Line(words.longest_wait, words.short_minutes.format(minutes=longest // MINUTE_US)),
        Line(words.windows_serving, words.of_windows.format(serving=serving, open=opened)),
    )
