"""“With this table, yesterday would have been …”: waits by class under two rules, beside first come, first served.

A day of thousands of numbers is called again three times, which takes seconds of one core: that is done in a process of
its own (`rule_trial`), which is told all it needs in lines. So the interpreter that answers calls reads the day's part
of the journal as text, and nothing more.
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from hall.catalog import Catalog
from hall.clock import Moment
from hall.rule import Rule, rule_of, with_rule
from hall.ticket import TicketClass
from hall.wire.entry_lines import entry_of
from hall.wire.rule import ClassWaits, RulePreview, Waits
from hall.words import Word
from queue_server.operations.days import today
from queue_server.operations.journal_days import texts_of_day
from queue_server.operations.past_day import PastDay, Visit, call_again, past_day
from queue_server.store import Reader

DAYS_BACK = 14


class Trial(Word):
    """What shall be tried: a rule on a day of a hall. The first line of all that is told."""

    day: date
    catalog: Catalog
    rule: Rule


def told(reader: Reader, moment: Moment, rule: Rule) -> list[str]:
    """The lines from which `tried` makes the preview of a rule on the newest day with calls, yesterday if it had any.

    Empty where no day has any call yet.

    Raises:
        NoCatalogError: If the hall has no catalogue.
    """
    catalog, now = reader.catalog(), today(reader, moment)
    day = newest_day(reader, now)
    if day is None:
        return []
    trial = Trial(day=day, catalog=catalog, rule=rule)
    return [trial.model_dump_json(), *texts_of_day(reader, day, catalog.hall.offset_minutes)]


def tried(lines: Iterable[bytes]) -> RulePreview:
    """What the rule would have made of that day."""
    each = iter(lines)
    trial = Trial.model_validate_json(next(each))
    return compare(past_day(trial.day, map(entry_of, each)), trial.catalog, trial.rule)


def newest_day(reader: Reader, now: date) -> date | None:
    """Yesterday, else the day before … that has calls, else today; None if there is none."""
    days = [*(now - timedelta(days=back) for back in range(1, DAYS_BACK + 1)), now]
    return next((day for day in days if any(counts.first_calls for counts in reader.counts_on(day))), None)


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
