"""What happened, in the past tense. A fact is recorded, never rejected; the journal of facts is the truth.

A body says what; the envelope (`Fact`) says who noticed it (lane, seq) and when by its own clocks; the server's
journal adds `seq`, the resolved time and the hash chain (`JournalEntry`). No body carries anything personal.

It is long because every kind of fact stands here, one after the other.
"""

import hashlib
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from hall.accounts import AccountFact
from hall.alerts import AlertFact
from hall.arrangements import ArrangementChanged
from hall.booking import BookedSlot, BookingFact, CapacitySet
from hall.calling import CallReason
from hall.head_start import HeadStartMinutes
from hall.mending import (
    DoubleSettled,
    HandCallNoted,
    LaneQuarantined,
    LaneReplaced,
    LaneRetired,
    OutcomeRecovered,
    RecoveryBegan,
    RecoveryEnded,
    ServedByHand,
    TicketAdopted,
    TicketConfirmed,
)
from hall.numbering import NumberPlan
from hall.rating import Level
from hall.system_fault import FaultDeclared, FaultEnded, FaultHonoured
from hall.ticket import CancelReason, Flag, Ticket, TicketClass, TicketState
from hall.window_plan import WindowPlanJudged, WindowPlanSwitched
from hall.words import Count, Id, Lane, Micros, Name, Prefix, Staff, WindowNumber, Word

Words = Annotated[str, Field(max_length=120, pattern=r"^[^\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]*$")]
"""A sentence for people: no control characters, nothing that turns the direction of the line."""

PartState = Literal["online", "attention", "missing", "fault"]
"""How a device is: the four states of `devices.health`."""


class PaperOutcome(StrEnum):
    """What became of a slip."""

    PRINTED = "printed"
    UNKNOWN = "unknown"
    FAILED = "failed"
    PAPERLESS = "paperless"  # 无纸取号: the number was shown on the screen


class TimeQuality(StrEnum):
    """How well the time of a fact is known."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    CLAMPED = "clamped"


class TicketIssued(Word):
    """An issuer gave a number; its class is that of the person apart from any appointment."""

    kind: Literal["ticket_issued"] = "ticket_issued"
    ticket: Id
    day: date
    service: Name
    group: Name
    prefix: Prefix
    lane: Lane | None = None  # lane form only
    n: Count
    ticket_class: TicketClass = TicketClass.ORDINARY
    offline: bool = False  # the issuer had no server at that moment
    slot: BookedSlot | None = None  # the appointment it was given for
    returns_for: Id | None = None  # 补件: the ticket that was sent back for missing papers
    head_start: HeadStartMinutes | None = None  # None in a journal of before the table; the row is never told


class SlipPrinted(Word):
    """A slip reached its end: on paper, unknown, failed or on the screen only. `copy_no` 2 and up are 补打."""

    kind: Literal["slip_printed"] = "slip_printed"
    ticket: Id
    outcome: PaperOutcome
    copy_no: int = Field(default=1, ge=1)


class TicketCalled(Word):
    """A ticket was summoned to a window 叫号; `reason` as it was then, None in a journal of before reasons.

    `first` is whether nobody had called it before, None in the same journal: its number was counted from 1 anew after
    each return, and so were those who had waited.
    """

    kind: Literal["ticket_called"] = "ticket_called"
    ticket: Id
    window: WindowNumber
    clerk: Staff
    call_no: int = Field(ge=1)
    reason: CallReason | None = None
    first: bool | None = None


class TicketRecalled(Word):
    """The same ticket was summoned again 重呼: a new call, not a new state."""

    kind: Literal["ticket_recalled"] = "ticket_recalled"
    ticket: Id
    window: WindowNumber
    clerk: Staff
    call_no: int = Field(ge=2)


class ServiceStarted(Word):
    """The citizen arrived and the service began."""

    kind: Literal["service_started"] = "service_started"
    ticket: Id
    window: WindowNumber
    clerk: Staff


class StartedWithoutTicket(Word):
    """无号办理: a service began for somebody who had taken no number; here is one, of the server's own lane."""

    kind: Literal["started_without_ticket"] = "started_without_ticket"
    ticket: Id
    day: date
    service: Name
    group: Name
    prefix: Prefix
    lane: Lane
    n: Count
    window: WindowNumber
    clerk: Staff


