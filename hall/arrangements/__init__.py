"""Arrangements 设置: the parts of a catalogue that a manager changes, each taken out and put back as one whole.

A change names what stood before and what is to stand after, so that of two managers who change the same part the second
is told, and that every change can be taken back. What is not changed here comes from the catalogue's files.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from hall.arrangements.figures import Alarms, GroupTarget, Targets
from hall.arrangements.new_places import MadeGroup, NewGroup, NewService
from hall.arrangements.part import WEEKDAYS, in_chinese, rearranged
from hall.arrangements.places import GroupPart, ServicePart, WindowPart, group_part
from hall.arrangements.rules import CallingRule
from hall.arrangements.screens import BoardLayout, Loudness, ZonePart
from hall.arrangements.times import GroupHours, Holidays, OpeningHours
from hall.arrangements.words import Notices, SlipText
from hall.catalog import Catalog
from hall.rule import rule_of
from hall.words import Staff, Word

__all__ = (
    "WEEKDAYS",
    "Alarms",
    "Arrangement",
    "ArrangementChanged",
    "BoardLayout",
    "CallingRule",
    "GroupHours",
    "GroupPart",
    "GroupTarget",
    "Holidays",
    "Loudness",
    "MadeGroup",
    "NewGroup",
    "NewService",
    "Notices",
    "OpeningHours",
    "ServicePart",
    "SlipText",
    "Targets",
    "Waiting",
    "WindowPart",
    "ZonePart",
    "group_part",
    "in_chinese",
    "lost_in",
    "parts_of",
    "rearranged",
)


class Waiting(StrEnum):
    """What becomes of those who hold a number of a group that gives no more numbers today, by a manager's word."""

    SERVE = "serve"  # they are still called
    END = "end"  # their numbers end now; the slip gives priority another day


Arrangement = Annotated[
    Holidays
    | OpeningHours
    | GroupHours
    | WindowPart
    | GroupPart
    | ServicePart
    | NewGroup
    | NewService
    | Targets
    | Alarms
    | Notices
    | SlipText
    | BoardLayout
    | Loudness
    | ZonePart
    | CallingRule,
    Field(discriminator="part"),
]


class ArrangementChanged(Word):
    """A manager changed a part of the catalogue, which stands as `catalog` since.

    `waiting` is what was said of those who held numbers then, `reverts` the place of the change that it takes back.
    """

    kind: Literal["arrangement_changed"] = "arrangement_changed"
    staff: Staff
    before: Arrangement
    after: Arrangement
    catalog: str = Field(max_length=16)
    waiting: Waiting | None = None
    reverts: int | None = Field(default=None, ge=1)


def parts_of(catalog: Catalog) -> Iterator[Arrangement]:
    """Every part of a catalogue that a manager may change, as it stands."""
    for whole in (
        Holidays(),
        OpeningHours(hours=catalog.hall.hours),
        Targets(),
        Alarms(),
        Notices(),
        SlipText(),
        BoardLayout(),
        Loudness(),
    ):
        yield whole.as_in(catalog)
    for group in catalog.groups:
        yield GroupHours(group=group.id).as_in(catalog)
        yield group_part(catalog, group.id)
    for window in catalog.under("").windows:
        yield WindowPart(number=window.number, window=window)
    for service in catalog.services:
        yield ServicePart(service=service.id, group=service.group, usual_minutes=service.usual_minutes)
    for zone in catalog.hall.zones:
        yield ZonePart(id=zone.id, zone=zone)
    yield CallingRule(rule=rule_of(catalog))


def lost_in(wanted: Catalog, changes: Iterable[ArrangementChanged], in_force: Catalog) -> Iterator[ArrangementChanged]:
    """The changes, newest first, that still stand in the catalogue in force and that another one would undo."""
    seen = set[str]()
    for change in changes:
        if change.after.key in seen:
            continue
        seen.add(change.after.key)
        if _is_lost(change.after, wanted, in_force):
            yield change


def _is_lost(part: Arrangement, wanted: Catalog, in_force: Catalog) -> bool:
    """A group that was made is lost with the catalogue that has none, however much of it was changed since."""
    if isinstance(part, (NewGroup, NewService)) and part.as_in(in_force).made and not part.as_in(wanted).made:
        return True
    return _stands(part, in_force) and not _stands(part, wanted)


def _stands(part: Arrangement, catalog: Catalog) -> bool:
    try:
        return part.as_in(catalog) == part
    except KeyError:
        return False
