"""Paper counted in software: what the manager reads, and when the count begins anew."""

from pathlib import Path

import pytest

from devices.health import HealthState
from devices.printer import Cut, Feed, Profile, Slip, Text
from devices.printer.build import PrinterConfig, build_printer, roll_of
from devices.printer.escpos import encode
from devices.printer.layout import length_mm
from devices.printer.preview import render
from devices.printer.roll import Roll, RollCount, about
from devices.printer.simulator import PrinterSimulator
from tests.support.paper_kiosk import OneLook

SLIP = Slip((Text("A023", 4), Feed(1000), Cut()))


def test_the_length_of_a_slip_is_that_of_its_paper() -> None:
    (sheet,) = render(encode(SLIP, Profile()))
    assert length_mm(SLIP, Profile()) == pytest.approx(sheet.picture.height / 8, abs=1)


def test_slips_left_follow_the_length_that_slips_have_here() -> None:
    roll = Roll()
    assert roll.slips_left(80_000) == 80_000 // 170
    for _ in range(200):
        roll = roll.after(100)
    assert roll.slips_left(80_000) == pytest.approx(600, abs=2)
    assert roll.slips_left(10_000) == 0
    assert roll.renewed().slips_left(80_000) == pytest.approx(800, abs=2)


@pytest.mark.parametrize(
    ("slips", "words"), [(437, "约剩 400 张"), (37, "约剩 30 张"), (7, "约剩 7 张"), (0, "约剩 0 张")]
)
def test_the_rest_is_said_coarsely(slips: int, words: str) -> None:
    assert about(slips) == words


def test_the_count_outlives_a_restart_and_a_broken_file(tmp_path: Path) -> None:
    count = RollCount(tmp_path / "roll.json", 17_000)
    for _ in range(10):
        count.use(170)
    assert RollCount(tmp_path / "roll.json", 17_000).slips_left == 90
    (tmp_path / "roll.json").write_text('{"used_mm": ')
    assert count.slips_left == 100
    count.use(170)
    assert count.slips_left == 99
    RollCount(tmp_path / "no" / "folder" / "roll.json", 17_000).use(170)  # costs the count, never a slip


def test_it_begins_anew_only_after_the_printer_had_run_out(tmp_path: Path) -> None:
    count = RollCount(tmp_path / "roll.json", 17_000)
    for _ in range(50):
        count.use(170)
    count.has_paper()
    assert count.slips_left == 50
    count.ran_out()
    count.has_paper()
    assert count.slips_left == 100
    count.use(170)
    left = count.slips_left
    count.has_paper()
    assert count.slips_left == left


def test_paper_is_counted_only_when_the_settings_say_how_long_a_roll_is(tmp_path: Path) -> None:
    assert roll_of(PrinterConfig(address="tcp:h:1", roll_file=tmp_path / "r")) is None
    assert roll_of(PrinterConfig(address="tcp:h:1", paper_length_mm=80_000)) is None
    assert roll_of(PrinterConfig(address="tcp:h:1", paper_length_mm=80_000, roll_file=tmp_path / "r")) is not None


def test_the_manager_reads_how_much_is_left_and_when_to_bring_paper(tmp_path: Path) -> None:
    twin = PrinterSimulator()
    twin.start()
    config = PrinterConfig(
        address=f"tcp:{twin.address}", paper_length_mm=5_000, low_slips=5, roll_file=tmp_path / "roll.json"
    )
    printer = build_printer(config)
    try:
        printer.open()
        assert (printer.health().state, printer.health().paper) == (HealthState.ONLINE, "有纸，约剩 20 张")
        for number in range(30):
            printer.print(str(number), SLIP)
        printer.watch(OneLook())
        health = printer.health()
        assert (health.state, health.problem) == (HealthState.ATTENTION, "printer.near_end")
        assert (health.paper, health.advice) == ("纸快用完，约剩 3 张", "请准备更换打印纸")
        twin.act("cover", {"state": "open"})  # to look inside is not to change the roll
        printer.watch(OneLook())
        twin.act("cover", {"state": "closed"})
        printer.watch(OneLook())
        assert printer.health().problem == "printer.near_end"
        twin.act("paper", {"state": "out"})
        printer.watch(OneLook())
        assert printer.health().advice == "请更换打印纸"
        twin.act("paper", {"state": "ok"})
        printer.watch(OneLook())
        assert (printer.health().state, printer.health().paper) == (HealthState.ONLINE, "有纸，约剩 30 张")
    finally:
        printer.close()
        twin.stop()
