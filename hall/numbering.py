"""Which number comes next, and how it is printed.

Every issuer holds a plan (modulus, residue, days): its numbers are disjoint from everybody else's without asking
anyone. Without a valid plan it counts in its own lane, printed with the lane number, so the two forms never meet.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

from pydantic import Field, model_validator

from hall.words import GREATEST_NUMBER, Id, Word

_PRINTED = re.compile(r"^([A-Z])(?:([1-9]\d{0,4})-)?(\d{3,})$")


class NumberPlan(Word):
    """A lease on every number n with n mod modulus = residue, for the named business days (both included)."""

    plan_id: Id
    modulus: int = Field(ge=1, le=999)
    residue: int = Field(ge=0)
    first_day: date
    last_day: date

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.residue >= self.modulus or self.last_day < self.first_day:
            raise ValueError("a plan needs residue < modulus and first_day <= last_day")
        return self

    def valid_on(self, day: date) -> bool:
        """Whether numbers of this day may be given under the plan."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: prefix, counter, and the lane when it is in lane form."""

    prefix: str
    n: int
    lane: int | None = None

    def __str__(self) -> str:
        return f"{self.prefix}{self.n:03}" if self.lane is None else f"{self.prefix}{self.lane}-{self.n:03}"


def next_in_plan(plan: NumberPlan, highest: int) -> int:
    """The smallest n ≥ 1 of the plan's residue above every number of that group and day issued or heard of.

    Args:
        plan: The issuer's plan.
        highest: The greatest counter issued here or heard of in the feed for this prefix and day; 0 if none.
    """
    first = highest + 1
    return first + (plan.residue - first) % plan.modulus


def next_number(prefix: str, day: date, plan: NumberPlan | None, highest: int, lane: int, lane_highest: int) -> Number:
    """The number to give now: by the plan while it is valid and not used up, else in lane form. There is always one.

    Args:
        prefix: The service group's letter.
        day: The business day.
        plan: The issuer's plan, None if it has none or may not use it.
        highest: Greatest plan-form counter of this prefix and day known here.
        lane: The issuer's own lane number.
        lane_highest: Greatest lane-form counter of this prefix and day issued here.
    """
    if plan is not None and plan.valid_on(day):
        n = next_in_plan(plan, highest)
        if n <= GREATEST_NUMBER:
            return Number(prefix, n)
    return Number(prefix, lane_highest + 1, lane)


def parse_number(text: str) -> Number | None:
    """A printed number read back, None if the text is not one."""
    match = _PRINTED.match(text.strip().upper())
    if not match:
        return None
    prefix, lane, n = match.groups()
    return Number(prefix, int(n), int(lane) if lane else None)
