"""The invented hall's catalogue: groups and services of the sample hall, and as many windows as are wanted."""

from functools import lru_cache
from pathlib import Path

from hall.catalog import Catalog, ServiceGroup
from hall.opening import DAYS, WeekHours
from hall.slots import clock
from hall.window import Window
from installer.hall_init.catalogue.building import read_catalogue
from installer.rehearsal.hall_sim.hall import HALL_ID
from installer.rehearsal.simulate_day.shape import CLOSES_MINUTE, OPENS_MINUTE

_SAMPLE = Path(__file__).parents[2] / "sample_hall"
_FOR_EVERYTHING_EACH = 6  # every so-manieth window serves all groups
_HELPS_AFTER_MINUTES = 10
SHARES = {
    "social_insurance": 0.24,
    "medical": 0.18,
    "household": 0.16,
    "property": 0.09,
    "tax": 0.13,
    "business": 0.08,
    "civil": 0.05,
    "other": 0.07,
}
"""How many of all citizens come for each group."""


@lru_cache(maxsize=1)
def sample() -> Catalog:
    """The sample hall's own catalogue."""
    return read_catalogue(_SAMPLE)


@lru_cache(maxsize=8)
def catalogue(windows: int, *, helpers: bool) -> Catalog:
    """The sample hall with so many windows, each group having them by the work that it brings, and no limits a day."""
    known = sample()
    day = (f"{clock(OPENS_MINUTE)}-{clock(CLOSES_MINUTE)}",)
    hours = WeekHours(**dict.fromkeys(DAYS, day))
    hall = known.hall.model_copy(update={"id": HALL_ID, "hours": hours, "serve_after_closing": True})
    unlimited = {"daily_limit": None, "warning_at": None}  # theirs are for the people of one small hall
    return Catalog(
        hall=hall,
        groups=tuple(group.model_copy(update=unlimited) for group in known.groups),
        services=known.services,
        windows=tuple(_windows(windows, helpers=helpers)),
    )


def _windows(wanted: int, *, helpers: bool) -> list[Window]:
    groups = list(sample().groups)
    every = tuple(group.id for group in groups)
    general = wanted if wanted < len(groups) else max(1, wanted // _FOR_EVERYTHING_EACH)
    own = _by_work(groups, wanted - general)
    found = []
    for number in range(1, wanted + 1):
        if number <= general:
            found.append(Window(number=number, name="综合窗口", groups=every))
            continue
        group = own[number - general - 1]
        other = every[(every.index(group.id) + 1) % len(every)]
        helps: dict[str, float] = {other: _HELPS_AFTER_MINUTES} if helpers and number % 2 else {}
        found.append(Window(number=number, name=group.name, groups=(group.id,), helps=helps))
    return found


def _by_work(groups: list[ServiceGroup], windows: int) -> list[ServiceGroup]:
    """One window after another to the group that has the most work for each of its windows so far."""
    work = {group.id: SHARES[group.id] * group.usual_minutes for group in groups}
    has = dict.fromkeys(work, 0)
    for _ in range(windows):
        neediest = max(work, key=lambda group: work[group] / (has[group] + 1))
        has[neediest] += 1
    return [group for group in groups for _ in range(has[group.id])]
