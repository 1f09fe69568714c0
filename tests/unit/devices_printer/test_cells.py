"""Text measured in cells and cut into lines."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.printer import cells

CLOSING = "，。、；：？！）】》”’"
OPENING = "（【《“‘"


@pytest.mark.parametrize(
    ("text", "width"),
    [("", 0), ("A023", 4), ("社保卡", 6), ("12-15号窗口", 11), ("约10-20分钟", 11), ("：", 2), ("e\u0301\u0302", 1)],
)
def test_ascii_takes_one_cell_and_chinese_two(text: str, width: int) -> None:
    assert cells.width(text) == width


def test_lines_break_between_chinese_characters_and_keep_numbers_whole() -> None:
    assert cells.wrap("请到二楼B区2026号窗口办理", 12) == ["请到二楼B区", "2026号窗口办", "理"]


def test_closing_punctuation_goes_down_with_its_character() -> None:
    assert cells.wrap("请坐下等，看叫号屏。", 8) == ["请坐下", "等，看叫", "号屏。"]


def test_opening_punctuation_goes_down_with_what_follows() -> None:
    assert cells.wrap("首次登记（含在建）", 10) == ["首次登记", "（含在建）"]


def test_a_word_longer_than_the_line_is_cut_at_its_end() -> None:
    assert cells.wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_line_feeds_and_empty_lines_stay() -> None:
    assert cells.wrap("甲\n\n乙", 10) == ["甲", "", "乙"]


@given(st.text(alphabet=st.characters() | st.sampled_from(CLOSING + OPENING + " 社保卡A1")), st.integers(2, 48))
def test_wrapping_loses_nothing_but_spaces_and_never_overflows(text: str, width: int) -> None:
    plain = cells.clean(text)
    lines = cells.wrap(plain, width)
    assert "".join("".join(lines).split()) == "".join(plain.split())
    assert all(cells.width(line) <= width for line in lines)


@given(st.text(alphabet="社保卡，（）A1 \n"), st.integers(2, 48))
def test_even_lines_are_as_many_as_full_ones_and_lose_nothing(text: str, width: int) -> None:
    lines = cells.wrap_evenly(text, width)
    assert len(lines) <= len(cells.wrap(text, width))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cells.width(line) <= width for line in lines)


@given(st.lists(st.sampled_from(["社", "保", "卡", "，", "。", "（", "）", "》"]), max_size=60).map("".join))
def test_no_line_begins_with_closing_punctuation_unless_the_line_before_is_full(text: str) -> None:
    width = 20
    lines = cells.wrap(text, width)
    for before, line in pairwise(lines):
        torn = cells.width(before) == width and before[-1] in CLOSING + OPENING
        assert line[0] not in CLOSING or torn


@given(st.text())
def test_clean_text_holds_no_character_that_a_printer_obeys(text: str) -> None:
    assert all(character == "\n" or character >= " " for character in cells.clean(text))
    assert not set(cells.clean(text)) & {"\x7f", "\x9b", "\u200b", "\ufeff"}


@pytest.mark.parametrize("character", list("：（3）①℃￥·—“”…、é國Ａ"))
def test_the_printers_type_has_everyday_signs(character: str) -> None:
    assert cells.printable(character)


@pytest.mark.parametrize("character", ["㛃", "𬱖", "€", "½", "🙂", "\u0301"])
def test_four_byte_characters_are_not_trusted_to_the_printer(character: str) -> None:
    assert not cells.printable(character)


def test_a_mark_stays_on_its_character() -> None:
    assert cells.clusters("a\u0323\u0302b") == ["a\u0323\u0302", "b"]
