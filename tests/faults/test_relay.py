"""Whatever the network between kiosk, window and server does: numbers keep coming, facts arrive once, calls are one."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hall.facts import TicketCalled
from hall.wire.commands import CallNext, MarkMissed, Recall
from hall.wire.replies import Reply
from installer.rehearsal.relay import Relay, Way
from queue_server.link.clock import new_id
from queue_server.link.errors import ServerAway
from queue_server.link.server_link import ServerLink
from tests.support.relayed import RelayedHall, relayed_hall

ROOT = Path(__file__).parents[2]
WEATHER: dict[str, Callable[[Relay], None]] = {
    "delay": lambda relay: relay.delay(0.2),
    "throttle": lambda relay: relay.throttle(2_000),
    "cut": lambda relay: relay.cut(),
    "half-open": lambda relay: relay.half_open(),
    "no way up": lambda relay: relay.hold(Way.UP),
    "no way down": lambda relay: relay.hold(Way.DOWN),
    "answers lost": lambda relay: relay.drop_after(0, Way.DOWN),
    "cut in a request": lambda relay: relay.drop_after(700, Way.UP),
}


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RelayedHall]:
    with relayed_hall(tmp_path_factory.mktemp("relayed")) as relayed:
        yield relayed


@pytest.mark.parametrize("weather", WEATHER)
def test_numbers_keep_coming_and_all_facts_arrive_once(hall: RelayedHall, weather: str) -> None:
    WEATHER[weather](hall.relay)
    hall.issue(5)
    hall.relay.heal()
    hall.issue(2)
    hall.all_arrived()


@pytest.mark.parametrize("weather", WEATHER)
def test_a_call_repeated_through_it_brings_the_same_citizen(hall: RelayedHall, weather: str) -> None:
    hall.issue(3)
    hall.all_arrived()
    clerk = hall.clerk()
    before = calls(hall)
    call = CallNext(request_id=new_id())
    WEATHER[weather](hall.relay)
    replies: list[Reply] = []
    asking = threading.Thread(target=lambda: replies.append(clerk.command(call, patience_s=60)))
    asking.start()
    asking.join(0.7)  # a first try in any weather; it may be answered by then or not
    hall.relay.heal()
    asking.join()
    assert replies == [clerk.command(call)]
    assert calls(hall) == before + 1
    assert replies[0].ticket is not None
    miss(clerk, replies[0].ticket.id)
    clerk.close()


def test_an_answer_that_is_lost_was_carried_out_all_the_same(hall: RelayedHall) -> None:
    hall.issue(1)
    hall.all_arrived()
    clerk = hall.clerk()
    before = calls(hall)
    call = CallNext(request_id=new_id())
    hall.relay.drop_after(0, Way.DOWN)
    with pytest.raises(ServerAway):
        clerk.command(call, patience_s=0)
    hall.relay.heal()
    assert calls(hall) == before + 1
    reply = clerk.command(call)
    assert reply.ticket is not None
    assert calls(hall) == before + 1
    miss(clerk, reply.ticket.id)
    clerk.close()


def miss(clerk: ServerLink, ticket: str) -> None:
    """Called as often as the hall calls one number, then missed: the window is free again."""
    for kind in (Recall, Recall, MarkMissed):
        clerk.command(kind(request_id=new_id(), ticket=ticket))


def calls(hall: RelayedHall) -> int:
    return sum(isinstance(entry.fact.body, TicketCalled) for entry in hall.journal())


# ---- the relay alone ----


@pytest.fixture
def echo() -> Iterator[str]:
    """A server that says everything again, one connection after the other."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            while True:
                try:
                    connected, _ = listener.accept()
                except OSError:
                    return
                with connected:
                    while data := received(connected):
                        connected.sendall(data)

        answering = threading.Thread(target=answer)
        answering.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
    answering.join()


def received(connected: socket.socket) -> bytes:
    """What comes next; nothing if the line is ended."""
    try:
        return connected.recv(1 << 16)
    except ConnectionError:
        return b""


def connect(relay: Relay) -> socket.socket:
    host, port = relay.address.split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def whole(connected: socket.socket, size: int) -> bytes:
    come = b""
    while len(come) < size and (data := received(connected)):
        come += data
    return come


@pytest.mark.parametrize("way", list(Way))
def test_what_was_held_comes_whole_and_in_order(echo: str, way: Way) -> None:
    said = bytes(range(256)) * 200
    with Relay(echo) as relay, connect(relay) as line:
        relay.hold(way)
        line.sendall(said)
        line.settimeout(0.2)
        with pytest.raises(TimeoutError):
            line.recv(1)
        line.settimeout(20)
        relay.heal()
        assert whole(line, len(said)) == said


def test_a_cut_ends_every_line_and_refuses_new_ones_until_all_is_well(echo: str) -> None:
    with Relay(echo) as relay:
        with connect(relay) as line:
            line.sendall(b"one")
            assert whole(line, 3) == b"one"
            relay.cut()
            assert received(line) == b""
        with pytest.raises(ConnectionRefusedError):
            connect(relay)
        relay.heal()
        with connect(relay) as line:
            line.sendall(b"two")
            assert whole(line, 3) == b"two"


def test_half_open_accepts_and_says_nothing(echo: str) -> None:
    with Relay(echo) as relay:
        relay.half_open()
        with connect(relay) as line:
            line.sendall(b"is anybody there")
            line.settimeout(0.2)
            with pytest.raises(TimeoutError):
                line.recv(1)
            line.settimeout(20)
            relay.heal()
            assert received(line) == b""  # it led nowhere


@pytest.mark.parametrize("way", list(Way))
def test_so_many_bytes_and_not_one_more(echo: str, way: Way) -> None:
    with Relay(echo) as relay, connect(relay) as line:
        relay.drop_after(10, way)
        line.sendall(b"0123456789abcdef")
        assert b"0123456789".startswith(whole(line, 16))
        relay.heal()
        with connect(relay) as again:
            again.sendall(b"0123456789abcdef")
            assert whole(again, 16) == b"0123456789abcdef"


def test_a_server_that_is_not_there_ends_the_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        nobody = f"127.0.0.1:{listener.getsockname()[1]}"
    with Relay(nobody) as relay, connect(relay) as line:
        assert received(line) == b""


def test_the_program_takes_acts_as_lines(echo: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "installer.rehearsal.relay", "--to", echo],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        assert program.stdin is not None
        assert program.stdout is not None
        ready = json.loads(program.stdout.readline())
        host, port = ready["address"].split(":")
        orders = [
            {"act": "delay", "seconds": 0.01},
            {"act": "fly"},
            {"act": "hold", "way": "sideways"},
            {"act": "heal"},
        ]
        answers = []
        for order in orders:
            program.stdin.write(json.dumps(order) + "\n")
            program.stdin.flush()
            answers.append(json.loads(program.stdout.readline()))
        assert [answer["ok"] for answer in answers] == [True, False, False, True]
        with socket.create_connection((host, int(port)), timeout=20) as line:
            line.sendall(b"one")
            assert whole(line, 3) == b"one"
        program.stdin.close()
        assert program.wait(20) == 0
