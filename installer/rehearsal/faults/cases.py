"""What a kiosk and a server do, act by act, for the loops that let every single call of the disk fail.

A case makes a pair ready and gives back the act to do. The acts of `ONE_STEP` are one durable step each: after a
failure all of it is there or nothing. Those of `MANY_STEPS` are several, and each step stands for itself.
"""

from collections.abc import Callable
from functools import partial

from hall.catalog import Catalog
from hall.clock import DAY_US
from hall.ticket import TicketState
from hall.wire.commands import SignIn
from hall.wire.health import HealthReport, PartHealth
from hall.wire.sync import BATCH, FeedHead, Pushed
from installer.rehearsal.faults.acts import asked
from installer.rehearsal.faults.pair import Pair
from kiosk import doubts
from queue_server.link.conversation import Conversation, Introduction
from queue_server.link.ledger import JobState
from queue_server.operations.accounts import Role, add_staff, end_session, sign_in
from queue_server.operations.catalog import publish_catalog
from queue_server.operations.devices import new_nonce
from queue_server.operations.health import report
from queue_server.operations.views.desk import desk

Act = Callable[[], object]
Case = Callable[[Pair], Act]
_STAFF, _PIN = "0305", "246802"


def prepare(pair: Pair) -> None:
    """What has happened before any case: slips in every state, people waiting, served, missed and set aside."""
    add_staff(pair.store, _STAFF, _PIN, [Role.CLERK])
    for end in (JobState.PRINTED, JobState.UNKNOWN, JobState.FAILED, JobState.UNKNOWN):
        pair.issue(named=True)
        pair.end_slip(end)
    for _ in range(6):
        pair.issue(named=True)
    pair.push()
    pair.hear()
    for acts in (("start_service", "finish_service"), ("recall", "recall", "mark_missed"), ("hold",)):
        _at_window(*acts)(pair)()
    pair.issue(named=True)


# ---- the kiosk ----


def _issue(pair: Pair) -> Act:
    return partial(pair.issue, named=True)


def _issue_paperless(pair: Pair) -> Act:
    return partial(pair.issue, paper=False)


def _slip(state: JobState) -> Case:
    return lambda pair: partial(pair.end_slip, state)


def _settle(pair: Pair) -> Act:
    return pair.settle


def _void(pair: Pair) -> Act:
    return partial(pair.settle, void=True)


def _copy(pair: Pair) -> Act:
    issued = pair.issuing.find(pair.ledger.jobs(JobState.UNKNOWN)[0].ticket)
    assert issued is not None
    return lambda: doubts.copy_of(pair.ledger, pair.clock, issued)


def _feed(pair: Pair) -> Act:
    with pair.store.read() as reader:
        items = reader.feed(pair.ledger.state.feed_seq, BATCH)
    head = FeedHead(seq=items[-1].entry.seq, server_epoch="e" * 32, server_time=0, catalog_version="")
    return lambda: pair.ledger.apply_feed([*items, head])


def _welcome(pair: Pair) -> Act:
    moment = pair.clock.now()
    introduction = Conversation(pair.ledger).next_request(moment)
    assert isinstance(introduction, Introduction)
    welcome = pair.greet(introduction, moment)
    return lambda: pair.ledger.apply_welcome(welcome)


def _pushed(pair: Pair) -> Act:
    mark = pair.ledger.state.last_seq
    return lambda: pair.ledger.apply_pushed(Pushed(highwater=mark))


def _catalog(pair: Pair) -> Act:
    return lambda: pair.ledger.store_catalog(_changed(pair))


def _next_day(pair: Pair) -> Act:
    later = pair.clock.now().wall_us + DAY_US
    return lambda: pair.ledger.hear_time(later)


def _tidy(pair: Pair) -> Act:
    later = pair.clock.now().wall_us + 20 * DAY_US
    return lambda: pair.ledger.tidy(later)


def _reread(pair: Pair) -> Act:
    return pair.ledger.reread_feed


# ---- the server ----


def _command(kind: str, *before: str, **more: str) -> Case:
    """A clerk's command after some others, under one request id however often it is asked."""

    def ready(pair: Pair) -> Act:
        for earlier in before:
            _command(earlier)(pair)()
        session = pair.sessions[0]
        with pair.store.read() as reader:
            active, last = reader.active_at(session.window), reader.last_served(session.window)
        about = active.id if active else last.ticket if kind == "undo" and last else None
        command = asked(kind, pair.new_id(), None if kind in _ABOUT_NOBODY else about, **more)
        return lambda: pair.do(session, command)

    return ready


