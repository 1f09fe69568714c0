"""How the people of one hall behave, learned from its past: everything that a forward run draws."""

from dataclasses import dataclass

import numpy as np

from queue_server.forecast.samples import Durations, Patience
from queue_server.forecast.scene import NOT_BUSY, Floats, Scene


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

    Attributes:
        free: Window × run: when it can call first, in seconds from now.
        busy: Ticket × run: from its call until its window can call again.
        leaves: Ticket × run: from when on nobody answers its call; inf for a patient person, -inf for a no-show.
    """

    free: Floats
    busy: Floats
    leaves: Floats


def draw(scene: Scene, behaviour: Behaviour, dice: np.random.Generator, runs: int) -> Draws:
    """Roll the dice of all runs; the windows first, then ticket by ticket, so that one more ticket moves no other's."""
    windows, waiting = scene.windows, scene.waiting
    chance = dice.random((len(windows), 2, runs))
    only = np.zeros(max(len(windows), len(waiting)), np.intp)
    free = np.zeros((len(windows), runs))
    busy = windows.serving != NOT_BUSY
    resting = ~busy & (windows.elapsed > 0)
    free[resting] = behaviour.turnaround.draw_rest(only[: resting.sum()], windows.elapsed[resting], chance[resting, 0])
    free[busy] = behaviour.service.draw_rest(windows.serving[busy], windows.elapsed[busy], chance[busy, 1])
    free[busy] += behaviour.turnaround.draw(only[: busy.sum()], chance[busy, 0])
    np.maximum(free, windows.returns[:, None], out=free)

    chance = dice.random((len(waiting), 4, runs))
    taken = behaviour.service.draw(waiting.group, chance[:, 1])
    taken += behaviour.turnaround.draw(only[: len(waiting)], chance[:, 0])
    leaves = behaviour.patience.draw(waiting.waited, chance[:, 2])
    leaves[chance[:, 3] < behaviour.no_show[waiting.group][:, None]] = -np.inf
    return Draws(free, taken, leaves)
