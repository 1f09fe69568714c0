"""What every scanner promises, over each driver and its twin."""

from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue
from random import Random

import pytest

from devices.errors import ActRefused
from devices.health import Health, HealthState
from devices.scanner.scanner import Scan
from devices.simulation import TwinProcess
from devices.supervisor import Supervisor
from tests.contract.scanner.scanners import DRIVERS, PATIENCE_S, Gate

TEXT = "一窗通（3）①𬱖 A023"


@pytest.fixture(params=DRIVERS)
def gate(request: pytest.FixtureRequest) -> Iterator[Gate]:
    build, twin = DRIVERS[request.param]
    gate = Gate(twin(), build)
    yield gate
    gate.stop()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_is_read_in_both_encodings_with_its_exact_bytes(gate: Gate, encoding: str) -> None:
    gate.show(text=TEXT, encoding=encoding)
    scan = gate.next()
    assert (scan.text, scan.raw, scan.uncertain) == (TEXT, TEXT.encode(encoding), False)


def test_bytes_in_no_known_encoding_are_told_as_a_guess(gate: Gate) -> None:
    gate.show(bytes_hex="ff fe e9")
    scan = gate.next()
    assert (scan.raw, scan.uncertain) == (b"\xff\xfe\xe9", True)


def test_a_code_longer_than_any_buffer_comes_whole(gate: Gate) -> None:
    text = "".join(chr(65 + index % 26) for index in range(900))
    gate.show(text=text)
    assert gate.next().text == text


def test_nothing_that_a_printer_obeys_or_a_reader_cannot_see_survives(gate: Gate) -> None:
    gate.show(text="A\x1b@0\u202e2\u200b3\x1dV")
    assert gate.next().text == "A@023V"


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_code_held_in_view_is_told_once_and_the_next_one_at_once(driver: str) -> None:
    build, twin = DRIVERS[driver]
    gate = Gate(twin(), lambda address, told: build(address, told, now_us=lambda: 0))  # it was never away
    try:
        gate.show(text="OW1:FIRST")
        assert gate.next().text == "OW1:FIRST"
        gate.show(text="OW1:FIRST")
        gate.show(text="OW1:SECOND")
        assert gate.next().text == "OW1:SECOND"
        with pytest.raises(Empty):
            gate.told.get(timeout=0.3)
    finally:
        gate.stop()


def test_the_twin_refuses_what_no_hand_can_show(gate: Gate) -> None:
    for wrong in ({}, {"text": "a", "bytes_hex": "00"}, {"bytes_hex": "xyz"}, {"text": "a", "encoding": "morse"}):
        with pytest.raises(ActRefused):
            gate.twin.act("show", wrong)


@pytest.mark.parametrize("driver", DRIVERS)
def test_a_scanner_that_is_gone_is_noticed_and_comes_back_by_itself(driver: str, tmp_path: Path) -> None:
    told: Queue[Scan] = Queue()
    health: Queue[Health] = Queue()
    build, twin = DRIVERS[driver]
    options = ["--link", str(tmp_path / "scanner")] if driver == "serial" else []
    with TwinProcess(twin().kind, options) as process:
        supervisor = Supervisor([build(process.address, told.put)], health.put, random=Random(2))
        supervisor.start()
        try:
            assert health.get(timeout=PATIENCE_S).state is HealthState.ONLINE
            if driver == "camera":
                process.control.act("fault", kind="gone")
            else:
                process.control.act("unplug")
            gone = health.get(timeout=PATIENCE_S)
            assert (gone.state, gone.problem) == (HealthState.MISSING, "device.missing")
            assert "数据线" in gone.advice
            process.control.act("plug")
            assert health.get(timeout=PATIENCE_S).state is HealthState.ONLINE
            process.control.act("show", text="OW1:BACK")
            assert told.get(timeout=PATIENCE_S).text == "OW1:BACK"
        finally:
            assert supervisor.stop(PATIENCE_S) == ()