def _at_window(*acts: str, **more: str) -> Case:
    """The next citizen is called, and then that."""
    return _command(acts[-1], "call_next", *acts[:-1], **more)


def _aside(kind: str, state: TicketState, **more: str) -> Case:
    """Something with a ticket that is at no window."""

    def ready(pair: Pair) -> Act:
        with pair.store.read() as reader:
            ticket = next(each.id for each in reader.live_tickets() if each.state is state)
        command = asked(kind, pair.new_id(), ticket, **more)
        return lambda: pair.do(pair.sessions[0], command)

    return ready


def _publish(pair: Pair) -> Act:
    moment, catalog = pair.clock.now(), _changed(pair)
    return lambda: pair.store.run(lambda tx: publish_catalog(tx, moment, catalog))


def _nonce(pair: Pair) -> Act:
    moment = pair.clock.now()
    return lambda: pair.store.run(lambda tx: new_nonce(tx, moment))


def _health(pair: Pair) -> Act:
    moment = pair.clock.now()
    told = HealthReport(parts=(PartHealth(part="call_pad", state="fault", problem="没有接上", advice="请看数据线"),))
    return lambda: pair.store.run(lambda tx: report(tx, moment, "window-1", told))


def _leave(pair: Pair) -> Act:
    moment = pair.clock.now()
    return lambda: pair.store.run(lambda tx: end_session(tx, moment, pair.sessions[1]))


def _tick(pair: Pair) -> Act:
    pair.clock.pass_time(DAY_US)  # the day is closed, holders and answers go
    return pair.tick


def _add_staff(pair: Pair) -> Act:
    return lambda: add_staff(pair.store, "0306", _PIN, [Role.CLERK, Role.MANAGER])


def _sign_in(pair: Pair) -> Act:
    moment = pair.clock.now()
    return lambda: sign_in(pair.store, moment, SignIn(staff=_STAFF, pin=_PIN, window=1), "127.0.0.1")


def _desk(pair: Pair) -> Act:
    def look() -> object:
        with pair.store.read() as reader:
            return desk(reader, pair.clock.now(), 1)

    return look


def _connect(pair: Pair) -> Act:
    return pair.connect


def _push(pair: Pair) -> Act:
    pair.connect()
    pair.issue(named=True)
    return pair.push


def _changed(pair: Pair) -> Catalog:
    hall = pair.catalog.hall.model_copy(update={"notice": "明天上午停电"})
    old = pair.catalog
    return Catalog(hall=hall, groups=old.groups, services=old.services, windows=old.windows)


_ABOUT_NOBODY = ("call_next", "pause", "resume", "sign_out")
ONE_STEP: dict[str, Case] = {
    "issue": _issue,
    "issue without paper": _issue_paperless,
    "slip printed": _slip(JobState.PRINTED),
    "slip in doubt": _slip(JobState.UNKNOWN),
    "settle": _settle,
    "void": _void,
    "copy of a slip": _copy,
    "feed": _feed,
    "welcome": _welcome,
    "pushed": _pushed,
    "catalogue kept": _catalog,
    "next day heard": _next_day,
    "tidy": _tidy,
    "feed read anew": _reread,
    "call next": _command("call_next"),
    "recall": _at_window("recall"),
    "start": _at_window("start_service"),
    "finish": _at_window("start_service", "finish_service"),
    "missed": _at_window("recall", "recall", "mark_missed"),
    "put back": _at_window("put_back"),
    "missed comes back": _aside("put_back", TicketState.MISSED),
    "hold": _at_window("hold"),
    "resumed": _aside("put_back", TicketState.ON_HOLD),
    "transfer": _at_window("transfer", group="medical"),
    "cancel": _aside("cancel", TicketState.WAITING),
    "named call": _aside("call_ticket", TicketState.WAITING, reason="行动不便"),
    "undo": _command("undo", "call_next", "start_service", "finish_service"),
    "pause": _command("pause"),
    "open again": _command("resume", "pause"),
    "sign out": _command("sign_out"),
    "catalogue published": _publish,
    "nonce": _nonce,
    "window's devices": _health,
    "clerk leaves": _leave,
    "tick": _tick,
    "desk looked at": _desk,
}
MANY_STEPS: dict[str, Case] = {
    "connect": _connect,
    "push": _push,
    "account": _add_staff,
    "sign in": _sign_in,
}
