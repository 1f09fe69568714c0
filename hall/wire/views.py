"""What screens show, composed by the server: desk of a window, board of a hall. Boards never carry a name.

It is long because every screen stands here beside the others that are made of the same few words.
"""

from datetime import date

from pydantic import Field

from hall.alerts import Alert
from hall.before import Before
from hall.calling import CallReason
from hall.mending import RecoveryReason
from hall.projection import WindowStatus
from hall.ticket import Ticket
from hall.waiting import Wait
from hall.window_plan import PlanWait
from hall.wire.bookings import SlotNow
from hall.wire.hello import DeviceKind
from hall.words import Lane, Micros, Word
from hall.zones import Layout


class GroupWait(Word):
    """How long who comes now waits: ordinary people, and those with priority."""

    group: str
    ordinary: Wait
    priority: Wait


class Waits(Word):
    """What kiosks say of waits. Without groups while nothing is known."""

    at: Micros
    groups: tuple[GroupWait, ...] = ()


class DeskTicket(Word):
    """A ticket as a clerk sees it.

    Of the one at the window only: `reason`, why it was called, and `note`, what the colleague says who sent it on.
    """

    ticket: Ticket
    number: str
    service_name: str
    group_name: str
    masked_name: str = ""
    issuer: str = ""
    penalty_minutes: int = 0
    held_for: str = ""
    reason: CallReason | None = None
    wait: Wait | None = None  # how much longer, while it waits and that is known
    note: str = Field(default="", repr=False)


class Desk(Word):
    """Everything one window's screen needs. `queue` is in calling order for this window, `active` the citizen here.

    `colleagues` are the other windows that are open and could be sent who is here for themselves alone.
    `faults` are the groups of this window that cannot be served, 系统故障.
    `auto_call_at` is when the first of the queue is called by itself, 0 if nobody is.
    """

    at: Micros
    seq: int
    window: WindowStatus
    shown_state: str
    active: DeskTicket | None
    to_rate: DeskTicket | None  # the service just finished here and not rated yet
    undo_until: Micros  # 0 when nothing can be undone
    queue: tuple[DeskTicket, ...]
    missed: tuple[DeskTicket, ...]
    held: tuple[DeskTicket, ...]
    colleagues: tuple[int, ...] = ()
    uncertain: tuple[DeskTicket, ...] = ()  # what nobody knows the fate of since the server was set back
    epoch: str = ""  # the server's present life; another one asks the window to tell what it remembers
    auto_call_at: Micros = 0
    faults: tuple[str, ...] = ()
    hall_waiting: int
    longest_wait_us: int
    windows_serving: int
    windows_open: int
    served_today: int
    waits: tuple[GroupWait, ...] = ()  # of newcomers of this window's groups, while they are known


class BoardCall(Word):
    """A number and the window it was called to.

    `says` are the addresses of the WAVs that say it, in the order in which they are heard; `voice` is the one that
    says it once, for a loudspeaker that has to catch up.
    """

    number: str
    window: int
    window_name: str
    call_no: int
    at: Micros
    state: str
    mark: str = ""  # 预, 优 or 补件
    voice: str = ""
    says: tuple[str, ...] = ()
    seq: int


class BoardNext(Word):
    """A number that should get ready, and the place to wait near."""

    number: str
    group_name: str
    place: str = ""
    mark: str = ""  # 预, 优 or 补件


class BoardGroup(Word):
    """Waiting of one group."""

    name: str
    name_en: str
    prefix: str
    waiting: int


class Board(Word):
    """What the public board shows: `calls` newest first, `notices` read one after the other, `missed` may come back.

    `past` are the last calls, newest first, whose citizens are at no window any more, for a screen that was away when
    they were called. `zone` is the name of the part of the hall it is for, "" for all of it; `volume` how loud calls
    are there now, in hundredths. `suspended` names the groups 停办 for which nobody waits. What its `layout` does not
    show is left out, but for calls: each has its moment.
    """

    at: Micros
    seq: int
    hall: str
    hall_en: str
    notices: tuple[str, ...]
    calls: tuple[BoardCall, ...]
    ready: tuple[BoardNext, ...]
    missed: tuple[str, ...]
    groups: tuple[BoardGroup, ...]
    past: tuple[BoardCall, ...] = ()
    zone: str = ""
    volume: int = 100
    layout: Layout = Layout()
    suspended: tuple[str, ...] = ()


class GroupNow(Word):
    """A group as the manager sees it now."""

    group: str
    name: str
    prefix: str
    waiting: int
    longest_wait_us: int
    windows_open: int
    issued: int
    finished: int
    missed: int
    cancelled: int
    mean_wait_us: int | None
    daily_limit: int | None = None
    warning_at: int | None = None
    wait: Wait | None = None  # of who comes now
    fault_since: Micros = 0  # since when it cannot be served, 系统故障; 0 if it can
    chosen: int = 0  # calls by name, out of order
    target_minutes: int | None = None  # its own, None where it has none
    suspended: bool = False  # 停办


class WindowNow(Word):
    """A window as the manager sees it now, so since `since`; `serves` are the groups it may call, as a helper too."""

    status: WindowStatus
    name: str
    shown_state: str
    number: str
    since: Micros
    serves: tuple[str, ...] = ()


