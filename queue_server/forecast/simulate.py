"""The hall's own rule run forward: when each waiting ticket is called, in many runs at once.

The rule is that of `hall.calling`: the window that is free first calls the least (E + penalty) among the groups it may
serve, the earlier issued of two equal ones. All runs take the same number of steps, one call each, side by side in
numpy. Tickets behind one in the order never change when it is called, unless penalties make windows see other orders.
"""

import numpy as np

from queue_server.forecast.behaviour import Behaviour, Draws, draw
from queue_server.forecast.scene import Floats, Ints, Scene, Waiting

MANY_WAITING = 200
RUNS, RUNS_MANY = 200, 100
_TIE_S = 1e-9  # a ticket issued later is this much later: equal ones keep the order of issue


def simulate(scene: Scene, behaviour: Behaviour, dice: np.random.Generator, runs: int | None = None) -> Floats:
    """When each ticket is called: ticket × run, in seconds from now, each row sorted; inf where no window ever may."""
    runs = runs or (RUNS if len(scene.waiting) < MANY_WAITING else RUNS_MANY)
    called = run_forward(scene, draw(scene, behaviour, dice, runs), behaviour.absent_s)
    called.sort(axis=1)
    return called


def run_forward(scene: Scene, draws: Draws, absent_s: float) -> Floats:
    """The calls that follow from these draws: ticket × run, in seconds from now, inf if never."""
    waiting, penalty = scene.waiting, scene.windows.penalty
    count, runs, groups = len(waiting), draws.busy.shape[1], penalty.shape[1]
    keys, queue, heads = _queues(waiting, groups)
    called = np.full(count * runs, np.inf)
    if not len(scene.windows):
        return called.reshape(count, runs)
    free = np.ascontiguousarray(draws.free.T)
    free_flat, busy, leaves = free.reshape(-1), draws.busy.reshape(-1), draws.leaves.reshape(-1)
    run = np.arange(runs)
    window_base, group_base = run * penalty.shape[0], run * groups
    at = np.tile(heads, runs)  # run × group: where in `keys` and `queue` its next ticket stands
    key = keys[at].reshape(runs, groups)
    key_flat = key.reshape(-1)
    to_call = count * runs
    for _ in range(count + len(scene.windows)):
        window = free.argmin(axis=1)
        cell = window_base + window
        now = free_flat[cell]
        order = key + penalty[window]
        group = group_base + order.argmin(axis=1)
        head = at[group]
        ticket = queue[head] * runs + run
        until = now + np.where(now < leaves[ticket], busy[ticket], absent_s)
        some = np.isfinite(order.reshape(-1)[group])
        if not some.all():  # in the other runs this window is not needed any more
            until[~some] = np.inf
            group, head, ticket, now = group[some], head[some], ticket[some], now[some]
        called[ticket] = now
        free_flat[cell] = until
        at[group] = head + 1
        key_flat[group] = keys[head + 1]
        to_call -= len(ticket)
        if not to_call:
            break
    return called.reshape(count, runs)


def _queues(waiting: Waiting, groups: int) -> tuple[Floats, Ints, Ints]:
    """The queues of all groups one after another, each closed by an endless key: keys, tickets, where each begins."""
    order = waiting.effective + np.arange(len(waiting)) * _TIE_S
    sizes = np.bincount(waiting.group, minlength=groups)
    heads = np.concatenate(([0], np.cumsum(sizes + 1)[:-1]))
    keys, queue = np.full(len(waiting) + groups, np.inf), np.zeros(len(waiting) + groups, np.intp)
    ranked = np.lexsort((order, waiting.group))
    place = np.arange(len(waiting)) + waiting.group[ranked]
    keys[place], queue[place] = order[ranked], ranked
    return keys, queue, heads
