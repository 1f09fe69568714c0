"""The screen over one window: whose turn it is there, who comes next, what is done there."""

from hall.catalog import Catalog
from hall.clock import Moment
from hall.opening import local_time
from hall.projection import shown_state
from hall.slots import clock
from hall.window import Window, WindowState
from hall.wire.door import Door
from queue_server.operations.errors import NoSuchWindowError
from queue_server.operations.views.calls import call_of, next_of
from queue_server.operations.views.desk import queue_of
from queue_server.operations.views.live import Live, look
from queue_server.store import Reader

READY_SHOWN = 3
_EXAMPLES_SHOWN = 8


def door(reader: Reader, moment: Moment, window: int, live: Live | None = None) -> Door:
    """What stands over a window.

    Args:
        reader: The hall's store.
        moment: Now.
        window: The window's number.
        live: The hall already looked at with the same reader.

    Raises:
        NoSuchWindowError: If the hall has no such window.
        NoCatalogError: If the hall has no catalogue yet.
    """
    live = live or look(reader, moment)
    place = next((each for each in live.catalog.windows if each.number == window), None)
    if place is None:
        raise NoSuchWindowError(f"大厅没有 {window} 号窗口")
    status, active = live.windows[window], live.active.get(window)
    state = shown_state(status, active)
    comes_next = state not in {WindowState.CLOSED, WindowState.PAUSED}  # a window that calls nobody promises nothing
    return Door(
        at=live.at,
        seq=live.seq,
        hall=live.catalog.hall.name,
        window=window,
        name=_name(live.catalog, place),
        clerk=(status.clerk or "") if live.catalog.hall.layout_over(window).clerk else "",
        state=state.value,
        back_at=status.back_at or 0,
        call=None if active is None or not active.calls else call_of(reader, live, active, live.catalog.hall.voice),
        ready=tuple(next_of(live, ticket) for ticket in queue_of(live, place)[:READY_SHOWN]) if comes_next else (),
        does=_does(live.catalog, place),
        hours=_hours(live, place),
    )


def _name(catalog: Catalog, place: Window) -> str:
    """What the window is for in two or three words: its groups, or its own name where it has many."""
    names = [group.name for group in catalog.groups if group.id in place.groups]
    return "、".join(names) if len(names) <= 2 else place.name


def _does(catalog: Catalog, place: Window) -> tuple[str, ...]:
    """What one can come for; nothing where all of it is suspended 停办."""
    groups = [group for group in catalog.groups if group.id in place.groups and not group.suspended]
    if len(groups) > 2:
        return tuple(group.name for group in groups)
    return tuple(example for group in groups for example in group.examples or (group.name,))[:_EXAMPLES_SHOWN]


def _hours(live: Live, place: Window) -> tuple[str, ...]:
    """The periods of today in which its first group is served; none on a day off."""
    catalog = live.catalog
    group = next((group for group in catalog.groups if group.id in place.groups), None)
    if group is None:
        return ()
    today = local_time(live.at, catalog.hall.offset_minutes).date()
    periods = catalog.periods_on(group.id, today)
    return tuple(f"{clock(start)}-{clock(end)}" for start, end in periods)
