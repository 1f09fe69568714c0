"""Counters: the greatest number of each day, prefix and form known here, and the day to count in."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from peewee import SQL, Database, fn

from hall.numbering import Number, next_number
from queue_server.link.errors import NotEnrolled
from queue_server.link.ledger.state import DeviceState
from queue_server.link.ledger.statements import ASKED, Statement
from queue_server.link.ledger.tables import HIGH

Form = Literal["plan", "lane"]
DAYS_AHEAD = timedelta(days=7)

_KEY = (HIGH.day, HIGH.prefix, HIGH.form)
_HIGH = Statement(HIGH.select(HIGH.n).where(HIGH.day == ASKED, HIGH.prefix == ASKED, HIGH.form == ASKED))
_RAISE = Statement(
    HIGH.insert([(ASKED,) * 4], columns=[*_KEY, HIGH.n]).on_conflict(
        conflict_target=_KEY, update={HIGH.n: fn.MAX(HIGH.n, SQL("excluded.n"))}
    )
)


class TrustedDay(NamedTuple):
    """The business day to count in. `suspect`: the wall clock cannot be right, so numbers are given in lane form."""

    day: date
    suspect: bool


def trusted_day(wall_day: date, last_day: date | None) -> TrustedDay:
    """The day to use: a day never comes back, and a leap of more than a week waits for the server's word."""
    if last_day is not None and not last_day <= wall_day <= last_day + DAYS_AHEAD:
        return TrustedDay(last_day, suspect=True)
    return TrustedDay(wall_day, suspect=False)


def high(database: Database, day: date, prefix: str, form: Form) -> int:
    """The greatest counter known; 0 if none."""
    return _HIGH.value(database, day.isoformat(), prefix, form) or 0


def raise_high(database: Database, day: date, prefix: str, form: Form, n: int) -> None:
    """A number was issued or heard of. A counter never falls."""
    _RAISE.run(database, day.isoformat(), prefix, form, n)


def number_to_give(database: Database, state: DeviceState, prefix: str, day: date, *, lane_form: bool) -> Number:
    """The next number by hall.numbering, from what this ledger knows.

    Raises:
        NotEnrolled: If the device has no lane yet.
    """
    if state.lane is None:
        raise NotEnrolled("the device has no lane yet")
    plan = None if lane_form else state.plan_on(day)
    lane_highest = max(high(database, day, prefix, "lane"), state.lane_floor)
    return next_number(prefix, day, plan, high(database, day, prefix, "plan"), state.lane, lane_highest)


def greatest_lane_counter(database: Database) -> int:
    """The greatest lane-form counter of any day and prefix; 0 if none."""
    return HIGH.select(fn.MAX(HIGH.n)).where(HIGH.form == "lane").scalar(database) or 0
