"""The manager's page: groups, windows, devices and ratings as they stand."""

from datetime import date

from hall.alerts import Alert
from hall.catalog import ServiceGroup
from hall.clock import Moment
from hall.projection import shown_state
from hall.statistics import Counts
from hall.ticket import Ticket
from hall.waiting import Wait
from hall.window import Window, WindowState
from hall.wire.views import DeviceNow, GroupNow, HallNow, UncertainNow, WindowNow
from queue_server.forecast.outlook import Outlook
from queue_server.operations.views.contact import gone
from queue_server.operations.views.live import Live, look
from queue_server.operations.views.mending import doubles_now, hand_calls_open, lanes_now, merged_now, recovery_now
from queue_server.operations.views.slots import days_now, slots_now
from queue_server.operations.views.tides import plans_now, switches_now
from queue_server.operations.views.waits import group_waits
from queue_server.store import Reader
from queue_server.store.records import Health, SystemFault


def hall_now(
    reader: Reader,
    moment: Moment,
    *,
    journal_ok: bool = True,
    live: Live | None = None,
    outlook: Outlook | None = None,
) -> HallNow:
    """Everything the manager's page shows.

    Args:
        reader: The hall's store.
        moment: Now.
        journal_ok: What the last check of the journal found.
        live: The hall already looked at with the same reader.
        outlook: The newest forecast.

    Raises:
        NoCatalogError: If the hall has no catalogue yet.
    """
    live = live or look(reader, moment)
    counts, lanes = day_figures(reader, live.day), lanes_now(reader, live)
    newcomers = {each.group: each.ordinary for each in group_waits(outlook)}
    faults = {fault.group: fault.since for fault in reader.every(SystemFault)}
    return HallNow(
        at=live.at,
        seq=live.seq,
        hall=live.catalog.hall.name,
        groups=tuple(
            _group(live, group, counts.get(group.id, Counts()), newcomers.get(group.id), faults.get(group.id, 0))
            for group in live.catalog.groups
        ),
        windows=tuple(_window(reader, live, window) for window in live.catalog.windows),
        devices=tuple(
            DeviceNow(
                device=health.device,
                part=health.part,
                state=health.state,
                problem=health.problem,
                advice=health.advice,
                since=health.since,
                seen=health.seen or None,
                paper=health.paper,
            )
            for health in reader.every(Health)
        ),
        ratings={str(level): times for level, times in reader.ratings_on(live.day).items()},
        journal_ok=journal_ok,
        lanes=lanes,
        slots=slots_now(reader, moment, live.day).slots if live.catalog.takes_appointments else (),
        days=days_now(reader, live.day),
        recovery=recovery_now(reader, live),
        uncertain=tuple(_uncertain(live, ticket) for ticket in live.all_uncertain),
        doubles=doubles_now(reader, live),
        merged=merged_now(reader, live),
        hand_calls_open=hand_calls_open(reader, live),
        groupless=tuple(ticket.number for ticket in live.all_waiting if live.group(ticket.group) is None),
        gone=gone(reader, live, lanes),
        plans=plans_now(live, outlook),
        switches=switches_now(reader, live),
        alerts=tuple(sorted(reader.every(Alert), key=lambda alert: -alert.raised_at)),
    )


def day_figures(reader: Reader, day: date) -> dict[str, Counts]:
    """Counts of each group on a day; the same as folding the day's journal by `hall.statistics`."""
    return {
        row.group: Counts(
            issued=row.issued,
            finished=row.finished,
            missed=row.missed,
            cancelled=row.cancelled,
            first_calls=row.first_calls,
            wait_us=row.wait_us,
            chosen=row.chosen,
        )
        for row in reader.counts_on(day)
    }


def _uncertain(live: Live, ticket: Ticket) -> UncertainNow:
    return UncertainNow(
        ticket=ticket.id,
        number=ticket.number,
        group=live.group_name(ticket.group),
        issued_at=ticket.issued_at,
        state=ticket.state.value,
    )


def _group(live: Live, group: ServiceGroup, counts: Counts, wait: Wait | None, fault_since: int) -> GroupNow:
    serving = [window for window in live.catalog.windows if window.penalty_us(group.id) is not None]
    return GroupNow(
        group=group.id,
        name=group.name,
        prefix=group.prefix,
        waiting=len(live.waiting.get(group.id, ())),
        longest_wait_us=live.longest_wait_us(group.id),
        windows_open=sum(window.number in live.open_windows for window in serving),
        issued=counts.issued,
        finished=counts.finished,
        missed=counts.missed,
        cancelled=counts.cancelled,
        daily_limit=group.daily_limit,
        warning_at=group.warning_at,
        mean_wait_us=counts.mean_wait_us,
        wait=wait,
        chosen=counts.chosen,
        fault_since=fault_since,
        target_minutes=group.target_minutes,
        suspended=group.suspended,
    )


def _window(reader: Reader, live: Live, window: Window) -> WindowNow:
    status, ticket = live.windows[window.number], live.active.get(window.number)
    since = status.since if ticket is None else ticket.changed_at
    if ticket is None and status.state is WindowState.IDLE and (last := reader.last_answer(window.number)):
        since = max(since, last.at)  # free since its last act
    return WindowNow(
        status=status,
        name=window.name,
        shown_state=shown_state(status, ticket).value,
        number="" if ticket is None else ticket.number,
        since=since,
        serves=tuple(group.id for group in live.catalog.groups if window.penalty_us(group.id) is not None),
    )
