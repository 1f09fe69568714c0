"""Arrangements 设置: the parts of a catalogue that a manager changes, each taken out and put back as one whole.

A change names what stood before and what is to stand after, so that of two managers who change the same part the second
is told, and that every change can be taken back. What is not changed here comes from the catalogue's files.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from hall.catalog import Catalog
from hall.opening import DAYS, MakeUpDay, WeekHours
from hall.rule import Rule, rule_of, with_rule
from hall.rule import troubles as rule_troubles
from hall.words import Name, Staff, Word

WEEKDAYS = dict(zip(DAYS, "一二三四五六日", strict=True))


Fields = Mapping[str, object]
"""Other values for some fields of a model."""


class Waiting(StrEnum):
    """What becomes of those who hold a number of a group that gives no more numbers today, by a manager's word."""

    SERVE = "serve"  # they are still called
    END = "end"  # their numbers end now; the slip gives priority another day


class _Part(Word):
    """One part of a catalogue.

    Each tells how it stands in a catalogue (`as_in`; KeyError if that has no such thing), puts itself in place of what
    stands there (`within`), and says in words why it does not fit (`troubles`).
    """

    @property
    def key(self) -> str:
        """Tells it from all others; the same before and after."""
        return str(getattr(self, "part"))  # noqa: B009 - every part has one, with a value of its own


class Holidays(_Part):
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


class OpeningHours(_Part):
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


class GroupHours(_Part):
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


class CallingRule(_Part):
    """叫号规则, changed on a page of its own after a preview."""

    part: Literal["rule"] = "rule"
    rule: Rule

    def as_in(self, catalog: Catalog) -> "CallingRule":
        """As it stands."""
        return CallingRule(rule=rule_of(catalog))

    def within(self, catalog: Catalog) -> Catalog:
        """Put in place."""
        return with_rule(catalog, self.rule)

    def troubles(self, catalog: Catalog) -> Iterator[str]:
        """As the rule says itself."""
        return rule_troubles(catalog, self.rule)


Arrangement = Annotated[Holidays | OpeningHours | GroupHours | CallingRule, Field(discriminator="part")]


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


def rearranged(catalog: Catalog, *, hall: Fields | None = None, groups: Mapping[str, Fields] | None = None) -> Catalog:
    """A catalogue with other values for these fields of the hall and of some groups."""
    usual = catalog.under("")
    return Catalog(
        hall=usual.hall.model_copy(update=hall or {}),
        groups=tuple(group.model_copy(update=(groups or {}).get(group.id, {})) for group in usual.groups),
        services=usual.services,
        windows=usual.windows,
    ).under(catalog.plan)


def in_chinese(day: date) -> str:
    """`2 月 6 日`, with the year, which a list of holidays needs."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


def parts_of(catalog: Catalog) -> Iterator[Arrangement]:
    """Every part of a catalogue that a manager may change, as it stands."""
    hall = catalog.hall
    yield Holidays(closed=hall.closed_days, make_up=hall.make_up_days)
    yield OpeningHours(hours=hall.hours)
    for group in catalog.groups:
        yield GroupHours(group=group.id).as_in(catalog)
    yield CallingRule(rule=rule_of(catalog))
