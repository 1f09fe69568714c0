"""What a technician asks of the devices of a settings file: are they well, and what do they say right now."""

import threading
from collections.abc import Callable
from random import Random

from devices.clock import wall_us
from devices.config import DevicesConfig
from devices.device import Device
from devices.errors import DeviceError
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

Say = Callable[[str], None]


def build_all(config: DevicesConfig, on_event: Callable[[object], None]) -> list[Device]:
    """Every device that the settings name, not yet open."""
    devices: list[Device] = []
    if config.id_card is not None:
        devices.append(build_id_card(config.id_card, on_event))
    if config.scanner is not None:
        devices.append(build_scanner(config.scanner, on_event))
    if config.printer is not None:
        devices.append(build_printer(config.printer))
    if config.rating_pad is not None:
        devices.append(build_rating_pad(config.rating_pad, on_event))
    if config.call_pad is not None:
        devices.append(build_call_pad(config.call_pad, on_event))
    if config.led_display is not None:
        devices.append(build_led_display(config.led_display))
    return devices


def check(config: DevicesConfig, say: Say) -> bool:
    """Open every device once and say how it is; whether all are online."""
    well = True
    for device in build_all(config, lambda _: None):
        try:
            device.open()
            health = device.health()
        except DeviceError as error:
            health = health_after(device.name, error, wall_us())
        finally:
            device.close()
        say(line(health))
        well = well and health.state is HealthState.ONLINE
    return well


def watch(config: DevicesConfig, say: Say, stop: threading.Event) -> None:
    """Keep all devices alive and say every change and every event, until stopped. Events show no personal data."""
    devices = build_all(config, lambda event: say(f"  {event!r}"))
    supervisor = Supervisor(devices, lambda health: say(line(health)), random=Random())
    supervisor.start()
    stop.wait()
    supervisor.stop()


def line(health: Health) -> str:
    """One device's health as a line of a table."""
    aside = "；".join(filter(None, (health.problem, *map(" ".join, health.details))))
    return f"{health.device:<12} {health.words}{f'（{aside}）' if aside else ''}"
