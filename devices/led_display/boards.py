"""Number boards on RS-485 that show digits only and never answer: two documented ways to say a value. Pure.

Sources: vendors' pages. Sunpn 讯鹏 `3A | colour | value (2, low byte first) | 01 | sum | 0A`, with the example
`3A 00 78 03 01 B6 0A` for 888; a four-byte board `number of the board | value (2, high byte first) | sum`, with
the example `05 03 E7 EF` for 999 on board 5. Both sums are of all bytes before, modulo 256.
"""

LARGEST = 0xFFFF


def sunpn_frame(value: int, *, colour: int = 0) -> bytes:
    """The frame that shows a value of 0 to LARGEST. What other colours than 0 mean is the board's matter."""
    body = bytes([0x3A, colour]) + value.to_bytes(2, "little") + b"\x01"
    return body + bytes([sum(body) % 256]) + b"\n"


def number_board_frame(value: int, *, board: int) -> bytes:
    """The frame that shows a value of 0 to LARGEST on one board of the line."""
    body = bytes([board]) + value.to_bytes(2, "big")
    return body + bytes([sum(body) % 256])
