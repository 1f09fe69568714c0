"""What the live forecast says, as values that cross from its process to the server's. Imports no numpy.

Instants are microseconds since 1970 UTC, waits seconds.
"""

from typing import Annotated

from pydantic import Field

from hall.ticket import TicketClass
from hall.waiting import Wait
from hall.window_plan import PlanWait
from hall.words import Id, Micros, Name, Word

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]
ISSUE = 0
"""The first of a ticket: what was said when it was issued."""


class Said(Word):
    """The wait of one ticket from now on: three quantiles, and what is shown. Quantiles are 0 where none is shown.

    `p20` and `p90` are moved so that the range rounded from them is kept (`stretch.Promise`).
    """

    ahead: int = Field(ge=0)
    p20: Seconds
    p50: Seconds
    p90: Seconds
    wait: Wait


class Foretold(Word):
    """What was said of a ticket at one moment, to be kept so that it can be judged and learned from.

    `nth` is `ISSUE`, then one more for every fifth call ahead of it. `features` as `forecast.features`.
    """

    ticket: Id
    nth: int = Field(ge=0)
    at: Micros
    group: Name
    ticket_class: TicketClass
    said: Said
    features: tuple[float, ...]


class Learned(Word):
    """One whose wait is known, or will be once the ticket is called; `called_at` is its first call."""

    foretold: Foretold
    called_at: Micros | None = None


class NewcomerOutlook(Word):
    """Who comes now with this class for this group."""

    group: Name
    ticket_class: TicketClass
    said: Said


class PlanOutlook(Word):
    """How long those wait who come within the next hour, with a window plan in force; "" is the usual groups."""

    plan: str
    waits: tuple[PlanWait, ...]


class Outlook(Word):
    """One forecast of the hall: newcomers by group and class, everybody who waits, and what is to be kept of it.

    `past` is how many finished tickets it learned from, `took_ms` the processor time it took. `plans` are all window
    plans, looked at now and then, and `suggested` the one that would help, None for none.
    """

    at: Micros
    seq: int
    newcomers: tuple[NewcomerOutlook, ...]
    tickets: dict[str, Said]
    foretold: tuple[Foretold, ...] = ()
    past: int = 0
    took_ms: float = 0.0
    plans: tuple[PlanOutlook, ...] = ()
    suggested: str | None = None
