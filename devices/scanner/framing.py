"""From the bytes of a serial scanner to the bytes of single codes. Pure.

Scanners end a code with CR, LF, CR LF or with nothing but a pause, as they were configured.
"""

LONGEST = 4096  # bytes; the largest QR code holds 2953
_ENDS = b"\r\n"
# What engines of the GM65 family answer to a command; it comes in the same stream, before the next code.
_ACKNOWLEDGEMENT = bytes.fromhex("02 00 00 01 00 33 31")


class Framer:
    """Cuts a stream, fed piece by piece, into codes.

    Attributes:
        too_long: How many codes were thrown away because no code is that long.
        suffix_seen: Whether this scanner ends codes with a suffix: a pause then means little.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._overflowing = False
        self.too_long = 0
        self.suffix_seen = False

    @property
    def unfinished(self) -> bool:
        """Whether a code has begun and not ended."""
        return bool(self._buffer) or self._overflowing

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes in; returns the codes they complete."""
        codes = []
        for byte in data:
            if byte in _ENDS:
                self.suffix_seen = True
                codes += self.pause()
            elif len(self._buffer) >= LONGEST:
                self._overflowing = True
            else:
                self._buffer.append(byte)
        return codes

    def pause(self) -> list[bytes]:
        """The line has been silent: what is there is a whole code."""
        code = bytes(self._buffer)
        while code.startswith(_ACKNOWLEDGEMENT):  # only here: inside a code the same bytes are the code's own
            code = code.removeprefix(_ACKNOWLEDGEMENT)
        self._buffer.clear()
        if self._overflowing:
            self._overflowing = False
            self.too_long += 1
            return []
        return [code] if code else []
