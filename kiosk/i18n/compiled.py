"""A dictionary as Qt's compiled translation, so that Qt looks words up by itself on any of its threads.

A translator written in Python would do the same until Qt's loader thread asks it for a word while the screen's thread
waits for the loader with Python's lock in its hand: then the program stands still for ever.

Layout after Qt's qtranslator.cpp: a magic, then blocks (tag, length, content): 0x42 pairs of (hash of the source text,
place of its message) in order of hash; 0x69 messages, each tag 3, length, UTF-16BE, tag 1. All integers big-endian.
"""

import struct
from collections.abc import Mapping

_MAGIC = bytes.fromhex("3cb86418caef9c95cd211cbf60a1bddd")
_HASHES, _MESSAGES = 0x42, 0x69
_TRANSLATION, _END = 0x03, 0x01


def compiled(words: Mapping[str, str]) -> bytes:
    """The dictionary in the form of a .qm file, valid in every context."""
    messages = b""
    places: list[tuple[int, int]] = []
    for source, target in words.items():
        text = target.encode("utf-16-be")
        places.append((elf_hash(source.encode()), len(messages)))
        messages += struct.pack(">BI", _TRANSLATION, len(text)) + text + bytes([_END])
    hashes = b"".join(struct.pack(">II", *place) for place in sorted(places))
    return _MAGIC + _block(_HASHES, hashes) + _block(_MESSAGES, messages)


def elf_hash(text: bytes) -> int:
    """The hash of the System V object format, by which Qt finds a word; never 0."""
    value = 0
    for byte in text:
        value = (value << 4) + byte
        high = value & 0xF0000000
        value = (value ^ (high >> 24)) & ~high & 0xFFFFFFFF
    return value or 1


def _block(tag: int, content: bytes) -> bytes:
    return struct.pack(">BI", tag, len(content)) + content
