"""The sheet for calling by hand: the last list in its order, with room to write. Numbers and services, no names."""

from dataclasses import dataclass

from hall.wire.views import DeskTicket
from window_client.desk.situation import Listing, Situation
from window_client.desk.times import clock, day
from window_client.i18n.phrases import Phrases

EMPTY_ROWS = 12
"""Lines for numbers that are not in the list yet."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the sheet; the columns to write in are not here. A line without a number is all to be written."""

    place: str
    number: str
    service: str
    taken: str
    mark: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that stands on the paper. `file` is a name for it, without a folder."""

    title: str
    hall: str
    captions: tuple[str, ...]
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    file: str
    page_words: str


def sheet(situation: Situation, window: int, words: Phrases) -> Sheet:
    """The sheet of this window's last list: first who waits in the order of calling, then the rest with a mark."""
    desk, offset = situation.desk, situation.offset_minutes
    at = desk.at if desk else situation.now_us
    catalog = situation.catalog
    listed: list[tuple[DeskTicket, str]] = []
    if desk is not None:
        listed += [(each, "") for each in desk.queue]
        listed += [(each, words.listings[Listing.UNCERTAIN]) for each in desk.uncertain]
        listed += [(each, words.listings[Listing.MISSED]) for each in desk.missed]
        listed += [(each, words.listings[Listing.HELD]) for each in desk.held]
    rows = [
        SheetRow(str(place), each.number, each.service_name, clock(each.ticket.issued_at, offset), mark)
        for place, (each, mark) in enumerate(listed, 1)
    ]
    rows += [SheetRow("", "", "", "", "")] * EMPTY_ROWS
    date, time = day(at, offset, words), clock(at, offset)
    name = words.window.format(number=window)
    return Sheet(
        title=words.sheet_title,
        hall=catalog.hall.name if catalog else "",
        captions=(name, words.sheet_taken.format(date=date, time=time), words.sheet_count.format(count=len(listed))),
        notes=(words.sheet_order, words.sheet_later, words.sheet_afterwards),
        headings=words.sheet_headings,
        rows=tuple(rows),
        file=f"{words.sheet_title}-{name}-{time.replace(':', '')}.pdf".replace(" ", ""),
        page_words=words.sheet_page,
    )
