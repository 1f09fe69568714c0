"""Keeps devices alive: one thread each, which opens, watches and, after a failure, waits a little and reopens.

A device that hangs or breaks holds up nothing but its own thread. One more thread looks whether the others still
move: a driver that does not come back from a call is told as stuck after a bounded time, and as well again when it
comes back. Changes of health are told to one callback, one at a time for each device.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from random import Random

from devices.clock import wall_us
from devices.device import Device
from devices.errors import DeviceError, DeviceStuck
from devices.health import Health, HealthState, health_after
from devices.pulse import Pulse

_log = logging.getLogger("onewindow.devices.supervisor")

FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 5.0
STUCK_S = 60.0  # the slowest honest call, a reader that retries everything, takes 40 s
_WORKS = (HealthState.ONLINE, HealthState.ATTENTION)


def pauses(random: Random) -> Iterator[float]:
    """Seconds between two attempts to open, growing; each cut by up to a half: many kiosks must not knock in step."""
    pause_s = FIRST_PAUSE_S
    while True:
        yield pause_s * random.uniform(0.5, 1.0)
        pause_s = min(pause_s * 2, LONGEST_PAUSE_S)


class Supervisor:
    """Looks after the devices of one program.

    Args:
        devices: Built but not opened; names differ.
        on_health: Told each change, the first state included. Runs on the device's thread, for a stuck device on
            the thread that found it so; must be quick.
        random: Source of the jitter.
        clock_us: UTC microseconds.
        stuck_s: How long a call to a driver may take before the device is told as stuck.
    """

    def __init__(
        self,
        devices: Sequence[Device],
        on_health: Callable[[Health], None],
        *,
        random: Random,
        clock_us: Callable[[], int] = wall_us,
        stuck_s: float = STUCK_S,
    ) -> None:
        self._cares = tuple(_Care(device, on_health, Random(random.random()), clock_us) for device in devices)
        self._stuck_s = stuck_s
        self._stop = threading.Event()
        self._monitor = threading.Thread(target=self._look_round, name="devices-monitor", daemon=True)

    def start(self) -> None:
        """Give every device its thread; returns at once, whatever the devices do."""
        for care in self._cares:
            care.thread.start()
        self._monitor.start()

    def stop(self, timeout_s: float = 5.0) -> tuple[str, ...]:
        """Ask every device to end and wait up to `timeout_s` for all; returns the names of those still stuck."""
        self._stop.set()
        for care in self._cares:
            care.pulse.set()
        until = time.monotonic() + timeout_s
        for thread in (self._monitor, *(care.thread for care in self._cares)):
            if thread.ident is not None:
                thread.join(max(0.0, until - time.monotonic()))
        return tuple(care.device.name for care in self._cares if care.thread.is_alive())

    def _look_round(self) -> None:
        while not self._stop.wait(min(1.0, self._stuck_s / 4)):
            for care in self._cares:
                care.judge(self._stuck_s)


class _Care:
    """One device, its thread, and what was last said of it."""

    def __init__(
        self, device: Device, on_health: Callable[[Health], None], random: Random, clock_us: Callable[[], int]
    ) -> None:
        self.device = device
        self.pulse = Pulse()
        self.thread = threading.Thread(target=self._look_after, name=f"device-{device.name}", daemon=True)
        self._on_health = on_health
        self._random = random
        self._clock_us = clock_us
        self._telling = threading.Lock()  # guards all below
        self._latest: Health | None = None
        self._watched = False  # whether the driver is in `watch`, so that its health counts
        self._seen_us = 0

    def judge(self, stuck_s: float) -> None:
        """From another thread: say that the device is stuck, or that it is no longer."""
        if not self._telling.acquire(blocking=False):
            return  # it is just saying something
        try:
            told_stuck = self._latest is not None and self._latest.problem == DeviceStuck.code
            if self.pulse.still_us > stuck_s * 1_000_000:
                if not told_stuck:
                    error = DeviceStuck(f"no sign of life for {stuck_s:g} s")
                    self._say(health_after(self.device.name, error, self._clock_us()), str(error))
            elif self._watched:
                self._seen_us = self._clock_us()
                if told_stuck:
                    self._say(self.device.health())
        finally:
            self._telling.release()

    def _look_after(self) -> None:
        waits = pauses(self._random)
        while not self.pulse.is_set():
            opening = time.monotonic()
            try:
                self._work()
            except DeviceError as error:
                self._tell(health_after(self.device.name, error, self._clock_us()), str(error))
            except Exception as error:  # a bug in one driver must not take the kiosk's other devices with it
                _log.exception("device.bug %s", self.device.name)
                self._tell(health_after(self.device.name, _bug(error), self._clock_us()))
            try:
                self.device.close()
            except Exception:  # it promised not to; its thread must go on all the same
                _log.exception("device.bug %s", self.device.name)
            if time.monotonic() - opening > LONGEST_PAUSE_S:
                waits = pauses(self._random)  # it had worked for a while: a new trouble, not the old one going on
            self.pulse.wait(next(waits))

    def _work(self) -> None:
        self.device.open()
        try:
            while not self.pulse.is_set():
                self._tell(self.device.health(), watched=True)
                self.device.watch(self.pulse)
        finally:
            with self._telling:
                self._watched = False

    def _tell(self, health: Health, reason: str = "", *, watched: bool = False) -> None:
        with self._telling:
            self._watched = watched
            self._say(health, reason)

    def _say(self, health: Health, reason: str = "") -> None:
        if health.state in _WORKS and self._watched:
            self._seen_us = self._clock_us()
        if health.same_as(self._latest):
            return
        self._latest = replace(health, seen_us=self._seen_us)
        if health.state is HealthState.ONLINE:
            _log.info("device.online %s", health.device)
        else:
            _log.warning("%s %s is %s: %s", health.problem, health.device, health.state, reason)
        try:
            self._on_health(self._latest)
        except Exception:  # whoever listens must not end the device
            _log.exception("device.listener_bug %s", health.device)


def _bug(error: Exception) -> DeviceError:
    return DeviceError(type(error).__name__, code="device.bug", words="程序异常", advice="请联系维护人员")
