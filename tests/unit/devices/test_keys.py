"""The language of frames: the published frame byte for byte, mistakes in words, and any bytes at all on the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.call_pad import samples as call_pad
from devices.keys.template import Finder, Template
from devices.rating_pad import samples as rating_pad
from tests.support.golden import vectors

LONGEST_FRAME = 300
PUBLISHED = "FF 68 len len 68 [ address {command} data ] sum8 16"
FRAMES = [
    call_pad.KEY_FRAME,
    call_pad.SHOW_FRAME,
    rating_pad.KEY_FRAME,
    "02 data:3 xor8 03",
    "AA [ len address data ] xor8",
    "data:2 0D 0A",
    "7E len 01 [ data ] sum8 7E",
]


@pytest.mark.parametrize(("fields", "frame"), vectors("call_pad/frames.txt").items())
def test_the_published_frame_is_built_and_found(fields: str, frame: bytes) -> None:
    address, command, *data = bytes.fromhex(fields)
    template = Template.parse(PUBLISHED.format(command=f"{command:02X}"))
    assert template.build(bytes(data), address=address) == frame
    assert Finder(template, address).feed(frame) == [bytes(data)]
    assert Finder(template, address ^ 1).feed(frame) == []  # another pad of the same line


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "不能为空"),
        ("FF xx", "xx"),
        ("data data", "data"),
        ("[ FF data:1", "成对"),
        ("] FF [", "成对"),
        ("sum8 [ data:1 ]", "之后"),
        ("data:1 sum8 xor8", "校验"),
        ("data:0", "data:0"),
    ],
)
def test_a_wrong_template_is_explained(text: str, word: str) -> None:
    with pytest.raises(ValueError, match=word):
        Template.parse(text)


def test_a_frame_that_cannot_be_found_or_filled_is_refused() -> None:
    for text in ("FF data", "data 0D", "len [ FF ] data", "data len"):
        with pytest.raises(ValueError, match="字节数"):
            Finder(Template.parse(text))
    with pytest.raises(ValueError, match="255"):
        Template.parse("len [ data ]").build(bytes(256))
    with pytest.raises(ValueError, match="2 字节"):
        Template.parse("data:2").build(b"1")


def test_a_key_is_found_after_noise_and_after_a_frame_cut_off() -> None:
    template = Template.parse(call_pad.KEY_FRAME)
    frame = template.build(b"\x07", address=1)
    damaged = frame[:7] + bytes([frame[7] ^ 0x10]) + frame[8:]
    for noise in (b"\x00\xff\x68", b"\xff" * 5, frame[:-1], damaged, frame[:4] * 3, b"\x68\x16"):
        finder = Finder(template, 1)
        assert finder.feed(noise + frame) == [b"\x07"], noise
        assert finder.stray == 0


def test_a_false_length_holds_the_line_only_until_it_is_silent() -> None:
    template = Template.parse("FF 68 len len 68 [ address 01 data ] sum8 16")
    frame = template.build(b"\x07", address=1)
    finder = Finder(template, 1)
    assert finder.feed(b"\xff\x68\xf0\xf0\x68\x01\x01" + frame) == []
    assert finder.pause() == [b"\x07"]


@pytest.mark.parametrize("text", FRAMES)
@given(noise=st.lists(st.binary(max_size=40), max_size=8), data=st.data())
def test_any_bytes_are_keys_or_nothing_and_the_line_is_free_again(
    text: str, noise: list[bytes], data: st.DataObject
) -> None:
    template = Template.parse(text)
    finder = Finder(template, 1)
    for piece in noise:
        finder.feed(piece)
    finder.pause()
    assert not finder.unfinished
    size = template.data_size
    value = data.draw(st.binary(min_size=size or 1, max_size=size or 20))
    frame = template.build(value, address=1)
    cut = data.draw(st.integers(0, len(frame)))
    assert [*finder.feed(frame[:cut]), *finder.feed(frame[cut:])] == [value]


def test_heartbeats_and_answers_are_passed_over_and_are_no_noise() -> None:
    heartbeat = Template.parse("FF 68 len len 68 [ address 03 data ] sum8 16")
    key = Template.parse(call_pad.KEY_FRAME)
    finder = Finder(key, 1, [heartbeat])
    stream = heartbeat.build(b"\x01\x02", address=1) + key.build(b"\x07", address=1) + heartbeat.build(address=1)
    assert [code for byte in stream for code in finder.feed(bytes([byte]))] == [b"\x07"]
    assert finder.stray == 0
    assert finder.feed(b"\x00" + heartbeat.build(address=2)) == []
    assert finder.stray > 0
    with pytest.raises(ValueError, match="字节数"):
        Finder(key, 1, [Template.parse("AA data")])
