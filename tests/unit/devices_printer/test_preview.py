"""The picture of the paper, from bytes written by hand after the manuals: the encoder has no part in this."""

import pytest
import zxingcpp

from devices.printer.preview import MISSING, TextRun, render


def test_sizes_alignment_and_chinese() -> None:
    data = b"\x1b@\x1ba\x01\x1d!\x11" + "社保A".encode("gb18030") + b"\n\x1ba\x02\x1d!\x00\x1bE\x01x\n\x1dVB\x00"
    (sheet,) = render(data)
    assert sheet.runs == (
        TextRun("社保A", (576 - 5 * 24) // 2, 40, 2, 2, bold=False),
        TextRun("x", 576 - 12, 88, 1, 1, bold=True),
    )


def test_a_bare_cut_leaves_the_last_lines_to_the_next_sheet() -> None:
    first, second = render(b"\x1b@\x1b3\x18one\ntwo\n\x1dV\x00\x1bd\x05\x1dV\x00")
    assert first.text == "one"
    assert second.text == "two"


def test_feed_then_cut_takes_everything_along() -> None:
    (sheet,) = render(b"\x1b@one\ntwo\n\x1dVA\x10")
    assert sheet.text == "one\ntwo"
    assert sheet.picture.size == (576, 40 + 2 * 30 + 16)


def test_what_is_not_cut_is_no_sheet() -> None:
    assert render(b"\x1b@one\n") == []


def test_chinese_mode_off_reads_single_bytes() -> None:
    (sheet,) = render(b"\x1b@\x1c.\xd6\xd0\n\x1c&\xd6\xd0\n\x1dVB\x00")
    assert sheet.text == "╓╨\n中"


@pytest.mark.parametrize("data", [b"\x82\x30\xb7\x31", b"\xff\xff"])
def test_what_the_printers_type_lacks_is_seen(data: bytes) -> None:
    (sheet,) = render(b"\x1b@" + data + b"\n\x1dVB\x00")
    assert MISSING in sheet.text


def test_a_lead_byte_without_its_second_is_seen() -> None:
    (sheet,) = render(b"\x1b@\xd6\n\x1dVB\x00")
    assert sheet.text == MISSING


def test_a_line_too_long_breaks_at_the_edge() -> None:
    (sheet,) = render(b"\x1b@" + b"x" * 49 + b"\n\x1dVB\x00")
    assert [run.text for run in sheet.runs] == ["x" * 48, "x"]
    (narrow,) = render(b"\x1b@" + b"x" * 49 + b"\n\x1dVB\x00", 384)
    assert [len(run.text) for run in narrow.runs] == [32, 17]


def test_tall_and_low_type_stand_on_one_line() -> None:
    (sheet,) = render(b"\x1b@\x1d!\x33A\x1d!\x00b\n\x1dVB\x00")
    tall, low = sheet.runs
    assert tall.y + 96 == low.y + 24
    assert sheet.text == "Ab"


@pytest.mark.parametrize(("mode", "size"), [(0, (16, 2)), (1, (32, 2)), (2, (16, 4)), (3, (32, 4)), (48, (16, 2))])
def test_a_picture_is_put_down_dot_for_dot(mode: int, size: tuple[int, int]) -> None:
    (sheet,) = render(b"\x1b@\x1dv0" + bytes([mode]) + b"\x02\x00\x02\x00" + b"\xff" * 4 + b"\x1dVB\x00")
    black = [(x, y) for y in range(sheet.picture.height) for x in range(64) if sheet.picture.getpixel((x, y)) == 0]
    assert (max(x for x, _ in black) + 1, max(y for _, y in black) - 39) == size
    assert len(black) == size[0] * size[1]


def test_feeds_count_in_dots_and_in_lines() -> None:
    heights = [render(b"\x1b@" + feed + b"\x1dVB\x00")[0].picture.height for feed in (b"", b"\x1bJ\x07", b"\x1bd\x02")]
    assert heights == [40, 47, 100]


def test_line_spacing_never_lets_lines_overlap() -> None:
    (sheet,) = render(b"\x1b@\x1b3\x05\x1d!\x11a\nb\n\x1b2c\n\x1dVB\x00")
    assert [run.y for run in sheet.runs] == [40, 88, 136]


def test_the_printers_own_code_is_drawn_and_read() -> None:
    text = b"https://hall.test/t/ABC"
    store = b"\x1d(k" + (len(text) + 3).to_bytes(2, "little") + b"1P0" + text
    data = b"\x1b@\x1ba\x01\x1d(k\x04\x001A2\x00\x1d(k\x03\x001C\x06\x1d(k\x03\x001E1" + store + b"\x1d(k\x03\x001Q0"
    (sheet,) = render(data + b"\x1dVB\x28")
    assert [code.text for code in zxingcpp.read_barcodes(sheet.picture.convert("L"))] == [text.decode()]


def test_commands_that_are_not_understood_are_named() -> None:
    (sheet,) = render(b"\x1b@\x1bp\x00\x19\x19a\n\x1dVB\x00")
    assert sheet.unknown == (b"\x1bp",)
    assert sheet.text == "a"
