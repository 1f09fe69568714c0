"""Printers from settings, and the typeface of the machine."""

import pytest
import zxingcpp
from pydantic import ValidationError

from devices.printer import BigNumber, Columns, Cut, Qr, Slip, Text, cells, fonts
from devices.printer.build import PrinterConfig, build_printer, profile_of
from devices.printer.escpos import encode
from devices.printer.preview import render


def test_a_printer_is_built_from_its_settings_without_touching_the_world() -> None:
    printer = build_printer(PrinterConfig(name="slips", address="tcp:127.0.0.1:9100", paper_mm=58))
    assert printer.name == "slips"
    assert printer.health().problem == "printer.silent"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("address", "9100"),
        ("address", "tcp:host"),
        ("paper_mm", 76),
        ("dots", 510),
        ("largest_size", 9),
        ("confirm_s", 0),
        ("ink", "red"),
    ],
)
def test_settings_that_make_no_sense_are_refused_by_name(setting: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        PrinterConfig.model_validate({"address": "tcp:127.0.0.1:9100", setting: value})
    assert [error["loc"] for error in refused.value.errors()] == [(setting,)]


def test_a_model_of_another_resolution_prints_within_its_dots() -> None:
    profile = profile_of(PrinterConfig(address="tcp:h:1", dots=512))
    slip = Slip(
        (BigNumber("A12-104", ("优",)), Columns(("前面3人", "1号取号机")), Qr("OW1:ABC"), Text("社" * 60), Cut())
    )
    (sheet,) = render(encode(slip, profile), 512)
    assert all(run.x + 12 * cells.width(run.text) * run.width <= 512 for run in sheet.runs)
    assert [code.text for code in zxingcpp.read_barcodes(sheet.picture.convert("L"))] == ["OW1:ABC"]


def test_settings_may_come_as_text_from_the_environment() -> None:
    config = PrinterConfig.model_validate({"address": "tcp:127.0.0.1:9100", "paper_mm": "58", "echo": "false"})
    assert (config.paper_mm, config.echo) == (58, False)


def test_a_machine_without_a_chinese_typeface_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    find = fonts._find.__wrapped__
    monkeypatch.setattr(fonts, "_FAMILIES", ("No Such Family",))
    with pytest.raises(fonts.FontError) as missing:
        find(bold=False)
    assert missing.value.code == "printer.font_missing"
    assert "fonts-noto-cjk" in missing.value.advice


def test_a_machine_without_fontconfig_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(fonts.FontError, match="fc-match"):
        fonts._find.__wrapped__(bold=False)
