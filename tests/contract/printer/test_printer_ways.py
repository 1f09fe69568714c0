"""The same promises over every way to a printer: network, serial line, device file; 80 and 58 mm paper."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import zxingcpp

from devices.errors import DeviceError
from devices.printer import BigNumber, Cut, Printer, PrintOutcome, Qr, Slip, Text, Trouble
from devices.printer.build import PrinterConfig, build_printer
from devices.printer.simulator import PrinterSimulator

CODE = "OW1:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U"
WAYS = [("tcp", 80), ("serial", 80), ("serial", 58), ("file", 80)]


def slip(number: str) -> Slip:
    return Slip(
        (BigNumber(number), Text("社保卡申领：（3）①", 2), Text("王㛃"), Qr(CODE, (Text("手机扫码", 2),)), Cut())
    )


@pytest.fixture(params=WAYS, ids="{0[0]}-{0[1]}".format)
def way(request: pytest.FixtureRequest) -> tuple[str, int]:
    found: tuple[str, int] = request.param
    return found


@pytest.fixture
def twin(tmp_path: Path, way: tuple[str, int]) -> Iterator[PrinterSimulator]:
    link = None if way[0] == "tcp" else tmp_path / "printer"
    simulator = PrinterSimulator(paper_mm=way[1], link=link, baud=115200 if way[0] == "serial" else None)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def printer(twin: PrinterSimulator, way: tuple[str, int]) -> Iterator[Printer]:
    config = PrinterConfig(
        address=f"{way[0]}:{twin.address}", baud=115200, paper_mm=way[1], qr="native", asb=True, flow="xonxoff"
    )
    device = build_printer(config)
    device.open()
    yield device
    device.close()


def texts(twin: PrinterSimulator) -> list[list[str]]:
    return [entry["text"].split("\n") for entry in twin.act("slips", {})["slips"]]


def test_a_slip_comes_out_with_its_code(twin: PrinterSimulator, printer: Printer) -> None:
    assert printer.print("job-1", slip("A023")).outcome is PrintOutcome.PRINTED
    (lines,) = texts(twin)
    assert (lines[0], "".join(lines[1:-1]).replace("手机扫码", "")) == ("A023", "社保卡申领：（3）①")
    picture = twin.slips[0].sheet.picture
    assert [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))] == [CODE]


def test_trouble_is_known_before_a_slip_is_sent(twin: PrinterSimulator, printer: Printer) -> None:
    twin.act("paper", {"state": "out"})
    assert printer.status().trouble is Trouble.PAPER_END
    assert printer.print("job-1", slip("A023")).outcome is PrintOutcome.FAILED
    assert texts(twin) == []


def test_pulled_in_the_middle_of_a_picture_it_comes_back_and_prints_the_copy_whole(
    twin: PrinterSimulator, printer: Printer
) -> None:
    twin.act("cut_connection", {"after_bytes": 200})  # inside the line that is drawn
    assert printer.print("job-1", slip("A023")).outcome is PrintOutcome.UNKNOWN
    printer.close()
    while True:
        try:
            printer.open()
            break
        except DeviceError:
            printer.close()
    assert printer.print("job-2", slip("A023"), reprint=True).outcome is PrintOutcome.PRINTED
    *old, new = texts(twin)
    assert new[0] == "A023"
    assert all(lines[-1] == "上一张没打完，作废" for lines in old)
