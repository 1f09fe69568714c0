"""Every promise of a ticket printer, kept by the driver over a real TCP connection to the twin."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from devices.errors import ActRefused, DeviceMissing
from devices.printer import BigNumber, Cut, PrintOutcome, PrintResult, Profile, Qr, Slip, Text, Trouble
from devices.printer.build import PrinterConfig, build_printer
from devices.printer.drivers.escpos_printer import EscposPrinter
from devices.printer.escpos import encode
from devices.printer.simulator import PrinterSimulator
from devices.simulation import TwinProcess
from devices.transports import TcpTransport

PROFILE = Profile()
HASTY = Profile(confirm_s=0.5)
CODE = "OW1:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U"


def slip(number: str) -> Slip:
    return Slip((BigNumber(number), Text("社保卡申领（新办）", 2), Qr(CODE, (Text("手机扫码", 2),)), Cut()))


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[PrinterSimulator]:
    simulator = PrinterSimulator(out=tmp_path / "paper")
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def printer(twin: PrinterSimulator) -> Iterator[EscposPrinter]:
    yield from opened(twin, PROFILE)


@pytest.fixture
def hasty(twin: PrinterSimulator) -> Iterator[EscposPrinter]:
    """One that waits only half a second for a slip."""
    yield from opened(twin, HASTY)


def opened(twin: PrinterSimulator, profile: Profile) -> Iterator[EscposPrinter]:
    host, _, port = twin.address.rpartition(":")
    device = EscposPrinter("printer", TcpTransport(host, int(port)), profile)
    device.open()
    yield device
    device.close()


def do(twin: PrinterSimulator, name: str, **arguments: Any) -> dict[str, Any]:
    return twin.act(name, arguments)


def later(twin: PrinterSimulator, name: str, **arguments: Any) -> Callable[[], None]:
    def act() -> None:
        twin.act(name, arguments)

    return act


def numbers_on_paper(twin: PrinterSimulator) -> list[str]:
    return [entry["text"].split("\n")[0] for entry in do(twin, "slips")["slips"]]


def test_a_slip_comes_out_as_sent_and_its_code_is_read(twin: PrinterSimulator, printer: EscposPrinter) -> None:
    result = printer.print("job-1", slip("A023"))
    assert (result.outcome, result.reason, result.repeated) == (PrintOutcome.PRINTED, None, False)
    (entry,) = do(twin, "slips")["slips"]
    assert entry["index"] == 1
    assert entry["text"] == "A023\n社保卡申领（新办）"
    assert Path(entry["bin"]).read_bytes() == encode(slip("A023"), PROFILE)
    with Image.open(entry["png"]) as picture:
        assert [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))] == [CODE]
    assert "A023" in Path(entry["bin"]).read_bytes().decode("gb18030", errors="replace")


def test_many_slips_come_out_one_by_one_from_many_threads(twin: PrinterSimulator, printer: EscposPrinter) -> None:
    numbers = [f"A{n:03}" for n in range(6)]
    threads = [threading.Thread(target=printer.print, args=(number, slip(number))) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            assert printer.status().trouble is None
            thread.join(0.05)
    assert sorted(numbers_on_paper(twin)) == numbers


def test_taken_paper_is_gone(twin: PrinterSimulator, printer: EscposPrinter) -> None:
    printer.print("job-1", slip("A023"))
    assert do(twin, "pull") == {"taken": [1]}
    assert do(twin, "pull") == {"taken": []}
    assert do(twin, "slips")["slips"][0]["taken"]


@pytest.mark.parametrize(
    ("act", "state", "trouble"),
    [
        ("paper", "out", Trouble.PAPER_END),
        ("cover", "open", Trouble.COVER_OPEN),
        ("silent", "on", Trouble.SILENT),
    ],
)
def test_a_printer_that_is_not_ready_gets_nothing(
    twin: PrinterSimulator, printer: EscposPrinter, act: str, state: str, trouble: Trouble
) -> None:
    do(twin, act, state=state)
    assert printer.status().trouble is trouble
    result = printer.print("job-1", slip("A023"))
    assert (result.outcome, result.reason) == (PrintOutcome.FAILED, trouble)
    assert numbers_on_paper(twin) == []


def test_near_the_end_of_the_paper_it_prints_and_warns(twin: PrinterSimulator, printer: EscposPrinter) -> None:
    do(twin, "paper", state="near_end")
    assert printer.print("job-1", slip("A023")).outcome is PrintOutcome.PRINTED
    assert printer.status().trouble is Trouble.NEAR_END


@pytest.mark.parametrize(("act", "state", "well"), [("paper", "out", "ok"), ("cover", "open", "closed")])
def test_trouble_in_the_middle_is_unknown_and_the_old_half_never_comes_out_whole(
    twin: PrinterSimulator, printer: EscposPrinter, act: str, state: str, well: str
) -> None:
    do(twin, "slow", seconds=60)
    result = printer.print("job-1", slip("A023"), on_first_byte=later(twin, act, state=state))
    assert result.outcome is PrintOutcome.UNKNOWN
    assert result.reason in (Trouble.PAPER_END, Trouble.COVER_OPEN)
    do(twin, "slow", seconds=0)
    do(twin, act, state=well)
    assert printer.print("job-2", slip("A024")).outcome is PrintOutcome.PRINTED
    assert numbers_on_paper(twin)[-1] == "A024"
    assert encode(slip("A023"), PROFILE) not in b"".join(
        Path(entry["bin"]).read_bytes() for entry in do(twin, "slips")["slips"]
    )


def test_a_printer_that_falls_silent_in_the_middle_is_unknown(twin: PrinterSimulator, hasty: EscposPrinter) -> None:
    result = hasty.print("job-1", slip("A023"), on_first_byte=later(twin, "silent", state="on"))
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, Trouble.SILENT)


def test_a_slow_printer_is_waited_for(twin: PrinterSimulator, printer: EscposPrinter) -> None:
    do(twin, "slow", seconds=0.3)
    assert printer.print("job-1", slip("A023")).outcome is PrintOutcome.PRINTED


def test_a_printer_slower_than_the_limit_is_unknown(twin: PrinterSimulator, hasty: EscposPrinter) -> None:
    do(twin, "slow", seconds=60)
    result = hasty.print("job-1", slip("A023"))
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, Trouble.UNCONFIRMED)
    assert numbers_on_paper(twin) == []


def test_a_link_cut_in_the_middle_is_unknown_and_never_sent_again_by_itself(
    twin: PrinterSimulator, printer: EscposPrinter
) -> None:
    do(twin, "cut_connection", after_bytes=2000)
    result = printer.print("job-1", slip("A023"))
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, Trouble.LINK_LOST)
    printer.close()
    printer.open()
    assert printer.print("job-1", slip("A023")) == PrintResult(
        "job-1", PrintOutcome.UNKNOWN, Trouble.LINK_LOST, repeated=True
    )
    assert numbers_on_paper(twin) == []


def test_a_job_id_prints_once_for_ever(twin: PrinterSimulator, printer: EscposPrinter) -> None:
    first = printer.print("job-1", slip("A023"))
    again = printer.print("job-1", slip("A024"))
    assert (again.outcome, again.repeated) == (first.outcome, True)
    assert numbers_on_paper(twin) == ["A023"]


def test_a_reprint_is_printed_whole_after_what_was_left(twin: PrinterSimulator, printer: EscposPrinter) -> None:
    do(twin, "cut_connection", after_bytes=2000)
    printer.print("job-1", slip("A023"))
    printer.close()
    printer.open()
    result = printer.print("job-1", slip("A023"), reprint=True)
    assert (result.outcome, result.repeated) == (PrintOutcome.PRINTED, False)
    entries = do(twin, "slips")["slips"]
    assert Path(entries[-1]["bin"]).read_bytes() == encode(slip("A023"), PROFILE)
    assert printer.print("job-1", slip("A023")).outcome is PrintOutcome.PRINTED
    assert len(do(twin, "slips")["slips"]) == len(entries)


def test_a_lost_link_is_found_by_watching_and_healed_by_opening(twin: PrinterSimulator, printer: EscposPrinter) -> None:
    do(twin, "cut_connection")
    with pytest.raises(DeviceMissing):
        printer.watch(threading.Event())
    printer.close()
    assert printer.status().silent
    printer.open()
    assert printer.status().ready


@pytest.mark.parametrize(
    ("act", "arguments"),
    [
        ("burn", {}),
        ("paper", {}),
        ("paper", {"state": "wet"}),
        ("slow", {"seconds": -1}),
        ("slow", {"seconds": "long"}),
        ("cut_connection", {"after_bytes": -5}),
    ],
)
def test_acts_that_make_no_sense_are_refused(twin: PrinterSimulator, act: str, arguments: dict[str, Any]) -> None:
    with pytest.raises(ActRefused):
        twin.act(act, arguments)


def test_the_twin_as_a_process_of_its_own(tmp_path: Path) -> None:
    with TwinProcess("printer", ["--port", "0", "--paper", "58", "--out", str(tmp_path)]) as process:
        device = build_printer(PrinterConfig(address=f"tcp:{process.address}", paper_mm=58))
        device.open()
        assert device.print("job-1", slip("A023")).outcome is PrintOutcome.PRINTED
        device.close()
        (entry,) = process.control.act("slips")["slips"]
        assert entry["text"] == "A023\n社保卡申领\n（新办）\n手机扫码"
        with Image.open(tmp_path / "slip-1.png") as picture:
            assert picture.width == 384
            assert [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))] == [CODE]


def test_a_taken_port_is_told_in_plain_words(twin: PrinterSimulator) -> None:
    port = int(twin.address.rpartition(":")[2])
    second = PrinterSimulator(port)
    with pytest.raises(DeviceMissing, match=f"{port} 启动"):
        second.start()
