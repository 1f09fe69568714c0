"""What every printer must do, the real one on the desk too (`--port tcp:HOST:9100`, `/dev/usb/lp0` or a serial port).

On a real printer look at the paper: the slip of `docs/sample_slip.json`, a piece that says 作废, the slip again.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.printer import Printer, PrintOutcome, Trouble
from devices.printer.build import PrinterConfig, build_printer
from devices.printer.simulator import PrinterSimulator
from devices.printer.slip_file import read_slip
from tests.contract.conftest import Place

SLIP = read_slip(Path(__file__).parents[3] / "docs" / "sample_slip.json")
WELL = (None, Trouble.NEAR_END)


@pytest.fixture
def twin_place() -> Iterator[Place]:
    twin = PrinterSimulator()
    twin.start()
    yield Place(f"tcp:{twin.address}", None)
    twin.stop()


@pytest.fixture
def printer(place: Place) -> Iterator[Printer]:
    device = built(place)
    device.open()
    yield device
    device.close()


def built(place: Place) -> Printer:
    scheme = "" if ":" in place.port else "file:" if "/lp" in place.port else "serial:"
    return build_printer(PrinterConfig(address=scheme + place.port, baud=place.baud or 9600))


def test_it_says_that_it_is_ready(printer: Printer) -> None:
    assert printer.status().trouble in WELL


def test_a_slip_is_confirmed_and_its_id_prints_no_second_one(printer: Printer) -> None:
    assert printer.print("job-1", SLIP).outcome is PrintOutcome.PRINTED
    again = printer.print("job-1", SLIP)
    assert (again.outcome, again.repeated) == (PrintOutcome.PRINTED, True)
    assert printer.status().trouble in WELL


def test_after_an_earlier_life_in_doubt_a_void_mark_comes_out_and_then_the_slip(place: Place) -> None:
    device = built(place)
    device.distrust()
    device.open()
    try:
        assert device.print("job-1", SLIP).outcome is PrintOutcome.PRINTED
    finally:
        device.close()
