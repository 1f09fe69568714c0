"""The one row that says who this ledger is and how far it got, read as a whole and changed by name."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from playhouse.apsw_ext import APSWDatabase

from hall.numbering import NumberPlan
from hall.words import Word
from queue_server.link.ledger.place import Place
from queue_server.link.ledger.statements import update
from queue_server.link.ledger.tables import DEVICE


@dataclass(frozen=True, slots=True)
class DeviceState:
    """Where a device stands.

    Attributes:
        incarnation: Random name of this life of the file.
        device: The device's configured name.
        lane: Its own number 机号; None until the server has given one.
        session_no: Number of the last session; facts are pushed under it.
        last_seq: Greatest lane_seq written here.
        highwater: How far the server says the lane is applied; falls when a server was restored.
        acked: The greatest highwater ever heard; facts above it are never deleted.
        server_epoch: Name of the server's present life.
        hall_id: The hall's id.
        feed_seq: Journal place up to which the feed has been applied.
        last_day: The latest business day known; days never go backwards.
        plan: The number plan, valid by its own dates.
        next_plan: The one that follows it, by its own dates too.
        plan_suspended: A rolled-back file: lane form only, until the feed has told of every number again.
        lane_floor: Lane counters start above this; raised when a file was rolled back.
        catalog_version: Fingerprint of the stored catalogue.
        home: Where this file lives; elsewhere it is a copy. None in a file of an earlier version, until it is opened.
        replaces: The lane under which it spoke before its present incarnation.
        contact_us: When the server was last heard, by the server's clock; 0 if never.
        before: The incarnation before the present one; empty in the first.
        plan_rests: No number of a day up to this one is given by the plan: an older file was put back, or may have
            been, and some of them may be on paper. None: it does not rest.
        put_back: To the end of this day people are told that older data may have been put back. It outlives
            incarnations, for what was printed and forgotten is on paper alone whatever lane comes next. None: nothing
            is to be told.
        refused: What a person must mend before the server takes this device; empty once it does.
        marked: A watermark with its moment lies beside this file, unless somebody took it away.
    """

    incarnation: str
    device: str
    lane: int | None
    session_no: int
    last_seq: int
    highwater: int
    acked: int
    server_epoch: str
    hall_id: str
    feed_seq: int
    last_day: date | None
    plan: NumberPlan | None
    plan_suspended: bool
    lane_floor: int
    catalog_version: str
    home: Place | None
    replaces: int | None
    next_plan: NumberPlan | None
    contact_us: int
    before: str
    plan_rests: date | None
    marked: bool
    put_back: date | None
    refused: str

    def plan_on(self, day: date) -> NumberPlan | None:
        """The plan under which numbers of a day may be given, None if there is none."""
        if self.plan_suspended or self.rests_on(day):
            return None
        return next((plan for plan in (self.plan, self.next_plan) if plan and plan.valid_on(day)), None)

    def rests_on(self, day: date) -> bool:
        """Whether the plan rests on a day because an older file was put back, or may have been."""
        return self.plan_rests is not None and day <= self.plan_rests

    def told_put_back_on(self, day: date) -> bool:
        """Whether people are told on a day that older data may have been put back."""
        return self.put_back is not None and day <= self.put_back

    @property
    def newest_plan(self) -> str:
        """The id of the newest plan held: by telling it the device has let go of every earlier one. Empty without."""
        newest = self.next_plan or self.plan
        return newest.plan_id if newest else ""


_READ: dict[str, Callable[[Any], Any]] = {
    "last_day": date.fromisoformat,
    "plan": NumberPlan.model_validate_json,
    "next_plan": NumberPlan.model_validate_json,
    "home": Place.model_validate_json,
    "plan_suspended": bool,
    "plan_rests": date.fromisoformat,
    "marked": bool,
    "put_back": date.fromisoformat,
}

# Read several times in every step, so the text is made once and not composed by peewee each time.
_SELECT, _ = DEVICE.select(*(getattr(DEVICE, name) for name in DeviceState.__dataclass_fields__)).sql()


def read_state(database: APSWDatabase) -> DeviceState | None:
    """The device's row; None in a file that was made a moment ago."""
    values = database.execute_sql(_SELECT).fetchone()
    if values is None:
        return None
    row = dict(zip(DeviceState.__dataclass_fields__, values, strict=True))
    for name, read in _READ.items():
        row[name] = None if row[name] is None else read(row[name])
    return DeviceState(**row)


def found_state(database: APSWDatabase) -> DeviceState:
    """The device's row of an opened ledger."""
    state = read_state(database)
    assert state is not None, "an opened ledger always has its row"
    return state


def change_state(database: APSWDatabase, **changes: Any) -> None:
    """Write named fields of the row; days, plans and places are given as such."""
    for name, value in changes.items():
        if isinstance(value, date):
            changes[name] = value.isoformat()
        elif isinstance(value, Word):
            changes[name] = value.model_dump_json()
    names = tuple(sorted(changes))
    update(DEVICE, names).run(database, *(changes[name] for name in names))
