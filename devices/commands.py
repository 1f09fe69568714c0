"""What a technician asks of the devices of a settings file: are they well, and what do they say right now."""

import json
import threading
import time
from collections.abc import Callable
from random import Random

from devices.clock import wall_us
from devices.config import DevicesConfig
from devices.device import Device
from devices.errors import DeviceError, DeviceStuck
from devices.health import Health, HealthState, health_after
from devices.registry import (
    build_call_pad,
    build_id_card,
    build_led_display,
    build_printer,
    build_rating_pad,
    build_scanner,
)
from devices.supervisor import Supervisor
from hall.errors import InputError

Say = Callable[[str], None]
PATIENCE_S = 30.0  # for all devices to be looked at once; an honest one takes a few seconds


def build_all(config: DevicesConfig, on_event: Callable[[object], None]) -> list[Device]:
    """Every device that the settings name, not yet open."""
    devices: list[Device] = []
    if config.id_card is not None:
        devices.append(build_id_card(config.id_card, on_event))
    if config.scanner is not None:
        devices.append(build_scanner(config.scanner, on_event, on_event))
    if config.printer is not None:
        devices.append(build_printer(config.printer))
    if config.rating_pad is not None:
        devices.append(build_rating_pad(config.rating_pad, on_event))
    if config.call_pad is not None:
        devices.append(build_call_pad(config.call_pad, on_event))
    if config.led_display is not None:
        devices.append(build_led_display(config.led_display))
    return devices


def check(config: DevicesConfig, say: Say, *, as_json: bool = False, patience_s: float = PATIENCE_S) -> bool:
    """Open every device once and say how it is, what it tells of itself included; whether all are online.

    A device whose driver does not come back is told as stuck and holds up no other.

    Raises:
        InputError: The settings name no device.
    """
    looks = [_Look(device) for device in _some(build_all(config, lambda _: None))]
    for look in looks:
        look.start()
    until = time.monotonic() + patience_s
    well = True
    for look in looks:
        look.join(max(0.0, until - time.monotonic()))
        say(row(look.health) if as_json else line(look.health))
        well = well and look.health.state is HealthState.ONLINE
    return well


class _Look(threading.Thread):
    """One look at one device, on a thread of its own."""

    def __init__(self, device: Device) -> None:
        super().__init__(name=f"look-{device.name}", daemon=True)
        self._device = device
        self.health = health_after(device.name, DeviceStuck("no end of opening"), wall_us())

    def run(self) -> None:
        try:
            self._device.open()
            self.health = self._device.health()
        except DeviceError as error:
            self.health = health_after(self._device.name, error, wall_us())
        finally:
            self._device.close()


def watch(config: DevicesConfig, say: Say, stop: threading.Event, *, as_json: bool = False) -> None:
    """Keep all devices alive and say every change and every event, until stopped. Events show no personal data.

    Raises:
        InputError: The settings name no device.
    """

    def event(happened: object) -> None:
        say(json.dumps({"event": repr(happened)}, ensure_ascii=False) if as_json else f"  {happened!r}")

    devices = _some(build_all(config, event))
    supervisor = Supervisor(devices, lambda health: say(row(health) if as_json else line(health)), random=Random())
    supervisor.start()
    stop.wait()
    stuck = supervisor.stop()
    if stuck and not as_json:
        say(f"没有停下来：{'、'.join(stuck)}")


def _some(devices: list[Device]) -> list[Device]:
    if not devices:
        raise InputError("设置里没有设备。请在 [devices] 下写上，如 [devices.id_card]，再写 port")
    return devices


def row(health: Health) -> str:
    """One device's health as a JSON object: device, state, words, problem, trouble, advice, paper, moments, details."""
    moments = {"since_us": health.since_us, "seen_us": health.seen_us or None}
    said = {
        name: getattr(health, name) for name in ("device", "state", "words", "problem", "trouble", "advice", "paper")
    }
    return json.dumps(said | moments | {"details": dict(health.details)}, ensure_ascii=False)


def line(health: Health) -> str:
    """One device's health as a line of a table."""
    worked = time.strftime("上次正常 %H:%M:%S", time.localtime(health.seen_us / 1_000_000)) if health.seen_us else ""
    seen = "" if health.state is HealthState.ONLINE else worked
    aside = "；".join(filter(None, (health.paper, health.problem, *map(" ".join, health.details), seen)))
    return f"{health.device:<12} {health.words}{f'（{aside}）' if aside else ''}"
