"""An invented full hall, for the bench: windows that serve some groups, help with others and leave out the rest."""

from dataclasses import dataclass

import numpy as np

from queue_server.forecast.behaviour import Behaviour
from queue_server.forecast.samples import Durations, Patience
from queue_server.forecast.scene import Floats, Scene, Waiting, Windows
from queue_server.forecast.simulate import simulate

GROUPS = 12
_HELPS_AFTER_S = 600.0


@dataclass(frozen=True, slots=True)
class Crowd:
    """A full hall and its dice."""

    scene: Scene
    behaviour: Behaviour
    seed: int

    def run(self) -> Floats:
        """When each ticket is called: ticket × run."""
        return simulate(self.scene, self.behaviour, np.random.default_rng(self.seed))


def crowd(tickets: int, windows: int, seed: int) -> Crowd:
    """A hall with so many waiting; every group has a window that serves it."""
    dice = np.random.default_rng(seed)
    kind = dice.random((windows, GROUPS))
    penalty = np.where(kind < 0.4, 0.0, np.where(kind < 0.7, _HELPS_AFTER_S, np.inf))
    penalty[0] = 0.0
    waited = -np.sort(-dice.random(tickets) * 3600)
    head_start = np.where(dice.random(tickets) < 0.1, 1800.0, 0.0)
    waiting = Waiting(-waited - head_start, dice.integers(0, GROUPS, tickets), waited)
    serving, elapsed = dice.integers(0, GROUPS, windows), dice.random(windows) * 300
    busy = Windows(penalty, serving, elapsed, returns=np.zeros(windows), pace=np.ones(windows))
    behaviour = Behaviour(
        service=Durations([dice.lognormal(6.0, 0.6, 2000) for _ in range(GROUPS)]),
        turnaround=Durations([dice.exponential(20.0, 500)]),
        patience=Patience(dice.exponential(4000.0, 3000), dice.random(3000) < 0.1),
        no_show=np.full(GROUPS, 0.05),
        absent_s=90.0,
    )
    return Crowd(Scene(waiting, busy), behaviour, seed)
