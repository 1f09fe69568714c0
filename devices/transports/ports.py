"""Which serial ports this machine has, with the names that stay the same at every plug."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from serial.tools.list_ports import comports

_STABLE = ("/dev/onewindow", "/dev/serial/by-id", "/dev/serial/by-path")


@dataclass(frozen=True, slots=True)
class PortFound:
    """One serial port.

    Attributes:
        port: Its present name, such as `/dev/ttyUSB0`.
        words: What the adapter calls itself.
        usb: Vendor and product, such as `1a86:7523`; None when it is not on USB.
        usb_path: The socket it stands in, such as `1-1.2`.
        usb_serial: The adapter's serial number, if it has one.
        stable: Names that stay, the best first.
    """

    port: str
    words: str
    usb: str | None
    usb_path: str | None
    usb_serial: str | None
    stable: tuple[str, ...]


def ports_found(folders: Sequence[str] = _STABLE) -> list[PortFound]:
    """All serial ports present, in the order of their names; stable names are looked for in `folders`."""
    names = _stable_names(folders)
    found = []
    for info in sorted(comports(), key=lambda info: str(info.device)):
        usb = f"{info.vid:04x}:{info.pid:04x}" if info.vid is not None and info.pid is not None else None
        path = str(info.location).partition(":")[0] if info.location else None
        words = info.product or (info.description if info.description not in (None, "n/a") else "")
        stable = tuple(names.get(Path(info.device).resolve(), ()))
        found.append(PortFound(info.device, words or "", usb, path if usb else None, info.serial_number, stable))
    return found


def _stable_names(folders: Sequence[str]) -> dict[Path, list[str]]:
    names: dict[Path, list[str]] = {}
    for folder in map(Path, folders):
        for link in sorted(folder.iterdir()) if folder.is_dir() else ():
            names.setdefault(link.resolve(), []).append(str(link))
    return names
