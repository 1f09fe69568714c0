"""What every scanner promises, whatever its make: a device that tells of codes."""

from dataclasses import dataclass
from typing import Protocol

from devices.device import Device


@dataclass(frozen=True, slots=True, repr=False)
class Scan:
    """One code that somebody held before the scanner. It may be anybody's anything: it is never printed, never opened.

    Attributes:
        text: Decoded, without control characters.
        raw: The bytes of the symbol as the scanner sent them.
        symbology: Such as `QR` when the scanner says so, else None.
        uncertain: The bytes are in no encoding that Chinese codes use; the text is a mere guess.
    """

    text: str
    raw: bytes
    symbology: str | None = None
    uncertain: bool = False

    def __repr__(self) -> str:
        return f"Scan({len(self.text)} characters, {self.symbology or 'unknown symbology'})"


class Scanner(Device, Protocol):
    """A device whose `on_event` callback receives `Scan`s, on the device's own thread."""
