"""What was said of waits: kept beside the journal, given back to learn from, and judged by the waits that came.

A wait ends with the first call, which the journal tells; so nothing has to be written when it comes.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from hall.clock import DAY_US, MINUTE_US, SECOND_US, Moment
from hall.opening import business_day
from hall.ticket import Ticket
from hall.waiting import Wait, WaitKind
from hall.wire.views import ForecastAccuracy, GroupAccuracy, WeekAccuracy
from queue_server.forecast.outlook import ISSUE, Foretold, Learned, Said
from queue_server.store import Reader, Transaction
from queue_server.store.records import Forecast

REMEMBERED = 12_000
"""So many finished tickets the forecast compares with."""
WEEKS = 8
_DAYS_A_WEEK = 7


def keep(transaction: Transaction, foretold: Iterable[Foretold]) -> None:
    """Keep what was said; the same twice is once."""
    for one in foretold:
        said = one.said
        transaction.put(
            Forecast(
                ticket=one.ticket,
                nth=one.nth,
                at=one.at,
                group=one.group,
                ticket_class=one.ticket_class,
                ahead=said.ahead,
                p20_us=round(said.p20 * SECOND_US),
                p50_us=round(said.p50 * SECOND_US),
                p90_us=round(said.p90 * SECOND_US),
                shown=said.wait.kind,
                low=said.wait.low,
                high=said.wait.high,
                features=one.features,
            )
        )


def learned(reader: Reader) -> list[Learned]:
    """What a forecast that starts anew learns from, oldest first: the latest foretold whose wait came or still may."""
    found = []
    for said, called_at in reader.forecasts(after=0, limit=2 * REMEMBERED):
        if called_at is None and not _waits(reader.ticket(said.ticket)):
            continue
        found.append(Learned(foretold=_foretold_of(said), called_at=called_at))
        if len(found) == REMEMBERED:
            break
    return found[::-1]


def accuracy(reader: Reader, moment: Moment, weeks: int = WEEKS) -> ForecastAccuracy:
    """How well the waits that were said at issue came true: by week, the latest first, and by group.

    Only what was shown as a range counts, and only of tickets that were called. A range that was shown to the minute
    is held to the minute.

    Raises:
        NoCatalogError: If the hall has no catalogue yet.
    """
    catalog = reader.catalog()
    offset = catalog.hall.offset_minutes
    found: dict[date, dict[str, _Sums]] = defaultdict(lambda: defaultdict(_Sums))
    today = business_day(moment.wall_us, offset)
    for said, called_at in reader.forecasts(after=moment.wall_us - weeks * _DAYS_A_WEEK * DAY_US):
        if said.nth != ISSUE or said.shown is not WaitKind.RANGE or called_at is None:
            continue
        day = business_day(said.at, offset)
        monday = day - timedelta(days=day.weekday())
        found[monday][said.group].add(said, max(0, called_at - said.at))
    names = {group.id: group.name for group in catalog.groups}
    return ForecastAccuracy(
        at=moment.wall_us,
        day=today,
        weeks=tuple(
            WeekAccuracy(
                first_day=monday,
                all=_added(groups.values()).told("", ""),
                groups=tuple(groups[group].told(group, names.get(group, group)) for group in sorted(groups)),
            )
            for monday, groups in sorted(found.items(), reverse=True)
        ),
    )


@dataclass(slots=True)
class _Sums:
    """What is counted of the tickets of one group and week."""

    count: int = 0
    error_us: int = 0
    inside: int = 0
    late: int = 0

    def add(self, said: Forecast, wait_us: int) -> None:
        self.count += 1
        self.error_us += abs(wait_us - said.p50_us)
        self.inside += said.low * MINUTE_US <= wait_us <= said.high * MINUTE_US
        self.late += wait_us > said.high * MINUTE_US

    def told(self, group: str, name: str) -> GroupAccuracy:
        return GroupAccuracy(
            group=group,
            name=name,
            tickets=self.count,
            mae_us=self.error_us // self.count,
            inside=round(self.inside / self.count, 4),
            late=round(self.late / self.count, 4),
        )


def _added(parts: Iterable[_Sums]) -> _Sums:
    every = list(parts)
    return _Sums(
        count=sum(each.count for each in every),
        error_us=sum(each.error_us for each in every),
        inside=sum(each.inside for each in every),
        late=sum(each.late for each in every),
    )


def _waits(ticket: Ticket | None) -> bool:
    return ticket is not None and ticket.live


def _foretold_of(said: Forecast) -> Foretold:
    return Foretold(
        ticket=said.ticket,
        nth=said.nth,
        at=said.at,
        group=said.group,
        ticket_class=said.ticket_class,
        said=Said(
            ahead=said.ahead,
            p20=said.p20_us / SECOND_US,
            p50=said.p50_us / SECOND_US,
            p90=said.p90_us / SECOND_US,
            wait=Wait(kind=said.shown, low=said.low, high=said.high),
        ),
        features=said.features,
    )
