"""What only a scanner on a serial line does, over its twin on a real pseudo-terminal."""

import threading
from collections.abc import Iterator

import pytest

from devices.scanner.scanner import Scan
from devices.scanner.serial_scanner import SerialScanner
from devices.scanner.simulator import ScannerSimulator
from devices.simulation.faults import orders_of
from devices.transports import MemoryTransport, SerialTransport
from tests.contract.scanner.scanners import Gate, Told


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate(
        ScannerSimulator(), lambda address, told: SerialScanner(SerialTransport(address, 9600), told, pause_s=0.4)
    )
    yield gate
    gate.stop()


@pytest.mark.parametrize("suffix", ["cr", "lf", "crlf", "none"])
def test_a_code_is_told_whatever_ends_it(gate: Gate, suffix: str) -> None:
    gate.show(text="OW1:ABCDEF", suffix=suffix)
    assert gate.next() == Scan("OW1:ABCDEF", b"OW1:ABCDEF")


def test_prefix_acknowledgement_and_chinese_are_understood(gate: Gate) -> None:
    gate.show(text="一窗通", aim="]Q1", acknowledged=True)
    assert gate.next() == Scan("一窗通", "一窗通".encode(), "QR")
    gate.show(text="一窗通", encoding="gb18030")
    assert gate.next() == Scan("一窗通", "一窗通".encode("gb18030"))


def test_the_same_code_counts_again_after_it_was_away() -> None:
    moments_us = iter([0, 1_400_000, 3_000_000])
    told: list[str] = []
    stop = threading.Event()

    def hear(scan: Scan) -> None:
        told.append(scan.text)
        if len(told) == 2:
            stop.set()

    transport = MemoryTransport(lambda _: b"")
    scanner = SerialScanner(transport, hear, now_us=lambda: next(moments_us))
    scanner.open()
    transport.arrive(b"A1\rA1\rA1\r")
    scanner.watch(stop)
    assert told == ["A1", "A1"]
    with pytest.raises(StopIteration):
        next(moments_us)  # all three were looked at, the one in between was the same code still in view


def test_a_scanner_set_to_another_rate_is_understood_when_it_is_set_right(gate: Gate) -> None:
    ((act, arguments),) = orders_of(ScannerSimulator.faults, ["wrong_baud"])
    gate.twin.act(act, dict(arguments))
    gate.show(text="OW1:LOST")
    gate.twin.act("baud", {})
    gate.show(text="OW1:FOUND")
    scan = gate.next()
    while not scan.text.endswith("FOUND"):  # the first may have been on its way still when the rate was set right
        scan = gate.next()


# What comes of a code when its bytes are spoilt on the way; None: nothing is told.
SPOILT = {
    "silence": None,
    "flipped_bit": "OW1:ARCDEF",
    "truncated": "OW1:A",
    "stray_bytes": "ªiÿOW1:ABCDEF",
    "split_writes": "OW1:ABCDEF",
}


@pytest.mark.parametrize("fault", SPOILT)
def test_a_spoilt_code_is_never_another_ticket_and_the_next_one_is_read(fault: str) -> None:
    def build(address: str, told: Told) -> SerialScanner:
        return SerialScanner(SerialTransport(address, 9600), told, pause_s=0.4)

    gate = Gate(ScannerSimulator(suffix="none" if fault == "truncated" else "cr"), build)
    try:
        gate.twin.act("fault", {"kind": fault})
        gate.show(text="OW1:ABCDEF")
        told = SPOILT[fault]
        if told is not None:
            assert gate.next().text == told
        gate.twin.act("mend", {})
        gate.show(text="OW1:SECOND")
        assert gate.next().text == "OW1:SECOND"
    finally:
        gate.stop()
