"""One thread per device: troubles are told once, the device comes back by itself, nobody holds up anybody."""

import threading
from collections.abc import Callable
from queue import Queue
from random import Random

from devices.errors import DeviceFault, DeviceMissing
from devices.health import Health, HealthState
from devices.supervisor import Supervisor


class Lamp:
    """A device whose open and watch do what the test says."""

    def __init__(self, name: str, opening: Callable[[], None], watching: Callable[[threading.Event], None]) -> None:
        self._name = name
        self.open = opening
        self.watch = watching
        self.closed = 0

    @property
    def name(self) -> str:
        return self._name

    def close(self) -> None:
        self.closed += 1

    def health(self) -> Health:
        return Health(self._name, HealthState.ONLINE, since_us=7)


def _wait(stop: threading.Event) -> None:
    stop.wait()


def _supervisor(*lamps: Lamp) -> tuple[Supervisor, "Queue[Health]"]:
    told: Queue[Health] = Queue()
    return Supervisor(lamps, told.put, random=Random(4), clock_us=lambda: 42), told


def test_a_device_that_comes_late_is_told_missing_once_and_then_online() -> None:
    attempts = iter([True, True, False])

    def opening() -> None:
        if next(attempts):
            raise DeviceMissing("not yet")

    lamp = Lamp("lamp", opening, _wait)
    supervisor, told = _supervisor(lamp)
    supervisor.start()
    missing, online = told.get(timeout=10), told.get(timeout=10)
    assert (missing.state, missing.problem, missing.since_us) == (HealthState.MISSING, "device.missing", 42)
    assert "未连接" in missing.words
    assert online.state is HealthState.ONLINE
    assert supervisor.stop() == ()
    assert told.empty()
    assert lamp.closed == 3


def test_a_stuck_device_and_a_broken_driver_stop_no_other() -> None:
    free = threading.Event()

    def hang(stop: threading.Event) -> None:
        free.wait(30)

    def broken(stop: threading.Event) -> None:
        raise ZeroDivisionError

    def faulty() -> None:
        raise DeviceFault("says it is broken")

    supervisor, told = _supervisor(
        Lamp("stuck", lambda: None, hang),
        Lamp("broken", lambda: None, broken),
        Lamp("faulty", faulty, _wait),
        Lamp("well", lambda: None, _wait),
    )
    supervisor.start()
    seen = {(h.device, h.state) for h in (told.get(timeout=10) for _ in range(5))}
    assert {
        ("stuck", HealthState.ONLINE),
        ("broken", HealthState.ATTENTION),
        ("faulty", HealthState.FAULT),
        ("well", HealthState.ONLINE),
    } <= seen
    assert supervisor.stop(timeout_s=0.3) == ("stuck",)
    free.set()
    assert supervisor.stop() == ()
