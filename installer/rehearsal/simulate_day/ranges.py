"""Whether the range that a slip would have shown was kept: the forecast beside the truth, by group and class.

What was forecast at each arrival is what `forecast evaluate` would say, knowing the days before and the day so far.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hall.waiting import MINUTE_S, STEP_MINUTES
from installer.rehearsal.simulate_day.days import Played
from installer.rehearsal.simulate_day.figures import ALL, wide
from installer.rehearsal.simulate_day.log import PRIORITY, rows, write_log
from queue_server.forecast.calibrate import SHARES
from queue_server.forecast.evaluate import Judged, Trial
from queue_server.forecast.log_file import Visit, read_log

_P05, _P95 = (list(SHARES).index(share) for share in (0.05, 0.95))


@dataclass(frozen=True, slots=True)
class Kept:
    """Of one group and class, shares of the people who were served.

    Attributes:
        group: Its name.
        ticket_class: Its class.
        people: How many.
        by_upper: Called before the upper end of what the slip shows.
        inside: Within both ends of it.
        within_90: Within the 90 % range that it is made from.
        width: Of what the slip shows, in minutes, in the mean.
        narrowest: Told 「5 分钟内」, which nearly everybody keeps and which cannot be said more narrowly.
    """

    group: str
    ticket_class: str
    people: int
    by_upper: float
    inside: float
    within_90: float
    width: float
    narrowest: float


def ranges_kept(days: Sequence[Played]) -> list[Kept]:
    """Of the last day, knowing those before it: all, each class, each group, each group's classes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "log.csv"
        write_log(path, [row for day in days for row in rows(day, named=True)])
        visits = read_log(path)
    kinds = defaultdict[tuple[str, str], list[Judged]](list)
    for judged in Trial(visits, len(days) - 1, None, seed=1).run():
        visit: Visit = visits[judged.visit]
        for group in (ALL, visit.service):
            for ticket_class in (ALL, visit.priority):
                kinds[group, ticket_class].append(judged)
    order = sorted(kinds, key=lambda kind: (kind[0] != ALL, kind[0], kind[1] != ALL, kind[1] != PRIORITY))
    return [_kept(*kind, kinds[kind]) for kind in order]


def _kept(group: str, ticket_class: str, judged: list[Judged]) -> Kept:
    pairs = [(each, each.shown) for each in judged]
    return Kept(
        group,
        ticket_class,
        len(judged),
        by_upper=sum(each.wait <= r.high * MINUTE_S for each, r in pairs) / len(pairs),
        inside=sum(r.low * MINUTE_S <= each.wait <= r.high * MINUTE_S for each, r in pairs) / len(pairs),
        within_90=sum(each.quantiles[_P05] <= each.wait <= each.quantiles[_P95] for each in judged) / len(judged),
        width=sum(r.high - r.low for _, r in pairs) / len(pairs),
        narrowest=sum(r.high <= STEP_MINUTES for _, r in pairs) / len(pairs),
    )


def table(kept: Sequence[Kept]) -> str:
    """For people to read."""
    columns = f"{'人数':>5}{'按上限叫到':>7}{'在范围内':>7}{'九成区间内':>7}{'范围宽（分钟）':>9}{'五分钟内':>7}"
    head = f"{wide('业务', 12)}{wide('类别', 6)}{columns}"
    lines = [
        f"{wide(each.group, 12)}{wide(each.ticket_class, 6)}{each.people:>7}{each.by_upper:>12.1%}{each.inside:>11.1%}"
        f"{each.within_90:>12.1%}{each.width:>16.0f}{each.narrowest:>11.1%}"
        for each in kept
    ]
    return "\n".join([head, *lines])
