"""The hall's rule run forward in plain sight: one run, no arrays. What `simulate` must agree with."""

import math

from queue_server.forecast.behaviour import Draws
from queue_server.forecast.scene import Scene


def run_plainly(scene: Scene, draws: Draws, absent_s: float, run: int) -> list[float]:
    """When each waiting ticket is called in one run, in seconds from now; inf if never."""
    count = len(scene.waiting)
    effective, group = list(scene.waiting.effective), list(scene.waiting.group)
    arrives = [-math.inf] * count
    for stream, newcomers in enumerate(draws.arrives[:, :, run]):
        arrives += list(newcomers)
        effective += [at - scene.newcomers.head_start[stream] for at in newcomers]
        group += [scene.newcomers.group[stream]] * len(newcomers)
    free = list(draws.free[:, run])
    called = [math.inf] * len(effective)
    left = set(range(len(effective)))
    while left & set(range(count)) and min(free, default=math.inf) < math.inf:
        now = min(free)
        window = free.index(now)
        penalty = scene.windows.penalty[window]
        mine = [ticket for ticket in left if penalty[group[ticket]] < math.inf]
        here = [ticket for ticket in mine if arrives[ticket] <= now]
        if not here:
            free[window] = min((arrives[ticket] for ticket in mine), default=math.inf)
            continue
        ticket = min(here, key=lambda t: (effective[t] + penalty[group[t]], t))
        left.discard(ticket)
        called[ticket] = now
        busy = draws.busy[ticket, run] * scene.windows.pace[window]
        free[window] = now + (busy if now < draws.leaves[ticket, run] else absent_s)
    return [float(moment) for moment in called[:count]]
