"""The small language in which settings describe the frames of pads that have no common protocol. Pure.

A template is words between spaces:

    FF        that byte, in two hexadecimal digits; the command words of a vendor's document are written so
    address   one byte: the address of the device in the settings
    len       one byte: how many bytes the body has; a frame may repeat it
    data      the key code, or the text to show: as many bytes as `len` leaves; `data:2` is exactly two bytes
    [ ]       around the body, which `len` counts and the checksum covers; without them: all before the checksum
    sum8      one byte: the sum of the body's bytes, modulo 256
    xor8      one byte: all bytes of the body, XORed

The published 21-key frame (21 键点阵液晶呼叫器通讯协议) `FF 68 | L | L | 68 | address | command | data | checksum | 16`
with the command 01 reads `FF 68 len len 68 [ address 01 data ] sum8 16`. A pad that sends one byte for each key has
the template `data:1`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import xor
from typing import Self

_BYTE = re.compile(r"[0-9A-Fa-f]{2}")
_SIZED = re.compile(r"data:([1-9]\d?)")
CHECKSUMS = ("sum8", "xor8")
_LONGEST_BODY = 255


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed template; `parse` makes one."""

    words: tuple[str, ...]  # `data` without its size
    body: range  # of the words
    data_size: int | None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a template.

        Raises:
            ValueError: Not a template; the message says in Chinese what is wrong.
        """
        words: list[str] = []
        marks: list[tuple[str, int]] = []
        size, datas = None, 0
        for word in text.split():
            if word in ("[", "]"):
                marks.append((word, len(words)))
                continue
            if sized := _SIZED.fullmatch(word):
                size, word = int(sized[1]), "data"
            elif not (word in ("address", "len", "data", *CHECKSUMS) or _BYTE.fullmatch(word)):
                raise ValueError(f"帧模板里的 {word} 不认识；可写两位十六进制数、address、len、data、[、]、sum8、xor8")
            datas += word == "data"
            words.append(word)
        checks = [place for place, word in enumerate(words) if word in CHECKSUMS]
        if not words or datas > 1 or len(checks) > 1:
            raise ValueError("帧模板不能为空，data 和校验各只能有一个")
        begin, end = 0, checks[0] if checks else len(words)
        if marks:
            if [mark for mark, _ in marks] != ["[", "]"]:
                raise ValueError("帧模板的 [ 和 ] 应成对出现一次")
            begin, end = marks[0][1], marks[1][1]
        if checks and checks[0] < end:
            raise ValueError("帧模板的校验应在它所校验的内容之后")
        return cls(tuple(words), range(begin, end), size)

    @property
    def findable(self) -> bool:
        """Whether frames can be told apart in a stream: the data's size is fixed, or a `len` before it tells."""
        if "data" not in self.words or self.data_size is not None:
            return True
        place = self.words.index("data")
        return place in self.body and "len" in self.words[:place]

    def build(self, data: bytes = b"", *, address: int = 0) -> bytes:
        """The frame around `data`.

        Raises:
            ValueError: The data does not fit into this frame.
        """
        if "data" in self.words and self.data_size not in (None, len(data)):
            raise ValueError(f"帧模板的数据应为 {self.data_size} 字节")
        length = self._fixed_body() + (len(data) if self._data_in_body() else 0)
        if length > _LONGEST_BODY and "len" in self.words:
            raise ValueError(f"帧模板的内容最多 {_LONGEST_BODY} 字节")
        frame = b""
        begin = end = 0
        for place, word in enumerate(self.words):
            begin = len(frame) if place == self.body.start else begin
            frame += self._bytes_of(word, data, address, length, frame[begin:end])
            end = len(frame) if place in self.body else end
        return frame

    def match(self, stream: bytes | bytearray, address: int) -> tuple[int, bytes] | None:
        """The frame at the very beginning of a stream: its length and its data; None when none is there.

        Raises:
            EOFError: One may have begun there: more bytes are needed.
        """
        size = self.data_size if self.data_size is not None else None if "len" in self.words else 0
        place_in_stream = begin = end = 0
        data = b""
        for place, word in enumerate(self.words):
            begin = place_in_stream if place == self.body.start else begin
            need = (size or 0) if word == "data" else 1
            if place_in_stream + need > len(stream):
                raise EOFError
            found = bytes(stream[place_in_stream : place_in_stream + need])
            if word == "data":
                data = found
            elif word == "len":
                told = found[0] - self._fixed_body()
                known = size if self._data_in_body() else 0
                if told < 0 or known not in (None, told):
                    return None
                size = told if self._data_in_body() else size
            elif found != self._bytes_of(word, b"", address, 0, bytes(stream[begin:end])):
                return None
            place_in_stream += need
            end = place_in_stream if place in self.body else end
        return place_in_stream, data

    def _data_in_body(self) -> bool:
        return "data" in self.words[self.body.start : self.body.stop]

    def _fixed_body(self) -> int:
        return sum(word != "data" for word in self.words[self.body.start : self.body.stop])

    @staticmethod
    def _bytes_of(word: str, data: bytes, address: int, length: int, body: bytes) -> bytes:
        match word:
            case "data":
                return data
            case "address":
                return bytes([address])
            case "len":
                return bytes([length])
            case "sum8":
                return bytes([sum(body) % 256])
            case "xor8":
                return bytes([reduce(xor, body, 0)])
        return bytes.fromhex(word)


class Finder:
    """Finds frames of one template in a stream fed piece by piece; whatever is no frame is skipped.

    Args:
        template: A findable one.
        address: Of the device; frames of others are no frames here.
        others: What the device also sends, heartbeats and answers: passed over, and no noise.

    Attributes:
        stray: How many bytes were skipped since the last frame.
    """

    def __init__(self, template: Template, address: int = 0, others: Sequence[Template] = ()) -> None:
        self._template = template
        self._templates = (template, *others)
        if not all(each.findable for each in self._templates):
            raise ValueError("接收用的帧模板，data 要写明字节数（如 data:1），或在它前面有 len")
        self._address = address
        self._buffer = bytearray()
        self.stray = 0

    @property
    def unfinished(self) -> bool:
        """Whether a frame may have begun."""
        return bool(self._buffer)

    def feed(self, data: bytes) -> list[bytes]:
        """Take bytes in; returns the data of the frames they complete."""
        self._buffer += data
        found = []
        while self._buffer:
            try:
                match = self._first_match()
            except EOFError:
                break
            if match is None:
                self._skip()
                continue
            template, length, value = match
            del self._buffer[:length]
            self.stray = 0
            if template is self._template:
                found.append(value)
        return found

    def _first_match(self) -> tuple[Template, int, bytes] | None:
        begun = False
        for template in self._templates:
            try:
                match = template.match(self._buffer, self._address)
            except EOFError:
                begun = True
                continue
            if match is not None:
                return template, *match
        if begun:
            raise EOFError
        return None

    def pause(self) -> list[bytes]:
        """The line has been silent for long: what has begun does not end any more; a frame may hide behind it."""
        found = []
        while self._buffer:
            self._skip()
            found += self.feed(b"")
        return found

    def _skip(self) -> None:
        del self._buffer[0]
        self.stray += 1
