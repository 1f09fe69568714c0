"""Every fault of a printer by name: what the citizen sees, what the manager reads, and whose paper comes out after."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.printer import Profile
from devices.printer.faults import FAULTS
from devices.printer.simulator import PrinterSimulator
from kiosk.journey import Page, Paper
from tests.support.paper_kiosk import PaperKiosk, Seen, pieces_of

CLOSE_COVER = ("打印机上盖未合上", "请合上打印机上盖")
NEW_ROLL = ("打印纸已用完", "请更换打印纸")
CABLE = ("没有接上", "请检查设备的电源和数据线是否插好")
NO_ANSWER = ("打印机没有应答", "请检查打印机电源和数据线，或断电后重新接通")
WELL = ("", "")
TOLD = {
    "cover": CLOSE_COVER,
    "near_end": ("打印纸快用完", "请准备更换打印纸"),
    "paper_end": NEW_ROLL,
    "offline": ("打印机处于脱机状态", "请检查打印机面板上的指示灯和按键"),
    "feed_button": ("走纸键被按住", "请松开打印机的走纸键"),
    "cutter": ("切刀卡住", "请打开上盖取出卡纸，合上后再试"),
    "hot": ("打印头过热", "请稍等几分钟，冷却后会自动恢复"),
    "broken": ("打印机故障", "请将打印机断电后重新接通，仍不行请联系维护人员"),
    "silent": NO_ANSWER,
    "unplug": CABLE,
}
STOPS = [fault for fault in TOLD if fault != "near_end"]
FELT_LATER = {"paper_end_mid", "paper_end_after", "cut_connection", "slow", "lies"}


@pytest.fixture
def twin() -> Iterator[PrinterSimulator]:
    simulator = PrinterSimulator()
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def kiosk(twin: PrinterSimulator, tmp_path: Path) -> Iterator[PaperKiosk]:
    machine = PaperKiosk(tmp_path, f"tcp:{twin.address}", Profile())
    yield machine
    machine.close()


def test_every_fault_of_the_twin_is_shown_here() -> None:
    assert set(FAULTS) == set(TOLD) | FELT_LATER


@pytest.mark.parametrize("fault", STOPS)
def test_known_beforehand_the_number_stands_on_the_screen_and_no_paper_is_tried(
    twin: PrinterSimulator, kiosk: PaperKiosk, fault: str
) -> None:
    twin.act("fault", {"kind": fault})
    kiosk.look(hurried=fault == "silent")
    assert kiosk.told == TOLD[fault]
    assert kiosk.take() == Seen(Page.NUMBER, "A001", Paper.NONE)
    twin.act("mend", {})
    kiosk.open()
    assert kiosk.told == WELL
    assert kiosk.take() == Seen(Page.NUMBER, "A002", Paper.PRINTED)
    assert pieces_of(twin).whole == ("A002",)


def test_near_end_still_prints_and_the_manager_fetches_paper(twin: PrinterSimulator, kiosk: PaperKiosk) -> None:
    twin.act("fault", {"kind": "near_end"})
    kiosk.look()
    assert kiosk.take() == Seen(Page.NUMBER, "A001", Paper.PRINTED)
    kiosk.look()
    assert kiosk.told == TOLD["near_end"]


@pytest.mark.parametrize("fault", [*STOPS, "paper_end_mid", "cut_connection"])
def test_in_the_middle_of_a_slip_the_number_stays_on_the_screen_and_the_old_half_is_void(
    twin: PrinterSimulator, kiosk: PaperKiosk, fault: str
) -> None:
    def strike() -> None:
        twin.act("fault", {"kind": fault})

    seen = kiosk.take(meanwhile=strike)
    assert seen == Seen(Page.PAPER_OUT, "A001", Paper.UNKNOWN)
    kiosk.look(hurried=fault == "silent")
    told = {"paper_end_mid": NEW_ROLL, "cut_connection": CABLE}.get(fault) or TOLD[fault]
    assert kiosk.told == told
    twin.act("mend", {})
    while kiosk.health.problem:  # as its supervisor does until all is well
        if kiosk.look().problem:
            kiosk.open()
    assert kiosk.told == WELL
    assert kiosk.take_again() == Seen(Page.NUMBER, "A001", Paper.PRINTED)
    assert kiosk.take() == Seen(Page.NUMBER, "A002", Paper.PRINTED)
    found = pieces_of(twin)
    assert found.copies == ("A001",)
    assert found.whole in [("A002",), ("A001", "A002")]  # the first whole one: silence is no proof that nothing came


def test_the_next_citizen_never_gets_the_end_of_the_slip_before(twin: PrinterSimulator, kiosk: PaperKiosk) -> None:
    def roll_ends() -> None:
        twin.act("fault", {"kind": "paper_end_mid"})

    kiosk.take(meanwhile=roll_ends)
    twin.act("mend", {})
    kiosk.open()
    assert kiosk.take() == Seen(Page.NUMBER, "A002", Paper.PRINTED)
    found = pieces_of(twin)
    assert (found.whole, found.copies, found.torn) == (("A002",), (), 1)


def test_paper_that_ends_right_after_a_slip_leaves_a_doubt_and_the_next_gets_a_number_on_the_screen(
    twin: PrinterSimulator, kiosk: PaperKiosk
) -> None:
    twin.act("fault", {"kind": "paper_end_after"})
    # The printer stands before it could confirm: the slip is whole, and nobody but a person can know.
    assert kiosk.take() == Seen(Page.PAPER_OUT, "A001", Paper.UNKNOWN)
    kiosk.look()
    assert kiosk.told == NEW_ROLL
    assert kiosk.take() == Seen(Page.NUMBER, "A002", Paper.NONE)
    assert pieces_of(twin).whole == ("A001",)


def test_a_slow_printer_is_in_doubt_and_its_late_slip_is_not_called_void(
    twin: PrinterSimulator, kiosk: PaperKiosk
) -> None:
    assert kiosk.take(meanwhile=lambda: twin.act("fault", {"kind": "slow"})) == Seen(
        Page.PAPER_OUT, "A001", Paper.UNKNOWN
    )
    assert kiosk.look().problem == ""
    twin.act("slow", {"seconds": 0})  # the twenty seconds are over
    while not pieces_of(twin).whole:
        kiosk.look()
    kiosk.look()
    assert kiosk.take() == Seen(Page.NUMBER, "A002", Paper.PRINTED)
    found = pieces_of(twin)
    assert (found.whole, found.void) == (("A001", "A002"), 0)


def test_the_next_citizen_does_not_wait_for_a_slow_slip_nor_get_it(twin: PrinterSimulator, kiosk: PaperKiosk) -> None:
    kiosk.take(meanwhile=lambda: twin.act("fault", {"kind": "slow"}))
    kiosk.take(on_number=lambda _: threading.Timer(0.1, twin.act, ("slow", {"seconds": 0})).start())
    assert kiosk.seen == Seen(Page.NUMBER, "A002", Paper.PRINTED)
    found = pieces_of(twin)
    assert (found.whole[-1], found.void) == ("A002", 1)


def test_a_printer_that_lies_is_believed_but_the_number_stands_on_the_screen(
    twin: PrinterSimulator, kiosk: PaperKiosk
) -> None:
    twin.act("fault", {"kind": "lies"})
    kiosk.look()
    assert kiosk.told == WELL
    assert kiosk.take() == Seen(Page.NUMBER, "A001", Paper.PRINTED)
    assert pieces_of(twin).whole == ()
    twin.act("mend", {})
    kiosk.look()
    assert kiosk.take_again() == Seen(Page.NUMBER, "A001", Paper.PRINTED)
    assert pieces_of(twin).copies == ("A001",)
