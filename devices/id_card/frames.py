"""Frames of the SDT / SAM serial protocol, both directions: pack, and unpack a stream that may hold noise.

`AA AA AA 96 69 | length (2, big-endian) | payload | XOR`, where the length counts payload and XOR byte, and the XOR
runs over length and payload. After GA/T 467 as reprinted by vendors of SAM_V and SAM_A readers.
"""

from functools import reduce
from operator import xor

PREAMBLE = bytes.fromhex("AA AA AA 96 69")
LONGEST = 4096  # of the length field; the longest true answer is 2314
_RUN, _MARK = b"\xaa\xaa\xaa", b"\x96\x69"
_HEADER = len(PREAMBLE) + 2


def frame(payload: bytes) -> bytes:
    """One frame around a payload."""
    body = (len(payload) + 1).to_bytes(2, "big") + payload
    return PREAMBLE + body + bytes([checksum(body)])


def checksum(body: bytes) -> int:
    """XOR of all bytes from the length field on."""
    return reduce(xor, body, 0)


class Deframer:
    """Finds frames in a stream fed piece by piece; whatever is no frame is skipped.

    Args:
        least: The smallest length field that makes sense: 3 for requests, 4 for answers.

    Attributes:
        damaged: How many frames began rightly and then failed (length or XOR).
    """

    def __init__(self, least: int) -> None:
        self._least = least
        self._buffer = bytearray()
        self.damaged = 0

    @property
    def missing(self) -> int:
        """How many more bytes the present frame needs at least; what a reader should wait for."""
        start = self._start()
        length = len(self._buffer) - start
        if length < _HEADER:
            return _HEADER - length
        return _HEADER + self._length(start) - length

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes in; returns the payloads of the frames they complete."""
        self._buffer += data
        payloads = []
        while (start := self._start()) + _HEADER <= len(self._buffer):
            length = self._length(start)
            end = start + _HEADER + length
            if self._least <= length <= LONGEST:
                if len(self._buffer) < end:
                    break
                body = bytes(self._buffer[start + len(PREAMBLE) : end - 1])
                if checksum(body) == self._buffer[end - 1]:
                    payloads.append(body[2:])
                    del self._buffer[:end]
                    continue
            self.damaged += 1
            del self._buffer[: start + len(PREAMBLE)]  # the true frame may begin inside the damaged one
        del self._buffer[: self._start()]
        return payloads

    def _length(self, start: int) -> int:
        return int.from_bytes(self._buffer[start + len(PREAMBLE) : start + _HEADER], "big")

    def _start(self) -> int:
        """Where the first whole or beginning preamble is; the buffer's end when there is none."""
        mark = self._buffer.find(_RUN + _MARK)
        if mark >= 0:
            return mark
        for kept in range(min(len(PREAMBLE) - 1, len(self._buffer)), 0, -1):
            if PREAMBLE.startswith(self._buffer[-kept:]):
                return len(self._buffer) - kept
        return len(self._buffer)
