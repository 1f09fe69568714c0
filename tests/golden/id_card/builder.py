"""Answers and cards put together from the published tables by hand; imports nothing of the code that it judges."""

from collections.abc import Sequence

TEXT, PHOTO = 256, 1024


def answer(status: int, data: bytes = b"") -> bytes:
    """`AA AA AA 96 69 | LEN | 00 00 SW3 | data | XOR from LEN on`; LEN counts all that follows it."""
    length = 3 + len(data) + 1
    counted = bytes([length // 256, length % 256, 0, 0, status]) + data
    check = 0
    for byte in counted:
        check ^= byte
    return b"\xaa\xaa\xaa\x96\x69" + counted + bytes([check])


def read_answer(text: bytes, fingerprint: int | None = None) -> bytes:
    """The answer to 30 01, or with a fingerprint length (0, 512, 1024) to 30 10; the photo is no photo."""
    lengths = b"\x01\x00\x04\x00"
    if fingerprint is not None:
        lengths += bytes([fingerprint // 256, fingerprint % 256])
    photo = bytes(number * 7 % 251 for number in range(PHOTO))
    return answer(0x90, lengths + text + photo + b"\x46" * (fingerprint or 0))


def card(fields: Sequence[tuple[int, int, str]]) -> bytes:
    """A text block from fields as (byte offset, length in bytes, text); the rest is U+0020."""
    block = bytearray(b"\x20\x00" * (TEXT // 2))
    for offset, length, value in fields:
        written = value.encode("utf-16-le")
        assert len(written) <= length, value
        block[offset : offset + len(written)] = written
    return bytes(block)
