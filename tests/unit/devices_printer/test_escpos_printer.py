"""The driver over a printer that is a function: what it sends, and what it makes of answers and silence."""

import threading
from collections.abc import Callable

import pytest

from devices.errors import DeviceMissing, DeviceSilent
from devices.health import HealthState
from devices.printer import BigNumber, Cut, PrintOutcome, Profile, Slip, SlipError, Text, Trouble
from devices.printer.drivers.escpos_printer import EscposPrinter
from devices.printer.escpos import encode
from devices.transports import MemoryTransport

SLIP = Slip((Text("A023", 4), Cut()))
STATUS, ECHO, CLEAR = b"\x10\x04", b"\x1dr\x01", b"\x10\x05\x02"


class Answering:
    """Answers real-time questions from `well`, echoes when asked to, and keeps everything else it was sent."""

    def __init__(self) -> None:
        self.answers = {1: 0x12, 2: 0x12, 3: 0x12, 4: 0x12}
        self.silent = False
        self.echo = b"\x00"
        self.asked = 0
        self.sent = b""

    def __call__(self, data: bytes) -> bytes:
        if data.startswith(STATUS):
            self.asked += 1
            return b"" if self.silent else bytes([self.answers[data[2]]])
        if data == ECHO:
            return self.echo
        self.sent += data
        return b""


class Clock:
    """Seconds that pass by a fixed step whenever somebody looks."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        self.now_s += 0.05
        return self.now_s


def opened(machine: Callable[[bytes], bytes], profile: Profile | None = None) -> EscposPrinter:
    printer = EscposPrinter("printer", MemoryTransport(machine), profile or Profile(), clock_s=Clock())
    printer.open()
    return printer


def test_a_slip_goes_out_whole_and_is_confirmed_by_the_echo() -> None:
    machine = Answering()
    first: list[bytes] = []
    result = opened(machine).print("a", SLIP, on_first_byte=lambda: first.append(machine.sent))
    assert result.outcome is PrintOutcome.PRINTED
    assert machine.sent == encode(SLIP, Profile())
    assert len(first) == 1
    assert first[0]
    assert machine.sent.startswith(first[0])


def test_without_an_echo_nothing_is_said_to_be_printed() -> None:
    machine = Answering()
    machine.echo = b""
    result = opened(machine).print("a", SLIP)
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, Trouble.UNCONFIRMED)


def test_a_model_without_echo_is_believed_after_its_time_without_trouble() -> None:
    machine = Answering()
    machine.echo = b""
    result = opened(machine, Profile(echo=False)).print("a", SLIP)
    assert result.outcome is PrintOutcome.PRINTED


def test_trouble_on_the_way_stops_and_clears_at_once() -> None:
    machine = Answering()
    machine.echo = b""
    printer = opened(machine)

    def paper_runs_out() -> None:
        machine.answers |= {1: 0x1A, 4: 0x7E}

    result = printer.print("a", SLIP, on_first_byte=paper_runs_out)
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, Trouble.PAPER_END)
    assert machine.sent == encode(SLIP, Profile()) + CLEAR


def test_a_jammed_knife_is_not_a_printed_slip() -> None:
    machine = Answering()
    result = opened(machine).print("a", SLIP, on_first_byte=lambda: machine.answers.update({3: 0x1A}))
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, Trouble.CUTTER)


def test_paper_that_ends_right_after_the_slip_does_not_make_it_unknown() -> None:
    machine = Answering()
    result = opened(machine).print("a", SLIP, on_first_byte=lambda: machine.answers.update({4: 0x7E}))
    assert result.outcome is PrintOutcome.PRINTED


def test_what_an_unknown_job_left_is_cleared_and_cut_off_before_the_next() -> None:
    machine = Answering()
    machine.echo = b""
    printer = opened(machine)
    printer.print("a", SLIP)
    machine.sent, machine.echo = b"", b"\x00"
    assert printer.print("b", SLIP).outcome is PrintOutcome.PRINTED
    assert machine.sent == CLEAR + b"\x1b@\x1dVB\x28" + encode(SLIP, Profile())
    machine.sent = b""
    printer.print("c", SLIP)
    assert machine.sent == encode(SLIP, Profile())


def test_a_young_status_is_not_asked_again_before_a_job() -> None:
    machine = Answering()
    printer = opened(machine)
    asked: list[int] = []
    before = machine.asked
    printer.print("a", SLIP, on_first_byte=lambda: asked.append(machine.asked - before))
    assert asked == [0]


def test_a_slip_that_cannot_be_set_sends_nothing_and_uses_up_no_id() -> None:
    machine = Answering()
    printer = opened(machine)
    with pytest.raises(SlipError):
        printer.print("a", Slip((Text("社保卡"), BigNumber("A" * 60), Cut())))
    assert machine.sent == b""
    assert printer.print("a", SLIP).outcome is PrintOutcome.PRINTED


def test_a_silent_printer_is_not_opened() -> None:
    machine = Answering()
    machine.silent = True
    with pytest.raises(DeviceSilent) as silent:
        opened(machine)
    assert silent.value.code == "printer.silent"


def test_a_printer_that_only_speaks_by_itself_is_heard() -> None:
    def by_itself(data: bytes) -> bytes:
        return b"\x18\x00\x0f\x0f" if data == b"\x10\x04\x01" else b""

    printer = opened(by_itself)
    assert printer.status().trouble is Trouble.PAPER_END


def test_a_closed_printer_is_silent_and_prints_nothing() -> None:
    machine = Answering()
    printer = opened(machine)
    printer.close()
    assert printer.status().silent
    result = printer.print("a", SLIP)
    assert (result.outcome, result.reason) == (PrintOutcome.FAILED, Trouble.LINK_LOST)
    assert machine.sent == b""


def test_watching_returns_when_something_changes_and_health_says_what() -> None:
    machine = Answering()
    printer = opened(machine)
    assert printer.health().state is HealthState.ONLINE
    machine.answers[4] = 0x1E
    printer.watch(threading.Event())
    health = printer.health()
    assert (health.state, health.problem, health.advice) == (
        HealthState.ATTENTION,
        "printer.near_end",
        "请准备更换打印纸",
    )


def test_watching_gives_up_a_printer_that_stays_silent() -> None:
    machine = Answering()
    printer = opened(machine)
    machine.silent = True
    printer.watch(threading.Event())
    assert printer.health().state is HealthState.MISSING
    with pytest.raises(DeviceSilent):
        printer.watch(threading.Event())


def test_a_link_lost_in_a_job_is_raised_by_watching_and_forgotten_by_opening() -> None:
    machine = Answering()
    transport = MemoryTransport(machine)
    printer = EscposPrinter("printer", transport, Profile(), clock_s=Clock())
    printer.open()
    result = printer.print("a", SLIP, on_first_byte=transport.close)
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, Trouble.LINK_LOST)
    with pytest.raises(DeviceMissing):
        printer.watch(threading.Event())
    printer.open()
    assert printer.health().state is HealthState.ONLINE


def test_a_job_whose_caller_breaks_is_known_as_sent() -> None:
    machine = Answering()
    printer = opened(machine)
    with pytest.raises(ZeroDivisionError):
        printer.print("a", SLIP, on_first_byte=lambda: 1 // 0)  # type: ignore[arg-type]
    assert printer.print("a", SLIP).outcome is PrintOutcome.UNKNOWN
