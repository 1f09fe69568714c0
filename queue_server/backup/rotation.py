"""Which backups have had their time: five-minute ones for a day, daily ones thirty times. Pure; looks at names only.

Names and tokens of people are in the five-minute ones alone, so they are gone from backups a day after the visit.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from hall.clock import DAY_US
from queue_server.backup.label import SUFFIX

KEPT_US = DAY_US
DAILY = 30
NEAREST = 12
"""So many five-minute ones stay however old they are: after a long stop, or while the clock is wrong."""

_NAME = re.compile(rf"(?P<hall>[a-z][a-z0-9-]*)-(?P<at>\d{{8}}T\d{{6}}Z)-seq(?P<seq>\d+)(?P<daily>-daily)?{SUFFIX}")


@dataclass(frozen=True, slots=True)
class Name:
    """A backup's name, read: when it was taken (whole seconds, as microseconds), how far it reaches, which kind."""

    text: str
    hall: str
    at: int
    seq: int
    daily: bool


def read_name(text: str) -> Name | None:
    """The parts of a backup's name; None if it is no such name."""
    found = _NAME.fullmatch(text)
    if found is None:
        return None
    try:
        at = datetime.strptime(found["at"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return Name(text, found["hall"], round(at.timestamp()) * 1_000_000, int(found["seq"]), bool(found["daily"]))


def newest_first(names: Iterable[Name], now: int) -> list[Name]:
    """In the order in which they are tried: those that claim to be of the future stand last."""
    return sorted(names, key=lambda name: (name.at <= now + KEPT_US, name.at, name.seq), reverse=True)


def outlived(names: Iterable[Name], now: int) -> list[Name]:
    """Those to be deleted.

    Distance from now decides, not age: what a wrong clock dated ahead goes as soon as better ones are there.
    """
    by_distance = sorted(names, key=lambda name: (abs(now - name.at), -name.seq))
    often = [name for name in by_distance if not name.daily]
    daily = [name for name in by_distance if name.daily]
    return [name for name in often[NEAREST:] if abs(now - name.at) > KEPT_US] + daily[DAILY:]


def spare(names: Iterable[Name], now: int) -> list[Name]:
    """Those that may go when the disk is full, the one to go first at the front."""
    often = sorted((name for name in names if not name.daily), key=lambda name: abs(now - name.at))
    return often[NEAREST:][::-1]
