"""Window plans 潮汐方案: put in force by one act of a manager, and judged an hour later."""

import math
from collections import defaultdict

from hall.clock import MINUTE_US, Moment
from hall.window_plan import HORIZON_MINUTES, PlanWait, WindowPlanJudged, WindowPlanSwitched
from hall.wire import commands
from hall.wire.replies import Refusal
from queue_server.operations.catalog import put_in_force
from queue_server.operations.days import day_of
from queue_server.operations.office import Office
from queue_server.operations.scene import Outcome
from queue_server.store import Transaction
from queue_server.store.records import PlanSwitch

_HORIZON_US = HORIZON_MINUTES * MINUTE_US
_JUDGED_AFTER_US = 2 * _HORIZON_US  # who came in the last minute of the hour has mostly been called by then
_FORGOTTEN_US = 24 * 60 * MINUTE_US
_NINE_IN_TEN = 0.9


def switch_plan(office: Office, command: commands.SwitchPlan) -> Outcome:
    """The windows serve other groups from now on; whoever is at one stays there."""
    transaction = office.transaction
    catalog = transaction.catalog()
    if command.plan and command.plan not in catalog.plans:
        return Refusal.UNKNOWN_PLAN
    if command.plan == catalog.plan:
        return office.nothing_to_do
    groups = {group.id for group in catalog.groups}
    if any(wait.group not in groups for wait in (*command.as_is, *command.expected)):
        return Refusal.UNKNOWN_GROUP
    put_in_force(transaction, office.moment, catalog.under(command.plan), office.session.subject)
    return office.record(
        WindowPlanSwitched(
            plan=command.plan, staff=office.session.subject, as_is=command.as_is, expected=command.expected
        )
    )


def judge_switches(transaction: Transaction, moment: Moment) -> None:
    """Record what came of switches that are long enough ago: how long those waited who came in the hour after."""
    for switch in transaction.plan_switches(moment.wall_us - _FORGOTTEN_US):
        if not switch.judged_at and moment.wall_us - switch.at >= _JUDGED_AFTER_US:
            transaction.record(WindowPlanJudged(switched=switch.seq, waits=_waits(transaction, switch)), moment)


def _waits(transaction: Transaction, switch: PlanSwitch) -> tuple[PlanWait, ...]:
    waits = defaultdict[str, list[int]](list)
    for ticket in transaction.tickets_of(day_of(transaction, switch.at)):
        came_then = switch.at <= ticket.issued_at < switch.at + _HORIZON_US
        if came_then and ticket.called_at is not None and not ticket.returns:
            waits[ticket.group].append(ticket.called_at - ticket.issued_at)
    return tuple(
        PlanWait(group=group, minutes=math.ceil(_nine_in_ten(each) / MINUTE_US))
        for group, each in sorted(waits.items())
    )


def _nine_in_ten(waits: list[int]) -> int:
    return sorted(waits)[math.ceil(_NINE_IN_TEN * len(waits)) - 1]
