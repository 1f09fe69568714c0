"""The figures of each day, made once when it is over and anew when late facts touch it; a table is added up of them.

    journal ─ which days did it touch? ─▶ days behind ─ fold of the day's tickets ─▶ a summary for each subject

All reading is done outside the writer; what it gets is small. Today counts too, but only every ten minutes.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from hall.clock import MINUTE_US, Clock, Moment
from hall.grouping import By, Table
from hall.tally import Row, Tally
from hall.visits import Day, GroupHalves, Shown, Subject, Visits
from queue_server.operations.days import today
from queue_server.operations.errors import PeriodError
from queue_server.store import Reader, Store, Transaction
from queue_server.store.records import DaySummary, Meta, SummedDay

TODAY_EVERY_US = 10 * MINUTE_US
MOST_DAYS = 3660
HALVES = By.HALF_HOUR.value
"""Beside the subjects of `hall.visits`: by group as well, but by half hour."""
_PLACE = "statistics_seq"
_PAGE = 5_000
_SLICE = 50


@dataclass(frozen=True, slots=True)
class Found:
    """What was found out in reading, for the writer to keep."""

    days: tuple[SummedDay, ...]
    summaries: tuple[DaySummary, ...] = ()
    place: int | None = None


def checked_period(first: date, last: date) -> None:
    """Raises `PeriodError` if it ends before it begins, or is far too long."""
    if first > last:
        raise PeriodError(f"{first} 晚于 {last}")
    if (last - first) > timedelta(days=MOST_DAYS):
        raise PeriodError(f"{first} 到 {last} 太长")


def table(reader: Reader, first: date, last: date, bys: tuple[By, ...]) -> Table:
    """The figures of a stretch of days, both ends included. Raises `PeriodError`."""
    checked_period(first, last)
    made = Table(bys)
    for summary in reader.summaries(HALVES if made.by_half else made.subject.value, first, last):
        made.add(summary.day, json.loads(summary.text))
    return made


def tallies_of(text: str) -> dict[str, dict[int, Tally]]:
    """What a summary says."""
    told: dict[str, dict[str, Row]] = json.loads(text)
    return {whose: {int(hour): Tally.of_row(row) for hour, row in hours.items()} for whose, hours in told.items()}


def text_of(tallies: dict[str, dict[int, Tally]]) -> str:
    """A summary's text; the same tallies are the same text."""
    told = {whose: {hour: tally.row() for hour, tally in sorted(hours.items())} for whose, hours in tallies.items()}
    return json.dumps(dict(sorted(told.items())), separators=(",", ":"))


def bring_up_to_date(store: Store, clock: Clock, rest: Callable[[], bool], *, now: bool = False) -> None:
    """Make whatever figures are behind, oldest day first.

    Args:
        store: The hall's store.
        clock: The hall's clock.
        rest: Called again and again while counting; False to stop: what is done by then is kept.
        now: Make today's too, however new they are.
    """
    while rest():
        with store.read() as reader:
            if not reader.catalog_version():
                return
            found = look_on(reader)
        if found.place is None:
            break
        store.write(partial(keep, found=found)).result()
    moment = clock.now()
    with store.read() as reader:
        days = [day for day in reader.days_behind() if now or _is_due(reader, day, moment)]
    for day in days:
        with store.read() as reader:
            made = sum_up(reader, day, moment, rest)
        if made is None:
            return
        store.write(partial(keep, found=made)).result()


def look_on(reader: Reader) -> Found:
    """Which days the next stretch of the journal touched; without a place if there is nothing new."""
    meta = reader.get(Meta, _PLACE)
    place, head = (0 if meta is None else int(meta.value)), reader.head_seq()
    if place >= head:
        return Found(())
    upto = min(place + _PAGE, head)
    known = ((reader.get(SummedDay, day) or SummedDay(day, 0), seq) for day, seq in reader.touched(place, upto).items())
    return Found(tuple(replace(day, touched_seq=seq) for day, seq in known), place=upto)


def sum_up(reader: Reader, day: SummedDay, moment: Moment, rest: Callable[[], bool]) -> Found | None:
    """The figures of a day from the journal, None if it was stopped."""
    visits = Visits(only=day.day)
    for count, entry in enumerate(reader.entries_of_day(day.day)):
        if count % _SLICE == 0 and not rest():
            return None
        visits.add(entry)
    offset, shown = reader.catalog().hall.offset_minutes, shown_on(reader, day.day)
    counted = visits.days(offset, shown).get(day.day, {})
    halves = visits.half_hours(offset, shown).get(day.day, {})
    summaries = (
        *(DaySummary(s.value, day.day, text_of(counted.get(s, {}))) for s in Subject),
        DaySummary(HALVES, day.day, text_of(halves)),
    )
    return Found((SummedDay(day.day, day.touched_seq, reader.head_seq(), moment.wall_us),), summaries)


def shown_on(reader: Reader, day: date) -> dict[str, Shown]:
    """The ranges still remembered that tickets of a day were shown at issue."""
    return {ticket: Shown(low, high, middle_us) for ticket, low, high, middle_us in reader.shown_on(day)}


def keep(transaction: Transaction, found: Found) -> None:
    """Keep what was found out."""
    for summary in found.summaries:
        transaction.put(summary)
    for day in found.days:
        transaction.put(day)
    if found.place is not None:
        transaction.put(Meta(_PLACE, str(found.place)))


def _is_due(reader: Reader, day: SummedDay, moment: Moment) -> bool:
    return day.day < today(reader, moment) or moment.wall_us - day.counted_at >= TODAY_EVERY_US


def stored_halves(reader: Reader, first: date, last: date) -> dict[date, GroupHalves]:
    """What is kept of a stretch of days by half hour, without the days on which nobody came."""
    kept = ((each.day, tallies_of(each.text)) for each in reader.summaries(HALVES, first, last))
    return {day: halves for day, halves in kept if halves}


def stored_days(reader: Reader, first: date, last: date) -> dict[date, Day]:
    """Every summary of a stretch of days, for comparing."""
    found: dict[date, Day] = {}
    for subject in Subject:
        for summary in reader.summaries(subject.value, first, last):
            found.setdefault(summary.day, {})[subject] = tallies_of(summary.text)
    return found
