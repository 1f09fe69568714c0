"""What a manager may ask of windows, and what is told: values that cross between processes and the API. No numpy.

Waits are whole minutes: nine in ten wait no longer; None where it is likely that nobody would call them.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from hall.words import Name, WindowNumber, Word

Ahead = Annotated[int, Field(ge=0, le=480)]


class OpenOne(Word):
    """What if one more window served this group alone, in so many minutes?"""

    kind: Literal["open"] = "open"
    group: Name
    in_minutes: Ahead = 0


class CloseOne(Word):
    """What if this window called nobody any more, in so many minutes?"""

    kind: Literal["close"] = "close"
    window: WindowNumber
    in_minutes: Ahead = 0


class PlanDay(Word):
    """Which windows does a day need, so that nine in ten of each group wait no longer than so many minutes?"""

    kind: Literal["plan"] = "plan"
    day: date
    target_minutes: int = Field(default=20, ge=1, le=480)


Asked = Annotated[OpenOne | CloseOne | PlanDay, Field(discriminator="kind")]


class ReplayTold(Word):
    """One of the last days: the waits as they were, and as the model has them with the same people and windows."""

    day: date
    people: int
    mean_minutes: int | None
    p90_minutes: int | None
    model_mean_minutes: int | None
    model_p90_minutes: int | None


class EffectTold(Word):
    """Of one group: those who come within the hour after the change, without it and with it."""

    group: Name
    before_minutes: int | None
    after_minutes: int | None


class WhatIfTold(Word):
    """What a change would do, the group first that it concerns most; beside it how true the model was.

    `note` says in words on how little it rests, or why it is not known; empty where there is nothing to add.
    """

    kind: Literal["what_if"] = "what_if"
    known: bool
    note: str = ""
    effects: tuple[EffectTold, ...] = ()
    replayed: tuple[ReplayTold, ...] = ()


class HalfHourTold(Word):
    """One half hour of a plan; `short` are the groups whose target is missed even with all their windows open."""

    begins: str
    windows: tuple[int, ...]
    people: int
    p90_minutes: int | None
    short: tuple[str, ...] = ()


class ShiftTold(Word):
    """One window open in one piece, from and until when."""

    window: int
    begins: str
    ends: str


class PlanTold(Word):
    """A plan for a day by half hours, and as shifts that people can work; beside it how true the model was.

    `note` says why it is not known.
    """

    kind: Literal["plan"] = "plan"
    day: date
    known: bool
    note: str = ""
    halves: tuple[HalfHourTold, ...] = ()
    shifts: tuple[ShiftTold, ...] = ()
    replayed: tuple[ReplayTold, ...] = ()


Told = Annotated[WhatIfTold | PlanTold, Field(discriminator="kind")]
