"""The driver over a printer that is a function: what it sends, and what it makes of answers and silence.

It is long because every trouble that a printer can tell or hide is one case.
"""

import threading
from collections.abc import Callable

import pytest

from devices.errors import DeviceMissing, DeviceSilent
from devices.health import HealthState
from devices.printer import Align, BigNumber, Cut, PrintOutcome, Profile, Slip, SlipError, Text, Trouble
from devices.printer.drivers.escpos_printer import EscposPrinter
from devices.printer.escpos import encode
from devices.transports import MemoryTransport

SLIP = Slip((Text("A023", 4), Cut()))
VOID_SLIP = Slip(
    (Text("作废", 3, bold=True, align=Align.CENTRE), Text("没打完的取号单，请不要用", align=Align.CENTRE), Cut())
)
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


class Hurried(threading.Event):
    """Never waits: the pause between two looks is over at once."""

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        return self.is_set()


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


@pytest.mark.parametrize(
    "stray",
    [
        pytest.param(b"\x20", id="noise"),
        pytest.param(b"\x4a", id="noise that looks like a status"),
        pytest.param(b"\x00", id="the break of a line whose power goes"),
        pytest.param(b"\x10\x00\x00\x00", id="a report nobody asked for"),
        pytest.param(b"\x10\x12\x00\x00\x00", id="a report with an answer inside"),
    ],
)
def test_a_stray_byte_is_no_proof_of_paper(stray: bytes) -> None:
    machine = Answering()
    machine.echo = b""
    transport = MemoryTransport(machine)
    printer = EscposPrinter("printer", transport, Profile(), clock_s=Clock())
    printer.open()
    result = printer.print("a", SLIP, on_first_byte=lambda: transport.arrive(stray))
    assert result.outcome is PrintOutcome.UNKNOWN


def test_the_end_of_a_report_whose_head_came_before_the_job_is_no_proof_of_paper() -> None:
    machine = Answering()
    machine.echo = b""
    transport = MemoryTransport(machine)
    printer = EscposPrinter("printer", transport, Profile(asb=True), clock_s=Clock())
    printer.open()
    transport.arrive(b"\x10")
    result = printer.print("a", SLIP, on_first_byte=lambda: transport.arrive(b"\x00\x00\x00"))
    assert result.outcome is PrintOutcome.UNKNOWN


def test_an_open_cover_is_no_whole_slip_whatever_the_line_says() -> None:
    machine = Answering()
    result = opened(machine).print("a", SLIP, on_first_byte=lambda: machine.answers.update({1: 0x1A, 2: 0x16}))
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, Trouble.COVER_OPEN)


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


@pytest.mark.parametrize(
    ("offline", "error"), [({1: 0x1A, 2: 0x52, 3: 0x52}, "hot"), ({1: 0x5A, 2: 0x1A}, "feed button"), ({1: 0x1A}, "")]
)
def test_what_passes_by_itself_is_waited_for(offline: dict[int, int], error: str) -> None:
    machine = Answering()
    machine.echo = b""
    looks = 0

    def answering(data: bytes) -> bytes:
        nonlocal looks
        looks += data == b"\x10\x04\x01"
        if looks == 4:  # it has cooled down, or the finger is off the button
            machine.answers |= dict.fromkeys((1, 2, 3), 0x12)
            machine.echo, looks = b"\x00", 5
            return machine(data) + b"\x00\x00"
        return machine(data)

    printer = opened(answering)
    result = printer.print("a", SLIP, on_first_byte=lambda: machine.answers.update(offline))
    assert result.outcome is PrintOutcome.PRINTED, error
    assert CLEAR not in machine.sent


def test_what_does_not_pass_in_time_is_named_and_cleared() -> None:
    machine = Answering()
    machine.echo = b""
    printer = opened(machine)
    result = printer.print("a", SLIP, on_first_byte=lambda: machine.answers.update({1: 0x1A, 2: 0x52, 3: 0x52}))
    assert (result.outcome, result.reason) == (PrintOutcome.UNKNOWN, Trouble.HOT)
    assert machine.sent.endswith(CLEAR)


