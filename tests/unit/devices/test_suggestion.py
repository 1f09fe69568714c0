"""A pad without a manual: the frame is read off what its keys send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.call_pad import samples as call_pad
from devices.keys.suggestion import suggested
from devices.keys.template import Finder, Template


@pytest.mark.parametrize(
    ("frame", "suggestion"),
    [
        (call_pad.KEY_FRAME, "FF 68 03 03 68 [ 01 01 data:1 ] sum8 16"),
        ("data:1", "data:1"),
        ("data:1 0D", "data:1 0D"),
        ("02 31 data:1 03", "02 31 data:1 03"),
        ("AA 55 data:1 xor8", "[ AA 55 data:1 ] xor8"),
        ("AA 55 [ 07 data:1 ] sum8 0D", "AA 55 [ 07 data:1 ] sum8 0D"),
    ],
)
def test_the_frame_of_a_pad_is_read_off_its_keys(frame: str, suggestion: str) -> None:
    codes = [bytes([code]) for code in range(1, 22)]
    bursts = [Template.parse(frame).build(code, address=1) for code in codes]
    assert suggested(bursts) == (suggestion, codes)


def test_a_checksum_of_another_kind_becomes_part_of_the_code() -> None:
    bursts = [bytes([0xAA, code, code * 7 % 256 ^ 0x5C, 0x0D]) for code in (1, 2, 3, 4)]
    text, codes = suggested(bursts)
    assert text == "AA data:2 0D"
    assert codes == [burst[1:3] for burst in bursts]


@pytest.mark.parametrize(
    ("bursts", "words"),
    [
        ([b"\x01"], "两个键"),
        ([b"\x01", b"\x01"], "一样"),
        ([b"\x01", b"\x01\x02"], "长短不一"),
        ([b"", b"\x01"], "长短不一"),
    ],
)
def test_what_cannot_be_learnt_is_told(bursts: list[bytes], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        suggested(bursts)


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.lists(st.binary(min_size=n, max_size=n), min_size=2, max_size=8, unique=True)
    )
)
def test_whatever_a_pad_sends_the_suggestion_tells_its_keys_apart(bursts: list[bytes]) -> None:
    text, codes = suggested(bursts)
    for burst, code in zip(bursts, codes, strict=True):
        assert Finder(Template.parse(text)).feed(burst) == [code]
