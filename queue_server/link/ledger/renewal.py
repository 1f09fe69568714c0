"""A ledger that goes on under another lane and tells everything it still has again.

No two files may write into one lane. A file that is a copy, or may be one, therefore takes a new life: what it issued,
its print jobs and its counters stay, its facts become events of their own in a lane that the server has still to give.
Until then no number can be given, because none would be its own. The server merges what it knows already by ticket.
"""

import logging
from collections.abc import Callable

from peewee import Database

from hall.wire.hello import Welcome
from queue_server.link.ledger import outbox
from queue_server.link.ledger.place import Place
from queue_server.link.ledger.put_back import UNTIL_HEARD
from queue_server.link.ledger.state import DeviceState, change_state, found_state

SERVER_OLDER = "the server was set back to before what is still kept here"
"""The one reason to renew for which this file is not to blame."""

_log = logging.getLogger("onewindow.link.ledger")


def settle_in(database: Database, here: Place, new_id: Callable[[], str]) -> None:
    """At opening: a file that lies elsewhere than it was made is a copy; where it lies now is its home from here on."""
    state = found_state(database)
    copied = state.home is not None and not state.home.may_be(here)
    if copied:
        reincarnate(database, new_id, "this file is a copy of another one")
    if here != state.home:
        changed = copied or bool(here.machine.adapters)  # adapters that are not ready yet have not changed
        known = state.home.machine if state.home and not changed else None
        change_state(database, home=here.model_copy(update={"machine": known}) if known else here)


def reincarnate(database: Database, new_id: Callable[[], str], why: str) -> None:
    """Take a new incarnation, without a lane, in place of the lane of before."""
    state = found_state(database)
    _log.error("link.new_incarnation: %s; lane %s is left to the other one", why, state.lane)
    change_state(
        database,
        incarnation=new_id(),
        before=state.incarnation,
        lane=None,
        replaces=state.replaces if state.lane is None else state.lane,
        session_no=0,
        plan=None,
        next_plan=None,
        plan_suspended=1,  # until the feed has told of every number given meanwhile
        plan_rests=None,  # the new lane's plan begins after all days of the old one's
        put_back=state.put_back if why == SERVER_OLDER else UNTIL_HEARD,
        last_seq=outbox.retell(database, new_id),
        highwater=0,
        acked=0,
    )


def take_lane(database: Database, lane: int, new_id: Callable[[], str]) -> None:
    """A server set back to before this life was enrolled gave it another lane: tell everything again under that."""
    _log.warning("link.lane_changed: lane %s is now %s", found_state(database).lane, lane)
    change_state(database, lane=lane, last_seq=outbox.retell(database, new_id), highwater=0, acked=0)


def reason_to_renew(database: Database, state: DeviceState, welcome: Welcome) -> str:
    """Why this ledger must not go on in the lane of a welcome, empty if it may."""
    if welcome.renew:
        return "the server says that another file uses the lane"
    if welcome.lane != state.lane and welcome.highwater:
        return "the server holds facts in a lane in which none was written here"
    place = min(welcome.highwater, state.last_seq)
    own = outbox.event_at(database, place)
    if own and welcome.known_event and own != welcome.known_event:
        return "the server holds other facts in the lane"
    if welcome.highwater < state.acked and welcome.highwater + 1 < (outbox.first_kept(database) or state.last_seq + 1):
        return SERVER_OLDER
    return ""
