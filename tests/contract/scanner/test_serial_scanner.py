"""The serial scanner's driver over its twin on a real pseudo-terminal."""

import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from random import Random
from typing import Any

import pytest

from devices.errors import ActRefused
from devices.health import Health, HealthState
from devices.scanner.scanner import Scan
from devices.scanner.serial_scanner import SerialScanner
from devices.scanner.simulator import ScannerSimulator
from devices.simulation import TwinProcess
from devices.supervisor import Supervisor
from devices.transports import MemoryTransport, SerialTransport


class Gate:
    """A twin, its driver on a thread of its own, and what the driver tells."""

    def __init__(self, twin: ScannerSimulator) -> None:
        self.twin = twin
        self.told: Queue[Scan] = Queue()
        self.scanner = SerialScanner(SerialTransport(twin.address, 9600), self.told.put, pause_s=0.4)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.scanner.watch, args=(self._stop,))
        self.scanner.open()
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(10)
        self.scanner.close()

    def show(self, **arguments: Any) -> None:
        self.twin.act("show", arguments)

    def next(self) -> Scan:
        return self.told.get(timeout=20)


@pytest.fixture
def gate() -> Iterator[Gate]:
    twin = ScannerSimulator()
    twin.start()
    gate = Gate(twin)
    yield gate
    gate.stop()
    twin.stop()


@pytest.mark.parametrize("suffix", ["cr", "lf", "crlf", "none"])
def test_a_code_is_told_whatever_ends_it(gate: Gate, suffix: str) -> None:
    gate.show(text="OW1:ABCDEF", suffix=suffix)
    assert gate.next() == Scan("OW1:ABCDEF", b"OW1:ABCDEF")


def test_prefix_acknowledgement_and_chinese_are_understood(gate: Gate) -> None:
    gate.show(text="一窗通", aim="]Q1", acknowledged=True)
    assert gate.next() == Scan("一窗通", "一窗通".encode(), "QR")
    gate.show(text="一窗通", encoding="gb18030")
    assert gate.next() == Scan("一窗通", "一窗通".encode("gb18030"))
    gate.show(bytes_hex="ff fe e9")
    assert gate.next().uncertain


def test_a_long_code_comes_whole(gate: Gate) -> None:
    text = "".join(chr(65 + index % 26) for index in range(900))
    gate.show(text=text)
    assert gate.next().text == text


def test_a_code_held_in_view_is_told_once(gate: Gate) -> None:
    gate.show(text="A1", times=5)
    gate.show(text="B2")
    assert [gate.next().text, gate.next().text] == ["A1", "B2"]
    with pytest.raises(Empty):
        gate.told.get(timeout=0.3)


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


def test_the_twin_refuses_what_no_hand_can_show(gate: Gate) -> None:
    for wrong in ({}, {"text": "a", "bytes_hex": "00"}, {"bytes_hex": "xyz"}, {"text": "a", "suffix": "tab"}):
        with pytest.raises(ActRefused):
            gate.twin.act("show", wrong)


def test_a_pulled_plug_is_noticed_and_the_scanner_comes_back_by_itself(tmp_path: Path) -> None:
    told: Queue[Scan] = Queue()
    health: Queue[Health] = Queue()
    with TwinProcess("scanner", ["--link", str(tmp_path / "scanner"), "--suffix", "lf"]) as twin:
        scanner = SerialScanner(SerialTransport(twin.address, 9600), told.put, pause_s=2.0)
        supervisor = Supervisor([scanner], health.put, random=Random(2))
        supervisor.start()
        try:
            assert health.get(timeout=20).state is HealthState.ONLINE
            twin.control.act("unplug")
            assert health.get(timeout=20).problem == "device.missing"
            twin.control.act("plug")
            assert health.get(timeout=20).state is HealthState.ONLINE
            twin.control.act("show", text="OW1:BACK")
            assert told.get(timeout=20).text == "OW1:BACK"
        finally:
            assert supervisor.stop() == ()
