"""A slip as JSON and the command that prints it, as a technician meets them."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from devices.__main__ import main
from devices.printer import Align, BigNumber, Columns, Cut, Feed, Logo, Qr, Rule, Slip, Text
from devices.printer.simulator import PrinterSimulator
from devices.printer.slip_file import SlipFileError, read_slip

KINDS = st.sampled_from(["text", "big_number", "columns", "qr", "rule", "logo", "feed", "cut"])
FIELDS = st.sampled_from(["kind", "text", "size", "cells", "data", "words", "dots", "file", "align", "marks", "x"])
SAMPLE = Path(__file__).parents[3] / "docs" / "sample_slip.json"


def written(folder: Path, content: object) -> Path:
    path = folder / "slip.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def mistakes(folder: Path, content: object) -> str:
    with pytest.raises(SlipFileError) as told:
        read_slip(written(folder, content))
    return str(told.value)


@pytest.fixture
def twin() -> Iterator[PrinterSimulator]:
    simulator = PrinterSimulator()
    simulator.start()
    yield simulator
    simulator.stop()


def test_every_kind_of_element_is_read(tmp_path: Path) -> None:
    Image.new("1", (9, 2)).save(tmp_path / "logo.png")
    elements = [
        {"kind": "logo", "file": "logo.png"},
        {"kind": "text", "text": "社保", "size": 2, "bold": True, "align": "centre"},
        {"kind": "big_number", "text": "A023", "marks": ["预"], "scale": 5},
        {"kind": "columns", "cells": ["左", "右"], "size": 2},
        {"kind": "rule"},
        {"kind": "qr", "data": "OW1:ABC", "words": [{"text": "请收好", "size": 2}]},
        {"kind": "feed", "dots": 16},
        {"kind": "cut"},
    ]
    assert read_slip(written(tmp_path, {"elements": elements})) == Slip(
        (
            Logo(9, (b"\xff\x80", b"\xff\x80")),
            Text("社保", 2, bold=True, align=Align.CENTRE),
            BigNumber("A023", ("预",), 5),
            Columns(("左", "右"), 2),
            Rule(),
            Qr("OW1:ABC", (Text("请收好", 2),)),
            Feed(16),
            Cut(),
        )
    )


def test_every_mistake_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    elements = [
        {"kind": "tixt"},
        {"kind": "text", "txt": "a", "size": 9},
        {"kind": "qr", "data": "x", "words": [{"text": 3}]},
        {"kind": "feed", "dots": -1},
        {"text": "no kind"},
    ]
    told = mistakes(tmp_path, {"elements": elements, "x": 1})
    for words in (
        "elements[0]：kind 应是 text、big_number",
        "elements[1].text：缺少",
        "elements[1].txt：没有这一项，是不是想写 text？",
        "elements[1].size：不能大于 8",
        "elements[2].words[0].text：类型不对，应是文字",
        "elements[3].dots：不能小于 0",
        "elements[4]：kind",
        "x：没有这一项",
    ):
        assert words in told


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "读不了"),
        ("[" * 100_000, "读不了"),
        ([1], "整个文件：类型不对"),
        ({"elements": []}, "最后一项应为 Cut"),
        ({"elements": [{"kind": "qr", "data": "社"}, {"kind": "cut"}]}, r"elements\[0\]：Qr"),
        ({"elements": [{"kind": "logo", "file": "no.png"}, {"kind": "cut"}]}, r"no\.png 读不了"),
    ],
)
def test_what_cannot_be_a_slip_is_said_in_plain_words(tmp_path: Path, content: object, words: str) -> None:
    with pytest.raises(SlipFileError, match=words):
        read_slip(written(tmp_path, content))
    with pytest.raises(SlipFileError, match="读不了"):
        read_slip(tmp_path / "none.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(FIELDS, inner, max_size=5),
    max_leaves=8,
)


@given(
    st.fixed_dictionaries({"elements": st.lists(st.dictionaries(FIELDS, JSON | KINDS, max_size=4), max_size=3)}) | JSON
)
def test_whatever_json_is_given_it_is_a_slip_or_named_mistakes(content: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), content)
        with suppress(SlipFileError):
            assert isinstance(read_slip(path), Slip)


@pytest.mark.parametrize(("paper", "dots"), [("80", 576), ("58", 384)])
def test_the_sample_can_be_looked_at_without_a_printer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], paper: str, dots: int
) -> None:
    picture = tmp_path / "slip.png"
    assert main(["print", str(SAMPLE), "--preview", str(picture), "--paper", paper]) == 0
    assert str(picture) in capsys.readouterr().out
    with Image.open(picture) as seen:
        assert seen.width == dots
        assert [code.text for code in zxingcpp.read_barcodes(seen.convert("L"))] == ["OW1:ABC"]


def test_the_sample_is_printed_and_the_outcome_said(twin: PrinterSimulator, capsys: pytest.CaptureFixture[str]) -> None:
    order = ["print", str(SAMPLE), "--to", f"tcp:{twin.address}"]
    assert main(order) == 0
    assert capsys.readouterr().out == "已打出\n"
    assert "A023" in twin.slips[0].sheet.text
    twin.act("paper", {"state": "near_end"})
    assert main(order) == 0
    assert "打印纸快用完" in capsys.readouterr().out
    twin.act("cover", {"state": "open"})
    assert main(order) == 1
    assert capsys.readouterr().out == "没有打出：打印机上盖未合上。请合上打印机上盖\n"
    twin.act("mend", {})
    twin.act("cut_connection", {"after_bytes": 3000})
    assert main(order) == 1
    assert "不知道有没有打出，请看打印机：与打印机的连接断开" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([], "--preview"),
        (["--to", "usb:1"], "应为 tcp:主机:端口"),
        (["--to", "tcp:127.0.0.1:1"], "连接不上"),
        (["--to", "serial:x", "--baud", "0"], "baud"),
        (["--preview", "no/such/folder/x.png"], "存不到"),
    ],
)
def test_what_cannot_be_done_is_told(options: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["print", str(SAMPLE), *options]) == 1
    assert words in capsys.readouterr().err


def test_an_ordinary_file_keeps_the_bytes_and_confirms_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["print", str(SAMPLE), "--to", f"file:{tmp_path}/slip.bin"]) == 0
    assert "没有打印机来确认" in capsys.readouterr().out
    assert (tmp_path / "slip.bin").read_bytes().startswith(b"\x1b@\x1c&")
