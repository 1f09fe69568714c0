"""What the tables hold, as values. Tickets and windows are the hall's own words; the rest is named here.

Times are microseconds since 1970 UTC. `Derived` records follow from the journal alone and are rebuilt from it; the
others stand beside it (secrets, sessions, answers, holders). It is long because every record of the store is here.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from hall.alerts import Alert
from hall.booking import Booking
from hall.mending import RecoveryReason
from hall.projection import WindowStatus
from hall.ticket import Ticket, TicketClass
from hall.waiting import WaitKind
from hall.wire.replies import Reply
from hall.words import Micros, Word


@dataclass(frozen=True, slots=True)
class Lane:
    """An issuer's lane: whose it is and how far its facts have been applied.

    `wall_offset_us` is server time less the device's wall clock, as last measured; None before that. `replaces` is the
    lane under which the same ledger spoke before; `quarantined` why the lane is used by two files, else empty;
    `retired` that a manager says its machine gives no numbers any more.
    """

    lane: int
    device: str
    kind: str
    incarnation: str
    highwater: int = 0
    last_at: int = 0
    wall_offset_us: int | None = None
    replaces: int | None = None
    quarantined: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class GivenPlan:
    """A number plan given to a lane; kept for ever, so that no two can ever meet on a day."""

    plan_id: str
    lane: int
    modulus: int
    residue: int
    first_day: date
    last_day: date
    seq: int


@dataclass(frozen=True, slots=True)
class Health:
    """A part of a device as last reported; `seen` is when it last worked, 0 if it never did."""

    device: str
    part: str
    state: str
    problem: str
    advice: str
    since: int
    seen: int = 0
    paper: str = ""


@dataclass(frozen=True, slots=True)
class Served:
    """A service finished at a window; `seq` is the journal entry that finished it."""

    ticket: str
    window: int
    clerk: str
    day: date
    at: int
    seq: int


@dataclass(frozen=True, slots=True)
class Rating:
    """The rating of one service."""

    ticket: str
    window: int
    clerk: str
    day: date
    level: int
    at: int


@dataclass(frozen=True, slots=True)
class DayCount:
    """Counts of one group on one business day, as `hall.statistics.Counts`."""

    day: date
    group: str
    issued: int = 0
    finished: int = 0
    missed: int = 0
    cancelled: int = 0
    first_calls: int = 0
    wait_us: int = 0
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class HandCall:
    """A call made by hand and entered afterwards; `lane` is 0 in plan form, `ticket` None while it is not known."""

    day: date
    prefix: str
    lane: int
    n: int
    window: int
    clerk: str
    called_at: int
    ended_at: int
    outcome: str
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class Doubled:
    """A ticket whose number belongs to another one: printed twice, in no queue, a manager's matter until settled."""

    ticket: str
    day: date
    prefix: str
    lane: int
    n: int
    service: str
    issuer_lane: int
    issued_at: int
    settled_by: str = ""


@dataclass(frozen=True, slots=True)
class Recovery:
    """A time after the server was set back; the one with the greatest `seq` counts, open while `ended_at` is 0."""

    seq: int
    epoch: str
    reason: str
    began_at: int
    known_until: int
    plans_rest_until: date
    ended_at: int = 0
    ended_by: str = ""


@dataclass(frozen=True, slots=True)
class SlotChange:
    """How many the slots of a day take by a manager's word: `group` "" is all, `start` −1 the whole day."""

    day: date
    group: str
    start: int
    capacity: int


@dataclass(frozen=True, slots=True)
class SystemFault:
    """A group that cannot be served 系统故障: since when, who said so, and why in words."""

    group: str
    since: int
    staff: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlanSwitch:
    """A window plan put in force, at the place `seq` of the journal: what was forecast then, and what came of it.

    `as_is`, `expected` and `happened` are JSON of `hall.window_plan.PlanWait`s; `judged_at` is 0 until it is known.
    """

    seq: int
    at: int
    plan: str
    staff: str
    as_is: str
    expected: str
    judged_at: int = 0
    happened: str = "[]"


Derived = (
    Ticket
    | WindowStatus
    | Lane
    | GivenPlan
    | Health
    | Served
    | Rating
    | DayCount
    | HandCall
    | Doubled
    | Recovery
    | Booking
    | SlotChange
    | SystemFault
    | PlanSwitch
    | Alert
)
DERIVED: tuple[type[Derived], ...] = (
    Ticket,
    WindowStatus,
    Lane,
    GivenPlan,
    Health,
    Served,
    Rating,
    DayCount,
    HandCall,
    Doubled,
    Recovery,
    Booking,
    SlotChange,
    SystemFault,
    PlanSwitch,
    Alert,
)


@dataclass(frozen=True, slots=True, repr=False)
class BookerRow:
    """Token and masked name of whoever booked an appointment; deleted when it is used, cancelled or long past."""

    booking: str
    token: str
    masked_name: str


@dataclass(frozen=True, slots=True)
class Portal:
    """A city's portal that may book, known by its token; the token itself is never stored."""

    token_hash: str
    name: str
    made_at: int


@dataclass(frozen=True, slots=True)
class BookingAnswer:
    """What a portal was answered, so that a retry gets the same.

    `digest` tells whether it is the same request: that names a person and is not kept.
    """

    request_id: str
    digest: str
    reply: str
    at: int


@dataclass(frozen=True, slots=True, repr=False)
class HolderRow:
    """Token and masked name of a ticket's holder; deleted when the visit has ended."""

    ticket: str
    token: str
    masked_name: str


