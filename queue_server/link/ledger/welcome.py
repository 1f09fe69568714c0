"""What the server's answers do to the ledger: enrolment, plans, marks, restores and roll-backs."""

import logging

from peewee import Database

from hall.wire.hello import Welcome
from hall.wire.sync import Pushed
from queue_server.link.errors import LaneDiverged
from queue_server.link.ledger import outbox, tickets
from queue_server.link.ledger.numbers import greatest_lane_counter
from queue_server.link.ledger.state import DeviceState, change_state

_log = logging.getLogger("onewindow.link.ledger")


def apply_welcome(database: Database, state: DeviceState, welcome: Welcome) -> None:
    """Take over session, lane, plan and high-water mark from the first exchange.

    A high-water mark below what was acknowledged (or another epoch) is a restored server: everything above the mark
    is sent again and the feed is read from its start. One above what was ever written here is a rolled-back file:
    counters jump over what may have been lost. If the server holds other events where this file has its own, the file
    is a copy or was set back: nothing of its own counts as acknowledged (the push will be told so, and the manager with
    it), and its plan rests.
    """
    differ_at = _differ_at(database, state, welcome)
    if differ_at:
        _log.error("link.ledger_diverged: the server holds other facts in lane %s", welcome.lane)
        mark = min(state.acked, differ_at - 1)
        change_state(database, session_no=welcome.session_no, highwater=mark, plan_suspended=1)
        return
    if state.lane not in (None, welcome.lane):
        _log.warning("link.lane_changed: lane %s is now %s", state.lane, welcome.lane)
    if welcome.highwater > state.last_seq:
        jump_counters(database, state, welcome.highwater)
    if state.server_epoch not in ("", welcome.server_epoch) or welcome.highwater < state.acked:
        reread_feed(database)
    change_state(
        database,
        lane=welcome.lane,
        session_no=welcome.session_no,
        server_epoch=welcome.server_epoch,
        hall_id=welcome.hall_id,
        plan=welcome.plan,
        highwater=welcome.highwater,
        acked=max(state.acked, welcome.highwater),
        last_seq=outbox.close_gap(database, welcome.highwater),
    )


def _differ_at(database: Database, state: DeviceState, welcome: Welcome) -> int:
    """A place at which this file and the server hold different events; 0 if none is known."""
    place = min(welcome.highwater, state.last_seq)
    own = outbox.event_at(database, place)
    return place if own and welcome.known_event and own != welcome.known_event else 0


def reread_feed(database: Database) -> None:
    """What a restored server told before does not count: only what it tells from the start of its journal now."""
    _log.warning("link.server_restored: the server begins anew, its journal is read from the start")
    tickets.forget_others(database)
    change_state(database, feed_seq=0)


def apply_pushed(database: Database, state: DeviceState, pushed: Pushed) -> None:
    """Take over how far the lane has been applied, and a renewed plan.

    Raises:
        LaneDiverged: If the server holds other facts at our places; nothing is changed then.
    """
    if pushed.diverged:
        raise LaneDiverged(f"the server holds other facts in lane {state.lane} above {pushed.highwater}")
    changes = {"highwater": pushed.highwater, "acked": max(state.acked, pushed.highwater)}
    change_state(database, **changes, **({"plan": pushed.plan} if pushed.plan else {}))


def jump_counters(database: Database, state: DeviceState, known_seq: int) -> None:
    """This file is older than it should be: give no number that may already be on paper.

    Each lost fact can have raised a lane counter by one at most, so the floor rises by their number. Plan numbers
    depend on what was heard meanwhile, so they rest until the feed has told of all of them.
    """
    lost = known_seq - state.last_seq
    _log.error("link.ledger_rolled_back: %d facts written here are missing", lost)
    floor = max(greatest_lane_counter(database), state.lane_floor) + lost
    change_state(database, lane_floor=floor, plan_suspended=1, last_seq=known_seq)
