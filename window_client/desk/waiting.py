"""The lists at the right: who waits in calling order, who was missed, who is on hold; and the hall's load."""

from dataclasses import dataclass

from hall.clock import MINUTE_US
from hall.ticket import Flag
from hall.waiting import Wait, WaitKind
from hall.wire.views import Desk, DeskTicket
from window_client.desk.acts import may_return
from window_client.desk.citizen import Line, Mark, marks
from window_client.desk.situation import Connection, Listing, Situation
from window_client.desk.times import clock, minutes_between
from window_client.i18n.phrases import Phrases

NEWCOMERS_SHOWN = 2
NOT_KNOWN = "—"


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket in a list; `next` marks the one called next, `spent` one that may not come back any more.

    `order` is the time it is counted from, of one on hold what it waits for.
    """

    ticket: str
    number: str
    service: str
    order: str
    waited: str
    marks: tuple[Mark, ...]
    next: bool
    spent: bool


def rows(situation: Situation, listing: Listing, words: Phrases) -> tuple[Row, ...]:
    """The rows of one list, as the server ordered them."""
    if situation.desk is None:
        return ()
    return tuple(
        _row(situation, shown, words, listing, first=place == 0 and listing is Listing.WAITING)
        for place, shown in enumerate(_tickets(situation.desk, listing))
    )


def _tickets(desk: Desk, listing: Listing) -> tuple[DeskTicket, ...]:
    return {
        Listing.WAITING: desk.queue,
        Listing.MISSED: desk.missed,
        Listing.HELD: desk.held,
        Listing.UNCERTAIN: desk.uncertain,
    }[listing]


def _row(situation: Situation, shown: DeskTicket, words: Phrases, listing: Listing, *, first: bool) -> Row:
    ticket = shown.ticket
    counted_from = ticket.effective_at + shown.penalty_minutes * MINUTE_US
    order = words.ordered_by.format(time=clock(counted_from, situation.offset_minutes))
    if listing is Listing.HELD and shown.held_for:
        order = _held(shown, situation, words)
    overdue = ticket.back_at is not None and ticket.back_at <= situation.now_us
    spent = listing is Listing.MISSED and not may_return(situation, ticket)
    shown_marks = marks(ticket, words, but=Flag.UNCERTAIN if listing is Listing.UNCERTAIN else None)
    pinned = listing is Listing.WAITING and ticket.pinned is not None
    said = [text for text, holds in ((words.pinned, pinned), (words.spent, spent), (words.overdue, overdue)) if holds]
    return Row(
        ticket=ticket.id,
        number=shown.number,
        service=shown.service_name,
        order=order,
        waited=words.short_minutes.format(minutes=minutes_between(ticket.issued_at, situation.now_us)),
        marks=(*shown_marks, *(Mark(text, "caution") for text in said)),
        next=first,
        spent=spent,
    )


def _held(shown: DeskTicket, situation: Situation, words: Phrases) -> str:
    if shown.ticket.back_at is None:
        return shown.held_for
    return words.held_until.format(reason=shown.held_for, time=clock(shown.ticket.back_at, situation.offset_minutes))


def tabs(situation: Situation, words: Phrases) -> tuple[str, ...]:
    """The names of the lists with their lengths, as far as known; the uncertain one only while there are such."""
    desk = situation.desk
    names = (
        words.waiting_tab.format(count=len(desk.queue) if desk else NOT_KNOWN),
        words.missed_tab.format(count=len(desk.missed) if desk else NOT_KNOWN),
        words.held_tab.format(count=len(desk.held) if desk else NOT_KNOWN),
    )
    if desk is None or not desk.uncertain:
        return names
    return (*names, words.uncertain_tab.format(count=len(desk.uncertain)))


@dataclass(frozen=True, slots=True)
class NewcomerWait:
    """How long who comes now waits in one of this window's groups; `warns` when it is no time."""

    title: str
    wait: str
    warns: bool


def newcomers(situation: Situation, words: Phrases) -> tuple[NewcomerWait, ...]:
    """The longest waits of who would come now, of the groups this window serves; none while they are not known."""
    desk = situation.desk
    if desk is None or situation.connection is not Connection.ONLINE:
        return ()
    longest = sorted(desk.waits, key=lambda each: _how_bad(each.ordinary))[:NEWCOMERS_SHOWN]
    return tuple(
        NewcomerWait(
            title=words.newcomers.format(group=_group_name(situation, each.group)),
            wait=words.wait(each.ordinary),
            warns=each.ordinary.kind is not WaitKind.RANGE,
        )
        for each in longest
    )


def _how_bad(wait: Wait) -> tuple[bool, int]:
    return wait.kind is WaitKind.RANGE, -wait.high


def _group_name(situation: Situation, group_id: str) -> str:
    group = situation.group(group_id)
    return group_id if group is None else group.name


def load(situation: Situation, words: Phrases) -> tuple[Line, Line, Line]:
    """The hall as a whole: people waiting, longest wait, windows serving of those open; a dash for the unknown."""
    desk = situation.desk
    labels = (words.hall_waiting, words.longest_wait, words.windows_serving)
    values = (NOT_KNOWN,) * len(labels)
    if desk is not None:
        values = (
            words.people.format(count=desk.hall_waiting),
            words.short_minutes.format(minutes=desk.longest_wait_us // MINUTE_US),
            words.of_windows.format(serving=desk.windows_serving, open=desk.windows_open),
        )
    first, second, third = map(Line, labels, values)
    return first, second, third
