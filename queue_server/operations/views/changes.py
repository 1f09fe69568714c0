"""设置 as they stand, what was changed of them, and who would be touched by a change that is not made yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from hall.arrangements import Arrangement, ArrangementChanged, parts_of
from hall.clock import Moment
from hall.closing import cut_short, left_alone
from hall.wire.arrangements import ArrangementsNow, ChangeTold
from queue_server.operations.arranging import those_waiting, was_asked_for
from queue_server.operations.bookings import lost_bookings
from queue_server.operations.days import local_now
from queue_server.store import Reader

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a change would touch: numbers waiting by group, appointments that would be called off.

    `alone` if no window would be left for some of those who wait: their numbers can only end. `asked_for` if it cannot
    be: somebody has taken a number for what would be gone.
    """

    waiting: dict[str, int]
    bookings: int
    alone: bool = False
    asked_for: bool = False


def arrangements(reader: Reader, before: int | None = None) -> ArrangementsNow:
    """All parts as they stand, with the changes before a place of the journal, the latest if none is named."""
    catalog, version = reader.catalog(), reader.catalog_version()
    return ArrangementsNow(catalog=version, parts=tuple(parts_of(catalog)), changes=tuple(told(reader, before)))


def told(reader: Reader, before: int | None = None, limit: int | None = SHOWN) -> Iterator[ChangeTold]:
    """The latest changes before a place of the journal, newest first."""
    for entry in reader.arrangement_changes(before, limit):
        body = entry.fact.body
        assert isinstance(body, ArrangementChanged)
        yield ChangeTold(
            seq=entry.seq,
            at=entry.at,
            staff=body.staff,
            before=body.before,
            after=body.after,
            waiting=body.waiting,
            reverts=body.reverts,
        )


def touched(reader: Reader, moment: Moment, wanted: Arrangement) -> Touched:
    """Whom it would touch if a part were as wanted from now on."""
    catalog, local = reader.catalog(), local_now(reader, moment)
    after = wanted.within(catalog)
    waiting: dict[str, int] = {}
    alone = left_alone(catalog, after)
    for ticket in those_waiting(reader, cut_short(catalog, after, local) | alone):
        waiting[ticket.group] = waiting.get(ticket.group, 0) + 1
    bookings = len(list(lost_bookings(reader, moment, catalog, after)))
    return Touched(waiting, bookings, not alone.isdisjoint(waiting), was_asked_for(reader, wanted, local.date()))
