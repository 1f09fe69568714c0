"""The hall's own rule run forward: when each waiting ticket is called, in many runs at once.

The rule is that of `hall.calling`: the window that is free first calls the least (E + penalty) among the groups it may
serve, the earlier issued of two equal ones. All runs take the same number of steps, one call each, side by side in
numpy. Tickets behind one in the order never change when it is called, unless penalties make windows see other orders.
"""

from dataclasses import dataclass

import numpy as np

from queue_server.forecast.behaviour import Behaviour, Draws, draw
from queue_server.forecast.scene import Floats, Ints, Scene

MANY_WAITING = 200
RUNS, RUNS_MANY = 200, 100
_TIE_S = 1e-9  # a ticket issued later is this much later: equal ones keep the order of issue


def simulate(
    scene: Scene,
    behaviour: Behaviour,
    dice: np.random.Generator,
    runs: int | None = None,
) -> Floats:
    """When each ticket is called: ticket × run, in seconds from now, each row sorted; inf where no window ever may."""
    runs = runs or (RUNS if len(scene.waiting) < MANY_WAITING else RUNS_MANY)
    called = run_forward(scene, draw(scene, behaviour, dice, runs), behaviour.absent_s)
    called.sort(axis=1)
    return called


def simulate_last(scene: Scene, behaviour: Behaviour, dice: np.random.Generator) -> Floats:
    """When the ticket issued last is called, as `simulate` says, without following the others any further: sorted."""
    runs = RUNS if len(scene.waiting) < MANY_WAITING else RUNS_MANY
    called: Floats = run_forward(scene, draw(scene, behaviour, dice, runs), behaviour.absent_s, only_last=True)[-1]
    called.sort()
    return called


def run_forward(scene: Scene, draws: Draws, absent_s: float, *, only_last: bool = False) -> Floats:
    """The calls of the waiting tickets that follow from these draws: ticket × run, seconds from now, inf if never.

    With `only_last` the runs end when the ticket issued last is called: the others' rows are not all filled.
    """
    lines = _lines(scene, draws)
    runs, waiting_lines = draws.busy.shape[1], len(lines.group) - len(scene.newcomers)
    keys, arrives, busy, leaves = (part.reshape(-1) for part in (lines.key, lines.arrives, lines.busy, lines.leaves))
    called = np.full(lines.key.shape, np.inf)
    last = called[lines.place[lines.ticket.argmax()]] if only_last else None
    free = draws.free.T.copy()
    free_flat, called_flat = free.reshape(-1), called.reshape(-1)
    penalty = scene.windows.penalty[:, lines.group]
    run = np.arange(runs)
    pace = scene.windows.pace
    window_base, line_base = run * free.shape[1], run * len(lines.group)
    at = np.tile(lines.first, runs)  # run × line: its next entry
    key = lines.key[lines.first].T.copy()
    here = lines.arrives[lines.first].T.copy()
    key_flat, here_flat, newcomers = key.reshape(-1), here.reshape(-1), len(scene.newcomers) > 0
    to_come = here[:, waiting_lines:]
    to_call = len(scene.waiting) * runs if len(scene.windows) else 0
    while to_call > 0:
        window = free.argmin(axis=1)
        cell = window_base + window
        now = free_flat[cell]
        order = key + penalty[window]
        if newcomers:
            np.copyto(order[:, waiting_lines:], np.inf, where=to_come > now[:, None])
        line = line_base + order.argmin(axis=1)
        entry = at[line] * runs + run
        until = now + np.where(now < leaves[entry], busy[entry] * pace[window], absent_s)
        some = np.isfinite(order.reshape(-1)[line])
        if not some.all():  # in the other runs this window has nobody to call until somebody comes
            none = np.flatnonzero(~some)
            comes = np.where(np.isfinite(key[none] + penalty[window[none]]), here[none], np.inf)
            comes[here[none] <= now[none, None]] = np.inf
            until[none] = comes.min(axis=1)
            if np.isinf(now).all():
                break
            line, entry, now = line[some], entry[some], now[some]
        called_flat[entry] = now
        free_flat[cell] = until
        at[line] += 1
        key_flat[line] = keys[entry + runs]
        here_flat[line] = arrives[entry + runs]
        to_call -= int((line % len(lines.group) < waiting_lines).sum()) if newcomers else len(line)
        if last is not None and np.isfinite(last).all():
            break
    calls = np.empty((len(scene.waiting), runs))
    calls[lines.ticket] = called[lines.place]
    return calls


@dataclass(frozen=True, slots=True)
class _Lines:
    """One line for each group of waiting tickets and each stream of newcomers, entry after entry, each in its order.

    A line ends with an entry that is never called. `first` is where each line begins, `group` whom it serves; `place`
    says at which entry each `ticket` stands.
    """

    key: Floats
    arrives: Floats
    busy: Floats
    leaves: Floats
    first: Ints
    group: Ints
    ticket: Ints
    place: Ints


def _lines(scene: Scene, draws: Draws) -> _Lines:
    waiting, newcomers = scene.waiting, scene.newcomers
    count, (streams, most, runs) = len(waiting), draws.arrives.shape
    order = waiting.effective + np.arange(count) * _TIE_S
    groups, line = np.unique(waiting.group, return_inverse=True)
    ticket = np.lexsort((order, line))
    sizes = np.concatenate([np.bincount(line, minlength=len(groups)), np.full(streams, most)])
    first = np.cumsum(sizes + 1) - sizes - 1
    lines = np.arange(len(groups) + streams)
    source = np.concatenate([ticket, np.arange(count, count + streams * most)])  # row of the draws
    place = np.arange(len(source)) + np.repeat(lines, sizes)
    key, arrives, busy, leaves = (np.full((len(source) + len(lines), runs), np.inf) for _ in range(4))
    busy[place], leaves[place] = draws.busy[source], draws.leaves[source]
    mine, theirs = place[:count], place[count:]
    key[mine], arrives[mine] = order[ticket, None], -np.inf
    if streams:
        earlier = newcomers.head_start[:, None, None] - count * _TIE_S
        key[theirs] = (draws.arrives - earlier).reshape(-1, runs)
        arrives[theirs] = draws.arrives.reshape(-1, runs)
    group = np.concatenate([groups, newcomers.group])
    return _Lines(key, arrives, busy, leaves, first, group, ticket, mine)
