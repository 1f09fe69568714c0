"""When the hall is open: 休息日, 调休上班日, 办理时间, and what of a group's times is its own."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field

from hall.arrangements.part import WEEKDAYS, Fields, Part, in_chinese, rearranged
from hall.catalog import Catalog
from hall.opening import DAYS, MakeUpDay, WeekHours
from hall.words import Name


class Holidays(Part):
    """休息日 and 调休上班日 of the hall."""

    part: Literal["holidays"] = "holidays"
    closed: tuple[date, ...] = Field(default=(), max_length=800)
    make_up: tuple[MakeUpDay, ...] = Field(default=(), max_length=200)

    def as_in(self, catalog: Catalog) -> "Holidays":
        """As it stands."""
        return Holidays(closed=catalog.hall.closed_days, make_up=catalog.hall.make_up_days)

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        return rearranged(catalog, hall={"closed_days": self.closed, "make_up_days": self.make_up})

    def troubles(self, catalog: Catalog) -> Iterator[str]:
        """No day is both, or twice."""
        worked = [made.day for made in self.make_up]
        for day in sorted(set(worked) & set(self.closed)):
            yield f"{in_chinese(day)}既放假又上班，请留一样"
        for day in sorted({day for day in worked if worked.count(day) > 1}):
            yield f"{in_chinese(day)}写了两次，请留一行"
        for made in self.make_up:
            if not catalog.hall.hours.periods_of(made.like):
                like = f"星期{WEEKDAYS[made.like]}"
                yield f"{in_chinese(made.day)}按{like}上班，可是{like}不开门，请另选一天"


class OpeningHours(Part):
    """办理时间 of the hall, week for week."""

    part: Literal["hours"] = "hours"
    hours: WeekHours

    def as_in(self, catalog: Catalog) -> "OpeningHours":
        """As it stands."""
        return OpeningHours(hours=catalog.hall.hours)

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        return rearranged(catalog, hall={"hours": self.hours})

    def troubles(self, catalog: Catalog) -> Iterator[str]:
        """Some day it is open."""
        if not any(self.hours.periods_of(day) for day in DAYS):
            yield "一周没有一天开门，请至少写一天的时段"
        for made in catalog.hall.make_up_days:
            if not self.hours.periods_of(made.like):
                like = f"星期{WEEKDAYS[made.like]}"
                yield f"{in_chinese(made.day)}调休，按{like}上班：请先在休息日里改那一天，{like}才能不开门"


class GroupHours(Part):
    """What of a group's times is its own: opening hours and 放号时段 (None: the hall's), 提前放号."""

    part: Literal["group_hours"] = "group_hours"
    group: Name
    hours: WeekHours | None = None
    issuing: WeekHours | None = None
    pre_opening_minutes: int = Field(default=0, ge=0, le=240)

    @property
    def key(self) -> str:
        """Each group has one."""
        return f"{self.part}:{self.group}"

    def as_in(self, catalog: Catalog) -> "GroupHours":
        """As it stands."""
        group = catalog.group(self.group)
        return GroupHours(
            group=group.id, hours=group.hours, issuing=group.issuing, pre_opening_minutes=group.pre_opening_minutes
        )

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        own: Fields = {"hours": self.hours, "issuing": self.issuing, "pre_opening_minutes": self.pre_opening_minutes}
        return rearranged(catalog, groups={self.group: own})

    def troubles(self, catalog: Catalog) -> Iterator[str]:
        """Who is never open is suspended instead."""
        for hours in (self.hours, self.issuing):
            if hours is not None and not any(hours.periods_of(day) for day in DAYS):
                yield f"{catalog.group(self.group).name}一周没有一天开门，请写时段；要停办请用「停办」"
