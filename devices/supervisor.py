"""Keeps devices alive: one thread each, which opens, watches and, after a failure, waits a little and reopens.

A device that hangs or breaks holds up nothing but its own thread. Changes of health are told to one callback,
on the thread of the device concerned.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from random import Random

from devices.clock import wall_us
from devices.device import Device
from devices.errors import DeviceError
from devices.health import Health, HealthState, health_after

_log = logging.getLogger("onewindow.devices.supervisor")

FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 5.0


class Supervisor:
    """Looks after the devices of one program.

    Args:
        devices: Built but not opened; names differ.
        on_health: Told each change, the first state included. Runs on the device's thread.
        random: Source of the jitter, so that many kiosks do not knock in step.
        clock_us: UTC microseconds.
    """

    def __init__(
        self,
        devices: Sequence[Device],
        on_health: Callable[[Health], None],
        *,
        random: Random,
        clock_us: Callable[[], int] = wall_us,
    ) -> None:
        self._devices = tuple(devices)
        self._on_health = on_health
        self._random = random
        self._clock_us = clock_us
        self._stop = threading.Event()
        self._latest: dict[str, Health] = {}  # each entry belongs to its device's thread
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Give every device its thread; returns at once, whatever the devices do."""
        for device in self._devices:
            thread = threading.Thread(
                target=self._look_after, args=(device,), name=f"device-{device.name}", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def stop(self, timeout_s: float = 5.0) -> tuple[str, ...]:
        """Ask every device to end and wait up to `timeout_s` for each; returns the names of those still stuck."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout_s)
        return tuple(d.name for d, t in zip(self._devices, self._threads, strict=False) if t.is_alive())

    def _look_after(self, device: Device) -> None:
        pause_s = FIRST_PAUSE_S
        while not self._stop.is_set():
            opening = time.monotonic()
            try:
                device.open()
                while not self._stop.is_set():
                    self._tell(device.health())
                    device.watch(self._stop)
            except DeviceError as error:
                self._tell(health_after(device.name, error, self._clock_us()), str(error))
            except Exception as error:  # a bug in one driver must not take the kiosk's other devices with it
                _log.exception("device.bug %s", device.name)
                broken = DeviceError(type(error).__name__, code="device.bug", advice="程序异常，请联系维护人员")
                self._tell(health_after(device.name, broken, self._clock_us()))
            finally:
                device.close()
            if time.monotonic() - opening > LONGEST_PAUSE_S:
                pause_s = FIRST_PAUSE_S  # it had worked for a while: this is a new trouble, not the old one going on
            self._stop.wait(pause_s * self._random.uniform(0.5, 1.0))
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)

    def _tell(self, health: Health, reason: str = "") -> None:
        if health.same_as(self._latest.get(health.device)):
            return
        self._latest[health.device] = health
        if health.state is HealthState.ONLINE:
            _log.info("device.online %s", health.device)
        else:
            _log.warning("%s %s is %s: %s", health.problem, health.device, health.state, reason)
        self._on_health(health)
