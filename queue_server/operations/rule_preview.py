"""“With this table, yesterday would have been …”: waits by class under two rules, beside first come, first served."""

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from hall.catalog import Catalog
from hall.clock import MINUTE_US, Moment
from hall.facts import JournalEntry
from hall.opening import business_day
from hall.rule import Rule, rule_of, with_rule
from hall.ticket import TicketClass
from hall.wire.rule import ClassWaits, RulePreview, Waits
from queue_server.operations.days import today
from queue_server.operations.past_day import PastDay, Visit, call_again, past_day
from queue_server.store import Reader

DAYS_BACK = 14
_MARGIN_US = 120 * MINUTE_US  # facts of a kiosk that was cut off stand later in the journal than they happened


def preview(reader: Reader, moment: Moment, rule: Rule) -> RulePreview:
    """What a rule would have made of the newest day with calls, yesterday if it had any.

    Raises:
        NoCatalogError: If the hall has no catalogue.
    """
    catalog, now = reader.catalog(), today(reader, moment)
    day = newest_day(reader, now)
    if day is None:
        return RulePreview(day=None, classes=(), left=0)
    return compare(past_day(day, entries_of_day(reader, day, catalog.hall.offset_minutes)), catalog, rule)


def newest_day(reader: Reader, now: date) -> date | None:
    """Yesterday, else the day before … that has calls, else today; None if there is none."""
    days = [*(now - timedelta(days=back) for back in range(1, DAYS_BACK + 1)), now]
    return next((day for day in days if any(counts.first_calls for counts in reader.counts_on(day))), None)


def entries_of_day(reader: Reader, day: date, offset_minutes: int) -> Iterable[JournalEntry]:
    """The part of the journal that holds a day: found by halves, for it grows with the years."""
    low, high = 0, reader.head_seq()
    while low < high:
        middle = (low + high) // 2
        entry = next(reader.entries(middle, 1), None)
        if entry is not None and business_day(entry.at + _MARGIN_US, offset_minutes) < day:
            low = middle + 1
        else:
            high = middle
    for entry in reader.entries(low):
        if business_day(entry.at - _MARGIN_US, offset_minutes) > day:
            return
        yield entry


def compare(day: PastDay, catalog: Catalog, rule: Rule) -> RulePreview:
    """A day by the rule in force, by another one, and by no head starts at all."""
    before, after = rule_of(catalog), with_rule(catalog, rule)

    def minutes(visit: Visit) -> int:
        return rule.minutes_now(visit.ticket.ticket_class, visit.minutes, before)

    fcfs = call_again(day, catalog.windows, lambda _: 0)
    now = call_again(day, catalog.windows, lambda visit: visit.minutes)
    then = call_again(day, after.windows, minutes)
    actual = {slot.ticket: slot.at for slot in day.slots}
    classes = [
        ClassWaits(
            ticket_class=ticket_class,
            tickets=len(group),
            really=_waits(group, actual),
            fcfs=_waits(group, fcfs),
            now=_waits(group, now),
            then=_waits(group, then),
        )
        for ticket_class in (None, *TicketClass)
        if (group := [v for v in day.visits.values() if ticket_class in (None, v.ticket.ticket_class)])
    ]
    return RulePreview(day=day.day, classes=tuple(classes), left=len(day.visits) - len(then))


def _waits(visits: Sequence[Visit], called: dict[str, int]) -> Waits:
    """Mean and 90th percentile (nearest rank) from the ticket's time to its call, in µs."""
    waits = sorted(max(0, called[v.ticket.id] - v.ticket.issued_at) for v in visits if v.ticket.id in called)
    if not waits:
        return Waits(mean_us=0, p90_us=0)
    return Waits(mean_us=sum(waits) // len(waits), p90_us=waits[math.ceil(0.9 * len(waits)) - 1])
