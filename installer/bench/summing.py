"""How long the page of statistics takes: a month of 60,000 tickets, a year of 750,000, and one day folded anew.

The days of the year are invented figure by figure: 3,000 tickets each with waits and services as spread as a hall's
are, kept as the store keeps them. The day that is folded is lived by the bench's own tickets.
"""

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from hall.catalog import Catalog
from hall.clock import MINUTE_US
from hall.grouping import grouping
from hall.tally import Tally
from hall.visits import Day, Subject
from installer.bench.figures import Figure, figure
from installer.bench.halls import BenchHall
from installer.bench.past import fill
from installer.bench.sizes import Sizes
from queue_server.link.clock import SystemClock, new_id
from queue_server.operations.sheet import Sheet, names_of
from queue_server.operations.summaries import Found, bring_up_to_date, keep, table, text_of
from queue_server.store import Store
from queue_server.store.records import DaySummary
from queue_server.web.manage.statistics_desk import HEAT
from queue_server.web.manage.statistics_markup import HEATED, figure_of, heat_markup, rows_markup

PER_DAY, MONTH, YEAR = 3000, 20, 250
_FOLDED = 2000
_BYS = ("day", "group,hour", "window,day", "clerk,month", "service,hour")
_TARGET = 30
_LAST = date(2020, 12, 31)
_DISTINCT = 5


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """The figures; `sizes` changes only how often each table is asked for."""
    catalog, chance = hall.stage.catalog, random.Random(1)
    fill(hall.stage.hall.database, catalog, _FOLDED)
    with Store.open(hall.stage.hall.database, catalog.hall.id, new_id=new_id) as store:
        began = time.perf_counter()
        bring_up_to_date(store, SystemClock(), lambda: True)
        took = time.perf_counter() - began
        yield figure(f"statistics: days of {_FOLDED:,} tickets in all folded from the journal, once", took, "s")
        texts = [invented_day(catalog, chance) for _ in range(_DISTINCT)]
        for number in range(YEAR):
            day = _LAST - timedelta(days=number)
            rows = tuple(replace(row, day=day) for row in texts[number % _DISTINCT])
            store.write(partial(keep, found=Found((), rows))).result()
        for days, bar in ((MONTH, "≤ 1 s"), (YEAR, "≤ 3 s")):
            for words in _BYS:
                took = min(_asked(store, catalog, days, words) for _ in range(sizes.turns))
                yield figure(f"statistics: {days * PER_DAY:,} tickets by {words}, with the heat map", took, "s", bar)


def _asked(store: Store, catalog: Catalog, days: int, words: str) -> float:
    """Seconds of a processor, so that others at work do not count: from the question to the page's markup."""
    began, first = time.thread_time(), _LAST - timedelta(days=days - 1)
    with store.read() as reader:
        sheet = Sheet(table(reader, first, _LAST, grouping(words)), names_of(catalog), words, _TARGET)
        heat = table(reader, first, _LAST, HEAT)
    rows_markup(sheet)
    heat_markup(heat, figure_of(HEATED[0]), _TARGET)
    assert sheet.table.whole.arrivals == heat.whole.arrivals == days * PER_DAY
    return time.thread_time() - began


def invented_day(catalog: Catalog, chance: random.Random) -> tuple[DaySummary, ...]:
    """The summaries of one invented day."""
    day: Day = {subject: {} for subject in Subject}
    for _ in range(PER_DAY):
        service = chance.choice(catalog.services)
        window = chance.choice(catalog.windows).number
        tally = Tally(arrivals=1, finished=1, judged=1, error_us=chance.randrange(10 * MINUTE_US), inside=1)
        tally.waits.add(round(chance.lognormvariate(2.5, 1) * MINUTE_US))
        tally.services.add(round(chance.lognormvariate(1.8, 0.6) * MINUTE_US))
        tally.ratings[chance.randrange(5)] = 1
        whose = {Subject.GROUP: service.group, Subject.SERVICE: service.id}
        whose |= {Subject.WINDOW: str(window), Subject.CLERK: str(1000 + window)}
        hour = chance.randrange(9, 17)
        for subject, key in whose.items():
            day[subject].setdefault(key, {}).setdefault(hour, Tally()).merge(tally)
    return tuple(DaySummary(subject.value, _LAST, text_of(tallies)) for subject, tallies in day.items())
