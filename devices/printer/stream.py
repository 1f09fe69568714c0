"""What a printer hears: a stream of bytes cut into commands, whatever the borders of the packets.

The listening side, used by the twin and by the picture of a slip. It knows nothing of the encoder, so that the
two check each other. Lengths of parameters: ESC/POS manuals of common Chinese models.
"""

from dataclasses import dataclass

ESC, FS, GS, DLE = b"\x1b", b"\x1c", b"\x1d", b"\x10"
TEXT = b""  # the name of a stretch of characters
STATUS_REQUEST = DLE + b"\x04"
RECOVER_REQUEST = DLE + b"\x05"
RASTER = GS + b"v"
FUNCTION = GS + b"("
CUT = GS + b"V"
REAL_TIME = (STATUS_REQUEST, RECOVER_REQUEST)  # obeyed on arrival, ahead of everything that waits

_LEADS = frozenset(b"\x1b\x1c\x1d\x10")
_FEED_THEN_CUT = frozenset(b"AB")
_PARAMETERS = {
    **{ESC + bytes([letter]): 0 for letter in b"@2"},
    **{ESC + bytes([letter]): 1 for letter in b"!-3adEGJMRt {="},
    **{ESC + bytes([letter]): 2 for letter in b"B$\\c"},
    ESC + b"p": 3,
    **{FS + bytes([letter]): 0 for letter in b"&."},
    **{FS + bytes([letter]): 1 for letter in b"!-CW"},
    FS + b"S": 2,
    **{GS + bytes([letter]): 1 for letter in b"!BHafhrw"},
    **{GS + bytes([letter]): 2 for letter in b"LPW"},
    STATUS_REQUEST: 1,
    RECOVER_REQUEST: 1,
}


@dataclass(frozen=True, slots=True)
class Command:
    """One command or stretch of characters.

    Attributes:
        name: The first two bytes, one byte for a control such as line feed, TEXT for characters.
        parameters: What follows the name; for TEXT the characters themselves.
    """

    name: bytes
    parameters: bytes = b""

    @property
    def raw(self) -> bytes:
        """The bytes as they came."""
        return self.name + self.parameters


class CommandStream:
    """Cuts what arrives into commands; keeps an unfinished one until the rest comes."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> list[Command]:
        """Take the next bytes; returns the commands they complete."""
        self._held += data
        found: list[Command] = []
        at = 0
        while (command := _next(self._held, at)) is not None:
            found.append(command)
            at += len(command.raw)
        del self._held[:at]
        return found

    def clear(self) -> None:
        """Forget an unfinished command."""
        self._held.clear()


def _next(data: bytearray, at: int) -> Command | None:
    """The command that begins at an offset, None while it is incomplete."""
    if at >= len(data):
        return None
    if data[at] < 0x20 and data[at] not in _LEADS:
        return Command(bytes(data[at : at + 1]))
    if data[at] >= 0x20:
        end = at + 1
        while end < len(data) and data[end] >= 0x20:
            end += 1
        return Command(TEXT, bytes(data[at:end]))
    length = _length(data, at)
    if length is None or at + length > len(data):
        return None
    return Command(bytes(data[at : at + 2]), bytes(data[at + 2 : at + length]))


def _length(data: bytearray, at: int) -> int | None:
    """Bytes of the command with its name, None while its head is incomplete; an unknown one is its name alone."""
    name, head = bytes(data[at : at + 2]), data[at + 2 : at + 8]
    if len(name) < 2:
        return None
    if name == CUT:
        return None if not head else 4 if head[0] in _FEED_THEN_CUT else 3
    if name == RASTER:
        return None if len(head) < 6 else 8 + _word(head, 2) * _word(head, 4)
    if name == FUNCTION:
        return None if len(head) < 3 else 5 + _word(head, 1)
    return 2 + _PARAMETERS.get(name, 0)


def _word(data: bytearray, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")
