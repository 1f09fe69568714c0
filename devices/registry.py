"""Which devices exist: kind → how its twin is built. The one place where kinds are wired."""

import importlib

from devices.simulation.simulator import Simulator
from hall.errors import InputError

TWINS: dict[str, str] = {
    "id_card": "devices.id_card.simulator:IdCardSimulator",
    "scanner": "devices.scanner.simulator:ScannerSimulator",
    "printer": "devices.printer.simulator:PrinterSimulator",
}


def twin_class(kind: str) -> type[Simulator]:
    """The simulator class of a kind, imported only when asked for.

    Raises:
        InputError: No such kind.
    """
    if kind not in TWINS:
        raise InputError(f"没有 {kind} 的设备模拟器；可用的有：{'、'.join(TWINS)}")
    module, _, name = TWINS[kind].partition(":")
    found: type[Simulator] = getattr(importlib.import_module(module), name)
    return found
