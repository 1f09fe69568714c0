"""Slips as bytes, read back by the independent picture of the paper."""

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

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
    Rule,
    Slip,
    SlipError,
    Text,
    cells,
)
from devices.printer.escpos import encode, pieces
from devices.printer.layout import Line, fit
from devices.printer.preview import MISSING, Sheet, render

CODE = "OW1:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43UOV3HO6DZPIYTEMZUGU3DOOBZGAYTE"


def bytes_of(*elements: Element, profile: Profile | None = None) -> bytes:
    return encode(Slip((*elements, Cut())), profile or Profile())


def sheet_of(*elements: Element, profile: Profile | None = None) -> Sheet:
    profile = profile or Profile()
    (sheet,) = render(bytes_of(*elements, profile=profile), profile.paper.dots)
    assert sheet.unknown == ()
    return sheet


def black_columns(picture: Image.Image) -> tuple[int, int]:
    """The leftmost and rightmost black dots."""
    box = Image.eval(picture.convert("L"), lambda dot: 255 - dot).getbbox()
    assert box is not None
    return box[0], box[2]


def test_a_slip_begins_with_initialise_and_chinese_mode_once_and_ends_with_the_cut() -> None:
    data = bytes_of(Text("社保卡"), Text("申领", 2))
    assert data.startswith(b"\x1b@\x1c&")
    assert data.count(b"\x1c&") == 1
    assert data.endswith(b"\n\x1dVB\x28")
    assert bytes_of(Text("号"), profile=Profile(cut="full")).endswith(b"\x1dVA\x28")


def test_modes_are_set_only_when_they_change() -> None:
    data = bytes_of(Text("甲"), Text("乙"), Text("丙"))
    assert data.count(b"\x1d!") == data.count(b"\x1b3") == data.count(b"\x1ba") == data.count(b"\x1bE") == 1


def test_what_python_escpos_loses_is_on_the_paper() -> None:
    text = "：（3）①℃￥10·—“好”…"
    assert sheet_of(Text(text)).text == text


@pytest.mark.parametrize("paper", [PAPER_80, PAPER_58])
@pytest.mark.parametrize("size", [1, 2, 3])
@given(
    text=st.text(alphabet=st.characters(codec="gbk") | st.sampled_from("社保卡申领（3）12-15号，。 \n\x10\x1b\x1d\x04"))
)
def test_any_text_of_the_printers_type_is_on_the_paper_exactly(paper: Paper, size: int, text: str) -> None:
    plain = cells.clean(text)
    typed = "".join(character for character in plain if cells.printable(character) or character == "\n")
    sheet = sheet_of(Text(typed, size), profile=Profile(paper))
    assert "".join(sheet.text.split()) == "".join(typed.split())
    assert all(run.x + 12 * cells.width(run.text) * run.width <= paper.dots for run in sheet.runs)


@given(st.text(max_size=30), st.sampled_from([1, 2]))
def test_any_text_is_set_in_type_or_drawn(text: str, size: int) -> None:
    sheet = sheet_of(Text(text, size))
    parts = fit(Slip((Text(text, size), Cut())), Profile())
    lines = ["".join(run.text for run in part.runs) for part in parts if isinstance(part, Line)]
    typed = [line for line in lines if all(map(cells.printable, line))]
    drawn = [line for line in lines if line not in typed]
    assert "".join(sheet.text.split()) == "".join("".join(typed).split())
    assert MISSING not in sheet.text
    if any(not character.isspace() for character in "".join(drawn)):
        raster = bytes_of(Text(text, size))
        assert raster.count(b"\x1dv0\x00\x48\x00") == len(drawn)


@pytest.mark.parametrize("hostile", ["\x10\x05\x02", "\x1b@", "\x1dV\x00", "\x1c.", "\x1bp\x00\x19\x19", "\x9b", "\r"])
def test_commands_hidden_in_a_text_reach_no_printer(hostile: str) -> None:
    harmless = "".join(character for character in hostile if character >= " " and character != "\x9b")
    assert bytes_of(Text(f"张{hostile}三")) == bytes_of(Text(f"张{harmless}三"))


def test_a_rare_character_is_drawn_in_its_line_at_the_same_place() -> None:
    typed, drawn = sheet_of(Text("张三", 2)), sheet_of(Text("张㛃", 2))
    assert drawn.text == ""
    assert drawn.picture.size == typed.picture.size
    assert abs(black_columns(drawn.picture)[0] - black_columns(typed.picture)[0]) <= 2


def test_type_larger_than_the_model_has_is_drawn() -> None:
    sheet = sheet_of(BigNumber("A023"), profile=Profile(largest_size=2))
    assert sheet.text == ""
    left, right = black_columns(sheet.picture)
    assert abs(left - (PAPER_80.dots - right)) <= 24
    assert right - left > 4 * 12 * 7


@pytest.mark.parametrize(
    "profile", [Profile(), Profile(PAPER_58), Profile(qr="native"), Profile(PAPER_58, qr="native")]
)
def test_the_code_is_read_from_the_paper(profile: Profile) -> None:
    sheet = sheet_of(Qr(CODE, (Text("手机扫码", 2),)), profile=profile)
    assert [found.text for found in zxingcpp.read_barcodes(sheet.picture.convert("L"))] == [CODE]


@pytest.mark.parametrize("paper", [PAPER_80, PAPER_58])
def test_the_longest_code_is_read_from_either_paper(paper: Paper) -> None:
    data = "".join(chr(ord("a") + n % 26) for n in range(331))
    sheet = sheet_of(Qr(data), profile=Profile(paper))
    assert [found.text for found in zxingcpp.read_barcodes(sheet.picture.convert("L"))] == [data]
    left, right = black_columns(sheet.picture)
    assert right - left == 69 * 5


@pytest.mark.parametrize("data", ["", "社保卡", "x" * 332])
def test_a_code_that_readers_would_not_give_back_is_refused(data: str) -> None:
    with pytest.raises(SlipError, match="Qr"):
        Qr(data)


def test_the_first_pieces_are_there_before_anything_is_drawn() -> None:
    slip = Slip((BigNumber("A023"), Qr(CODE), Cut()))
    in_pieces = list(pieces(slip, Profile()))
    assert in_pieces[0] == b"\x1b@\x1c&"
    assert b"A023" in in_pieces[1]
    assert b"".join(in_pieces) == encode(slip, Profile())


def test_rules_and_columns_keep_even_margins() -> None:
    assert black_columns(sheet_of(Rule()).picture) == (24, 552)
    left, right = black_columns(sheet_of(Columns(("前面3人", "约10-20分钟"), 2, bold=True)).picture)
    assert 24 <= left <= 30
    assert 546 <= right <= 552


def test_a_logo_stands_in_the_middle_dot_for_dot() -> None:
    assert black_columns(sheet_of(Logo(10, (b"\xff\xc0",) * 4)).picture) == (283, 293)


@given(st.integers(0, 700))
def test_blank_paper_has_its_length(dots: int) -> None:
    assert sheet_of(Feed(dots)).picture.height == sheet_of(Feed(0)).picture.height + dots


def test_the_number_and_the_lines_stand_in_the_middle() -> None:
    (run,) = sheet_of(BigNumber("A023")).runs
    assert (run.x, run.width, run.height) == ((576 - 4 * 12 * 8) // 2, 8, 8)
    (run,) = sheet_of(Text("社会保险", 2, align=Align.CENTRE)).runs
    assert run.x == (576 - 4 * 48) // 2
