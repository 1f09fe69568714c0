"""The first exchange of a device: who it is, where its ledger stands, what it gets.

A device proves itself with the hall key (`hall.keys.device_proof` over its name and the server's nonce) until
enrolment with certificates exists.
"""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from hall.numbering import NumberPlan
from hall.wire.version import SCHEMA_VERSION
from hall.words import Id, Lane, Micros, Word

GREATEST_SEQ = 2**53
"""No journal ever gets that far; and every JSON reader still holds it exactly."""


class DeviceKind(StrEnum):
    """What a session of this device may do."""

    KIOSK = "kiosk"  # issues, pushes facts, follows the feed
    WINDOW = "window"  # follows the feed, shows a desk; acts only with a clerk's session
    RATING = "rating"  # may rate the service just given at its window, nothing else


class Nonce(Word):
    """What the server wants to see signed; good once, for a minute. A device of another hall goes no further."""

    nonce: Id
    hall_id: str = ""
    schema_version: int = SCHEMA_VERSION


class Ready(Word):
    """The server serves. `epoch` names its present life: whoever knew another one knows of a set-back."""

    ready: Literal[True] = True
    hall: str
    schema_version: int
    epoch: Id | Literal[""] = ""


class Hello(Word):
    """A device introduces itself.

    `incarnation` is random per ledger file; `last_seq` the greatest lane_seq it has written, `acked_seq` the greatest
    it has seen acknowledged. `lane` is the lane it has, None before the first welcome; `replaces` the lane under which
    the same ledger spoke before it took a new incarnation. `plan_id` names the newest number plan it holds: by saying
    so it has let go of every earlier one. `server_epoch` is the life of the server it heard last, empty before the
    first welcome, and `feed_seq` how far it has read that life's journal: a server that knows less was set back. A
    window or rating page has no lane and sends zeros.
    """

    schema_version: int
    device: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")
    kind: DeviceKind
    incarnation: Id
    boot_id: Id
    last_seq: int = Field(ge=0, le=GREATEST_SEQ)
    acked_seq: int = Field(ge=0, le=GREATEST_SEQ)
    catalog_version: str = ""
    lane: Lane | None = None
    replaces: Lane | None = None
    plan_id: Id | Literal[""] = ""
    server_epoch: Id | Literal[""] = ""
    feed_seq: int = Field(default=0, ge=0, le=GREATEST_SEQ)
    window: int | None = None
    nonce: Id
    proof: str = Field(pattern=r"^[0-9a-f]{64}$")


class Welcome(Word):
    """The server's answer: a session, the lane and plan, and how far the lane has been applied.

    `known_event` is what the server holds at the last place both know, min(highwater, last_seq): a ledger that holds
    another event there is a copy or was set back, and must not take its own facts for acknowledged. `plan` may be used
    from now on and `next_plan` after it, in place of all plans told before. `renew` asks the ledger to take a new
    incarnation and say hello again, because another file uses its lane; nothing it pushes under this session is taken.
    """

    schema_version: int
    session: str
    session_no: int
    server_epoch: Id
    server_time: Micros
    hall_id: str
    lane: Lane
    highwater: int
    known_event: str = ""
    plan: NumberPlan | None
    next_plan: NumberPlan | None = None
    renew: bool = False
    catalog_version: str
