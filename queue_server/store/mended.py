"""What facts that mend the record change besides tickets: lanes, recoveries, calls by hand, double numbers."""

from dataclasses import replace

from hall.errors import BugError
from hall.facts import JournalEntry, LaneFact
from hall.mending import (
    DoubleSettled,
    HandCallNoted,
    LaneQuarantined,
    LaneReplaced,
    LaneRetired,
    RecoveryBegan,
    RecoveryEnded,
)
from queue_server.store.promise import Present
from queue_server.store.records import Doubled, HandCall, Lane, Recovery

MendingFact = LaneFact | RecoveryBegan | RecoveryEnded | HandCallNoted | DoubleSettled


def mend(present: Present, entry: JournalEntry, body: MendingFact) -> None:
    """Change the present by a fact that concerns no ticket of the order.

    Raises:
        BugError: If it concerns a lane, a recovery or a double number that is not there.
    """
    match body:
        case LaneReplaced() | LaneQuarantined() | LaneRetired():
            _apply_to_lane(present, entry, body)
        case RecoveryBegan():
            present.put(
                Recovery(entry.seq, body.epoch, body.reason.value, entry.at, body.known_until, body.plans_rest_until)
            )
        case RecoveryEnded(staff=staff):
            recovery = present.last_recovery()
            if recovery is None or recovery.ended_at:
                raise BugError(f"journal entry {entry.seq} ends no recovery")
            present.put(replace(recovery, ended_at=entry.at, ended_by=staff or ""))
        case HandCallNoted():
            present.put(
                HandCall(
                    body.day,
                    body.prefix,
                    body.lane or 0,
                    body.n,
                    body.window,
                    body.clerk,
                    body.called_at,
                    body.ended_at,
                    body.outcome.value,
                )
            )
        case DoubleSettled(ticket=ticket, staff=staff):
            doubled = present.get(Doubled, ticket)
            if doubled is None:
                raise BugError(f"journal entry {entry.seq} settles no double number")
            present.put(replace(doubled, settled_by=staff))


def _apply_to_lane(present: Present, entry: JournalEntry, body: LaneFact) -> None:
    lane = present.get(Lane, body.device_lane)
    if lane is None:
        raise BugError(f"journal entry {entry.seq} ({body.kind}) concerns a lane that was never given")
    match body:
        case LaneReplaced(replaces=before):
            present.put(replace(lane, replaces=before))
        case LaneQuarantined(reason=reason):
            present.put(replace(lane, quarantined=reason.value))
        case LaneRetired():
            present.put(replace(lane, retired=True))
