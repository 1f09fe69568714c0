"""Onbon 仰邦 BX-5K "font card" strips: frames, escapes, the command that shows a text at once, and its answer. Pure.

Sources: the vendor's protocol pages (doc.onbonbx.com), the vendor's engineer's analyser (strongercjd), a worked example
of an installer (deanled.cn), whose fields agree and whose checksum does not; ours is CRC-16/ARC as the analyser has it.
What the sources leave open is a setting in `Area`. Not tried on a real card.
"""

from dataclasses import dataclass

BEGIN, END = b"\xa5" * 8, b"\x5a"
LONGEST = 2048  # bytes of a frame; the card's own buffer is smaller
_ESCAPES = {0xA5: b"\xa6\x02", 0xA6: b"\xa6\x01", 0x5A: b"\x5b\x02", 0x5B: b"\x5b\x01"}
_UNESCAPES = {escape: bytes([plain]) for plain, escape in _ESCAPES.items()}
_ESCAPE_MARKS = (0xA6, 0x5B)
_HEADER = 14
_CRC = 2
SHOW = b"\xa3\x06"
ACK, NACK = b"\xa0\x00", b"\xa0\x01"


@dataclass(frozen=True, slots=True)
class Area:
    """The part of the screen that shows the text, and what the sources leave open.

    Attributes:
        screen: Address of the card.
        x, y, width, height: Of the area, in the card's own units (bytes of eight pixels or pixels, by generation).
        number: Of the dynamic area.
        run_mode: 0 keeps the text until the next one.
        timeout_s: For run modes that end by themselves.
        reserved: Between timeout and line mode: voice, number of extension bytes, alignment; 0 is none of them.
        single_line, wrap: 1 yes, 2 no.
        display_mode, exit_mode, speed, stay: How the text comes and goes.
        source, device_type, version: Of the header.
    """

    screen: int = 1
    x: int = 0
    y: int = 0
    width: int = 96
    height: int = 16
    number: int = 0
    run_mode: int = 0
    timeout_s: int = 2
    reserved: bytes = bytes(3)
    single_line: int = 1
    wrap: int = 2
    display_mode: int = 1
    exit_mode: int = 0
    speed: int = 4
    stay: int = 5
    line_gap: int = 0
    source: int = 0x8000
    device_type: int = 0xFE
    version: int = 0x02


def crc(data: bytes) -> int:
    """CRC-16/ARC: polynomial 8005 reflected, start 0."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


def escaped(data: bytes) -> bytes:
    """Without the bytes that begin and end a frame."""
    return b"".join(_ESCAPES.get(byte, bytes([byte])) for byte in data)


def unescaped(data: bytes) -> bytes | None:
    """The inverse; None when an escape is followed by what cannot follow it."""
    plain, at = b"", 0
    while at < len(data):
        if data[at] in _ESCAPE_MARKS:
            byte = _UNESCAPES.get(data[at : at + 2])
            if byte is None:
                return None
            plain, at = plain + byte, at + 2
        else:
            plain, at = plain + data[at : at + 1], at + 1
    return plain


def frame(data: bytes, area: Area) -> bytes:
    """One frame around the data of a command or an answer."""
    header = (
        area.screen.to_bytes(2, "little") + area.source.to_bytes(2, "little") + bytes(6)
        + bytes([area.device_type, area.version]) + len(data).to_bytes(2, "little")
    )  # fmt: skip
    return BEGIN + escaped(header + data + crc(header + data).to_bytes(2, "little")) + END


def show_command(text: str, area: Area) -> bytes:
    """The data of the command that shows a text at once in one area, in GB2312; what that lacks becomes `?`."""
    shown = text.encode("gb2312", "replace")
    place = b"".join(value.to_bytes(2, "little") for value in (area.x, area.y, area.width, area.height))
    manner = (area.single_line, area.wrap, area.display_mode, area.exit_mode, area.speed, area.stay)
    body = (
        b"\x00" + place + bytes([area.number, area.line_gap, area.run_mode]) + area.timeout_s.to_bytes(2, "little")
        + area.reserved + bytes(manner) + len(shown).to_bytes(4, "little") + shown
    )  # fmt: skip
    rest = b"\x00\x01" + len(body).to_bytes(2, "little") + body  # no area to delete, one to update
    return SHOW + b"\x01" + len(rest).to_bytes(2, "little") + rest


def shown_text(data: bytes, reserved: int = 3) -> str | None:
    """The text in the data of a show command; None when it is not one. For the twin."""
    at = 9 + 9 + 3 + 2 + reserved + 6
    length = int.from_bytes(data[at : at + 4], "little")
    if not data.startswith(SHOW) or len(data) != at + 4 + length:
        return None
    return data[at + 4 :].decode("gb2312", "replace")


class Deframer:
    """Finds frames in a stream fed piece by piece; whatever is no frame is skipped.

    Attributes:
        damaged: How many frames began rightly and then failed.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self.damaged = 0

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes in; returns the data of the frames they complete."""
        found = []
        for byte in data:
            if byte == BEGIN[0]:
                self._drop()  # it stands nowhere else: whatever was under way is cut off
            elif byte == END[0]:
                inside = unescaped(bytes(self._buffer[1:])) if self._buffer else None
                if inside is not None and _right(inside):
                    found.append(inside[_HEADER:-_CRC])
                    self._buffer.clear()
                elif self._buffer:
                    self.damaged += 1
                    self._buffer.clear()
                continue
            elif not self._buffer:
                continue  # nothing has begun
            self._buffer.append(byte)
            if len(self._buffer) > LONGEST:
                self._drop()
        return found

    def _drop(self) -> None:
        self.damaged += len(self._buffer) > 1
        self._buffer.clear()


def _right(inside: bytes) -> bool:
    body, told = inside[:-_CRC], int.from_bytes(inside[-_CRC:], "little")
    length = int.from_bytes(inside[_HEADER - 2 : _HEADER], "little")
    return len(body) == _HEADER + length and crc(body) == told
