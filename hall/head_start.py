"""The head starts 提前量 of a hall as a table: by how many minutes whom counts as if he had come earlier.

Several rows that apply: the greatest counts, never the sum, and never more than the cap (source: waiting.md 5.2).
A ticket keeps its class and its minutes, never the row: why somebody has priority is written down nowhere.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from hall.ticket import TicketClass

MOST_MINUTES = 240
LONGEST_RETURN_DAYS = 365
USUAL_CAP = 30
WALK_IN = "walk_in"
BY_AGE = "elderly"
ON_TIME = "appointment"
LATE = "appointment_late"
RETURNING = "returning"

HeadStartMinutes = Annotated[int, Field(ge=0, le=MOST_MINUTES)]

_C = TicketClass
KNOWN_ROWS: dict[str, TicketClass] = {
    WALK_IN: _C.ORDINARY,
    BY_AGE: _C.PRIORITY,
    ON_TIME: _C.APPOINTMENT,
    LATE: _C.APPOINTMENT,
    RETURNING: _C.RETURNING,
}
"""The rows that a program finds by their id. Every other row is one of those that the button 优先 stands for."""


class HeadStart(BaseModel):
    """One row: whom it is for, in both languages, its class and its minutes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
    name: Annotated[str, Field(min_length=1, max_length=20)]
    name_en: Annotated[str, Field(min_length=1, max_length=60)]
    ticket_class: TicketClass
    minutes: HeadStartMinutes


USUAL_ROWS = (
    HeadStart(id=WALK_IN, name="现场取号", name_en="Walk-in", ticket_class=_C.ORDINARY, minutes=0),
    HeadStart(id=BY_AGE, name="老年人", name_en="Elderly", ticket_class=_C.PRIORITY, minutes=30),
    HeadStart(id="disabled", name="残疾人", name_en="Disabled", ticket_class=_C.PRIORITY, minutes=30),
    HeadStart(
        id="with_child",
        name="孕产妇及带婴幼儿",
        name_en="Pregnant or with an infant",
        ticket_class=_C.PRIORITY,
        minutes=30,
    ),
    HeadStart(id="military", name="军人", name_en="Military", ticket_class=_C.PRIORITY, minutes=30),
    HeadStart(id=ON_TIME, name="预约", name_en="Appointment", ticket_class=_C.APPOINTMENT, minutes=20),
    HeadStart(id=LATE, name="预约迟到", name_en="Late for an appointment", ticket_class=_C.APPOINTMENT, minutes=0),
    HeadStart(id=RETURNING, name="补件", name_en="Back with missing papers", ticket_class=_C.RETURNING, minutes=20),
)


class Standing(NamedTuple):
    """What a ticket gets of the table: its class and its head start in minutes."""

    ticket_class: TicketClass
    minutes: int


def standing(rows: Sequence[HeadStart], cap: int, earned: Collection[str]) -> Standing:
    """The class and head start of somebody for whom the rows `earned` apply; of equal ones the first in the table."""
    best = max((row for row in rows if row.id in earned), key=lambda row: row.minutes, default=None)
    everybody = max((row.minutes for row in rows if row.id == WALK_IN), default=0)
    if best is None:
        return Standing(TicketClass.ORDINARY, min(cap, everybody))
    return Standing(best.ticket_class, min(cap, max(best.minutes, everybody)))


def claimable(rows: Sequence[HeadStart]) -> frozenset[str]:
    """The rows that the one button 优先 stands for, which asks for no reason."""
    return frozenset(row.id for row in rows if row.ticket_class is TicketClass.PRIORITY)


class Misfit(NamedTuple):
    """What is wrong between the rows: which row (None: the table), which field of it, in words with advice."""

    row: int | None
    field: str
    words: str


def misfits(rows: Sequence[HeadStart], cap: int) -> Iterator[Misfit]:
    """Everything that no row shows by itself."""
    for row_id in KNOWN_ROWS:
        if all(row.id != row_id for row in rows):
            usual = next(row for row in USUAL_ROWS if row.id == row_id)
            yield Misfit(
                None, "", f"提前量表缺少 {row_id}（{usual.name}）这一行，请照样例补上；不想提前就写 minutes = 0"
            )
    on_time = min((row.minutes for row in rows if row.id == ON_TIME), default=0)
    seen: set[str] = set()
    for index, row in enumerate(rows):
        if row.id in seen:
            yield Misfit(index, "id", f"提前量表里 {row.id} 写了两行，请留一行")
        seen.add(row.id)
        wanted = KNOWN_ROWS.get(row.id, TicketClass.PRIORITY)
        if row.ticket_class is not wanted:
            yield Misfit(index, "ticket_class", f'{row.name}的 ticket_class 应是 "{wanted}"，请改正')
        if row.id == LATE and row.minutes > on_time:
            words = f"{row.name}提前 {row.minutes} 分钟，比准时的 {on_time} 分钟还多，请改小"
            yield Misfit(index, "minutes", words)
        if row.minutes > cap:
            words = f"{row.name}提前 {row.minutes} 分钟，超过上限 {cap} 分钟，请改小，或改大上限 head_start_cap"
            yield Misfit(index, "minutes", words)
