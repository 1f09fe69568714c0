"""What of a hall's present state should ring an alert if it goes on. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator

from hall.alerts import AlertKind, Sign
from hall.clock import MINUTE_US
from hall.waiting import WaitKind
from hall.window import WindowState
from hall.wire.views import GroupNow, HallNow, WindowNow

_WORKING_DAY_US = 12 * 60 * MINUTE_US
DOUBTFUL_PARTS = frozenset({"sync", "numbers", "clock"})
"""Parts of a device that fail only when its record or its clock cannot be believed."""


def signs(now: HallNow, usual_target: float) -> tuple[Sign, ...]:
    """Everything that stands at this moment.

    Args:
        now: The hall.
        usual_target: The target in minutes of groups that have none of their own.
    """
    return (
        *_long_waits(now, usual_target),
        *_idle_windows(now),
        *_unserved(now),
        *_paper(now),
        *_unsent(now),
        *_doubts(now),
    )


def _long_waits(now: HallNow, usual_target: float) -> Iterator[Sign]:
    for group in now.groups:
        said = group.wait is not None and group.wait.kind is WaitKind.RANGE
        target = usual_target if group.target_minutes is None else group.target_minutes
        if said and group.wait is not None and group.wait.high > target and not group.fault_since:
            yield Sign(AlertKind.WAIT, group.group, group.wait.high)


def _idle_windows(now: HallNow) -> Iterator[Sign]:
    lost = {gone.window for gone in now.gone}
    for window in now.windows:
        if window.shown_state != WindowState.IDLE or window.status.number in lost:
            continue
        if waiting := waiting_for(window, now.groups):
            yield Sign(AlertKind.IDLE, str(window.status.number), waiting)


def waiting_for(window: WindowNow, groups: Iterable[GroupNow]) -> int:
    """How many wait whom a window may call."""
    return sum(group.waiting for group in groups if group.group in window.serves and not group.fault_since)


def _unserved(now: HallNow) -> Iterator[Sign]:
    """Not before the hall opens: then no window has closed that was open."""
    at_work = [window for window in now.windows if _was_open(window, now.at)]
    for group in now.groups:
        if group.waiting and not group.windows_open and not group.fault_since and at_work:
            yield Sign(AlertKind.UNSERVED, group.group, group.waiting)


def _was_open(window: WindowNow, now_us: int) -> bool:
    status = window.status
    return status.state is not WindowState.CLOSED or 0 < now_us - status.since < _WORKING_DAY_US


def _paper(now: HallNow) -> Iterator[Sign]:
    for device in now.devices:
        if device.part == "printer" and device.state != "online" and "纸" in f"{device.paper}{device.problem}":
            yield Sign(AlertKind.PAPER, device.device, 0)


def _unsent(now: HallNow) -> Iterator[Sign]:
    behind = Counter[str]()
    for lane in now.lanes:
        behind[lane.device] += 0 if lane.past or lane.retired else lane.behind
    yield from (Sign(AlertKind.UNSENT, device, count) for device, count in behind.items() if count)


def _doubts(now: HallNow) -> Iterator[Sign]:
    parts = {part.device for part in now.devices if part.part in DOUBTFUL_PARTS and part.state != "online"}
    lanes = {lane.device for lane in now.lanes if lane.doubtful and not (lane.past or lane.retired)}
    yield from (Sign(AlertKind.DOUBT, device, 0) for device in sorted(parts | lanes))


def group_of(now: HallNow, group_id: str) -> GroupNow | None:
    """The group of an alert; None if the catalogue has it no longer."""
    return next((group for group in now.groups if group.group == group_id), None)
