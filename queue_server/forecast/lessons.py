"""What a hall's own facts teach of services, turnarounds and people who are not there, with a ladder for little of it.

Of a service its own durations count; with few of them those of its group; with few of these too, the minutes that the
catalogue gives for it, spread as services are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from hall.catalog import Catalog
from queue_server.forecast.behaviour import Behaviour
from queue_server.forecast.features import DAY_S
from queue_server.forecast.learn import DAYS_KEPT, ENOUGH, USUAL_TURNAROUND_S
from queue_server.forecast.samples import Durations, Patience
from queue_server.forecast.scene import Floats

SAMPLES = 1000
"""The latest of each kind; more of them would tell nothing new and only take room."""
_MOST_KEPT = 12 * SAMPLES
_SPREAD = 0.6  # sigma of the lognormal around the configured minutes
_DOUBT = 20  # summons: so much the hall's own share of no-shows counts beside that of a group
_MINUTE_S = 60.0
_LONGEST_TURNAROUND_S = 900.0  # longer is a rest that nobody told of

Timed = list[tuple[float, float]]


@dataclass(slots=True)
class Lessons:
    """Everything seen to end so far, oldest first, as (when, what). Instants and durations in seconds.

    Attributes:
        services: From the call until the window was free, by service (by group for a ticket without one).
        done: By window: (when, which service, seconds).
        turnarounds: From the end of a service until the next call, when somebody waited at that end.
        waits: (When, how long, whether the person went uncalled).
        summons: By group: whether nobody came.
        absences: How long a call kept its window that nobody answered.
    """

    services: dict[str, Timed] = field(default_factory=dict)
    done: dict[int, list[tuple[float, str, float]]] = field(default_factory=dict)
    turnarounds: Timed = field(default_factory=list)
    waits: list[tuple[float, float, bool]] = field(default_factory=list)
    summons: dict[str, list[tuple[float, bool]]] = field(default_factory=dict)
    absences: Timed = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.waits)

    def served(self, at: float, kind: str, window: int, seconds: float) -> None:
        """A service has ended."""
        self.services.setdefault(kind, []).append((at, seconds))
        self.done.setdefault(window, []).append((at, kind, seconds))

    def forget(self, now: float) -> None:
        """Drop what is older than is learned from, and of plenty all but the latest."""
        since = now - DAYS_KEPT * DAY_S
        for durations in (*self.services.values(), self.turnarounds, self.absences):
            _shorten(durations, since)
        for summons in self.summons.values():
            _shorten(summons, since)
        for services in self.done.values():
            _shorten(services, since)
        _shorten(self.waits, since)

    def behaviour(self, catalog: Catalog, kinds: Sequence[str]) -> Behaviour:
        """What is drawn from: `kinds` are services and groups, in the order of their numbers in the scene."""
        turnarounds = np.array([seconds for _, seconds in self.turnarounds if seconds <= _LONGEST_TURNAROUND_S])
        absences = [seconds for _, seconds in self.absences]
        groups = {service.id: service.group for service in catalog.services}
        return Behaviour(
            service=Durations([self._durations(catalog, kind, groups.get(kind, kind)) for kind in kinds]),
            turnaround=Durations([turnarounds if len(turnarounds) else np.array([USUAL_TURNAROUND_S])]),
            patience=Patience(
                np.array([wait[1] for wait in self.waits]), np.array([wait[2] for wait in self.waits], bool)
            ),
            no_show=np.array([self._no_show(groups.get(kind, kind)) for kind in kinds]),
            absent_s=float(np.mean(absences)) if absences else float(catalog.hall.seconds_to_come),
        )

    def mean_service(self, catalog: Catalog) -> float:
        """The mean of all services seen, in seconds; before any, what the catalogue says."""
        seen = [seconds for kind in self.services.values() for _, seconds in kind]
        usual = [group.usual_minutes * _MINUTE_S for group in catalog.groups]
        return float(np.mean(seen or usual or [USUAL_TURNAROUND_S]))

    def _durations(self, catalog: Catalog, kind: str, group_id: str) -> Floats:
        """The ladder for one kind."""
        own = self.services.get(kind, [])
        if len(own) < ENOUGH:
            of_group = [kind, group_id, *(service.id for service in catalog.services if service.group == group_id)]
            own = [sample for each in dict.fromkeys(of_group) for sample in self.services.get(each, [])]
        if len(own) >= ENOUGH:
            return np.array([seconds for _, seconds in sorted(own)[-SAMPLES:]])
        usual = _spread_around(_usual_s(catalog, kind, group_id))
        return np.concatenate([np.array([seconds for _, seconds in own]), usual])

    def _no_show(self, group_id: str) -> float:
        """The group's share, drawn towards the hall's while it is short."""
        every = [missed for summons in self.summons.values() for _, missed in summons]
        own = [missed for _, missed in self.summons.get(group_id, [])]
        of_hall = sum(every) / len(every) if every else 0.0
        return (sum(own) + _DOUBT * of_hall) / (len(own) + _DOUBT)


def _usual_s(catalog: Catalog, kind: str, group_id: str) -> float:
    minutes = next((service.usual_minutes for service in catalog.services if service.id == kind), None)
    of_group = next((group.usual_minutes for group in catalog.groups if group.id == group_id), 10.0)
    return (minutes or of_group) * _MINUTE_S


def _spread_around(mean: float) -> Floats:
    """As many durations with that mean as are enough, evenly spread over the lognormal."""
    shape = np.exp(_SPREAD * np.linspace(-1.65, 1.65, ENOUGH))
    spread: Floats = mean * shape / shape.mean()
    return spread


def _shorten(kept: list[Any], since: float) -> None:
    """Of samples that begin with their time, oldest first."""
    gone = next((place for place, sample in enumerate(kept) if sample[0] >= since), len(kept))
    del kept[: max(gone, len(kept) - _MOST_KEPT)]
