"""What the page of statistics asks of the server, each time for whoever is still signed in."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hall.catalog import Catalog
from hall.clock import Clock
from hall.grouping import By, Table
from hall.half_hours import USUAL_WEEKS, usual_days
from hall.opening import local_time
from hall.visits import GroupHalves
from queue_server.operations.days import today
from queue_server.operations.errors import SessionOverError
from queue_server.operations.progress import Progress
from queue_server.operations.sheet import Sheet, names_of, title_of
from queue_server.operations.summaries import checked_period, stored_halves, table
from queue_server.operations.table_file import file_of
from queue_server.store import Store

HEAT = (By.WEEKDAY, By.HOUR)


@dataclass(frozen=True, slots=True)
class Shown:
    """What was found: the table, the heat map's table, and until when the figures go (empty if there are none)."""

    sheet: Sheet
    heat: Table
    counted: str


@dataclass(frozen=True, slots=True)
class AgainstUsual:
    """A day by half hour, the days before it that tell what is usual, and when the day was counted, if it was."""

    day: date
    halves: GroupHalves
    before: dict[date, GroupHalves]
    counted: datetime | None


@dataclass(frozen=True, slots=True)
class StatisticsDesk:
    """Over the hall's store; every act raises `SignInError` once the session has ended."""

    store: Store
    clock: Clock
    staff_of: Callable[[str], Awaitable[str | None]]
    target: int

    async def today(self) -> tuple[Catalog, date]:
        """The catalogue and the business day."""

        def look() -> tuple[Catalog, date]:
            with self.store.read() as reader:
                return reader.catalog(), today(reader, self.clock.now())

        return await asyncio.to_thread(look)

    async def find(self, token: str, first: date, last: date, bys: tuple[By, ...]) -> Shown:
        """The figures of a stretch of days. Raises `PeriodError`."""
        await self._staff(token)
        checked_period(first, last)

        def look() -> Shown:
            with self.store.read() as reader:
                catalog = reader.catalog()
                title = title_of(catalog.hall.name, first, last, bys)
                sheet = Sheet(table(reader, first, last, bys), names_of(catalog), title, self.target)
                at = reader.counted_at(first, last)
                counted = f"{local_time(at, catalog.hall.offset_minutes):%m-%d %H:%M}" if at else ""
                return Shown(sheet, table(reader, first, last, HEAT), counted)

        return await asyncio.to_thread(look)

    async def against_usual(self, token: str, wanted: date | None = None) -> AgainstUsual:
        """A day by half hour, today if none is named, and the days that tell what was usual then."""
        await self._staff(token)

        def look() -> AgainstUsual:
            with self.store.read() as reader:
                day = wanted or today(reader, self.clock.now())
                found = stored_halves(reader, day - timedelta(weeks=USUAL_WEEKS), day)
                before = {each: found[each] for each in usual_days(day, list(found))}
                at = reader.counted_at(day, day)
                counted = local_time(at, reader.catalog().hall.offset_minutes) if at else None
                return AgainstUsual(day, found.get(day, {}), before, counted)

        return await asyncio.to_thread(look)

    async def file(self, token: str, sheet: Sheet, kind: str, progress: Progress) -> bytes:
        """A table as a file, `csv` or `xlsx`; raises as `file_of`. `progress` is called on another thread."""
        await self._staff(token)
        return await asyncio.to_thread(file_of, sheet, kind, progress)

    async def _staff(self, token: str) -> None:
        if await self.staff_of(token) is None:
            raise SessionOverError
