"""A slip shown at the window: its code to be sent, or its number to be found in the lists of the desk."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

from hall.ticket import Ticket
from window_client.desk.by_hand import number_of
from window_client.desk.citizen import Mark, marks
from window_client.desk.situation import Listing, Situation
from window_client.desk.times import clock
from window_client.i18n.phrases import Phrases

_SHORTEST_CODE = 40
"""Signs; a printed number has sixteen at most, the code of a slip more than ninety."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of the slip: nothing yet, a ticket that may be called, or words on why not.

    `kind` is empty, ticket, code or unknown.
    """

    kind: Literal["empty", "ticket", "code", "unknown"]
    ticket: str = ""
    number: str = ""
    caption: str = ""
    marks: tuple[Mark, ...] = ()
    code: str = ""


def look(text: str, situation: Situation, words: Phrases) -> Shown:
    """What a clerk typed or a scanner read."""
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return Shown("empty")
    if len(text) >= _SHORTEST_CODE and text.isascii():
        return Shown("code", code=text[:512])
    number = number_of(text)
    if number is None:
        return Shown("unknown", caption=words.wrong_number)
    desk = situation.desk
    lists = (
        (
            (Listing.WAITING, desk.queue),
            (Listing.MISSED, desk.missed),
            (Listing.HELD, desk.held),
            (Listing.UNCERTAIN, desk.uncertain),
        )
        if desk
        else ()
    )
    for listing, tickets in lists:
        for each in tickets:
            if each.number == number:
                return of_ticket(each.ticket, situation, words, where=words.listings[listing])
    return Shown("unknown", number=number, caption=words.slip_unknown)


def why_not_yet(situation: Situation, words: Phrases) -> str:
    """What has to happen before a slip that was found can be called; empty if it can be, or could in a moment."""
    if not situation.online:
        return words.offline
    if situation.active is not None:
        return words.slip_busy.format(number=situation.active.number)
    return words.slip_paused if situation.paused else ""


def of_ticket(ticket: Ticket, situation: Situation, words: Phrases, *, where: str = "") -> Shown:
    """A ticket found or adopted, as it is told before it is called."""
    group = situation.group(ticket.group)
    service = situation.service(ticket.service)
    name = service.name if service else group.name if group else ""
    taken = f"{words.taken} {clock(ticket.issued_at, situation.offset_minutes)}"
    told = "　".join(part for part in (name, taken, where) if part)
    return Shown("ticket", ticket.id, ticket.number, told, marks(ticket, words))