class NextServiceBegun(Word):
    """One service of a visit ended by its outcome, and the next one began at the same window under the same number."""

    kind: Literal["next_service_begun"] = "next_service_begun"
    ticket: Id
    window: WindowNumber
    clerk: Staff
    outcome: str = "done"
    service: Name
    group: Name


class ServiceFinished(Word):
    """The service ended 办理完毕."""

    kind: Literal["service_finished"] = "service_finished"
    ticket: Id
    window: WindowNumber
    clerk: Staff
    outcome: str = "done"


class TicketMissed(Word):
    """Called often enough, nobody came 过号."""

    kind: Literal["ticket_missed"] = "ticket_missed"
    ticket: Id
    window: WindowNumber
    clerk: Staff


class TicketReturned(Word):
    """A missed or held ticket, or one called and put back, waits again, at this effective time."""

    kind: Literal["ticket_returned"] = "ticket_returned"
    ticket: Id
    effective_at: int
    after: TicketState


class TicketTransferred(Word):
    """Sent on 转移 to another group's windows, or to one window; the number and the effective time stay.

    `to` is the one window that may call it, None if any that serves the group. Without a clerk: the window it waited
    for has closed, and any may call it.
    """

    kind: Literal["ticket_transferred"] = "ticket_transferred"
    ticket: Id
    window: WindowNumber
    clerk: Staff | None = None
    group: Name
    to: WindowNumber | None = None


class TicketHeld(Word):
    """Put aside 挂起: what for, and when the citizen meant to be back."""

    kind: Literal["ticket_held"] = "ticket_held"
    ticket: Id
    window: WindowNumber
    clerk: Staff
    reason: str = Field(default="", max_length=40)
    back_at: Micros | None = None


class TicketCancelled(Word):
    """Ended without service 弃号."""

    kind: Literal["ticket_cancelled"] = "ticket_cancelled"
    ticket: Id
    reason: CancelReason
    clerk: Staff | None = None


class TicketFlagged(Word):
    """A mark for clerk and manager was set."""

    kind: Literal["ticket_flagged"] = "ticket_flagged"
    ticket: Id
    flag: Flag


class ActUndone(Word):
    """A clerk took back the last act on a ticket within ten seconds. Compensates; nothing is erased."""

    kind: Literal["act_undone"] = "act_undone"
    ticket: Id
    window: WindowNumber
    clerk: Staff
    undoes: int = Field(ge=1)  # seq of the journal entry
    restores: Ticket  # the ticket as it stood before
    call: TicketCalled | None = None  # what was taken back, if it was a call; None in a journal of before reasons too


class RatingGiven(Word):
    """A citizen rated one service."""

    kind: Literal["rating_given"] = "rating_given"
    ticket: Id
    window: WindowNumber
    clerk: Staff
    level: Level


class WindowOpened(Word):
    """A clerk signed in at a window."""

    kind: Literal["window_opened"] = "window_opened"
    window: WindowNumber
    clerk: Staff


class WindowPaused(Word):
    """暂停: why, and when the clerk means to be back."""

    kind: Literal["window_paused"] = "window_paused"
    window: WindowNumber
    clerk: Staff
    reason: str = Field(default="", max_length=40)
    back_at: Micros | None = None


class WindowResumed(Word):
    """Open again after a pause."""

    kind: Literal["window_resumed"] = "window_resumed"
    window: WindowNumber
    clerk: Staff


class WindowClosed(Word):
    """The clerk signed out."""

    kind: Literal["window_closed"] = "window_closed"
    window: WindowNumber
    clerk: Staff


