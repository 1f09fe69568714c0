"""Who waited how long, by group and class, beside first come, first served on the same people."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from hall.clock import MINUTE_US
from installer.rehearsal.simulate_day.catalogue import sample
from installer.rehearsal.simulate_day.days import Played
from installer.rehearsal.simulate_day.log import ORDINARY, PRIORITY

ALL = "全部"
_NINETY = 0.9


@dataclass(frozen=True, slots=True)
class Waits:
    """Waits from the number to the first call, in minutes."""

    people: int
    mean: float
    p90: float
    longest: float


@dataclass(frozen=True, slots=True)
class Line:
    """One group and class; `by_arrival`: the same people, first come, first served."""

    group: str
    ticket_class: str
    ours: Waits
    by_arrival: Waits


def compare(ours: Played, by_arrival: Played) -> list[Line]:
    """A line for each class of all, then for each class of each group."""
    mine, theirs = _by_kind(ours), _by_kind(by_arrival)
    order = [ALL, *(group.name for group in sample().groups)]
    kinds = sorted(mine, key=lambda kind: (order.index(kind[0]), kind[1] != PRIORITY))
    return [Line(*kind, ours=_waits(mine[kind]), by_arrival=_waits(theirs.get(kind, [0.0]))) for kind in kinds]


def _by_kind(played: Played) -> dict[tuple[str, str], list[float]]:
    names = {group.id: group.name for group in sample().groups}
    found = defaultdict[tuple[str, str], list[float]](list)
    for wait in played.waits:
        if wait.called is not None and not wait.again:
            citizen = played.day.citizens[wait.citizen]
            for group in (ALL, names[citizen.group]):
                ticket_class = PRIORITY if citizen.priority else ORDINARY
                found[group, ticket_class].append((wait.called - wait.came) / MINUTE_US)
    return found


def _waits(minutes: list[float]) -> Waits:
    ordered = sorted(minutes)
    at = min(len(ordered) - 1, int(_NINETY * len(ordered)))
    return Waits(len(ordered), sum(ordered) / len(ordered), ordered[at], ordered[-1])


OUTCOMES = {"served": "办完", "missed": "过号", "day_end": "没等到", "no_number": "没取到号"}


def outcomes(played: Played) -> dict[str, int]:
    """How many waits ended in which way, and how many citizens got no number; by the keys of `OUTCOMES`."""
    found = Counter(wait.outcome for wait in played.waits)
    found["no_number"] = len(played.day.citizens) - len({wait.citizen for wait in played.waits})
    return {outcome: found[outcome] for outcome in OUTCOMES if found[outcome]}


def in_words(outcomes: dict[str, int]) -> str:
    """办完 2850 次、过号 150 次."""
    return "、".join(f"{OUTCOMES[outcome]} {count} 次" for outcome, count in outcomes.items())


def as_json(ours: Played, lines: Iterable[Line]) -> dict[str, Any]:
    """All of it as data, minutes to one place."""
    return {
        "day": str(ours.day.day),
        "citizens": len(ours.day.citizens),
        "outcomes": outcomes(ours),
        "waits": [_rounded(asdict(line)) for line in lines],
    }


def table(lines: Iterable[Line]) -> str:
    """For people to read; widths count a Chinese character as two."""
    columns = f"{'平均':>7}{'九成内':>6}{'最长':>7}"
    head = f"{wide('业务', 12)}{wide('类别', 6)}{'人数':>5}{columns}   先到先办：{columns[3:]}   （等候，分钟）"
    rows = [
        f"{wide(line.group, 12)}{wide(line.ticket_class, 6)}{line.ours.people:>7}"
        f"{line.ours.mean:>9.1f}{line.ours.p90:>9.1f}{line.ours.longest:>9.1f}"
        f"{line.by_arrival.mean:>19.1f}{line.by_arrival.p90:>9.1f}{line.by_arrival.longest:>9.1f}"
        for line in lines
    ]
    return "\n".join([head, *rows])


def wide(text: str, width: int) -> str:
    """Filled up with blanks; a Chinese character counts as two."""
    return text + " " * (width - sum(2 if ord(character) > 0x2E7F else 1 for character in text))


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return round(value, 1) if isinstance(value, float) else value
