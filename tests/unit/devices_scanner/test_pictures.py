"""Codes in pictures: exact bytes of Chinese codes however they were taken, nothing where there is nothing."""

import json
from pathlib import Path

import numpy as np
import pytest
import segno

from devices.__main__ import main
from devices.scanner import zbar
from devices.scanner.codes import read_fast, read_middle, read_thoroughly
from devices.scanner.opencv import cv2, grey
from devices.scanner.pictures import read
from devices.scanner.scenes import Scenery, with_code
from tests.support.code_folder import save, write
from tests.support.shots import modules, with_codes, without_codes

CODES, EMPTY, SCENES = 60, 60, 6


def test_almost_every_chinese_code_is_read_to_the_byte() -> None:
    wrong = []
    for shot in with_codes(CODES, 1):
        found = [(code.scan.raw, code.scan.text) for code in read_thoroughly(grey(shot.image))]
        if found != [(shot.raw, shot.text)]:
            wrong.append(shot.how)
    assert len(wrong) <= CODES * 3 // 100, wrong


def test_where_there_is_no_code_none_is_read() -> None:
    for index, shot in enumerate(without_codes(EMPTY, 1)):
        image = grey(shot.image)
        found = read_thoroughly(image) if index < SCENES else read_fast(image) + read_middle(image)
        assert found == [], shot.how


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_libzbar_gives_the_bytes_and_not_its_guess(encoding: str) -> None:
    for text in ("政务服务", "你好，请到三号窗口", "身份证"):
        symbol = segno.make(text, encoding=encoding, mode="byte", micro=False)
        assert zbar.read(modules(symbol, 5)) == [(text.encode(encoding), "QR", True)]


def test_a_maker_that_packs_chinese_as_kanji_is_understood() -> None:
    (code,) = read_fast(modules(segno.make("中国", mode="kanji", micro=False), 5))
    assert code.scan.text == "中国"


@pytest.mark.parametrize("symbology", ["Code 128", "PDF417", "Data Matrix", "EAN"])
def test_codes_of_receipts_and_cards_are_read_at_a_slant(symbology: str) -> None:
    scenery = Scenery(5, 1280, 720)
    content = b"6901234567892" if symbology == "EAN" else b"A023-20261126"
    laid = with_code(scenery.desk(), content, symbology)
    for degrees in (-25, -8, 3, 14, 178):
        turn = cv2.getRotationMatrix2D((640, 360), degrees, 0.9)
        image = cv2.GaussianBlur(
            scenery.sensed(np.asarray(cv2.warpAffine(laid, turn, (1280, 720)), np.uint8)), (0, 0), 1
        )
        (code,) = read_thoroughly(grey(np.asarray(image, np.uint8)))
        assert (code.scan.raw, code.scan.symbology) == (content, symbology)


def test_a_code_drawn_on_nothing_or_in_sixteen_bits_is_read(tmp_path: Path) -> None:
    symbol = segno.make("OW1:ABC", micro=False)
    symbol.save(str(tmp_path / "clear.png"), light=None, scale=5)
    cv2.imwrite(str(tmp_path / "deep.png"), modules(symbol, 5).astype(np.uint16) * 257)
    for name in ("clear.png", "deep.png"):
        assert [code.scan.text for code in read(tmp_path / name).codes] == ["OW1:ABC"], name


def test_a_code_never_shows_its_text() -> None:
    (code,) = read_fast(modules(segno.make("SECRET"), 5))
    assert code.scan.text == "SECRET"
    assert "SECRET" not in repr(code)


def test_a_technician_decodes_folders_and_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shots = write(tmp_path / "shots", 2, 1, 3)
    (tmp_path / "shots" / "broken.png").write_bytes(b"\x89PNG no more")
    (tmp_path / "shots" / "empty.jpg").write_bytes(b"")
    assert main(["decode", str(tmp_path / "shots"), str(tmp_path / "none.png"), "--json"]) == 1
    lines = {line["path"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}
    assert len(lines) == 6
    for path, shot in shots.items():
        expected = [] if shot.raw is None else [(shot.text, shot.raw.hex(), "QR")]
        codes = lines[path]["codes"]
        assert [(code["text"], code["bytes_hex"], code["symbology"]) for code in codes] == expected
        assert {code["decoder"] for code in codes} <= {"zxing-cpp", "pyzbar"}
        assert lines[path]["ms"] > 0
        assert "error" not in lines[path]
    assert "损坏" in lines[str(tmp_path / "shots" / "broken.png")]["error"]
    assert "空" in lines[str(tmp_path / "shots" / "empty.jpg")]["error"]
    assert "没有" in lines[str(tmp_path / "none.png")]["error"]


def test_without_json_a_person_can_read_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    save(modules(segno.make("OW1:ABC", micro=False), 4), tmp_path / "code.png")
    save(np.full((90, 90), 200, np.uint8), tmp_path / "plain.png")
    assert main(["decode", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    assert "OW1:ABC" in out
    assert "没有码" in out
    (tmp_path / "folder").mkdir()
    assert main(["decode", str(tmp_path / "folder")]) == 1
    assert "没有图片" in capsys.readouterr().err
