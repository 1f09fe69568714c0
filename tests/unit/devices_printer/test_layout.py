"""Slips fitted to paper."""

import pytest

from devices.printer import (
    PAPER_58,
    PAPER_80,
    Align,
    BigNumber,
    Columns,
    Cut,
    Element,
    Feed,
    Logo,
    Paper,
    Profile,
    Qr,
    Slip,
    SlipError,
    Text,
)
from devices.printer.layout import Line, QrBlock, fit


def lines_of(element: Element, paper: Paper = PAPER_80) -> list[Line]:
    return [part for part in fit(Slip((element, Cut())), Profile(paper)) if isinstance(part, Line)]


def text_of(line: Line) -> str:
    return "".join(run.text for run in line.runs)


@pytest.mark.parametrize(("paper", "margin"), [(PAPER_80, 2), (PAPER_58, 1)])
@pytest.mark.parametrize("size", [1, 2])
def test_text_of_every_size_begins_at_the_margin(paper: Paper, margin: int, size: int) -> None:
    (line,) = lines_of(Text("请坐下等", size), paper)
    assert line.runs[0].text == " " * margin
    assert line.runs[0].size == 1


def test_a_centred_line_uses_the_whole_paper() -> None:
    (line,) = lines_of(Text("一二三四五六七八九十甲乙", 2, align=Align.CENTRE))
    assert line.dots == PAPER_80.dots
    assert line.centred


def test_centred_lines_are_about_equally_long() -> None:
    lines = lines_of(Text("不动产抵押权首次登记（含在建建筑物抵押）", 2, align=Align.CENTRE))
    assert [text_of(line) for line in lines] == ["不动产抵押权首次登记", "（含在建建筑物抵押）"]


def test_no_last_line_is_left_with_a_character_or_two() -> None:
    lines = lines_of(Text("带好：身份证原件、一寸照片1张。"), PAPER_58)
    assert len(lines) == 2
    assert min(line.dots for line in lines) > PAPER_58.dots // 3


def test_text_at_the_right_ends_at_the_margin() -> None:
    (line,) = lines_of(Text("1号取号机", align=Align.RIGHT))
    assert line.dots == PAPER_80.dots - PAPER_80.margin


@pytest.mark.parametrize(
    "cells", [("前面3人", "约10-20分钟"), ("甲", "乙", "丙"), ("2026-11-24 09:43", "", "1号取号机")]
)
def test_columns_reach_from_margin_to_margin(cells: tuple[str, ...]) -> None:
    (line,) = lines_of(Columns(cells))
    assert line.dots == PAPER_80.dots - PAPER_80.margin
    assert text_of(line).split() == [word for cell in cells for word in cell.split()]


def test_columns_that_do_not_fit_stand_one_under_another() -> None:
    lines = lines_of(Columns(("前面3人", "约10-20分钟"), 2), PAPER_58)
    assert [text_of(line).strip() for line in lines] == ["前面3人", "约10-20分钟"]


@pytest.mark.parametrize(
    ("paper", "number", "size"),
    [(PAPER_80, "A023", 8), (PAPER_80, "A12-104", 6), (PAPER_58, "A0234", 6), (PAPER_58, "A2-024", 4)],
)
def test_the_number_is_as_large_as_the_house_says(paper: Paper, number: str, size: int) -> None:
    (line,) = lines_of(BigNumber(number), paper)
    assert [(run.text, run.size) for run in line.runs] == [(number, size)]


def test_the_number_makes_room_for_its_marks() -> None:
    (line,) = lines_of(BigNumber("A0234", ("优", "补件")))
    assert text_of(line) == "A0234 优 补件"
    assert line.dots <= PAPER_80.dots
    assert 4 <= line.runs[0].size < 8


def test_a_code_stands_beside_its_words_on_wide_paper_and_above_them_on_narrow() -> None:
    element = Qr("OW1:ABC", (Text("手机扫码", 2), Text("看排到哪里")))
    wide = list(fit(Slip((element, Cut())), Profile(PAPER_80)))
    narrow = list(fit(Slip((element, Cut())), Profile(PAPER_58)))
    (block,) = (part for part in wide if isinstance(part, QrBlock))
    assert [text_of(line) for line in block.lines] == ["手机扫码", "看排到哪里"]
    assert QrBlock("OW1:ABC") in narrow
    assert [text_of(part) for part in narrow if isinstance(part, Line)] == ["手机扫码", "看排到哪里"]


@pytest.mark.parametrize(
    "element",
    [BigNumber("A" * 60), Logo(600, (bytes(75),))],
)
def test_what_is_wider_than_the_paper_is_refused_in_plain_words(element: Element) -> None:
    with pytest.raises(SlipError, match=type(element).__name__):
        lines_of(element)


def test_sizes_and_feeds_beyond_the_protocol_are_refused() -> None:
    with pytest.raises(SlipError, match="字号 9"):
        Text("大", 9)
    with pytest.raises(SlipError, match="负数"):
        Feed(-1)
    with pytest.raises(SlipError, match="每行应为 2 字节"):
        Logo(9, (b"\x00",))


def test_a_slip_without_a_cut_at_its_end_is_refused() -> None:
    with pytest.raises(SlipError, match="Cut"):
        Slip((Text("号"),))
