"""Facts that mend the record after an outage: a slip known before its kiosk, calls made by hand, a server set back.

Nothing is erased by them. What a fact brings late or twice is told from what is known already; what nobody can know
any more is marked `uncertain` and left to a person (never-down 2.3).
"""

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from hall.ticket import Ticket
from hall.words import Count, Id, Lane, Micros, Name, Prefix, Staff, WindowNumber, Word


class TicketAdopted(Word):
    """A slip whose kiosk cannot be reached was shown at a window, and its seal holds 凭票补入.

    The same ticket by its id: when the kiosk's own fact comes it adds service and class and changes nothing else.
    """

    kind: Literal["ticket_adopted"] = "ticket_adopted"
    ticket: Id
    day: date
    group: Name
    prefix: Prefix
    lane: Lane | None = None
    n: Count
    issued_at: Micros
    window: WindowNumber
    clerk: Staff


class HandOutcome(StrEnum):
    """How a call made by hand ended."""

    FINISHED = "finished"
    MISSED = "missed"


class ServedByHand(Word):
    """A call made by hand while the server was away, entered afterwards 补录."""

    kind: Literal["served_by_hand"] = "served_by_hand"
    ticket: Id
    window: WindowNumber
    clerk: Staff
    called_at: Micros
    ended_at: Micros
    outcome: HandOutcome = HandOutcome.FINISHED


class HandCallNoted(Word):
    """The same for a number that is not known here yet; `ServedByHand` follows when its kiosk tells of it."""

    kind: Literal["hand_call_noted"] = "hand_call_noted"
    day: date
    prefix: Prefix
    lane: Lane | None = None
    n: Count
    window: WindowNumber
    clerk: Staff
    called_at: Micros
    ended_at: Micros
    outcome: HandOutcome = HandOutcome.FINISHED


class OutcomeRecovered(Word):
    """A window remembers an act that a server set back has forgotten: the ticket as it stood after that act.

    The latest `changed_at` wins, in whatever order windows tell.
    """

    kind: Literal["outcome_recovered"] = "outcome_recovered"
    ticket: Id
    window: WindowNumber
    clerk: Staff
    request_id: Id
    restores: Ticket


class TicketConfirmed(Word):
    """A person decided that an uncertain ticket has not been served: it waits again where it stood."""

    kind: Literal["ticket_confirmed"] = "ticket_confirmed"
    ticket: Id
    staff: Staff


class QuarantineReason(StrEnum):
    """Why a lane cannot be trusted to belong to one machine."""

    CLONE = "clone"  # two machines use it by turns
    DIVERGED = "diverged"  # one place of it holds two different facts


class LaneQuarantined(Word):
    """A lane is used by two files. Both must take a new incarnation; nothing they gave is lost."""

    kind: Literal["lane_quarantined"] = "lane_quarantined"
    device_lane: Lane
    reason: QuarantineReason


class LaneReplaced(Word):
    """A ledger goes on under a new lane and tells everything it has again."""

    kind: Literal["lane_replaced"] = "lane_replaced"
    device_lane: Lane  # the new one
    replaces: Lane


class LaneRetired(Word):
    """A manager says that the machine of a lane gives no numbers any more: its plan counts as ended."""

    kind: Literal["lane_retired"] = "lane_retired"
    device_lane: Lane
    staff: Staff


class RecoveryReason(StrEnum):
    """How the server found out that it was set back."""

    RESTORED = "restored"  # a backup was restored by the verb
    DAMAGED = "damaged"  # the file was damaged and the newest backup restored at start
    SET_BACK = "set_back"  # the journal is shorter than the file beside it remembers
    DEVICE_AHEAD = "device_ahead"  # a kiosk remembers more than the journal holds


class RecoveryBegan(Word):
    """The server stands where it stood at `known_until`; whatever happened later is only in devices and on paper."""

    kind: Literal["recovery_began"] = "recovery_began"
    epoch: Id
    reason: RecoveryReason
    known_until: Micros
    plans_rest_until: date  # the last day of any plan that may have been given and forgotten


class RecoveryEnded(Word):
    """Every device has told what it knows (`staff` None), or a manager ended the waiting for them."""

    kind: Literal["recovery_ended"] = "recovery_ended"
    staff: Staff | None = None


class DoubleSettled(Word):
    """A manager has seen to the holder of a number that was printed twice; usually by giving a new number."""

    kind: Literal["double_settled"] = "double_settled"
    ticket: Id
    staff: Staff
    note: str = Field(default="", max_length=40)