class DeviceNow(Word):
    """A part of a kiosk or window as it last reported; `seen` is when it last worked, None if it never did."""

    device: str
    part: str
    state: str
    problem: str
    advice: str
    since: Micros
    seen: Micros | None = None
    paper: str = ""


class LaneNow(Word):
    """An issuer as the manager sees it.

    `behind` is how many facts it said to have that are not here yet; `seen` when it was last heard; `plan_until` the
    last day it may number by its plan, None in lane form; `trouble` why a person should look at it, empty if not;
    `past` that it gives no numbers any more, but did so or was heard today; `doubtful` that two files may use it.
    """

    lane: Lane
    device: str
    seen: Micros | None
    behind: int
    plan_until: date | None
    replaces: Lane | None = None
    retired: bool = False
    trouble: str = ""
    past: bool = False
    doubtful: bool = False


class GoneNow(Word):
    """A device that should be there and is not heard: a kiosk in opening hours, the screen of a window that is open.

    `since` is when it was last heard, None if it never was; `window` its number, 0 for a kiosk.
    """

    device: str
    kind: DeviceKind
    since: Micros | None
    window: int = 0


class RecoveryNow(Word):
    """The server was set back. `awaited` names devices that have not told yet what they know."""

    reason: RecoveryReason
    began_at: Micros
    known_until: Micros
    awaited: tuple[str, ...]
    open: bool


class UncertainNow(Word):
    """A ticket of which nobody knows what became of it."""

    ticket: str
    number: str
    group: str
    issued_at: Micros
    state: str


class DoubleNow(Word):
    """A number that was printed twice; `number` in no queue until a manager has settled it."""

    ticket: str
    number: str
    service: str
    device: str
    issued_at: Micros


class CameIn(Word):
    """So many tickets that came late in one go."""

    at: Micros
    tickets: int


class MergedNow(Word):
    """All tickets of one kiosk that came late today; `at` is the last time, `each` the latest times, newest first."""

    device: str
    at: Micros
    tickets: int
    each: tuple[CameIn, ...]


class BookedDay(Word):
    """A day that can be booked: how many places there are, how many are taken; without places it is closed.

    `called_off` of its appointments were taken back because the day, or their slot, was closed.
    """

    day: date
    capacity: int
    booked: int
    called_off: int = 0


class PlanNow(Word):
    """A window plan 潮汐方案; "" is the usual groups. `changes` are the windows that serve other groups under it.

    `waits` is what the forecast says of the next hour under it, empty while nothing is known.
    """

    name: str
    in_force: bool
    suggested: bool
    changes: tuple[int, ...]
    waits: tuple[PlanWait, ...] = ()


class SwitchNow(Word):
    """A switch of today: what was forecast then, and what came of it once that is known (`judged`)."""

    at: Micros
    plan: str
    staff: str
    as_is: tuple[PlanWait, ...]
    expected: tuple[PlanWait, ...]
    happened: tuple[PlanWait, ...]
    judged: bool


class HallNow(Word):
    """The manager's page. `slots` are today's, `days` those that can be booked after today."""

    at: Micros
    seq: int
    hall: str
    groups: tuple[GroupNow, ...]
    windows: tuple[WindowNow, ...]
    devices: tuple[DeviceNow, ...]
    ratings: dict[str, int]
    journal_ok: bool = True
    lanes: tuple[LaneNow, ...] = ()
    recovery: RecoveryNow | None = None
    uncertain: tuple[UncertainNow, ...] = ()
    doubles: tuple[DoubleNow, ...] = ()
    merged: tuple[MergedNow, ...] = ()
    gone: tuple[GoneNow, ...] = ()
    slots: tuple[SlotNow, ...] = ()
    days: tuple[BookedDay, ...] = ()
    hand_calls_open: int = 0  # numbers called by hand that nobody has told of yet
    groupless: tuple[str, ...] = ()  # numbers that wait in a group that there is no longer: no window may call them
    plans: tuple[PlanNow, ...] = ()
    switches: tuple[SwitchNow, ...] = ()
    alerts: tuple[Alert, ...] = ()  # those not over, the latest first


class RatingPage(Word):
    """All that a rating session sees: what was just finished at its window and is not rated yet."""

    window: int
    ticket: str | None = None
    number: str = ""
    service_name: str = ""


class WentBefore(Word):
    """谁先于我, of a number of today: who was called before it though they came later; by number and class only."""

    number: str
    before: tuple[Before, ...]


class JournalCheck(Word):
    """Whether the journal holds together and the tables say what it says."""

    entries: int
    chain_ok: bool
    tables_agree: bool
    differences: tuple[str, ...]


class GroupAccuracy(Word):
    """How well the range said at issue was kept, of one group (of all if empty) in one week.

    `mae_us` is the mean distance between the wait and the median that was expected; `inside` the share of waits within
    the range shown, `late` the share beyond its upper end.
    """

    group: str
    name: str
    tickets: int
    mae_us: int
    inside: float
    late: float


class WeekAccuracy(Word):
    """A week from this Monday on."""

    first_day: date
    all: GroupAccuracy
    groups: tuple[GroupAccuracy, ...]


class ForecastAccuracy(Word):
    """How well waits were foretold, the latest week first."""

    at: Micros
    day: date
    weeks: tuple[WeekAccuracy, ...]
