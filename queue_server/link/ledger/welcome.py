"""What the server's answers do to the ledger: enrolment, plans, marks, restores and roll-backs."""

import logging
from collections.abc import Callable

from peewee import Database

from hall.wire.hello import Welcome
from hall.wire.sync import Pushed
from queue_server.link.ledger import faults, outbox, tickets
from queue_server.link.ledger.put_back import Instant, jump_counters
from queue_server.link.ledger.renewal import reason_to_renew, reincarnate, take_lane
from queue_server.link.ledger.state import change_state, found_state

_log = logging.getLogger("onewindow.link.ledger")


def apply_welcome(database: Database, welcome: Welcome, new_id: Callable[[], str], offset_minutes: int) -> bool:
    """Take over session, lane, plans and high-water mark from the first exchange, in a hall so far ahead of UTC.

    A high-water mark below what was acknowledged (or another epoch) is a restored server: everything above the mark
    is sent again and the feed is read from its start. One above what was ever written here is a rolled-back file:
    counters jump over what may have been lost.

    Returns:
        Whether it was taken over; False when the ledger has taken a new incarnation instead and must say hello again.
    """
    state = found_state(database)
    why = reason_to_renew(database, state, welcome)
    if why:
        reincarnate(database, new_id, why)
        return False
    restored = state.server_epoch not in ("", welcome.server_epoch) or welcome.highwater < state.acked
    if restored:
        reread_feed(database)
    if state.lane not in (None, welcome.lane):
        take_lane(database, welcome.lane, new_id)
        state = found_state(database)
    if welcome.highwater > state.last_seq:
        jump_counters(database, state, welcome.highwater, Instant(welcome.server_time, offset_minutes))
    outbox.note_acked(database, 0, welcome.highwater, welcome.server_time)
    change_state(
        database,
        lane=welcome.lane,
        session_no=welcome.session_no,
        server_epoch=welcome.server_epoch,
        hall_id=welcome.hall_id,
        plan=welcome.plan,
        next_plan=welcome.next_plan,
        highwater=welcome.highwater,
        acked=max(state.acked, welcome.highwater),
        last_seq=outbox.close_gap(database, welcome.highwater),
    )
    return True


def reread_feed(database: Database) -> None:
    """What a restored server told before does not count: only what it tells from the start of its journal now."""
    _log.warning("link.server_restored: the server begins anew, its journal is read from the start")
    tickets.forget_heard(database)
    faults.forget(database)
    change_state(database, feed_seq=0)


def apply_pushed(database: Database, pushed: Pushed, new_id: Callable[[], str]) -> bool:
    """Take over how far the lane has been applied, and the plans.

    Returns:
        Whether it was taken over; False as in `apply_welcome`.
    """
    state = found_state(database)
    if pushed.diverged:
        reincarnate(database, new_id, f"the server holds other facts in the lane above {pushed.highwater}")
        return False
    outbox.note_acked(database, state.highwater, pushed.highwater, state.contact_us)
    change_state(
        database,
        highwater=pushed.highwater,
        acked=max(state.acked, pushed.highwater),
        plan=pushed.plan,
        next_plan=pushed.next_plan,
    )
    return True
