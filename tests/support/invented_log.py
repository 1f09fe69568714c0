"""Logs of halls that never were, whose truth is known: who came, by which rule they were called, how long it took.

`python -m tests.support.invented_log FOLDER [SEED]` writes all of `LOGS`, for `./onewindow forecast evaluate` to judge.
"""

import csv
import heapq
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

OPENS_S = 9 * 3600
COLUMNS = ("arrival", "priority", "service", "start", "end", "server", "outcome")


@dataclass(frozen=True, slots=True)
class Invention:
    """One invented hall; durations in seconds.

    Attributes:
        days: How many days the log has.
        hours: From opening at nine until nobody is let in any more.
        windows: How many windows are open all day; every third serves the first service only.
        load: Work that comes ÷ work that the windows can do, over the day.
        service_s: Mean service by service; the first is the most wanted.
        rush: Arrivals at this hour of the day (0 to 1 from opening to closing), relative to the others.
        drift: Factor on the service times by the share of the log that has passed.
        head_starts: By class; a tenth of the people have each but the first.
        leaves: Share of people who do not stay if it takes longer than an exponential patience of an hour.
        named: Whether the log says who served.
    """

    days: int = 16
    hours: float = 4.0
    windows: int = 3
    load: float = 0.95
    service_s: tuple[float, ...] = (300.0, 600.0)
    rush: Callable[[float], float] = lambda _: 1.0
    drift: Callable[[float], float] = lambda _: 1.0
    head_starts: dict[str, float] = field(default_factory=lambda: {"": 0.0})
    leaves: float = 0.1
    named: bool = True


@dataclass(slots=True)
class _Person:
    arrival: float
    priority: str
    service: int
    takes: float
    patience: float
    start: float | None = None
    end: float = 0.0
    server: int = -1


def invent(hall: Invention, seed: int) -> list[dict[str, str]]:
    """The rows of a log, in the order of arrival."""
    dice = random.Random(seed)
    rows = []
    for day in range(hall.days):
        people = _people(hall, dice, hall.drift(day / hall.days))
        _serve(hall, people)
        midnight = datetime(2026, 3, 2, tzinfo=UTC) + timedelta(days=day)
        rows += [_row(hall, person, midnight) for person in people]
    return rows


def write_log(path: Path, rows: Sequence[dict[str, str]]) -> Path:
    """As the file that the verb reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def _early(hour: float) -> float:
    return 3.0 if 0.1 < hour < 0.3 else 0.7


def _people(hall: Invention, dice: random.Random, slower: float) -> list[_Person]:
    weights = [1 / (place + 1) for place in range(len(hall.service_s))]
    mean = sum(w * s for w, s in zip(weights, hall.service_s, strict=True)) / sum(weights)
    expected = hall.load * hall.windows * hall.hours * 3600 / mean
    steps = [step / 100 for step in range(100)]
    rates = [hall.rush(step) for step in steps]
    people = []
    for _ in range(round(dice.gauss(expected, expected**0.5))):
        hour = dice.choices(steps, rates)[0] + dice.random() / 100
        service = dice.choices(range(len(weights)), weights)[0]
        favoured = list(hall.head_starts)[1:]
        tenth = int(dice.random() * 10)
        priority = favoured[tenth] if tenth < len(favoured) else next(iter(hall.head_starts))
        takes = hall.service_s[service] * slower * dice.lognormvariate(-0.18, 0.6)
        patience = dice.expovariate(1 / 3600) if dice.random() < hall.leaves else float("inf")
        people.append(_Person(OPENS_S + hour * hall.hours * 3600, priority, service, takes, patience))
    return sorted(people, key=lambda person: person.arrival)


def _serve(hall: Invention, people: list[_Person]) -> None:
    """The hall's rule, one event at a time: a window that is free calls the least effective time it may serve."""
    events: list[tuple[float, int, int]] = [(person.arrival, 0, at) for at, person in enumerate(people)]
    heapq.heapify(events)
    free, waiting = set(range(hall.windows)), []
    while events:
        now, kind, at = heapq.heappop(events)
        if kind == 0:
            waiting.append(people[at])
        else:
            free.add(at)
        waiting = [person for person in waiting if person.arrival + person.patience > now or _left(person)]
        for window in sorted(free):
            mine = [person for person in waiting if window % 3 != 2 or person.service == 0]
            if mine:
                best = min(mine, key=lambda person: person.arrival - hall.head_starts[person.priority])
                waiting.remove(best)
                free.discard(window)
                best.start, best.end, best.server = now, now + best.takes, window
                heapq.heappush(events, (best.end + 15.0, 1, window))


def _left(person: _Person) -> bool:
    person.end = person.arrival + person.patience
    return False


def _row(hall: Invention, person: _Person, midnight: datetime) -> dict[str, str]:
    def clock(seconds: float | None) -> str:
        return (
            "" if seconds is None else str((midnight + timedelta(seconds=seconds)).replace(microsecond=0, tzinfo=None))
        )

    return {
        "arrival": clock(person.arrival),
        "priority": person.priority,
        "service": f"事项{person.service + 1}",
        "start": clock(person.start),
        "end": clock(person.end),
        "server": f"W{person.server}" if hall.named and person.start is not None else "",
        "outcome": "abandoned" if person.start is None else "served",
    }


STEADY = Invention()
LOGS = {
    "steady": STEADY,
    "rush": replace(STEADY, rush=_early),
    "drift": replace(STEADY, drift=lambda passed: 0.8 + 0.4 * passed),
    "two hours": replace(STEADY, windows=2, hours=6.0, load=1.5, leaves=0.05),
    "one window": replace(STEADY, windows=1, days=30, hours=8.0),
    "sixty windows": replace(STEADY, windows=60, days=10, hours=2.0, load=1.3, service_s=(1200.0, 2400.0)),
    "no servers": replace(STEADY, rush=_early, named=False),
    "classes": replace(STEADY, load=1.1, head_starts={"普通": 0.0, "优先": 1800.0, "预约": 1200.0}),
}

if __name__ == "__main__":
    folder, seed = Path(sys.argv[1]), int((*sys.argv[2:], "1")[0])
    folder.mkdir(exist_ok=True)
    for name, hall in LOGS.items():
        write_log(folder / f"{name}.csv", invent(hall, seed))
