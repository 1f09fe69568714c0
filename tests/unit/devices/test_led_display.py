"""The displays' protocols byte for byte as published, and texts that never say another number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.led_display import Message, Tone, boards, onbon
from devices.led_display.texts import cut, digits_only, number_within, strip_text, value_of, width
from hall.numbering import Number, parse_number
from tests.support.golden import vectors

GOLDEN = vectors("led_display/frames.txt")
EXAMPLE = onbon.Area(width=0x80, height=0x20, single_line=2, display_mode=3)
NUMBERS = st.builds(
    Number, st.sampled_from("ABZ"), st.integers(1, 99999), st.one_of(st.none(), st.integers(1, 99))
).map(str)


def test_the_published_examples_come_out_byte_for_byte() -> None:
    assert boards.sunpn_frame(888) == GOLDEN["sunpn 888"]
    assert boards.number_board_frame(999, board=5) == GOLDEN["number_board 999"]
    assert onbon.frame(onbon.show_command("012345QRSTTV'B", EXAMPLE), EXAMPLE) == GOLDEN["onbon example"]


def test_the_checksum_is_arc_and_the_escapes_are_the_published_ones() -> None:
    assert onbon.crc(b"123456789") == 0xBB3D
    for name in ("A5", "A6", "5A", "5B"):
        assert onbon.escaped(bytes.fromhex(name)) == GOLDEN[f"escape {name}"]


@given(st.binary(max_size=200))
def test_whatever_is_said_arrives_whole_and_holds_no_byte_that_begins_or_ends_a_frame(data: bytes) -> None:
    assert onbon.unescaped(onbon.escaped(data)) == data
    frame = onbon.frame(data, onbon.Area())
    inside = frame[len(onbon.BEGIN) : -1]
    assert not {0xA5, 0x5A} & set(inside)
    stream = onbon.Deframer()
    assert [found for byte in frame for found in stream.feed(bytes([byte]))] == [data]


@given(st.lists(st.one_of(st.binary(max_size=60), st.just(onbon.BEGIN)), max_size=10))
def test_any_bytes_are_frames_or_nothing_and_the_next_frame_is_heard(noise: list[bytes]) -> None:
    stream = onbon.Deframer()
    for piece in noise:
        stream.feed(piece)
    assert stream.feed(onbon.frame(onbon.ACK, onbon.Area())) == [onbon.ACK]


def test_a_damaged_frame_is_none() -> None:
    frame = onbon.frame(onbon.ACK + bytes(3), onbon.Area())
    for place in range(len(onbon.BEGIN), len(frame) - 1):
        for bit in range(8):
            stream = onbon.Deframer()
            damaged = frame[:place] + bytes([frame[place] ^ 1 << bit]) + frame[place + 1 :]
            assert stream.feed(damaged) == []
    endless = onbon.Deframer()
    assert endless.feed(onbon.BEGIN + bytes(10 * onbon.LONGEST)) == []
    assert endless.feed(frame) == [onbon.ACK + bytes(3)]


@pytest.mark.parametrize(
    ("cells", "message", "shown"),
    [
        (12, Message(Tone.CALLING, "A023"), "请A023号"),
        (8, Message(Tone.CALLING, "A023"), "请A023号"),
        (7, Message(Tone.CALLING, "A023"), "A023"),
        (12, Message(Tone.CALLING, "A12-104"), "请A12-104号"),
        (8, Message(Tone.CALLING, "A12-104"), "A12-104"),
        (5, Message(Tone.CALLING, "A12-104"), "-104"),
        (3, Message(Tone.CALLING, "A12-104"), "---"),
        (16, Message(Tone.SERVING, "A023"), "A023号 办理中"),
        (12, Message(Tone.SERVING, "A023"), "A023 办理中"),
        (8, Message(Tone.SERVING, "A023"), "A023办理"),
        (12, Message(Tone.IDLE, text="公安分局"), "公安分局"),
        (12, Message(Tone.IDLE, text="市场监督管理局"), "欢迎您"),
        (4, Message(Tone.IDLE), "欢迎"),
        (12, Message(Tone.PAUSED), "暂停服务"),
        (5, Message(Tone.PAUSED, "A023", "午休"), "暂停"),
        (8, Message(Tone.PAUSED, text="午休"), "午休"),
        (12, Message(Tone.IDLE, text="欢迎\x1b@\r\n您\u202e"), "欢迎@您"),
        (1, Message(Tone.PAUSED), ""),
    ],
)
def test_a_strip_shows_the_fullest_words_that_fit(cells: int, message: Message, shown: str) -> None:
    assert strip_text(message, cells) == shown


@given(NUMBERS, st.integers(1, 20), st.sampled_from(Tone), st.text(max_size=8))
def test_no_strip_is_so_short_that_it_shows_another_number(number: str, cells: int, tone: Tone, text: str) -> None:
    short = number_within(number, cells)
    assert width(short) <= cells
    assert short == number or parse_number(short) is None
    shown = strip_text(Message(tone, number), cells)
    assert width(shown) <= cells
    assert set(re.findall(r"[A-Z][0-9-]*\d", shown)) <= {number}
    assert width(strip_text(Message(tone, number, text), cells)) <= cells


@given(
    NUMBERS,
    st.sampled_from(["", "请", "请到3号窗口 "]),
    st.sampled_from(["", "号", " 到 12 号窗口"]),
    st.integers(1, 30),
)
def test_a_text_that_is_cut_is_never_cut_through_a_number(number: str, before: str, after: str, cells: int) -> None:
    text = before + number + after
    shown = cut(text, cells)
    assert width(shown) <= cells
    for run in re.findall(r"[A-Z0-9-]+", shown):
        whole = run in re.findall(r"[A-Z0-9-]+", text)
        assert whole or not run.strip("-") or (run[0] == "-" and number.endswith(run))


@pytest.mark.parametrize(
    ("cells", "text", "shown", "digits"),
    [
        (8, "A023叫1次", "A023叫1", "023"),
        (8, "A12-104叫1次", "A12-104", "-104"),
        (5, "A12-104叫1次", "-104", "-104"),
        (5, "A12-10400办理", "-----", "-----"),
        (5, "请到 12号窗口", "请到", ""),
        (5, "123456", "-----", "-----"),
        (5, "Signed in", "-----", ""),
        (8, "已暂停", "已暂停", ""),
        (8, "12", "12", "12"),
        (8, "", "", ""),
    ],
)
def test_what_a_call_pad_shows_of_the_words_of_a_window(cells: int, text: str, shown: str, digits: str) -> None:
    assert cut(text, cells) == shown
    assert digits_only(text, cells) == digits


@given(NUMBERS, st.sampled_from(["", "请 "]), st.sampled_from(["", "办理", "叫2次"]), st.integers(1, 8))
def test_a_display_of_digits_never_shows_another_number(number: str, before: str, after: str, cells: int) -> None:
    shown = digits_only(before + number + after, cells)
    assert len(shown) <= cells
    whole = parse_number(number)
    assert whole is not None
    fits = "-" * (whole.lane is not None) + f"{whole.n:03}"
    assert shown == (fits if len(fits) <= cells else "-" * cells)


def test_a_board_of_digits_shows_no_number_that_is_another_one() -> None:
    assert value_of(Message(Tone.CALLING, "A023"), 999) == 23
    for message in (
        Message(Tone.CALLING, "A12-104"),
        Message(Tone.CALLING, "A1023"),
        Message(Tone.PAUSED, "A023"),
        Message(Tone.IDLE, text="7"),
        Message(Tone.CALLING, "?"),
    ):
        assert value_of(message, 999) is None
