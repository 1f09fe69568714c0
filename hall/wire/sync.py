"""Facts up, feed down. Facts are recorded, never rejected; duplicates are success."""

from typing import Literal

from pydantic import Field

from hall.facts import Fact, JournalEntry
from hall.identity import Holder
from hall.numbering import NumberPlan
from hall.words import Id, Lane, Micros, Word

BATCH = 200


class SentFact(Word):
    """A fact of the sender's lane with the holder travelling beside it (only for an issued ticket)."""

    fact: Fact
    holder: Holder | None = None


class Push(Word):
    """A run of facts of one lane in order of lane_seq, at most 200.

    `sent_mono_us` and `boot_id` are the sender's clock at sending, so that the server can tell when each fact
    happened however wrong the sender's wall clock is. `plan_id` names the newest number plan the sender holds; a push
    without facts tells that alone.
    """

    lane: Lane
    session_no: int
    sent_mono_us: Micros
    boot_id: str
    plan_id: Id | Literal[""] = ""
    facts: tuple[SentFact, ...] = Field(max_length=BATCH)


class Pushed(Word):
    """How far the lane has been applied without a gap.

    `diverged` is set when a (lane, seq) came with another event id than the one applied: another file uses the lane.
    The ledger must take a new incarnation and tell everything again under a new lane; a manager is told. Plans as in
    `Welcome`.
    """

    highwater: int
    diverged: bool = False
    plan: NumberPlan | None = None
    next_plan: NumberPlan | None = None
    catalog_version: str = ""


class FeedItem(Word):
    """One journal entry on the feed. The holder goes only to kiosks (token for the one-live-ticket rule)."""

    kind: Literal["entry"] = "entry"
    entry: JournalEntry
    holder: Holder | None = None


class FeedHead(Word):
    """Everything up to here has been sent; also the heartbeat of a quiet feed."""

    kind: Literal["head"] = "head"
    seq: int
    server_epoch: str
    server_time: Micros
    catalog_version: str


FeedMessage = FeedItem | FeedHead
