"""From when a manager is told: how long people may wait for a group, and what rings when 警报."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from hall.alerts import AlertRules
from hall.arrangements.part import Part, rearranged
from hall.catalog import Catalog
from hall.words import Name, Word


class GroupTarget(Word):
    """Nobody should wait longer for this group; None: as everywhere in the hall."""

    group: Name
    minutes: int | None = Field(default=None, ge=1, le=480)


class Targets(Part):
    """The targets of all groups."""

    part: Literal["targets"] = "targets"
    targets: tuple[GroupTarget, ...] = Field(default=(), max_length=26)

    def as_in(self, catalog: Catalog) -> "Targets":
        """As they stand."""
        return Targets(targets=tuple(GroupTarget(group=g.id, minutes=g.target_minutes) for g in catalog.groups))

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        return rearranged(catalog, groups={each.group: {"target_minutes": each.minutes} for each in self.targets})

    def troubles(self, catalog: Catalog) -> Iterator[str]:
        """Each group once, and no other."""
        if sorted(each.group for each in self.targets) != sorted(group.id for group in catalog.groups):
            yield "业务类别刚换过，请刷新这一页再改"


class Alarms(Part):
    """What rings, and after how long."""

    part: Literal["alarms"] = "alarms"
    rules: AlertRules = AlertRules()

    def as_in(self, catalog: Catalog) -> "Alarms":
        """As they stand."""
        return Alarms(rules=catalog.hall.alerts)

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        return rearranged(catalog, hall={"alerts": self.rules})

    def troubles(self, _: Catalog) -> Iterator[str]:
        """Any of them fits."""
        yield from ()