class AutoCallSet(Word):
    """The clerk has the window call by itself from now on, or no more 自动叫号. A pause and a sign-out end it too."""

    kind: Literal["auto_call_set"] = "auto_call_set"
    window: WindowNumber
    clerk: Staff
    on: bool


class DeviceEnrolled(Word):
    """An issuer got its lane; a new ledger file is a new incarnation and a new lane.

    The same lane and incarnation again under another name: the device was renamed, and nothing else changed.
    """

    kind: Literal["device_enrolled"] = "device_enrolled"
    device: str = Field(max_length=40)
    device_kind: str = Field(max_length=20)
    device_lane: Lane
    incarnation: Id


class PlanGiven(Word):
    """An issuer was given a number plan."""

    kind: Literal["plan_given"] = "plan_given"
    device_lane: Lane
    plan: NumberPlan


class HealthChanged(Word):
    """A device of a kiosk or window changed its state, in words for the manager."""

    kind: Literal["health_changed"] = "health_changed"
    device: str = Field(max_length=40)  # the kiosk or window it belongs to
    part: str = Field(max_length=40)  # id_card, scanner, printer …
    state: PartState
    problem: Words = ""
    advice: Words = ""
    paper: Words = ""  # how much a printer has, in words; empty for all else


class CatalogPublished(Word):
    """A catalogue snapshot took force."""

    kind: Literal["catalog_published"] = "catalog_published"
    version: str
    staff: Staff | None = None  # the manager who changed something of it; None: from files


TicketFact = (
    TicketIssued
    | SlipPrinted
    | TicketCalled
    | TicketRecalled
    | ServiceStarted
    | StartedWithoutTicket
    | NextServiceBegun
    | ServiceFinished
    | TicketMissed
    | TicketReturned
    | TicketTransferred
    | TicketHeld
    | TicketCancelled
    | TicketFlagged
    | ActUndone
    | RatingGiven
    | TicketAdopted
    | OutcomeRecovered
    | TicketConfirmed
    | ServedByHand
    | FaultHonoured
)
WindowFact = WindowOpened | WindowPaused | WindowResumed | WindowClosed | AutoCallSet
LaneFact = LaneReplaced | LaneQuarantined | LaneRetired
HallFact = (
    DeviceEnrolled
    | PlanGiven
    | HealthChanged
    | CatalogPublished
    | LaneFact
    | RecoveryBegan
    | RecoveryEnded
    | HandCallNoted
    | DoubleSettled
    | BookingFact
    | CapacitySet
    | FaultDeclared
    | FaultEnded
    | WindowPlanSwitched
    | WindowPlanJudged
    | AlertFact
    | ArrangementChanged
    | AccountFact
)
Body = Annotated[TicketFact | WindowFact | HallFact, Field(discriminator="kind")]


class Fact(Word):
    """A body with who noticed it and when by the noticer's own clocks.

    `wall_us` is its wall clock, `mono_us` its monotonic clock (counting suspend) within `boot_id`.
    """

    event_id: Id
    lane: Lane
    lane_seq: int = Field(ge=1)
    wall_us: Micros
    mono_us: Micros
    boot_id: Id
    body: Body


class JournalEntry(Word):
    """A fact in the server's journal: its place, its resolved time, and the hash that chains it to the one before."""

    seq: int = Field(ge=1)
    at: Micros
    quality: TimeQuality
    fact: Fact
    prev_hash: str
    hash: str


GENESIS = "0" * 64


def entry_hash(seq: int, at: int, quality: TimeQuality, fact_json: str, prev_hash: str) -> str:
    """SHA-256 over the previous hash and this entry's canonical text, hex.

    Args:
        seq: Place in the journal.
        at: Resolved time, microseconds.
        quality: How well the time is known.
        fact_json: `Fact.model_dump_json()`, exactly as stored.
        prev_hash: Hash of the entry before, `GENESIS` for the first.
    """
    text = f"{prev_hash}\n{seq}\n{at}\n{quality.value}\n{fact_json}"
    return hashlib.sha256(text.encode()).hexdigest()