def test_a_slip_that_comes_late_is_known_as_printed_and_nothing_is_called_void() -> None:
    machine = Answering()
    machine.echo = b""
    late = MemoryTransport(machine)
    printer = EscposPrinter("printer", late, Profile(), clock_s=Clock())
    printer.open()
    assert printer.print("a", SLIP).outcome is PrintOutcome.UNKNOWN
    late.arrive(b"\x00\x00")
    machine.answers[4] = 0x1E  # so that watching has something to return for
    printer.watch(Hurried())
    assert printer.print("a", SLIP).outcome is PrintOutcome.PRINTED
    assert machine.sent == encode(SLIP, Profile())


def test_a_slip_that_never_comes_is_made_void_without_waiting_for_the_next() -> None:
    machine = Answering()
    machine.echo = b""
    printer = opened(machine, Profile(confirm_s=1.0))
    assert printer.print("a", SLIP).reason is Trouble.UNCONFIRMED
    for _ in range(200):
        machine.answers[4] ^= 0x0C  # so that watching has something to return for
        printer.watch(Hurried())
    assert machine.sent == encode(SLIP, Profile()) + CLEAR + encode(VOID_SLIP, Profile())


def test_after_an_earlier_life_the_broken_picture_is_ended_before_anything_is_asked() -> None:
    machine = Answering()
    order: list[bytes] = []

    def noting(data: bytes) -> bytes:
        order.append(data)
        return machine(data)

    printer = EscposPrinter("printer", MemoryTransport(noting), Profile(), clock_s=Clock())
    printer.distrust()
    printer.open()
    assert sum(len(data) for data in order if not data.strip(b"\0")) == 32768
    assert not order[0].strip(b"\0")
    machine.sent = b""
    assert printer.print("a", SLIP).outcome is PrintOutcome.PRINTED
    assert machine.sent.replace(CLEAR, b"") == encode(VOID_SLIP, Profile()) + encode(SLIP, Profile())


def test_white_dots_that_still_wait_on_a_slow_line_are_waited_for() -> None:
    machine = Answering()

    def slow(data: bytes) -> bytes:
        machine.silent = machine.asked < 3
        return machine(data)

    printer = EscposPrinter("printer", MemoryTransport(slow), Profile(), clock_s=Clock())
    printer.distrust()
    printer.open()
    assert printer.health().state is HealthState.ONLINE
    assert printer.print("a", SLIP).outcome is PrintOutcome.PRINTED


def test_a_printer_that_reports_by_itself_is_heard_at_once() -> None:
    machine = Answering()
    transport = MemoryTransport(machine)
    printer = EscposPrinter("printer", transport, Profile(asb=True), clock_s=Clock())
    printer.open()
    assert b"\x1da\x4e" in machine.sent
    transport.arrive(b"\x38\x00\x00\x00")
    printer.watch(Hurried())
    assert printer.health().problem == "printer.cover_open"


def test_a_printer_that_only_reports_is_asked_for_reports_and_its_last_word_holds_while_it_stands() -> None:
    stands = False

    def reporting(data: bytes) -> bytes:
        if data != b"\x1da\x4e" or stands:
            return b""
        return b"\x10\x00\x00\x00"

    transport = MemoryTransport(reporting)
    printer = EscposPrinter("printer", transport, Profile(asb=True), clock_s=Clock())
    printer.open()
    assert printer.status().ready
    stands = True
    transport.arrive(b"\x18\x00\x0c\x00")
    assert printer.status().trouble is Trouble.PAPER_END
    assert printer.status().trouble is Trouble.PAPER_END
    stands = False
    transport.arrive(b"\x10\x00\x00\x00")
    assert printer.status().ready
    stands = True
    assert printer.status().silent


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
    assert machine.sent.startswith(CLEAR)
    assert machine.sent.replace(CLEAR, b"") == encode(VOID_SLIP, Profile()) + encode(SLIP, Profile())
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
