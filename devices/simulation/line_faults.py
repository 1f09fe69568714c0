"""What can befall the bytes that a twin sends, one trouble at a time."""

from collections.abc import Mapping
from typing import Any

from devices.errors import ActRefused
from devices.simulation.faults import FaultAct, Faults

STRAY = bytes.fromhex("00 AA 96 69 FF")
SPLIT_S = 0.05  # between the two parts of a split write

KINDS: Mapping[str, str] = {
    "silence": "不回答",
    "flipped_bit": "一位出错",
    "truncated": "只到一半",
    "stray_bytes": "前面多出杂字节",
    "split_writes": "分两次到达",
}

NAMED: Faults = {kind: FaultAct(words, "fault", {"kind": kind}, counted=True) for kind, words in KINDS.items()}
"""For the `faults` of a twin whose act `fault` takes them."""


class LineFaults:
    """Spoils so many sendings as was arranged, then lets them pass again."""

    def __init__(self) -> None:
        self._kind = ""
        self._left: int | None = 0

    def arrange(self, *, kind: str, count: int | None = 1) -> dict[str, Any]:
        """The next trouble; replaces the present one.

        Args:
            kind: One of KINDS.
            count: How many sendings it spoils; None until `clear`.

        Raises:
            ActRefused: No such trouble.
        """
        if kind not in KINDS:
            raise ActRefused(f"没有故障 {kind}；可用的有：{'、'.join(KINDS)}")
        self._kind, self._left = kind, count
        return {}

    def clear(self) -> dict[str, Any]:
        """All is well again."""
        self._left = 0
        return {}

    def spoil(self, data: bytes) -> tuple[bytes, ...]:
        """What is left of a sending on the line: parts, with SPLIT_S between them; none for silence."""
        if self._left == 0:
            return (data,)
        if self._left is not None:
            self._left -= 1
        return spoilt(self._kind, data)


def spoilt(kind: str, data: bytes) -> tuple[bytes, ...]:
    """The parts of `data` that arrive under a trouble of KINDS."""
    middle = len(data) // 2
    match kind:
        case "silence":
            return ()
        case "truncated":
            return (data[:middle],)
        case "stray_bytes":
            return (STRAY + data,)
        case "split_writes":
            return (data[:middle], data[middle:])
    return (data[:middle] + bytes([data[middle] ^ 0x10]) + data[middle + 1 :],)
