"""How fast each window is beside the others: some clerks take half as long again for the same thing."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

import numpy as np

DOUBT = 50
"""Services: so much the usual pace counts beside what a window was seen to do."""

Kind = TypeVar("Kind", bound=Hashable)
Place = TypeVar("Place", bound=Hashable)


def paces(done: Mapping[Place, Iterable[tuple[float, Kind, float]]]) -> dict[Place, float]:
    """How many times as long as usual each window takes, drawn towards 1 while little was seen of it.

    The median over its services of their duration ÷ the median duration of that kind.

    Args:
        done: By window: (when, which kind of service, seconds).
    """
    seconds: dict[Kind, list[float]] = {}
    for services in done.values():
        for _, kind, lasted in services:
            seconds.setdefault(kind, []).append(lasted)
    usual = {kind: float(np.median(lasted)) for kind, lasted in seconds.items()}
    return {
        place: _drawn_to_one([lasted / usual[kind] for _, kind, lasted in services if usual[kind] > 0])
        for place, services in done.items()
    }


def _drawn_to_one(ratios: list[float]) -> float:
    if not ratios:
        return 1.0
    return (DOUBT + len(ratios) * float(np.median(ratios))) / (DOUBT + len(ratios))
