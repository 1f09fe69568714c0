"""Facts of the own lane: written in order, sent until the server has them, kept a week longer."""

from collections.abc import Callable
from typing import Any

from peewee import Database, fn
from pydantic import TypeAdapter

from hall.clock import Moment
from hall.facts import Body, Fact, TicketIssued
from hall.identity import Holder
from hall.wire.sync import SentFact
from queue_server.link.errors import NotEnrolled
from queue_server.link.ledger import tickets
from queue_server.link.ledger.state import DeviceState, change_state
from queue_server.link.ledger.statements import ASKED, Statement, insert
from queue_server.link.ledger.tables import FACT

_BODY: TypeAdapter[Body] = TypeAdapter(Body)
_WRITTEN = ("event_id", "lane_seq", "wall_us", "mono_us", "boot_id", "body")

_ADD = insert(FACT, _WRITTEN)
_UNSENT = Statement(
    FACT.select(*(getattr(FACT, name) for name in _WRITTEN))
    .where(FACT.lane_seq > ASKED)
    .order_by(FACT.lane_seq)
    .limit(ASKED)
)
_COUNT = Statement(FACT.select(fn.COUNT(FACT.lane_seq)).where(FACT.lane_seq > ASKED))
_EVENT_AT = Statement(FACT.select(FACT.event_id).where(FACT.lane_seq == ASKED))
_ABOVE = Statement(FACT.select(FACT.lane_seq).where(FACT.lane_seq > ASKED).order_by(FACT.lane_seq))
_ACKED = Statement(
    FACT.update(acked_us=ASKED).where(FACT.lane_seq > ASKED, FACT.lane_seq <= ASKED, FACT.acked_us.is_null())
)
_FORGET = Statement(FACT.delete().where(FACT.lane_seq <= ASKED, FACT.acked_us < ASKED))


def add(database: Database, state: DeviceState, event_id: str, body: Body, moment: Moment) -> Fact:
    """Write the next fact of the lane.

    Raises:
        NotEnrolled: If the device has no lane yet.
    """
    if state.lane is None:
        raise NotEnrolled("the device has no lane yet")
    fact = Fact(
        event_id=event_id,
        lane=state.lane,
        lane_seq=state.last_seq + 1,
        wall_us=moment.wall_us,
        mono_us=moment.mono_us,
        boot_id=moment.boot_id,
        body=body,
    )
    text = _BODY.dump_json(body).decode()
    _ADD.run(database, fact.event_id, fact.lane_seq, fact.wall_us, fact.mono_us, fact.boot_id, text)
    change_state(database, last_seq=fact.lane_seq)
    return fact


def unsent(database: Database, state: DeviceState, limit: int) -> list[SentFact]:
    """The first facts above the server's high-water mark, with holders beside the issued tickets."""
    facts = [_fact(state.lane or 0, row) for row in _UNSENT.run(database, state.highwater, limit).fetchall()]
    return [SentFact(fact=fact, holder=_holder(database, fact.body)) for fact in facts]


def count_unsent(database: Database, state: DeviceState) -> int:
    """How many facts the server has not acknowledged."""
    return int(_COUNT.value(database, state.highwater))


def event_at(database: Database, lane_seq: int) -> str:
    """The event written at a place of the lane, empty if there is none here (any more)."""
    return str(_EVENT_AT.value(database, lane_seq) or "")


def close_gap(database: Database, highwater: int) -> int:
    """Let the facts above the high-water mark follow it without a gap; the greatest lane_seq after that.

    A gap is left where this file was rolled back and went on counting above what it might have lost. The server
    applies a lane without gaps only, and nothing above its mark can have reached it, so those facts move down.
    """
    old_places = [old for (old,) in _ABOVE.run(database, highwater).fetchall()]
    for place, old in enumerate(old_places, highwater + 1):
        if place != old:
            FACT.update(lane_seq=place).where(FACT.lane_seq == old).execute(database)
    return highwater + len(old_places)


def first_kept(database: Database) -> int:
    """The least place of the lane that is still here; 0 if there is none."""
    return FACT.select(fn.MIN(FACT.lane_seq)).scalar(database) or 0


def retell(database: Database, new_id: Callable[[], str]) -> int:
    """Number every fact still here anew from 1, as events of their own that nobody has acknowledged; their count."""
    rows = FACT.select(FACT.lane_seq).order_by(FACT.lane_seq).tuples()
    places = [old for (old,) in rows.execute(database)]
    for place, old in enumerate(places, 1):
        fresh = {"lane_seq": place, "event_id": new_id(), "acked_us": None}
        FACT.update(**fresh).where(FACT.lane_seq == old).execute(database)
    return len(places)


def note_acked(database: Database, above: int, highwater: int, at_us: int) -> None:
    """Remember when the server first had these facts.

    Args:
        database: The ledger's.
        above: The high-water mark before; 0 to look at all of them.
        highwater: The mark now.
        at_us: The server's time.
    """
    _ACKED.run(database, at_us, above, highwater)


def forget_acked(database: Database, state: DeviceState, before_us: int) -> None:
    """Drop facts that the server had before this instant of its own clock and has now."""
    _FORGET.run(database, min(state.acked, state.highwater), before_us)


def _fact(lane: int, row: tuple[Any, ...]) -> Fact:
    *places, body = row
    return Fact(lane=lane, **dict(zip(_WRITTEN, places, strict=False)), body=_BODY.validate_json(body))


def _holder(database: Database, body: Body) -> Holder | None:
    return tickets.holder(database, body.ticket) if isinstance(body, TicketIssued) else None
