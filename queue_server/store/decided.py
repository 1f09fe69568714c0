"""What is decided for the whole hall, and what becomes of it: 系统故障, window plans with their judgement, alerts."""

from dataclasses import replace

from hall.alerts import Alert, AlertFact, alert_after
from hall.errors import BugError
from hall.facts import JournalEntry
from hall.system_fault import FaultDeclared, FaultEnded
from hall.window_plan import WindowPlanJudged, WindowPlanSwitched, waits_json
from queue_server.store.promise import Present
from queue_server.store.records import PlanSwitch, SystemFault

DecidedFact = FaultDeclared | FaultEnded | WindowPlanSwitched | WindowPlanJudged | AlertFact


def decide(present: Present, entry: JournalEntry, body: DecidedFact) -> None:
    """Change the present by such a fact.

    Raises:
        BugError: If it judges a switch that is not there.
    """
    match body:
        case FaultDeclared(group=group, staff=staff, reason=reason):
            present.put(SystemFault(group, entry.at, staff, reason))
        case FaultEnded(group=group):
            present.drop(SystemFault, group)
        case WindowPlanSwitched(plan=plan, staff=staff):
            present.put(PlanSwitch(entry.seq, entry.at, plan, staff, waits_json(body.as_is), waits_json(body.expected)))
        case WindowPlanJudged(switched=seq, waits=waits):
            switched = present.get(PlanSwitch, seq)
            if switched is None:
                raise BugError(f"journal entry {entry.seq} judges no switch of a window plan")
            present.put(replace(switched, judged_at=entry.at, happened=waits_json(waits)))
        case _:
            after = alert_after(present.get(Alert, *body.key), body, entry.at)
            if after is None:
                present.drop(Alert, *body.key)
            else:
                present.put(after)
