"""A device under its supervisor, as in a program: what it tells and how it is come out of queues."""

import contextlib
import time
from collections.abc import Callable, Iterator
from queue import Queue
from random import Random
from typing import Any

from devices.device import Device
from devices.health import Health, HealthState
from devices.supervisor import Supervisor

WAIT_S = 20.0


class Watched:
    """What a device has told and how it is."""

    def __init__(self) -> None:
        self.told: Queue[Any] = Queue()
        self.healths: Queue[Health] = Queue()

    def next(self) -> Any:
        """The next event, awaited."""
        return self.told.get(timeout=WAIT_S)

    def until(self, state: HealthState, problem: str | None = None) -> Health:
        """The next health in that state, awaited; others before it are passed over."""
        while True:
            health = self.healths.get(timeout=WAIT_S)
            if health.state is state and problem in (None, health.problem):
                return health


@contextlib.contextmanager
def watched(build: Callable[[Callable[[Any], None]], Device]) -> Iterator[tuple[Any, Watched]]:
    """Run a device under a supervisor, online at the start of the block.

    Args:
        build: From the callback for events to the device.
    """
    out = Watched()
    device = build(out.told.put)
    supervisor = Supervisor([device], out.healths.put, random=Random(3))
    supervisor.start()
    try:
        out.until(HealthState.ONLINE)
        yield device, out
    finally:
        assert supervisor.stop(WAIT_S) == ()


def until(holds: Callable[[], bool]) -> None:
    """Wait until something outside of the program holds, such as what a twin shows.

    Raises:
        AssertionError: It never came about.
    """
    deadline = time.monotonic() + WAIT_S
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.01)
