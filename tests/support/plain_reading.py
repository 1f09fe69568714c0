"""Slip bytes read by a few lines that share nothing with the product: GB18030 as Python has it, pictures dot for dot.

Knows only the commands our slips may hold; anything else, such as a control byte that came in by a name, is an error.
"""

from dataclasses import dataclass

from PIL import Image

_LENGTHS = {b"\x1b@": 2, b"\x1c&": 2, b"\x1ba": 3, b"\x1b3": 3, b"\x1d!": 3, b"\x1bE": 3, b"\x1bJ": 3, b"\x1dV": 4}


@dataclass(frozen=True)
class Drawn:
    """A picture on the paper, 1 is black."""

    picture: Image.Image


def read_plainly(data: bytes) -> list[str | Drawn]:
    """Lines of type and pictures from top to bottom.

    Raises:
        AssertionError: A byte or command that has no place on a slip.
    """
    found: list[str | Drawn] = []
    line, at = b"", 0
    while at < len(data):
        command = data[at : at + 2]
        if data[at] >= 0x20:
            # A double byte's second half may be anything from 40 up, never a control byte.
            line += data[at : at + 1]
            at += 1
        elif data[at] == 0x0A:
            found.append(line.decode("gb18030"))
            line, at = b"", at + 1
        elif command == b"\x1dv":
            across, down = (int.from_bytes(data[at + place : at + place + 2], "little") for place in (4, 6))
            dots = data[at + 8 : at + 8 + across * down]
            found.append(Drawn(Image.frombytes("1", (across * 8, down), dots)))
            at += 8 + across * down
        else:
            assert command in _LENGTHS, f"no command of a slip: {data[at : at + 4].hex(' ')}"
            at += _LENGTHS[command]
    assert not line, "text after the last line"
    return found
