"""One thread per device: troubles are told once, the device comes back by itself, nobody holds up anybody."""

import threading
import time
from collections.abc import Callable
from itertools import count, islice
from queue import Queue
from random import Random

from devices.errors import DeviceFault, DeviceMissing
from devices.health import Health, HealthState
from devices.pulse import Pulse
from devices.supervisor import FIRST_PAUSE_S, LONGEST_PAUSE_S, Supervisor, pauses


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


def test_a_driver_that_does_not_come_back_is_told_stuck_and_well_again_when_it_does() -> None:
    free, entered = threading.Event(), threading.Event()

    def hang(stop: threading.Event) -> None:
        entered.set()
        free.wait(60)
        stop.wait()

    told: Queue[Health] = Queue()
    supervisor = Supervisor([Lamp("stuck", lambda: None, hang)], told.put, random=Random(4), stuck_s=0.2)
    supervisor.start()
    assert told.get(timeout=20).state is HealthState.ONLINE
    assert entered.wait(20)
    stuck = told.get(timeout=20)
    assert (stuck.problem, stuck.state, stuck.trouble) == ("device.stuck", HealthState.MISSING, "卡住了，没有反应")
    assert "断电" in stuck.advice
    assert 0 < stuck.seen_us <= stuck.since_us
    free.set()
    assert told.get(timeout=20).state is HealthState.ONLINE
    assert supervisor.stop(20) == ()
    assert told.empty()


def test_a_driver_that_hangs_while_opening_is_told_stuck_and_never_seen() -> None:
    free = threading.Event()
    told: Queue[Health] = Queue()

    def opening() -> None:
        free.wait(60)

    supervisor = Supervisor([Lamp("door", opening, _wait)], told.put, random=Random(4), stuck_s=0.2)
    supervisor.start()
    stuck = told.get(timeout=20)
    assert (stuck.problem, stuck.seen_us) == ("device.stuck", 0)
    free.set()
    assert told.get(timeout=20).state is HealthState.ONLINE
    assert supervisor.stop(20) == ()


def test_waiting_for_the_sign_is_not_being_stuck() -> None:
    now = [0]
    pulse = Pulse(lambda: now[0])
    now[0] = 90_000_000
    assert pulse.still_us == 90_000_000
    waiting = threading.Thread(target=pulse.wait)
    waiting.start()
    until = time.monotonic() + 20
    while pulse.still_us and time.monotonic() < until:
        pass
    assert pulse.still_us == 0
    now[0] = 180_000_000
    assert pulse.still_us == 0
    pulse.set()
    waiting.join(20)
    assert pulse.is_set()


def test_what_is_missing_says_when_it_last_worked() -> None:
    moments = count(1)
    moved = iter([True, False])

    def pulled(stop: threading.Event) -> None:
        if next(moved):
            raise DeviceMissing("cable")
        stop.wait()

    told: Queue[Health] = Queue()
    supervisor = Supervisor(
        [Lamp("lamp", lambda: None, pulled)], told.put, random=Random(4), clock_us=lambda: next(moments)
    )
    supervisor.start()
    online, missing, back = (told.get(timeout=20) for _ in range(3))
    assert 0 < online.seen_us <= missing.seen_us < missing.since_us
    assert (missing.trouble, back.state) == ("没有接上", HealthState.ONLINE)
    assert back.seen_us > missing.seen_us
    supervisor.stop(20)


def test_pauses_grow_stay_bounded_and_keep_no_step() -> None:
    mine, other = (list(islice(pauses(Random(seed)), 200)) for seed in (1, 2))
    assert all(FIRST_PAUSE_S / 2 <= pause <= LONGEST_PAUSE_S for pause in mine + other)
    assert mine[0] <= FIRST_PAUSE_S
    assert min(mine[10:]) >= LONGEST_PAUSE_S / 2
    assert mine != other


def test_a_driver_that_breaks_its_promise_not_to_raise_on_close_and_a_broken_listener_end_nothing() -> None:
    attempts = iter([True, False])
    told: Queue[Health] = Queue()

    class Rude(Lamp):
        def close(self) -> None:
            raise ZeroDivisionError

    def opening() -> None:
        if next(attempts):
            raise DeviceMissing("not yet")

    def listen(health: Health) -> None:
        told.put(health)
        raise ZeroDivisionError

    supervisor = Supervisor([Rude("rude", opening, _wait)], listen, random=Random(4))
    supervisor.start()
    assert [told.get(timeout=20).state for _ in range(2)] == [HealthState.MISSING, HealthState.ONLINE]
    assert supervisor.stop(20) == ()
