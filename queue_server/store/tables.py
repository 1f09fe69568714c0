"""The tables as peewee sees them; private to this room. The schema itself stands in `migrations/`.

No model is tied to a database: every query is bound to the connection it runs on, so several halls live in one
process (the simulator, the tests). The file is long because every table of the store stands here.
"""

from peewee import CompositeKey, IntegerField, Model, TextField

from hall.alerts import AlertKind
from hall.booking import BookingState
from hall.ticket import TicketClass, TicketState
from hall.waiting import WaitKind
from hall.window import WindowState
from queue_server.store.fields import DayField, FiguresField, FlagsField, ReplyField, TruthField, WordField
from queue_server.store.records import SessionKind


class Table(Model):
    """Base: every table carries the hall's id."""

    hall_id = TextField()


def _key(name: str, *columns: str) -> type:
    return type("Meta", (), {"table_name": name, "primary_key": CompositeKey("hall_id", *columns)})


class JournalTable(Table):
    """The chained journal; triggers forbid changing it."""

    seq = IntegerField()
    at = IntegerField()
    quality = TextField()
    fact_json = TextField()
    prev_hash = TextField()
    hash = TextField()
    event_id = TextField()
    lane = IntegerField()
    lane_seq = IntegerField()
    kind = TextField()
    ticket = TextField(null=True)
    wall = IntegerField()
    mono = IntegerField()
    boot_id = TextField()
    Meta = _key("journal", "seq")


class TicketTable(Table):
    """Tickets as they stand now."""

    id = TextField()
    day = DayField()
    service = TextField()
    group = TextField()
    prefix = TextField()
    lane = IntegerField(null=True)
    n = IntegerField()
    issuer_lane = IntegerField()
    issuer_seq = IntegerField()
    ticket_class = WordField(TicketClass)
    issued_at = IntegerField()
    effective_at = IntegerField()
    state = WordField(TicketState)
    window = IntegerField(null=True)
    calls = IntegerField()
    returns = IntegerField()
    called_at = IntegerField(null=True)
    started_at = IntegerField(null=True)
    ended_at = IntegerField(null=True)
    changed_at = IntegerField()
    pinned = IntegerField(null=True)
    back_at = IntegerField(null=True)
    booking = TextField(null=True)
    slot_at = IntegerField(null=True)
    flags = FlagsField()
    chosen = TruthField()
    Meta = _key("ticket", "id")


class WindowTable(Table):
    """Windows as they stand now."""

    number = IntegerField()
    state = WordField(WindowState)
    clerk = TextField(null=True)
    reason = TextField()
    since = IntegerField()
    back_at = IntegerField(null=True)
    auto_call = TruthField()
    Meta = _key("window_status", "number")


class LaneTable(Table):
    """Issuers' lanes."""

    lane = IntegerField()
    device = TextField()
    kind = TextField()
    incarnation = TextField()
    highwater = IntegerField()
    last_at = IntegerField()
    wall_offset_us = IntegerField(null=True)
    replaces = IntegerField(null=True)
    quarantined = TextField()
    retired = TruthField()
    Meta = _key("lane", "lane")


class PlanTable(Table):
    """Every number plan ever given."""

    plan_id = TextField()
    lane = IntegerField()
    modulus = IntegerField()
    residue = IntegerField()
    first_day = DayField()
    last_day = DayField()
    seq = IntegerField()
    Meta = _key("number_plan", "plan_id")


class HealthTable(Table):
    """Parts of devices as last reported."""

    device = TextField()
    part = TextField()
    state = TextField()
    problem = TextField()
    advice = TextField()
    since = IntegerField()
    seen = IntegerField()
    paper = TextField()
    Meta = _key("device_health", "device", "part")


class ServedTable(Table):
    """Services finished."""

    ticket = TextField()
    window = IntegerField()
    clerk = TextField()
    day = DayField()
    at = IntegerField()
    seq = IntegerField()
    Meta = _key("served", "ticket")


class RatingTable(Table):
    """Ratings given."""

    ticket = TextField()
    window = IntegerField()
    clerk = TextField()
    day = DayField()
    level = IntegerField()
    at = IntegerField()
    Meta = _key("rating", "ticket")


class DayCountTable(Table):
    """Counts per group and day."""

    day = DayField()
    group = TextField()
    issued = IntegerField()
    finished = IntegerField()
    missed = IntegerField()
    cancelled = IntegerField()
    first_calls = IntegerField()
    wait_us = IntegerField()
    chosen = IntegerField()
    Meta = _key("day_count", "day", "group")


class HandCallTable(Table):
    """Calls made by hand."""

    day = DayField()
    prefix = TextField()
    lane = IntegerField()
    n = IntegerField()
    window = IntegerField()
    clerk = TextField()
    called_at = IntegerField()
    ended_at = IntegerField()
    outcome = TextField()
    ticket = TextField(null=True)
    Meta = _key("hand_call", "day", "prefix", "lane", "n")


class DoubledTable(Table):
    """Tickets whose number belongs to another."""

    ticket = TextField()
    day = DayField()
    prefix = TextField()
    lane = IntegerField()
    n = IntegerField()
    service = TextField()
    issuer_lane = IntegerField()
    issued_at = IntegerField()
    settled_by = TextField()
    Meta = _key("doubled", "ticket")


class RecoveryTable(Table):
    """Times after the server was set back."""

    seq = IntegerField()
    epoch = TextField()
    reason = TextField()
    began_at = IntegerField()
    known_until = IntegerField()
    plans_rest_until = DayField()
    ended_at = IntegerField()
    ended_by = TextField()
    Meta = _key("recovery", "seq")


