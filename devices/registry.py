"""Which devices exist: kind → driver → how it is built, and kind → its twin. The one place where kinds are wired."""

import importlib
from collections.abc import Callable, Mapping

from devices.call_pad.build import DRIVERS as CALL_PAD_DRIVERS
from devices.call_pad.build import build_call_pad
from devices.config import EscposConfig, IdCardConfig, ScannerConfig
from devices.id_card import CardEvent, IdCardReader
from devices.id_card.drivers.sdt import RATES, SdtReader
from devices.led_display.build import DRIVERS as LED_DISPLAY_DRIVERS
from devices.led_display.build import build_led_display
from devices.printer.build import build_printer as _escpos
from devices.printer.printer import Printer
from devices.rating_pad.build import DRIVERS as RATING_PAD_DRIVERS
from devices.rating_pad.build import build_rating_pad
from devices.scanner import Mrz, Scan, Scanner
from devices.scanner.serial_scanner import SerialScanner
from devices.simulation.simulator import Simulator
from devices.transports import SerialTransport
from hall.errors import InputError

__all__ = [
    "DRIVERS",
    "TWINS",
    "build_call_pad",
    "build_id_card",
    "build_led_display",
    "build_printer",
    "build_rating_pad",
    "build_scanner",
    "twin_class",
]

OnDocument = Callable[[Mrz], None] | None


def _sdt(config: IdCardConfig, on_event: Callable[[CardEvent], None]) -> IdCardReader:
    rates = RATES if config.baud == "auto" else (config.baud,)
    return SdtReader({rate: SerialTransport(config.port, rate) for rate in rates}, on_event, name=config.name)


def _serial(config: ScannerConfig, on_event: Callable[[Scan], None], _: OnDocument) -> Scanner:
    return SerialScanner(SerialTransport(config.port, config.baud), on_event, name=config.name)


def _camera(config: ScannerConfig, on_event: Callable[[Scan], None], on_document: OnDocument) -> Scanner:
    from devices.scanner.camera_scanner import CameraScanner  # image libraries take half a second to load
    from devices.scanner.frames import Frames

    wanted = on_document if config.documents else None
    return CameraScanner(Frames(config.port, config.fps), on_event, on_document=wanted, name=config.name)


ID_CARD_DRIVERS: Mapping[str, Callable[[IdCardConfig, Callable[[CardEvent], None]], IdCardReader]] = {"sdt": _sdt}
SCANNER_DRIVERS: Mapping[str, Callable[[ScannerConfig, Callable[[Scan], None], OnDocument], Scanner]] = {
    "serial": _serial,
    "camera": _camera,
}
PRINTER_DRIVERS: Mapping[str, Callable[[EscposConfig], Printer]] = {"escpos": _escpos}

DRIVERS: Mapping[str, Mapping[str, Callable[..., object]]] = {
    "id_card": ID_CARD_DRIVERS,
    "scanner": SCANNER_DRIVERS,
    "printer": PRINTER_DRIVERS,
    "rating_pad": RATING_PAD_DRIVERS,
    "call_pad": CALL_PAD_DRIVERS,
    "led_display": LED_DISPLAY_DRIVERS,
}

# Twins are imported only when asked for: they need pseudo-terminals, which not every platform has.
TWINS: Mapping[str, str] = {
    "id_card": "devices.id_card.simulator:IdCardSimulator",
    "scanner": "devices.scanner.simulator:ScannerSimulator",
    "camera": "devices.scanner.camera_simulator:CameraSimulator",
    "printer": "devices.printer.simulator:PrinterSimulator",
    "rating_pad": "devices.rating_pad.simulator:RatingPadSimulator",
    "call_pad": "devices.call_pad.simulator:CallPadSimulator",
    "led_display": "devices.led_display.simulator:LedDisplaySimulator",
    "keyboard": "devices.keys.keyboard_twin:KeyboardTwin",
}


def build_id_card(config: IdCardConfig, on_event: Callable[[CardEvent], None]) -> IdCardReader:
    """The ID-card reader of the settings, not yet open; `on_event` runs on the device's thread."""
    return ID_CARD_DRIVERS[config.driver](config, on_event)


def build_scanner(config: ScannerConfig, on_event: Callable[[Scan], None], on_document: OnDocument = None) -> Scanner:
    """The scanner of the settings, not yet open.

    Args:
        config: What and where it is.
        on_event: Told every scan, on the device's thread.
        on_document: Told what a camera reads in passports, if the settings want that; on the same thread.
    """
    return SCANNER_DRIVERS[config.driver](config, on_event, on_document)


def build_printer(config: EscposConfig) -> Printer:
    """The ticket printer of the settings, not yet open."""
    return PRINTER_DRIVERS[config.driver](config)


def twin_class(kind: str) -> type[Simulator]:
    """The simulator class of a kind.

    Raises:
        InputError: No such kind.
    """
    if kind not in TWINS:
        raise InputError(f"没有 {kind} 的设备模拟器；可用的有：{'、'.join(TWINS)}")
    module, _, name = TWINS[kind].partition(":")
    found: type[Simulator] = getattr(importlib.import_module(module), name)
    return found
