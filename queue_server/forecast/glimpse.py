"""What a newcomer finds in a replayed hall: the scene to run forward, and the moment to look up in the past."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from queue_server.forecast.features import DAY_S, Moment
from queue_server.forecast.replay import RECENT_S, UNNAMED, Replay, SeenWindow
from queue_server.forecast.scene import NOBODY, NOT_BUSY, Flags, Floats, Newcomers, Scene, Waiting, Windows

SOMEBODY = f"{UNNAMED}somebody"
"""A server whom nobody has seen yet."""
MOST_STREAMS = 12  # of newcomers by group and class; the rarer ones hardly ever overtake


@dataclass(frozen=True, slots=True)
class Glimpse:
    """The hall at the arrival of one visit. `scene` ends with the newcomer; `open_windows` serve or soon will."""

    scene: Scene
    moment: Moment
    open_windows: int


def glimpse(hall: Replay, at: int, longest_rest: float) -> Glimpse:
    """Look around: those before the newcomer in the order, and the windows that rest no longer than `longest_rest`."""
    now, group = hall.visits[at].arrival, hall.group[at]
    mine = hall.effective(at)
    queue = [other for other in hall.waiting if hall.effective(other) <= mine] + [at]
    waiting = Waiting(
        effective=np.array([hall.effective(other) - now for other in queue]),
        group=np.array([hall.group[other] for other in queue], np.intp),
        waited=np.array([now - hall.visits[other].arrival for other in queue]),
    )
    present = _present(hall, now, longest_rest)
    may = _may_serve(hall, present)
    open_windows, own = len(present), may[:, group]
    free = np.array([window.serving is None for window in present.values()], bool)
    reach: Flags = np.logical_or.reduce(may[own], axis=0)
    recent = list(hall.waits)[-5:]
    moment = Moment(
        ahead=int(reach[waiting.group[:-1]].sum()),
        last_wait=hall.last_wait.get(group, 0.0),
        mean_wait=sum(recent) / len(recent) if recent else 0.0,
        free=int((own & free).sum()),
        busy=int((own & ~free).sum()),
        calls=len(hall.calls),
        head_waited=now - hall.visits[next(iter(hall.waiting))].arrival if hall.waiting else 0.0,
        day_time=now % DAY_S,
    )
    if not own.any():  # nobody is there who serves this: as if those who did before were about to come, or somebody
        before = [name for name in hall.windows if hall.may_serve(name, group)]
        present = {name: SeenWindow(since=now) for name in before or [SOMEBODY]}
        may = _may_serve(hall, present)
    scene = Scene(waiting, _windows(hall, present, may, waiting, now), _overtaking(hall, at))
    return Glimpse(scene, moment, open_windows)


def _overtaking(hall: Replay, at: int) -> Newcomers:
    """Who may still come before this one: the classes with a greater head start, as often as in the last half hour."""
    mine = hall.head_start(at)
    seen = Counter(
        (hall.group[other], hall.head_start(other)) for other in hall.arrivals if hall.head_start(other) > mine
    ).most_common(MOST_STREAMS)
    if not seen:
        return NOBODY
    group, head_start = zip(*(stream for stream, _ in seen), strict=True)
    rate = np.array([count for _, count in seen]) / RECENT_S
    return Newcomers(np.array(group, np.intp), np.array(head_start), rate)


def _present(hall: Replay, now: float, longest_rest: float) -> dict[str, SeenWindow]:
    return {
        name: window
        for name, window in hall.windows.items()
        if window.serving is not None or now - window.since <= longest_rest
    }


def _may_serve(hall: Replay, present: dict[str, SeenWindow]) -> Flags:
    return np.array([hall.groups_of(name) for name in present], bool).reshape(-1, len(hall.names))


def _windows(hall: Replay, present: dict[str, SeenWindow], may: Flags, waiting: Waiting, now: float) -> Windows:
    serving = [NOT_BUSY if window.serving is None else hall.group[window.serving] for window in present.values()]
    return Windows(
        penalty=np.where(may, 0.0, np.inf),
        serving=np.array(serving, np.intp),
        elapsed=_elapsed(present, may, waiting, now),
        returns=np.zeros(len(present)),
        pace=np.array([hall.paces.get(name, 1.0) for name in present]),
    )


def _elapsed(present: dict[str, SeenWindow], may: Flags, waiting: Waiting, now: float) -> Floats:
    """How long each window serves; a free one, how long it stood free while somebody waited whom it may serve."""
    since: Floats = np.array([now - window.since for window in present.values()])
    kept_waiting = np.where(may[:, waiting.group[:-1]], waiting.waited[:-1], 0.0).max(axis=1, initial=0.0)
    busy = np.array([window.serving is not None for window in present.values()], bool)
    elapsed: Floats = np.where(busy, since, np.minimum(since, kept_waiting))
    return elapsed
