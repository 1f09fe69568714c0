"""The hall's own days from its journal, entry by entry: who came and waited, which windows were really open.

Pure: the same fold serves the last weeks read at once and the fact of this second.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import numpy as np

from hall.catalog import Catalog
from hall.clock import SECOND_US
from hall.facts import JournalEntry, TicketCalled, TicketIssued, WindowClosed, WindowFact, WindowPaused
from hall.opening import business_day, local_time
from hall.projection import ticket_after
from queue_server.forecast.day_run import Shift
from queue_server.forecast.past_days import PastDay

DAYS_KEPT = 56  # eight weeks: so far back reaches what tomorrow is made of


@dataclass(slots=True)
class _Page:
    """The day that is being lived; instants in seconds after midnight."""

    day: date = date.min
    came: dict[str, tuple[float, int, float]] = field(default_factory=dict)
    waited: dict[str, float] = field(default_factory=dict)
    spells: dict[int, list[list[float]]] = field(default_factory=dict)


class Diary:
    """Hears every entry of the journal once, in order; of days that are over only what is needed of them stays.

    Args:
        catalog: The catalogue in force; its groups give the numbers of groups.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._offset = catalog.hall.offset_minutes
        self._number = {group.id: at for at, group in enumerate(catalog.groups)}
        self._past: list[PastDay] = []
        self._page = _Page()

    def hear(self, entry: JournalEntry) -> None:
        """Follow one entry; what concerns no ticket and no window, or a group that is gone, is passed over."""
        day = business_day(entry.at, self._offset)
        if day > self._page.day:
            self._turn(day)
        page, body, at = self._page, entry.fact.body, self._second(entry.at)
        if isinstance(body, WindowFact):
            self._window(page, body, at)
        elif isinstance(body, TicketIssued) and body.group in self._number:
            ticket = ticket_after(None, entry)
            if ticket is not None:
                head_start = (ticket.issued_at - ticket.effective_at) / SECOND_US
                page.came[ticket.id] = (self._second(ticket.issued_at), self._number[ticket.group], head_start)
        elif isinstance(body, TicketCalled) and body.ticket in page.came:
            page.waited.setdefault(body.ticket, max(0.0, at - page.came[body.ticket][0]))

    def days(self, before: date) -> list[PastDay]:
        """All days on which somebody came, earlier than this one, oldest first."""
        every = [*self._past, *([_as_day(self._page)] if self._page.came else [])]
        return [day for day in every if day.day < before]

    def _turn(self, day: date) -> None:
        """A new day; whoever sits at a window then has to open it anew."""
        if self._page.came:
            self._past.append(_as_day(self._page))
        oldest = day - timedelta(days=DAYS_KEPT)
        self._past = [past for past in self._past if past.day >= oldest]
        self._page = _Page(day)

    def _second(self, at: int) -> float:
        local: datetime = local_time(at, self._offset)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return (local - midnight).total_seconds()

    def _window(self, page: _Page, body: WindowFact, at: float) -> None:
        spells = page.spells.setdefault(body.window, [])
        if isinstance(body, WindowClosed | WindowPaused):
            if spells and spells[-1][1] == np.inf:
                spells[-1][1] = at
        elif not spells or spells[-1][1] < np.inf:
            spells.append([at, np.inf])


def _as_day(page: _Page) -> PastDay:
    order = sorted(page.came, key=lambda ticket: page.came[ticket][0])
    end = max([0.0, *(page.came[ticket][0] + page.waited.get(ticket, 0.0) for ticket in order)])
    shifts: dict[str, tuple[Shift, ...]] = {
        str(window): tuple((begins, min(ends, end + 1.0)) for begins, ends in spells)
        for window, spells in page.spells.items()
    }
    return PastDay(
        day=page.day,
        came=np.array([page.came[ticket][0] for ticket in order]),
        group=np.array([page.came[ticket][1] for ticket in order], np.intp),
        head_start=np.array([page.came[ticket][2] for ticket in order]),
        waited=np.array([page.waited.get(ticket, np.nan) for ticket in order]),
        shifts=shifts,
    )
