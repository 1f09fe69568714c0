"""The groups and windows of a past day at an instant, in the words of the manager's page of now."""

from collections.abc import Iterable
from dataclasses import dataclass

from hall.catalog import Catalog
from hall.projection import WindowStatus
from hall.replay import Line, Queue, Seat
from hall.waiting import Wait
from hall.window import Window, WindowState
from hall.wire.views import GroupNow, WindowNow
from queue_server.operations.day_replay import PlayableDay


@dataclass(frozen=True, slots=True)
class HallThen:
    """The hall at an instant, UTC microseconds."""

    at: int
    groups: tuple[GroupNow, ...]
    windows: tuple[WindowNow, ...]

    @property
    def waiting(self) -> int:
        """How many waited in all."""
        return sum(group.waiting for group in self.groups)


def hall_then(day: PlayableDay, at: int) -> HallThen:
    """How everything stood; cheap, for a replay asks several times a second."""
    catalog = _under(day.catalog, day.plans.at(at))
    windows = {window.number: window for window in catalog.windows}
    seats = {number: line.at(at) for number, line in day.replay.seats.items()}
    numbers = sorted(windows.keys() | seats.keys())
    open_now = [windows[number] for number, seat in seats.items() if _is_open(seat) and number in windows]
    known = {group.id: group for group in catalog.groups}
    groups = [*known, *sorted(day.replay.queues.keys() - known.keys())]
    return HallThen(
        at=at,
        groups=tuple(_group(day, catalog, group, open_now, at) for group in groups),
        windows=tuple(
            _window(catalog, windows.get(number), seats.get(number, Seat(WindowStatus(number=number))))
            for number in numbers
        ),
    )


def _under(catalog: Catalog, plan: str) -> Catalog:
    """The windows as that plan had them; as usual under one that the catalogue has no longer."""
    return catalog.under(plan if plan in catalog.plans else "")


def _is_open(seat: Seat) -> bool:
    return seat.status.state is WindowState.IDLE


def _group(day: PlayableDay, catalog: Catalog, group_id: str, open_now: Iterable[Window], at: int) -> GroupNow:
    queue = day.replay.queues.get(group_id, Line(Queue())).at(at)
    group = next((each for each in catalog.groups if each.id == group_id), None)
    return GroupNow(
        group=group_id,
        name=group_id if group is None else group.name,
        prefix="" if group is None else group.prefix,
        waiting=queue.waiting,
        longest_wait_us=max(0, at - queue.oldest) if queue.waiting else 0,
        windows_open=sum(window.penalty_us(group_id) is not None for window in open_now),
        issued=queue.issued,
        finished=queue.finished,
        missed=queue.missed,
        cancelled=queue.cancelled,
        mean_wait_us=queue.wait_us // queue.called if queue.called else None,
        wait=day.ranges.get(group_id, Line[Wait | None](None)).at(at),
        fault_since=day.replay.faults.get(group_id, Line(0)).at(at),
        chosen=queue.chosen,
        target_minutes=None if group is None else group.target_minutes,
    )


def _window(catalog: Catalog, window: Window | None, seat: Seat) -> WindowNow:
    status = seat.status
    serves = () if window is None else tuple(g.id for g in catalog.groups if window.penalty_us(g.id) is not None)
    return WindowNow(
        status=status,
        name=f"{status.number}" if window is None else window.name,
        shown_state=(seat.doing or status.state).value,
        number=seat.number,
        since=seat.since if seat.doing else max(seat.since, status.since),
        serves=serves,
    )
