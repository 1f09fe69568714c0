"""Window plans 潮汐方案: other groups for the windows for a while; suggested by the forecast, switched by a person.

A plan is data of the catalogue (`hall.window`). A switch changes whom windows may call from that moment on; whoever is
being served stays. Each switch keeps what was forecast, and an hour later what then happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field, TypeAdapter

from hall.words import Name, Staff, Word

HORIZON_MINUTES = 60
"""Of those who come within an hour of a switch it is asked how long they wait."""
WORTH_MINUTES, WORTH_SHARE = 10, 0.25
"""A plan is worth a word if the longest wait gets shorter by both."""
LOOKS = 3
"""So many looks in a row must agree before a suggestion comes or goes."""
LONGEST_MINUTES = 24 * 60
"""No forecast of a day says more."""


class PlanWait(Word):
    """Nine in ten of those who come for a group wait no longer, in minutes; None where nobody would call them."""

    group: Name
    minutes: int | None = Field(ge=0)


_WAITS = TypeAdapter(tuple[PlanWait, ...])


def waits_json(waits: tuple[PlanWait, ...]) -> str:
    """As one text, to be kept."""
    return _WAITS.dump_json(waits).decode()


def waits_of(text: str) -> tuple[PlanWait, ...]:
    """What `waits_json` kept."""
    return _WAITS.validate_json(text)


class WindowPlanSwitched(Word):
    """A manager put a window plan 潮汐方案 in force; `plan` is "" for the windows' usual groups.

    `as_is` and `expected` are what was forecast just then for the next hour without it and with it, empty if nothing
    was. What then happened follows as a `WindowPlanJudged`.
    """

    kind: Literal["window_plan_switched"] = "window_plan_switched"
    plan: str = Field(max_length=20)
    staff: Staff
    as_is: tuple[PlanWait, ...] = ()
    expected: tuple[PlanWait, ...] = ()


class WindowPlanJudged(Word):
    """What became of the hour after a switch: of those who came in it and have been called; `switched` is its seq."""

    kind: Literal["window_plan_judged"] = "window_plan_judged"
    switched: int = Field(ge=1)
    waits: tuple[PlanWait, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Which plan the forecast would rather have, if any; it comes and goes only when several looks agree.

    Attributes:
        plan: What is suggested, None for nothing; "" would be the usual groups.
        wanted: What the last looks wanted …
        looks: … and how many in a row.
    """

    plan: str | None = None
    wanted: str | None = None
    looks: int = 0

    def seen(self, in_force: str, longest: Mapping[str, int | None]) -> "Suggestion":
        """The next state after a look.

        Args:
            in_force: The plan in force.
            longest: By plan, the one in force among them: the longest of the groups' waits, in minutes, None if
                somebody is never called.
        """
        wanted = _better(in_force, longest)
        if self.plan == in_force:  # somebody has followed it
            return Suggestion(None, wanted, 1)
        looks = self.looks + 1 if wanted == self.wanted else 1
        state = replace(self, wanted=wanted, looks=looks)
        return replace(state, plan=wanted) if looks >= LOOKS else state


def _better(in_force: str, longest: Mapping[str, int | None]) -> str | None:
    minutes = {plan: LONGEST_MINUTES if wait is None else wait for plan, wait in longest.items()}
    now = minutes[in_force]
    best = min(minutes, key=lambda plan: (minutes[plan], plan != in_force, plan))
    gain = now - minutes[best]
    return best if gain >= max(WORTH_MINUTES, WORTH_SHARE * now) and best != in_force else None
