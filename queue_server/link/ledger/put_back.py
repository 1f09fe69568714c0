"""A file that is older than it should be, or may be: no number that can be on paper is given a second time.

What such a file has forgotten nobody may know: not the server, if it was given while cut off. So numbers in lane form
begin above all that were, and the plan rests, until the server has said what day it is and then to the end of that
day; all forgotten numbers are of days until then.
"""

import logging
from datetime import date, timedelta
from string import ascii_uppercase
from typing import NamedTuple

from peewee import Database

from hall.opening import business_day, local_time
from queue_server.link.ledger.numbers import greatest_lane_counter, raise_high
from queue_server.link.ledger.state import DeviceState, change_state

UNTIL_HEARD = date.max
"""The plan rests, and people are told, until the server has said what day it is."""

TOLD_FOR = timedelta(days=1)
"""So much longer people are told: the server may come back when the hall is empty."""

_DAY_S = 24 * 60 * 60
_log = logging.getLogger("onewindow.link.ledger")


class Instant(NamedTuple):
    """Microseconds since 1970, 0 where no clock tells, and how many minutes the hall is ahead of UTC."""

    at_us: int
    offset_minutes: int


def jump_counters(database: Database, state: DeviceState, known_seq: int, now: Instant) -> None:
    """So many facts written here are missing: each can have raised a lane counter by one, so the floor rises by all.

    They leap besides: what this file goes on from may itself have been put back before.
    """
    lost = known_seq - state.last_seq
    _log.error("link.ledger_rolled_back: %d facts written here are missing", lost)
    floor = max(greatest_lane_counter(database), state.lane_floor) + lost
    change_state(database, lane_floor=floor, last_seq=known_seq)
    leap(database, state, now)


def leap(database: Database, state: DeviceState, now: Instant) -> None:
    """Give no number that can have been given before an instant; how many these were need not be known.

    The lane counters leap to the second of the day: no kiosk gives a number each second from midnight on, and at the
    next leap it is later. That holds however often one old file is put back, where adding to what it knows would not.
    On a clock that is behind the last day known, a day's seconds are added.
    """
    if now.at_us:
        local = local_time(now.at_us, now.offset_minutes)
        day, second = local.date(), local.hour * 3600 + local.minute * 60 + local.second
        if state.last_day is not None and state.last_day > day:
            day, second = state.last_day, second + _DAY_S
        for prefix in ascii_uppercase:
            raise_high(database, day, prefix, "lane", second)
    change_state(database, plan_suspended=1, plan_rests=UNTIL_HEARD, put_back=UNTIL_HEARD)


def hear_time(database: Database, state: DeviceState, now: Instant) -> None:
    """The server has said what time it is.

    A plan that rests does so to the end of that day, and people are told to that of the next.
    """
    day = business_day(now.at_us, now.offset_minutes)
    day = max(day, state.last_day or day)
    if state.plan_rests == UNTIL_HEARD:
        leap(database, state, now)  # the own clock may have been behind
        change_state(database, plan_rests=day)
    if UNTIL_HEARD in (state.plan_rests, state.put_back):
        change_state(database, put_back=day + TOLD_FOR)