@dataclass(frozen=True, slots=True, repr=False)
class NoteRow:
    """What a clerk says to the colleague who calls a ticket next; deleted with its holder when the visit has ended."""

    ticket: str
    note: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A command with its answer, so that a retry gets the same one. `window` is where it was asked, 0 for none.

    The reply is kept without the masked name, which lives in the holder's row only.
    """

    request_id: str
    window: int
    staff: str
    command: str
    reply: Reply
    seq: int
    at: int


@dataclass(frozen=True, slots=True)
class LaneStanding:
    """How an issuer last spoke: its session, which fences older ones of the lane, and what it said of itself.

    `first_at` is when it spoke for the first time, `boot_before` the boot of the machine before this one: a boot that
    comes back is a second machine. `told_seq` is how far it said that it had written, `settled_at` when all of that was
    here (0: not yet), `plan_id` the newest number plan it holds. Facts up to `acked_before` may have been here already
    in an earlier life of the server, and been acted on then.
    """

    lane: int
    session_no: int
    boot_id: str
    boot_before: str
    first_at: int
    hello_at: int
    told_seq: int
    settled_at: int = 0
    plan_id: str = ""
    acked_before: int = 0


@dataclass(frozen=True, slots=True)
class DeviceSession:
    """The latest session number of a window's device in one kind; a higher one fences older ones."""

    device: str
    kind: str
    session_no: int
    boot_id: str
    at: int


class SessionKind(StrEnum):
    """Whose session it is; decides what it may do."""

    CLERK = "clerk"
    MANAGER = "manager"
    AUDITOR = "auditor"  # sees what a manager sees and changes nothing
    KIOSK = "kiosk"
    WINDOW = "window"
    RATING = "rating"
    PORTAL = "portal"  # a city's portal, by a token of its own; such a session is never stored


STAFF_KINDS = frozenset({SessionKind.CLERK, SessionKind.MANAGER, SessionKind.AUDITOR})


@dataclass(frozen=True, slots=True)
class Session:
    """An opaque session. `subject` is a staff number or a device's name; the token itself is never stored.

    `window` is 0 when the session is bound to none, `lane` 0 when it may push no facts. `seen_at` is refreshed now
    and then; `expires_at` is absolute.
    """

    token_hash: str
    kind: SessionKind
    subject: str
    window: int
    lane: int
    session_no: int
    opened_at: int
    seen_at: int
    expires_at: int

    def used_at(self, now: int) -> "Session":
        """The same session, seen now."""
        return replace(self, seen_at=now)


@dataclass(frozen=True, slots=True)
class Staff:
    """A staff account: number, argon2id hash of the PIN, roles. A disabled one cannot sign in."""

    staff: str
    pin_hash: str
    clerk: bool
    manager: bool
    disabled: bool = False
    auditor: bool = False

    def __repr__(self) -> str:
        return f"Staff({self.staff})"


@dataclass(frozen=True, slots=True)
class Attempts:
    """Failed sign-ins of one account or one source since the last success."""

    key: str
    failures: int
    locked_until: int
    at: int


@dataclass(frozen=True, slots=True)
class SignInPlace:
    """An address from which somebody signed in: a machine of the hall, as far as anybody can tell."""

    source: str
    used_at: int


@dataclass(frozen=True, slots=True)
class NonceRow:
    """A nonce given to a device and not used yet."""

    nonce: str
    expires_at: int


@dataclass(frozen=True, slots=True)
class CatalogSnapshot:
    """A published catalogue as canonical JSON; the one with the greatest `seq` is in force."""

    version: str
    text: str
    seq: int


@dataclass(frozen=True, slots=True)
class Meta:
    """One named value of the whole store: the server's epoch, the highest business day seen."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """What was said of a ticket's wait from `at` on: 0 is when it was issued, then one more for every fifth call ahead.

    `shown` with `low` and `high` in minutes is what a screen said. `features` is what the moment looked like, by which
    similar ones are found later.
    """

    ticket: str
    nth: int
    at: int
    group: str
    ticket_class: TicketClass
    ahead: int
    p20_us: int
    p50_us: int
    p90_us: int
    shown: WaitKind
    low: int
    high: int
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class DaySummary:
    """The figures of a day by one subject of `hall.visits`, as JSON: whose, hour, `Tally.row`."""

    subject: str
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class SummedDay:
    """How far the figures of a day go: up to `counted_seq` of the journal, made at `counted_at`.

    They are to be made anew once `touched_seq`, the last known entry about a ticket of the day, is a later one.
    """

    day: date
    touched_seq: int
    counted_seq: int = 0
    counted_at: int = 0


class Restored(Word):
    """What the first start after a restore must know; kept as one `Meta` until it was acted on.

    `at` is when it was restored and `known_until` how far the backup reaches, 0 where nobody knows. `by_touch` if the
    only sign of it is that somebody else wrote the mark beside the database: a copy put back, or a hall moved.
    """

    reason: RecoveryReason
    at: Micros = 0
    known_until: Micros = 0
    by_touch: bool = False

    def as_meta(self) -> Meta:
        """As it is kept."""
        return Meta(RESTORED, self.model_dump_json())


RESTORED = "restored"

Beside = (
    HolderRow
    | BookerRow
    | Portal
    | BookingAnswer
    | NoteRow
    | Answer
    | LaneStanding
    | DeviceSession
    | Session
    | Staff
    | Attempts
    | SignInPlace
    | NonceRow
    | Forecast
    | DaySummary
    | SummedDay
    | CatalogSnapshot
    | Meta
)
Record = Derived | Beside
