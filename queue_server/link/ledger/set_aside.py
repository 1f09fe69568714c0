"""Ledgers that lie in a data folder but are not in use: damaged ones that were renamed, retired ones; what they owe.

A damaged file holds what its device had not told yet; beside it that stands on paper alone. It is read as far as it
reads back, from both ends, and never changed.
"""

from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import apsw
from pydantic import TypeAdapter, ValidationError

from hall.facts import Body, TicketIssued
from hall.numbering import Number
from queue_server.link.ledger.database import FILE, WATERMARK_FILE
from queue_server.link.ledger.lock import LOCK_FILE

_LOOKING = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
_BODY: TypeAdapter[Body] = TypeAdapter(Body)
_NEVER = ("-shm", ".lock")
_BESIDE = ("-journal", "-wal", ".watermark")
"""What belongs to a ledger beside it; without that ledger it is all that is left of one."""

_HEADER = b"SQLite format 3\x00"
_FACTS = "SELECT lane_seq, body FROM fact WHERE lane_seq > (SELECT highwater FROM device) ORDER BY lane_seq"


class Aside(NamedTuple):
    """A ledger put aside.

    Attributes:
        path: The file.
        whole: Whether all of it reads back; if not, it may owe more than could be read.
        unsent: How many facts could be read that the server does not have.
        numbers: The printed numbers among them, with their days.
    """

    path: Path
    whole: bool
    unsent: int
    numbers: tuple[str, ...]

    @property
    def owes(self) -> bool:
        """Whether something in it may be known to nobody else."""
        return self.unsent > 0 or not self.whole


def set_aside(folder: Path) -> list[Aside]:
    """The ledgers put aside in a data folder, by name. Nothing is changed."""
    if not folder.is_dir():
        return []
    files = [path for path in folder.iterdir() if _is_another_ledger(path)]
    files += [path / FILE for path in folder.glob("retired-*") if (path / FILE).is_file()]
    return [_read(path) for path in sorted(files)]


def _is_another_ledger(path: Path) -> bool:
    known = path.name in (FILE, WATERMARK_FILE, LOCK_FILE)
    if known or path.name.endswith(_NEVER) or _is_beside_its_own(path) or not path.is_file():
        return False
    if FILE.removesuffix(".db") in path.name:
        return True
    with suppress(OSError), path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER
    return False


def _is_beside_its_own(path: Path) -> bool:
    name = next((path.name.removesuffix(each) for each in _BESIDE if path.name.endswith(each)), "")
    return bool(name) and any(path.with_name(each).exists() for each in (name, f"{name}.db"))


def _read(path: Path) -> Aside:
    """From the front until a place that does not read back, then from the end until there."""
    bodies: dict[int, str] = {}
    whole = True
    for order in ("ASC", "DESC"):
        try:
            file = apsw.Connection(path.resolve().as_uri() + "?immutable=1", flags=_LOOKING)
            try:
                bodies.update(_facts(file, order, bodies))
                whole &= list(file.execute("PRAGMA quick_check(1)")) == [("ok",)]
                whole &= bool(list(file.execute("SELECT 1 FROM device")))  # an emptied file has none
            finally:
                file.close()
        except apsw.Error:
            whole = False
        if whole:
            break
    numbers = (_number(body) for _, body in sorted(bodies.items()))
    return Aside(path, whole, len(bodies), tuple(filter(None, numbers)))


def _facts(file: apsw.Connection, order: str, known: dict[int, str]) -> dict[int, str]:
    """What reads back in this order, up to what is known already."""
    found: dict[int, str] = {}
    with suppress(apsw.Error, UnicodeDecodeError):
        rows: Any = file.execute(f"{_FACTS} {order}")
        for place, body in rows:
            if place in known:
                break
            found[place] = str(body)
    return found


def _number(body: str) -> str:
    """The printed number a fact gave, with its day; empty for another fact, or what is none any more."""
    with suppress(ValidationError):
        fact = _BODY.validate_json(body)
        if isinstance(fact, TicketIssued):
            return f"{fact.day} {Number(fact.prefix, fact.n, fact.lane)}"
    return ""
