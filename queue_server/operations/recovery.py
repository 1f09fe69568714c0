"""After the server was set back: what nobody can know is marked, whoever may know is waited for (never-down 2.3)."""

from datetime import date, timedelta

from hall.clock import DAY_US, MINUTE_US, Moment
from hall.facts import Fact, TicketFlagged, TimeQuality, WindowOpened
from hall.mending import RecoveryBegan, RecoveryEnded, RecoveryReason
from hall.opening import business_day
from hall.projection import WindowStatus
from hall.ticket import Flag
from hall.window import WindowState
from hall.wire.hello import Hello
from queue_server.operations.days import today
from queue_server.operations.lanes import in_service
from queue_server.operations.leases import DAYS_AHEAD
from queue_server.store import Reader, Transaction
from queue_server.store.records import RESTORED, GivenPlan, Lane, LaneStanding, Meta, Recovery, SessionKind

_ACTS_TOLD = "acts:{window}"
_AT_WORK = "windows_at_work"
_STRIDE = 1_000  # so many entries of the journal are looked at in one go
_GENEROUS_US = 2 * MINUTE_US
_CLOCK_MOVES_US = 15 * MINUTE_US  # so far the server's clock may have been put right between an act and the set-back
_WINDOWS_REMEMBER_US = 7 * DAY_US


def begin(transaction: Transaction, moment: Moment, reason: RecoveryReason, known_until: int) -> None:
    """Begin another life of the server: nothing that was live is called by itself until somebody knows.

    Kiosks must say hello anew, so that whoever speaks has heard of the new life.

    Args:
        transaction: The operation's.
        moment: Now.
        reason: How it was found out.
        known_until: Up to when the journal knows what happened, microseconds.

    Raises:
        NoCatalogError: If the hall has no catalogue yet; then there is nothing to recover.
    """
    epoch = transaction.new_id()
    transaction.put(Meta("server_epoch", epoch))
    rest = today(transaction, moment) + timedelta(days=DAYS_AHEAD)
    transaction.put(Meta(_AT_WORK, ",".join(map(str, sorted(_windows_at_work(transaction))))))
    transaction.record(
        RecoveryBegan(epoch=epoch, reason=reason, known_until=known_until, plans_rest_until=rest), moment
    )
    for ticket in list(transaction.live_tickets()):
        if Flag.UNCERTAIN not in ticket.flags:
            transaction.record(TicketFlagged(ticket=ticket.id, flag=Flag.UNCERTAIN), moment)
    transaction.end_kind(SessionKind.KIOSK)


def begin_if_restored(transaction: Transaction, moment: Moment) -> None:
    """Begin one if the store has noticed that it is older than the hall; once. Call at the first start."""
    restored = transaction.restored()
    if restored is None or not transaction.catalog_version():
        return
    begin(transaction, moment, restored.reason, restored.known_until or _last_entry_at(transaction))
    transaction.drop(Meta, RESTORED)


def begin_if_ahead(transaction: Transaction, moment: Moment, lane: Lane | None, request: Hello) -> None:
    """Begin one if a kiosk remembers more than the journal holds and nobody has told of it yet.

    Who has heard of this life of the server and yet knows more than it tells of another set-back, whatever went before.
    Who has not is ahead because of the last recovery, until it has spoken since that began. No kiosk tells of one
    set-back twice: the recovery begins another life, of which it hears in the same answer.

    Args:
        transaction: The operation's.
        moment: Now.
        lane: The kiosk's lane as it stands before this hello, None if it is not known.
        request: What it says of itself.
    """
    standing = None if lane is None else transaction.get(LaneStanding, lane.lane)
    in_this_life = request.server_epoch == transaction.server_epoch()
    ahead = _knows_more(transaction, lane, standing, request) or (
        in_this_life and request.feed_seq > transaction.head_seq()
    )
    if not ahead or not transaction.catalog_version():
        return
    last = transaction.last_recovery()
    told = last is not None and (not last.ended_at or standing is None or standing.hello_at <= last.began_at)
    if told and not in_this_life:
        return
    begin(transaction, moment, RecoveryReason.DEVICE_AHEAD, 0 if lane is None else lane.last_at)


def _knows_more(reader: Reader, lane: Lane | None, standing: LaneStanding | None, request: Hello) -> bool:
    """Whether a kiosk has a lane or a plan that was never given here, or facts taken that are not here."""
    if request.plan_id and reader.get(GivenPlan, request.plan_id) is None:
        return True
    if lane is None:
        return request.lane is not None
    noted = 0 if standing is None else standing.acked_before  # of these a recovery knows already
    return request.lane == lane.lane and request.acked_seq > max(lane.highwater, noted)


