"""叫号规则: what a manager may set of the order of calling, taken out of a catalogue and put back into it whole."""

from collections.abc import Iterator

from pydantic import Field

from hall.catalog import Catalog
from hall.head_start import MOST_MINUTES, HeadStart, HeadStartMinutes, misfits
from hall.ticket import TicketClass
from hall.window import Minutes
from hall.words import Name, WindowNumber, Word


class Help(Word):
    """A group that a window only helps with, and after how many minutes it steps in."""

    window: WindowNumber
    group: Name
    minutes: Minutes


class Rule(Word):
    """The table of head starts with its cap, and the penalties of all helping windows."""

    head_starts: tuple[HeadStart, ...] = Field(max_length=30)
    head_start_cap: int = Field(ge=0, le=MOST_MINUTES)
    helps: tuple[Help, ...] = Field(default=(), max_length=5000)

    def minutes_now(self, ticket_class: TicketClass, minutes: int, before: "Rule") -> int:
        """The head start by this rule of a ticket that had `minutes` by the rule before.

        No ticket knows its row, so that of all rows of its class that gave it as much the greatest is taken.
        """
        alike = [row.id for row in before.head_starts if _could_be(row, ticket_class, minutes, before.head_start_cap)]
        rows = [row for row in self.head_starts if row.ticket_class is ticket_class]
        known = [row.minutes for row in rows if row.id in alike] or [row.minutes for row in rows]
        return min(self.head_start_cap, max(known, default=minutes))


def rule_of(catalog: Catalog) -> Rule:
    """The rule as it stands in a catalogue."""
    return Rule(
        head_starts=catalog.hall.head_starts,
        head_start_cap=catalog.hall.head_start_cap,
        helps=tuple(
            Help(window=window.number, group=group, minutes=minutes)
            for window in catalog.windows
            for group, minutes in window.helps.items()
        ),
    )


def with_rule(catalog: Catalog, rule: Rule) -> Catalog:
    """The catalogue under another rule; all else stays, a window plan in force too."""
    penalties = {(help_.window, help_.group): help_.minutes for help_ in rule.helps}
    windows = tuple(
        window.model_copy(
            update={"helps": {group: penalties.get((window.number, group), m) for group, m in window.helps.items()}}
        )
        for window in catalog.under("").windows
    )
    changes = {"head_starts": rule.head_starts, "head_start_cap": rule.head_start_cap}
    return Catalog(
        hall=catalog.hall.model_copy(update=changes),
        groups=catalog.groups,
        services=catalog.services,
        windows=windows,
    ).under(catalog.plan)


def troubles(catalog: Catalog, rule: Rule) -> Iterator[str]:
    """Why a rule cannot be put into force in this catalogue, in words with advice; nothing if it can."""
    yield from (misfit.words for misfit in misfits(rule.head_starts, rule.head_start_cap))
    helped = {(window.number, group) for window in catalog.windows for group in window.helps}
    for help_ in rule.helps:
        if (help_.window, help_.group) not in helped:
            yield f"{help_.window} 号窗口现在不协办 {help_.group}，请刷新这一页再改"


def _could_be(row: HeadStart, ticket_class: TicketClass, minutes: HeadStartMinutes, cap: int) -> bool:
    return row.ticket_class is ticket_class and min(row.minutes, cap) == minutes
