"""The stream of bytes cut into commands."""

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from devices.printer import stream
from devices.printer.preview import PaperPath
from devices.printer.stream import Command, CommandStream

WHOLE = (
    b"\x1b@\x1c&\x1ba\x01"
    + "社保卡 A023".encode("gb18030")
    + b"\n\x1d!\x77\x1dv0\x00\x02\x00\x03\x00\x10\x04\x01\x1bV\x0a\x1d(k\x06\x001P0\x10\x04\x02"
    + b"\x1dVB\x28\x10\x04\x04\x1dV\x01"
)
COMMANDS = [
    Command(b"\x1b@"),
    Command(b"\x1c&"),
    Command(b"\x1ba", b"\x01"),
    Command(b"", "社保卡 A023".encode("gb18030")),
    Command(b"\n"),
    Command(b"\x1d!", b"\x77"),
    Command(b"\x1dv", b"0\x00\x02\x00\x03\x00\x10\x04\x01\x1bV\x0a"),
    Command(b"\x1d(", b"k\x06\x001P0\x10\x04\x02"),
    Command(b"\x1dV", b"B\x28"),
    Command(b"\x10\x04", b"\x04"),
    Command(b"\x1dV", b"\x01"),
]


def joined(commands: list[Command]) -> list[Command]:
    """Stretches of characters put together again, which packets may have torn."""
    found: list[Command] = []
    for command in commands:
        if found and command.name == stream.TEXT == found[-1].name:
            found[-1] = Command(stream.TEXT, found[-1].parameters + command.parameters)
        else:
            found.append(command)
    return found


def test_real_time_bytes_inside_pictures_and_codes_are_data() -> None:
    assert CommandStream().feed(WHOLE) == COMMANDS


@given(st.lists(st.integers(0, len(WHOLE)), max_size=12))
def test_the_borders_of_packets_change_nothing(borders: list[int]) -> None:
    at = [0, *sorted(borders), len(WHOLE)]
    listening = CommandStream()
    commands = [c for a, b in pairwise(at) for c in listening.feed(WHOLE[a:b])]
    assert joined(commands) == COMMANDS


@given(st.binary(max_size=200))
def test_any_bytes_come_out_as_they_came_in(data: bytes) -> None:
    commands = CommandStream().feed(data)
    assert data.startswith(b"".join(command.raw for command in commands))


def test_an_unfinished_command_can_be_forgotten() -> None:
    listening = CommandStream()
    assert listening.feed(b"\x1dv0\x00\x48\x00\x10") == []
    listening.clear()
    assert listening.feed(b"\n") == [Command(b"\n")]


def test_noise_is_commands_or_characters_and_paper_never_an_exception() -> None:
    random, heard, paper = Random(7), CommandStream(), PaperPath()
    beginnings = (b"\x1b", b"\x1d", b"\x1c", b"\x10", b"\x1dv0\x00", b"\x1d(k", b"\x1dV", b"\n", b"\x1dVA\x01")
    for _ in range(4000):
        for command in heard.feed(random.choice(beginnings) + random.randbytes(random.randrange(20))):
            paper.obey(command)
        if random.random() < 0.02:
            heard.clear()  # else one large picture would take all the rest
    assert paper.fed > 0