def open_recovery(reader: Reader) -> Recovery | None:
    """The recovery that is going on, None if nothing is waited for."""
    last = reader.last_recovery()
    return None if last is None or last.ended_at else last


def acts_told(transaction: Transaction, moment: Moment, window: int) -> None:
    """Note that a window has told everything it remembers."""
    transaction.put(Meta(_ACTS_TOLD.format(window=window), str(moment.wall_us)))


def awaited(reader: Reader, recovery: Recovery, day: date) -> tuple[str, ...]:
    """Who has not told yet what it knows: kiosks in service by their names, windows by their numbers.

    A window of the catalogue is waited for if it is open or, on the day the recovery began, was at work then; with
    that day its tickets are over, and what it tells later is taken all the same.

    Args:
        reader: The hall's store.
        recovery: The one that is open.
        day: The business day now.
    """
    lanes = {lane.lane: lane.device for lane in reader.every(Lane)}
    silent = [
        lanes[number]
        for number in in_service(list(reader.every(Lane)))
        if (standing := reader.get(LaneStanding, number)) is None or standing.settled_at < recovery.began_at
    ]
    catalog = reader.catalog()
    windows = _open_windows(reader)
    if business_day(recovery.began_at, catalog.hall.offset_minutes) == day:
        windows |= _were_at_work(reader)
    for window in sorted(windows & {window.number for window in catalog.windows}):
        told = reader.get(Meta, _ACTS_TOLD.format(window=window))
        if told is None or int(told.value) < recovery.began_at:
            silent.append(f"{window} 号窗口")
    return tuple(silent)


def _open_windows(reader: Reader) -> set[int]:
    return {status.number for status in reader.every(WindowStatus) if status.state is not WindowState.CLOSED}


def _were_at_work(reader: Reader) -> set[int]:
    """Windows that may remember something, although nobody sits there since their sessions ended with the restore."""
    noted = reader.get(Meta, _AT_WORK)
    return set() if noted is None or not noted.value else set(map(int, noted.value.split(",")))


def _windows_at_work(transaction: Transaction) -> set[int]:
    """Windows not closed, and those opened on the last day that the journal knows, or since."""
    offset = transaction.catalog().hall.offset_minutes
    numbers, day, end = _open_windows(transaction), None, transaction.head_seq()
    while end > 0:
        begin_after = max(0, end - _STRIDE)
        for entry in reversed(list(transaction.entries(after=begin_after, limit=end - begin_after))):
            entry_day = business_day(entry.at, offset)
            day = day or entry_day
            if entry_day < day:
                return numbers
            if isinstance(entry.fact.body, WindowOpened):
                numbers.add(entry.fact.body.window)
        end = begin_after
    return numbers


def maybe_end(transaction: Transaction, moment: Moment) -> None:
    """End the recovery once everybody has told."""
    recovery = open_recovery(transaction)
    if recovery is not None and not awaited(transaction, recovery, today(transaction, moment)):
        transaction.record(RecoveryEnded(), moment)


def first_told_late(reader: Reader, fact: Fact, issued_at: int, quality: TimeQuality) -> bool:
    """Whether a ticket that becomes known only now may have been called in a time that the server has forgotten.

    It was issued in that time, or the server had the fact in an earlier life, whenever it was issued. Only a time that
    is exact can show that it was issued since: a kiosk whose clock was wrong gives none.
    """
    last = reader.last_recovery()
    if last is None or (issued_at >= last.began_at and quality is TimeQuality.EXACT):
        return False
    standing = reader.get(LaneStanding, fact.lane)
    was_here = standing is not None and fact.lane_seq <= standing.acked_before
    return was_here or last.known_until - _GENEROUS_US < issued_at < last.began_at


def was_forgotten(reader: Reader, moment: Moment, at: int) -> bool:
    """Whether something done at a time may have been known to a life of the server that was lost in the last week.

    Any recovery of that week counts: a window that was away may tell of the one before the last.
    """
    return any(
        (recovery.known_until or recovery.began_at - _WINDOWS_REMEMBER_US) - _CLOCK_MOVES_US
        < at
        <= recovery.began_at + _CLOCK_MOVES_US
        for recovery in reader.every(Recovery)
        if recovery.began_at >= moment.wall_us - _WINDOWS_REMEMBER_US
    )


def _last_entry_at(reader: Reader) -> int:
    head = reader.head_seq()
    return next(entry.at for entry in reader.entries(after=head - 1, limit=1)) if head else 0
