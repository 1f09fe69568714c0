"""Window plans 潮汐方案 for the manager's page: which there are, what the forecast says of each, today's switches."""

from hall.clock import DAY_US, MINUTE_US
from hall.window_plan import waits_of
from hall.wire.views import PlanNow, SwitchNow
from queue_server.forecast.outlook import Outlook
from queue_server.operations.views.live import Live
from queue_server.store import Reader


def plans_now(live: Live, outlook: Outlook | None) -> tuple[PlanNow, ...]:
    """The usual groups and every plan; none at all if the catalogue has no plans."""
    catalog = live.catalog
    if not catalog.plans:
        return ()
    usual = {window.number: window for window in catalog.under("").windows}
    waits = {each.plan: each.waits for each in outlook.plans} if outlook is not None else {}
    return tuple(
        PlanNow(
            name=name,
            in_force=name == catalog.plan,
            suggested=outlook is not None and outlook.suggested == name,
            changes=tuple(window.number for window in catalog.under(name).windows if window != usual[window.number]),
            waits=waits.get(name, ()),
        )
        for name in ("", *catalog.plans)
    )


def switches_now(reader: Reader, live: Live) -> tuple[SwitchNow, ...]:
    """Those of today, the latest first."""
    offset = live.catalog.hall.offset_minutes
    midnight = (live.at + offset * MINUTE_US) // DAY_US * DAY_US - offset * MINUTE_US
    return tuple(
        SwitchNow(
            at=switch.at,
            plan=switch.plan,
            staff=switch.staff,
            as_is=waits_of(switch.as_is),
            expected=waits_of(switch.expected),
            happened=waits_of(switch.happened),
            judged=switch.judged_at > 0,
        )
        for switch in reversed(reader.plan_switches(midnight))
    )
