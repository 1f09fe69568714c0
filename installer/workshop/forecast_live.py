"""Whether what a hall says of waits is kept while it lives: invented days, real programs, the live forecast.

`python -m installer.workshop.forecast_live [--days N] [--seed S] [--citizens N] [--windows N] [SHAPE]` prints a line
for each day: how many were told a range when they took their number and called later, the share within it, the share
called later than its upper end; then the same by group over all days but the first.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace

from hall.clock import MINUTE_US, SECOND_US
from hall.opening import business_day
from hall.waiting import WaitKind
from installer.rehearsal.simulate_day.days import play_real
from installer.rehearsal.simulate_day.play import Play
from installer.rehearsal.simulate_day.real import RealHall
from installer.rehearsal.simulate_day.shape import SHAPES
from queue_server.forecast.live import Forecaster
from queue_server.forecast.outlook import ISSUE
from queue_server.operations import forecasting
from queue_server.store import Store


class Foreseen:
    """The live forecast beside a hall of the real programs, at their pace.

    Args:
        seed: Of the forward runs.
        every_s: So often, in the hall's time, it is asked anew.
    """

    def __init__(self, seed: int, every_s: float) -> None:
        self._seed = seed
        self._every_us = round(every_s * SECOND_US)
        self._place = 0
        self._looked = self._now = 0

    def begin(self, real: RealHall) -> None:
        """Watch this hall from now on."""
        self._real = real
        with self.store.read() as reader:
            self._catalog = reader.catalog()
        self._forecaster = Forecaster(self._catalog, self._seed)

    @property
    def store(self) -> Store:
        """The hall's own."""
        assert self._real.server.store is not None
        return self._real.server.store

    def told(self, midnight_us: int, now_us: int, play: Play) -> None:
        """Before every event: what the newest forecast says is what its people read."""
        del midnight_us, play
        until_then, self._now = now_us - (self._now or now_us), now_us  # the clock still shows the event before
        if now_us < self._looked + self._every_us:
            return
        self._looked = now_us
        with self.store.read() as reader:
            for entry in reader.entries(self._place):
                self._forecaster.hear(entry)
                self._place = entry.seq
        outlook = self._forecaster.look(self._real.server.clock.now().wall_us + until_then)
        if outlook.foretold:
            self.store.run(lambda transaction: forecasting.keep(transaction, outlook.foretold))

    def kept(self, by_day: bool) -> dict[Hashable, list[tuple[bool, bool]]]:  # noqa: FBT001 - one of two tables
        """By day or by group: of each person whether the wait was within what was said, and later than all of it."""
        found: dict[Hashable, list[tuple[bool, bool]]] = defaultdict(list)
        with self.store.read() as reader:
            said_at_issue = [each for each in reader.forecasts(after=0) if each[0].nth == ISSUE]
        days = [business_day(said.at, self._catalog.hall.offset_minutes) for said, _ in said_at_issue]
        for (said, called_at), day in zip(said_at_issue, days, strict=True):
            if called_at is None or said.shown is not WaitKind.RANGE or (not by_day and day == min(days)):
                continue
            wait = called_at - said.at
            late = wait > said.high * MINUTE_US
            found[day if by_day else said.group].append((not late and wait >= said.low * MINUTE_US, late))
        return found


def main(argv: Sequence[str]) -> int:
    """Play and print."""
    parser = argparse.ArgumentParser(prog="forecast_live", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("shape", nargs="?", choices=SHAPES, default="weekday", metavar="SHAPE", help="、".join(SHAPES))
    parser.add_argument("--days", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--citizens", type=int)
    parser.add_argument("--windows", type=int)
    parser.add_argument("--every", type=float, default=15.0, help="每隔多少秒（大厅时间）预测一次")
    options = parser.parse_args(argv)
    shape = SHAPES[options.shape]
    shape = replace(shape, citizens=options.citizens or shape.citizens, windows=options.windows or shape.windows)
    foreseen = Foreseen(options.seed, options.every)
    for played in play_real(shape, options.days, options.seed, foreseen.told, foreseen.begin):
        of_day = foreseen.kept(by_day=True).get(played.day.day, [])
        print(_line(str(played.day.day), of_day), flush=True)
    for group, shares in sorted(foreseen.kept(by_day=False).items(), key=str):
        print(_line(f"  {group}", shares))
    return 0


def _line(name: str, shares: list[tuple[bool, bool]]) -> str:
    count = max(1, len(shares))
    inside, late = (sum(each[at] for each in shares) / count for at in (0, 1))
    return f"{name:<20}{len(shares):>6}  within {inside:>6.1%}  later {late:>6.1%}  not later {1 - late:>6.1%}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
