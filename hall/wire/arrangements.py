"""设置 as they stand and as they were changed: what the manager's page and a program of the city's are told."""

from hall.arrangements import Arrangement, Waiting
from hall.words import Micros, Staff, Word


class ChangeTold(Word):
    """One change: who, when, from what to what.

    `waiting` is what was said then of those who held numbers, `reverts` the place of the change it took back.
    """

    seq: int
    at: Micros
    staff: Staff
    before: Arrangement
    after: Arrangement
    waiting: Waiting | None = None
    reverts: int | None = None


class ArrangementsNow(Word):
    """Every part of the catalogue that a manager may change, and the latest changes, newest first."""

    catalog: str
    parts: tuple[Arrangement, ...]
    changes: tuple[ChangeTold, ...]