class BookingTable(Table):
    """Appointments as they stand now."""

    id = TextField()
    number = TextField()
    service = TextField()
    group = TextField()
    day = DayField()
    slot_at = IntegerField()
    made_at = IntegerField()
    state = WordField(BookingState)
    changed_at = IntegerField()
    changed_seq = IntegerField()
    ticket = TextField(null=True)
    portal = TextField(null=True)
    Meta = _key("booking", "id")


class SlotChangeTable(Table):
    """What a manager changed of a day's slots."""

    day = DayField()
    group = TextField()
    start = IntegerField()
    capacity = IntegerField()
    Meta = _key("slot_change", "day", "group", "start")


class BookerTable(Table):
    """Who booked, beside the journal."""

    booking = TextField()
    token = TextField()
    masked_name = TextField()
    Meta = _key("booker", "booking")


class PortalTable(Table):
    """Portals that may book, by the hash of their token."""

    token_hash = TextField()
    name = TextField()
    made_at = IntegerField()
    Meta = _key("portal", "token_hash")


class BookingAnswerTable(Table):
    """Answers to portals by request id."""

    request_id = TextField()
    digest = TextField()
    reply = TextField()
    at = IntegerField()
    Meta = _key("booking_answer", "request_id")


class SystemFaultTable(Table):
    """Groups that cannot be served."""

    group = TextField()
    since = IntegerField()
    staff = TextField()
    reason = TextField()
    Meta = _key("system_fault", "group")


class PlanSwitchTable(Table):
    """Switches of window plans."""

    seq = IntegerField()
    at = IntegerField()
    plan = TextField()
    staff = TextField()
    as_is = TextField()
    expected = TextField()
    judged_at = IntegerField()
    happened = TextField()
    Meta = _key("plan_switch", "seq")


class AlertTable(Table):
    """Alerts that are not over."""

    about = WordField(AlertKind)
    subject = TextField()
    measure = IntegerField()
    raised_at = IntegerField()
    acknowledged_at = IntegerField()
    staff = TextField()
    note = TextField()
    escalated_at = IntegerField()
    Meta = _key("alert", "about", "subject")


class HolderTable(Table):
    """Holders beside the journal."""

    ticket = TextField()
    token = TextField()
    masked_name = TextField()
    Meta = _key("holder", "ticket")


class NoteTable(Table):
    """Words between clerks, beside the journal."""

    ticket = TextField()
    note = TextField()
    Meta = _key("note", "ticket")


class AnswerTable(Table):
    """Answers by request id."""

    request_id = TextField()
    window = IntegerField()
    staff = TextField()
    command = TextField()
    reply = ReplyField()
    seq = IntegerField()
    at = IntegerField()
    Meta = _key("answer", "request_id")


class LaneStandingTable(Table):
    """How each issuer last spoke."""

    lane = IntegerField()
    session_no = IntegerField()
    boot_id = TextField()
    boot_before = TextField()
    first_at = IntegerField()
    hello_at = IntegerField()
    told_seq = IntegerField()
    settled_at = IntegerField()
    plan_id = TextField()
    acked_before = IntegerField()
    Meta = _key("lane_standing", "lane")


class DeviceSessionTable(Table):
    """Latest session number of each window's device."""

    device = TextField()
    kind = TextField()
    session_no = IntegerField()
    boot_id = TextField()
    at = IntegerField()
    Meta = _key("device_session", "device", "kind")


class SessionTable(Table):
    """Open sessions, by the hash of their token."""

    token_hash = TextField()
    kind = WordField(SessionKind)
    subject = TextField()
    window = IntegerField()
    lane = IntegerField()
    session_no = IntegerField()
    opened_at = IntegerField()
    seen_at = IntegerField()
    expires_at = IntegerField()
    Meta = _key("session", "token_hash")


class StaffTable(Table):
    """Staff accounts."""

    staff = TextField()
    pin_hash = TextField()
    clerk = TruthField()
    manager = TruthField()
    disabled = TruthField()
    auditor = TruthField()
    Meta = _key("staff", "staff")


class AttemptsTable(Table):
    """Failed sign-ins."""

    key = TextField()
    failures = IntegerField()
    locked_until = IntegerField()
    at = IntegerField()
    Meta = _key("attempts", "key")


class SignInPlaceTable(Table):
    """Where people signed in."""

    source = TextField()
    used_at = IntegerField()
    Meta = _key("sign_in_place", "source")


class NonceTable(Table):
    """Nonces not used yet."""

    nonce = TextField()
    expires_at = IntegerField()
    Meta = _key("nonce", "nonce")


class ForecastTable(Table):
    """What was said of waits."""

    ticket = TextField()
    nth = IntegerField()
    at = IntegerField()
    group = TextField()
    ticket_class = WordField(TicketClass)
    ahead = IntegerField()
    p20_us = IntegerField()
    p50_us = IntegerField()
    p90_us = IntegerField()
    shown = WordField(WaitKind)
    low = IntegerField()
    high = IntegerField()
    features = FiguresField()
    Meta = _key("forecast", "ticket", "nth")


class DaySummaryTable(Table):
    """The figures of a day by one subject."""

    subject = TextField()
    day = DayField()
    text = TextField()
    Meta = _key("day_summary", "subject", "day")


class SummedDayTable(Table):
    """How far the figures of each day go."""

    day = DayField()
    touched_seq = IntegerField()
    counted_seq = IntegerField()
    counted_at = IntegerField()
    Meta = _key("summed_day", "day")


class CatalogTable(Table):
    """Published catalogues."""

    version = TextField()
    text = TextField()
    seq = IntegerField()
    Meta = _key("catalog", "version")


class MetaTable(Table):
    """Named values of the store."""

    name = TextField()
    value = TextField()
    Meta = _key("meta", "name")
