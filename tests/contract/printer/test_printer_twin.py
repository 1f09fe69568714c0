"""The printer's twin seen from the wire, without the driver: it does what the manuals say, byte by byte."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Queue
from random import Random

import pytest

from devices.errors import ActRefused
from devices.health import Health, HealthState
from devices.printer import Cut, PrintOutcome, Slip, Text, Trouble
from devices.printer.build import PrinterConfig, build_printer
from devices.printer.mechanism import Mechanism
from devices.printer.simulator import PrinterSimulator
from devices.simulation import TwinProcess
from devices.supervisor import Supervisor

ASK = b"\x10\x04"


@pytest.fixture
def twin(tmp_path: Path) -> Iterator[PrinterSimulator]:
    simulator = PrinterSimulator(out=tmp_path)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def wire(twin: PrinterSimulator) -> Iterator[socket.socket]:
    host, _, port = twin.address.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield connection


def answers(wire: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = wire.recv(count - len(data))
        assert more
        data += more
    return data


@pytest.mark.parametrize(
    ("act", "state", "expected"),
    [
        ("paper", "ok", "12 12 12 12"),
        ("paper", "near_end", "12 12 12 1e"),
        ("paper", "out", "1a 32 12 7e"),
        ("cover", "open", "1a 16 12 12"),
        ("offline", "on", "1a 12 12 12"),
        ("feed_button", "down", "5a 1a 12 12"),
        ("cutter", "jammed", "1a 52 1a 12"),
        ("hot", "on", "1a 52 52 12"),
        ("broken", "on", "1a 52 32 12"),
        ("lies", "on", "12 12 12 12"),
    ],
)
def test_it_answers_the_four_questions(
    twin: PrinterSimulator, wire: socket.socket, act: str, state: str, expected: str
) -> None:
    twin.act(act, {"state": state})
    wire.sendall(b"".join(ASK + bytes([n]) for n in (1, 2, 3, 4)))
    assert answers(wire, 4).hex(" ") == expected


def test_a_question_torn_over_three_packets_is_answered(wire: socket.socket) -> None:
    for byte in ASK + b"\x04":
        wire.sendall(bytes([byte]))
    assert answers(wire, 1) == b"\x12"


def test_what_looks_like_a_question_inside_a_picture_is_dots(twin: PrinterSimulator, wire: socket.socket) -> None:
    twin.act("paper", {"state": "near_end"})
    wire.sendall(b"\x1dv0\x00\x03\x00\x02\x00" + ASK + b"\x04" + ASK + b"\x04" + ASK + b"\x01\x1dr\x01")
    # Were the dots answered, two answers of 1e would come first.
    assert answers(wire, 2) == b"\x12\x03"


def test_it_keeps_the_bytes_of_each_slip_without_the_questions(
    twin: PrinterSimulator, wire: socket.socket, tmp_path: Path
) -> None:
    wire.sendall(ASK + b"\x01\x1b@one\n" + ASK + b"\x04\x1dVB\x00\x1dr\x01\x1b@two\n\x1dVB\x00\x1dr\x01")
    answers(wire, 4)
    assert (tmp_path / "slip-1.bin").read_bytes() == b"\x1b@one\n\x1dVB\x00"
    assert (tmp_path / "slip-2.bin").read_bytes() == b"\x1b@two\n\x1dVB\x00"
    assert [entry["text"] for entry in twin.act("slips", {})["slips"]] == ["one", "two"]


def test_without_paper_it_holds_what_it_was_sent_and_goes_on_later(twin: PrinterSimulator, wire: socket.socket) -> None:
    twin.act("paper", {"state": "out"})
    wire.sendall(b"\x1b@one\n\x1dVB\x00\x1dr\x01" + ASK + b"\x04")
    assert answers(wire, 1) == b"\x7e"
    assert twin.act("slips", {})["slips"] == []
    twin.act("paper", {"state": "ok"})
    assert answers(wire, 1) == b"\x00"
    assert len(twin.act("slips", {})["slips"]) == 1


def test_clearing_drops_what_was_held(twin: PrinterSimulator, wire: socket.socket) -> None:
    twin.act("paper", {"state": "out"})
    wire.sendall(b"\x1b@one\n\x1dVB\x00\x10\x05\x02" + ASK + b"\x01")
    answers(wire, 1)
    twin.act("paper", {"state": "ok"})
    wire.sendall(b"\x1b@two\n\x1dVB\x00\x1dr\x01")
    answers(wire, 1)
    assert [entry["text"] for entry in twin.act("slips", {})["slips"]] == ["two"]


def test_a_full_printer_without_paper_takes_nothing_more_until_there_is_some() -> None:
    mechanism = Mechanism(576, lambda _: None)
    mechanism.change(paper="out")
    mechanism.start()
    sending = threading.Thread(target=mechanism.receive, args=(b"\n" * 70_000,))
    sending.start()
    sending.join(0.2)
    assert sending.is_alive()
    mechanism.receive(b"\x10\x05\x02")
    sending.join(20)
    assert not sending.is_alive()
    mechanism.stop()


def test_a_printer_that_goes_away_comes_back_by_itself(twin: PrinterSimulator) -> None:
    told: Queue[Health] = Queue()
    printer = build_printer(PrinterConfig(address=f"tcp:{twin.address}"))
    supervisor = Supervisor([printer], told.put, random=Random(1))
    supervisor.start()
    assert told.get(timeout=20).state is HealthState.ONLINE
    twin.act("cover", {"state": "open"})
    assert told.get(timeout=20).problem == "printer.cover_open"
    twin.act("cover", {"state": "closed"})
    assert told.get(timeout=20).state is HealthState.ONLINE
    twin.stop()
    assert told.get(timeout=20).state is HealthState.MISSING
    second = PrinterSimulator(int(twin.address.rpartition(":")[2]))
    second.start()
    while told.get(timeout=20).state is not HealthState.ONLINE:
        pass
    assert printer.print("job-1", Slip((Text("A023"), Cut()))).outcome is PrintOutcome.PRINTED
    assert supervisor.stop() == ()
    second.stop()


def test_pulled_out_it_is_gone_and_back_at_the_same_address(twin: PrinterSimulator, wire: socket.socket) -> None:
    before = twin.act("state", {})
    twin.act("unplug", {})
    with suppress(ConnectionResetError):
        assert wire.recv(1) == b""
    assert not twin.act("state", {})["plugged"]
    host, _, port = before["address"].rpartition(":")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)), timeout=20)
    assert twin.act("plug", {}) == {"address": before["address"]}
    with socket.create_connection((host, int(port)), timeout=20) as again:
        again.sendall(ASK + b"\x01")
        assert answers(again, 1) == b"\x12"


def test_a_broken_picture_waits_for_its_rest_on_the_next_connection_but_not_after_a_power_cut(
    twin: PrinterSimulator, wire: socket.socket
) -> None:
    host, _, port = twin.address.rpartition(":")
    picture = b"\x1dv0\x00\x02\x00\x02\x00"
    wire.sendall(ASK + b"\x01" + picture)
    answers(wire, 1)
    twin.act("cut_connection", {})
    with socket.create_connection((host, int(port)), timeout=20) as again:
        again.sendall(ASK + b"\x01" + b"\x00" + ASK + b"\x04" + picture + ASK)  # four bytes are dots
        assert answers(again, 1) == b"\x12"
        twin.act("power", {"state": "off"})
    twin.act("power", {"state": "on"})
    with socket.create_connection((host, int(port)), timeout=20) as again:
        again.sendall(ASK + b"\x01")
        assert answers(again, 1) == b"\x12"


def test_with_new_paper_it_goes_on_with_the_old_half_unless_it_was_cleared(
    twin: PrinterSimulator, wire: socket.socket
) -> None:
    for clear, rest in ((b"", ["two"]), (b"\x10\x05\x02", [])):
        already = len(twin.act("slips", {})["slips"])
        twin.act("roll", {"dots": 20})
        wire.sendall(b"\x1b@one\ntwo\n\x1dVB\x00")
        while twin.act("state", {})["paper"] != "out":
            pass
        wire.sendall(clear + ASK + b"\x04")
        assert answers(wire, 1) == b"\x7e"
        twin.act("paper", {"state": "ok"})
        wire.sendall(b"\x1dr\x01")
        answers(wire, 1)
        pieces = twin.act("slips", {})["slips"][already:]
        assert [(piece["text"], piece["torn"]) for piece in pieces] == [
            ("one", True),
            *((text, False) for text in rest),
        ]


def test_it_reports_every_change_by_itself_when_asked_to(twin: PrinterSimulator, wire: socket.socket) -> None:
    wire.sendall(b"\x1da\xff")
    assert answers(wire, 4) == b"\x10\x00\x00\x00"
    twin.act("cover", {"state": "open"})
    assert answers(wire, 4) == b"\x38\x00\x00\x00"
    twin.act("paper", {"state": "out"})
    assert answers(wire, 4) == b"\x38\x00\x0f\x00"
    wire.sendall(ASK + b"\x04")
    assert answers(wire, 1) == b"\x7e"


def test_a_fault_may_be_there_from_the_beginning(tmp_path: Path) -> None:
    options = ["--link", str(tmp_path / "printer"), "--fault", "cover", "--fault", "near_end"]
    with TwinProcess("printer", options) as process:
        assert process.address == str(tmp_path / "printer")
        printer = build_printer(PrinterConfig(address=f"serial:{process.address}", baud=115200))
        printer.open()
        assert printer.status().trouble is Trouble.COVER_OPEN
        process.control.act("mend")
        assert printer.status().trouble is None
        printer.close()
        with pytest.raises(ActRefused, match="paper_end_mid"):
            process.control.act("fault", kind="gremlins")
