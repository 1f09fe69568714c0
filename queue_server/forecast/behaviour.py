"""How the people of one hall behave, learned from its past: everything that a forward run draws."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from queue_server.forecast.samples import Durations, Patience
from queue_server.forecast.scene import NOT_BUSY, Floats, Ints, Scene, Windows

MOST_NEWCOMERS = 200  # of all streams: where one class always goes first there is no end to those who may overtake


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What is known of services, turnarounds and people who are not there.

    Attributes:
        service: By group: from the call until the service ends.
        turnaround: From the end of a service until the window calls the next person who waits.
        patience: How long people wait before they go unseen.
        no_show: By group: the share that does not come when called, beside those who went.
        absent_s: What a call costs a window that nobody answers, in seconds.
    """

    service: Durations
    turnaround: Durations
    patience: Patience
    no_show: Floats
    absent_s: float


@dataclass(frozen=True, slots=True)
class Draws:
    """Everything that chance decides, drawn beforehand: a column for each run.

    The rows of `busy` and `leaves` are the waiting tickets, then the newcomers as in `arrives`.

    Attributes:
        free: Window × run: when it can call first, in seconds from now.
        busy: Ticket × run: from its call until a window of usual pace can call again.
        leaves: Ticket × run: from when on nobody answers its call; inf for a patient person, -inf for a no-show.
        arrives: (Stream, newcomer, run): when each comes.
    """

    free: Floats
    busy: Floats
    leaves: Floats
    arrives: NDArray[np.float64]


def draw(scene: Scene, behaviour: Behaviour, dice: np.random.Generator, runs: int) -> Draws:
    """Roll the dice of all runs; one ticket more at the end changes what is drawn for no other."""
    for_windows, for_tickets, for_newcomers = dice.spawn(3)
    free = _free(scene.windows, behaviour, for_windows.random((len(scene.windows), 2, runs)))
    waiting, newcomers = scene.waiting, scene.newcomers
    busy, leaves = visits(waiting.group, waiting.waited, behaviour, for_tickets.random((len(waiting), 4, runs)))
    if not len(newcomers):
        return Draws(free, busy, leaves, np.empty((0, 0, runs)))
    most = _most(scene)
    chance = for_newcomers.random((most, len(newcomers), 5, runs)).swapaxes(0, 1)
    arrives = np.cumsum(-np.log1p(-chance[:, :, 4]) / newcomers.rate[:, None, None], axis=1)
    more, go = visits(
        np.repeat(newcomers.group, most),
        np.zeros(most * len(newcomers)),
        behaviour,
        chance[:, :, :4].reshape(-1, 4, runs),
    )
    go += arrives.reshape(-1, runs)
    return Draws(free, np.concatenate([busy, more]), np.concatenate([leaves, go]), arrives)


def _free(windows: Windows, behaviour: Behaviour, chance: NDArray[np.float64]) -> Floats:
    """When each window can call: busy ones after the rest of the service and a turnaround, ready ones at once."""
    free = np.zeros((len(windows), chance.shape[2]))
    busy = windows.serving != NOT_BUSY
    resting = ~busy & (windows.elapsed > 0)
    one_kind = np.zeros(len(windows), np.intp)
    free[resting] = behaviour.turnaround.draw_rest(one_kind[resting], windows.elapsed[resting], chance[resting, 0])
    pace = windows.pace[busy]
    rest = behaviour.service.draw_rest(windows.serving[busy], windows.elapsed[busy] / pace, chance[busy, 1])
    free[busy] = rest * pace[:, None]
    free[busy] += behaviour.turnaround.draw(one_kind[busy], chance[busy, 0])
    return np.maximum(free, windows.returns[:, None])


def visits(group: Ints, waited: Floats, behaviour: Behaviour, chance: NDArray[np.float64]) -> tuple[Floats, Floats]:
    """How long each ticket keeps its window, and when its holder goes."""
    busy = behaviour.service.draw(group, chance[:, 1])
    busy += behaviour.turnaround.draw(np.zeros(len(group), np.intp), chance[:, 0])
    leaves = behaviour.patience.draw(waited, chance[:, 2])
    leaves[chance[:, 3] < behaviour.no_show[group][:, None]] = -np.inf
    return busy, leaves


def _most(scene: Scene) -> int:
    """So many of one stream may come early enough to overtake the last ticket, hardly ever more."""
    newcomers = scene.newcomers
    until = np.maximum(0.0, newcomers.head_start + scene.waiting.effective.max(initial=-np.inf))
    expected = float((newcomers.rate * until).max())
    return min(math.ceil(expected + 3 * math.sqrt(expected)) + 1, max(1, MOST_NEWCOMERS // len(newcomers)))
