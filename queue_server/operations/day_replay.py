"""A past day made ready to be played: read from the journal, in slices between which it can be stopped.

It reads and never writes; who calls it does so on a thread of its own and rests whenever it is told of the progress.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from hall.catalog import Catalog
from hall.opening import business_day, day_begins
from hall.replay import DayReplay, Line, Telling
from hall.waiting import Wait, WaitKind
from queue_server.operations.journal_days import seq_after, seq_before
from queue_server.operations.progress import Progress, counted
from queue_server.store import Reader


@dataclass(frozen=True, slots=True)
class PlayableDay:
    """A day with all that its tiles say beside the journal.

    Attributes:
        replay: What happened.
        catalog: The present one: groups and windows that are gone since keep their ids.
        plans: The window plan in force.
        ranges: What was last said of the wait to somebody who took a number of a group, None before.
    """

    replay: DayReplay
    catalog: Catalog
    plans: Line[str]
    ranges: Mapping[str, Line[Wait | None]]


def playable_day(reader: Reader, day: date, progress: Progress) -> PlayableDay:
    """Read a day. One on which nothing happened has an empty span.

    Raises:
        NoCatalogError: If the hall has no catalogue.
        StoppedError: If `progress` stops it.
    """
    catalog = reader.catalog()
    offset = catalog.hall.offset_minutes
    telling = Telling(day, day_begins(day + timedelta(days=1), offset) - 1)
    shown = {ticket: (low, high) for ticket, low, high, _ in reader.shown_on(day)}
    said: list[tuple[int, str, Wait]] = []
    after, upto = seq_before(reader, day, offset), seq_after(reader, day, offset)
    beside = (entry for entry in reader.entries_without_ticket(after, upto) if business_day(entry.at, offset) == day)
    total = reader.count_of_day(day)
    for entry in counted(chain(beside, reader.entries_of_day(day)), total, progress):
        ticket = telling.hear(entry)
        if ticket is not None and (bounds := shown.pop(ticket.id, None)):
            low, high = bounds
            said.append((ticket.issued_at, ticket.group, Wait(kind=WaitKind.RANGE, low=low, high=high)))
    plans = Line("")
    for switch in reader.plan_switches(0):
        plans.put(switch.at, switch.plan)
    ranges: dict[str, Line[Wait | None]] = {}
    for at, group, wait in sorted(said, key=lambda each: each[0]):
        ranges.setdefault(group, Line[Wait | None](None)).put(at, wait)
    return PlayableDay(telling.told(), catalog, plans, ranges)
