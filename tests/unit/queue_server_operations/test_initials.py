"""Pinyin initials: phrases, everyday polyphones, letters and digits, and whatever else people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queue_server.operations.initials import MOST_READINGS, initials, search_words


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("社保卡", "sbk"),
        ("银行开户", "yhkh"),
        ("行政许可", "xzxk"),
        ("会计证", "kjz"),
        ("更正登记", "gzdj"),
        ("长期护理险", "cqhlx"),
        ("不动产（含车位）", "bdchcw"),
        ("ＩＣ卡 3 号", "ick3h"),
        ("“办不成事”窗口", "bbcsck"),
    ],
)
def test_the_first_reading_is_that_of_the_phrase(text: str, first: str) -> None:
    assert initials(text)[0] == first


def test_both_everyday_readings_are_given() -> None:
    assert set(initials("重置密码")) == {"czmm", "zzmm"}
    assert {"jfdj", "gfdj"} <= set(initials("给付登记"))


def test_what_cannot_be_typed_gives_nothing() -> None:
    assert initials("（——）") == ()
    assert initials("") == ()


def test_readings_are_the_likeliest_when_there_are_too_many() -> None:
    readings = initials("长" * 40)
    assert len(readings) == MOST_READINGS
    assert len(set(readings)) == MOST_READINGS
    assert all(len(reading) == 40 for reading in readings)


def test_words_of_a_service_come_once() -> None:
    assert search_words("社保卡", ("社保卡", "补卡")) == ("sbk", "bk")


@given(st.text())
def test_any_text_gives_only_keys_of_the_keyboard(text: str) -> None:
    readings = initials(text)
    assert len(readings) <= MOST_READINGS
    assert all(reading.isascii() and reading.isalnum() and reading == reading.lower() for reading in readings)
