"""The base of all twins: the control port, what it refuses, and the serial line."""

import json
import os
import select
import socket
import termios
import tty
from argparse import Namespace
from pathlib import Path
from threading import Event
from typing import Any, Self

import pytest

from devices.errors import ActRefused, DeviceMissing
from devices.simulation import Control, SerialLine, Simulator
from devices.simulation.serving import ControlServer
from devices.simulation.simulator import perform


class Bell(Simulator):
    kind = "bell"

    def __init__(self) -> None:
        self.rung = 0

    @classmethod
    def from_options(cls, options: Namespace) -> Self:
        del options
        return cls()

    @property
    def address(self) -> str:
        return "nowhere"

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def act(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        return perform({"ring": self.ring}, name, arguments)

    def ring(self, *, times: int) -> dict[str, Any]:
        self.rung += times
        return {"rung": self.rung}


def test_an_act_arrives_and_is_answered() -> None:
    server = ControlServer(Bell())
    server.start()
    try:
        control = Control(server.address)
        assert control.act("ring", times=2) == {"rung": 2}
        assert control.act("ring", times=1) == {"rung": 3}
        assert control.act("help") == {"acts": ["ring"], "faults": []}
        with pytest.raises(ActRefused, match="ring"):
            control.act("shout")
        with pytest.raises(ActRefused, match="volume"):
            control.act("ring", volume=3)
        with socket.create_connection(("127.0.0.1", int(server.address.rpartition(":")[2]))) as connection:
            connection.sendall(b"no json\n[1]\n")
            with connection.makefile() as answers:
                assert [json.loads(answers.readline())["ok"] for _ in range(2)] == [False, False]
        with pytest.raises(DeviceMissing, match="控制端口"):
            ControlServer(Bell(), int(server.address.rpartition(":")[2]))
    finally:
        server.stop()
    with pytest.raises(DeviceMissing):
        control.act("ring", times=1)


def _open(path: str, speed: int) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    tty.setraw(descriptor)
    settings = termios.tcgetattr(descriptor)
    settings[4] = settings[5] = speed
    termios.tcsetattr(descriptor, termios.TCSANOW, settings)
    return descriptor


def _read(descriptor: int, length: int, within_s: float = 5.0) -> bytes:
    data = b""
    while len(data) < length and select.select([descriptor], [], [], within_s)[0]:
        data += os.read(descriptor, 4096)
    return data


def test_bytes_cross_the_line_both_ways_and_it_survives_unplugging(tmp_path: Path) -> None:
    heard: list[bytes] = []
    arrived = Event()

    def receive(data: bytes) -> None:
        heard.append(data)
        arrived.set()

    line = SerialLine(receive, baud=115200, link=tmp_path / "reader")
    line.start()
    try:
        host = _open(line.address, termios.B115200)
        os.write(host, b"hello")
        assert arrived.wait(5)
        assert b"".join(heard) == b"hello"
        line.send(b"x" * 600)
        assert _read(host, 600) == b"x" * 600

        line.unplug()
        assert not (tmp_path / "reader").is_symlink()
        with pytest.raises(OSError):  # noqa: PT012 - a pulled cable fails on the write, or at the latest on the read
            os.write(host, b"!")
            os.read(host, 1)
        os.close(host)

        line.plug()
        host = _open(line.address, termios.B115200)
        line.send(b"back")
        assert _read(host, 4) == b"back"
        os.close(host)
    finally:
        line.stop()
    assert not (tmp_path / "reader").is_symlink()


def test_a_wrong_baud_rate_hears_nothing() -> None:
    line = SerialLine(lambda data: line.send(data), baud=9600)
    line.start()
    try:
        wrong = _open(line.address, termios.B115200)
        os.write(wrong, b"?")
        assert _read(wrong, 1, within_s=0.2) == b""
        os.close(wrong)
        right = _open(line.address, termios.B9600)
        os.write(right, b"?")
        assert _read(right, 1) == b"?"
        os.close(right)
    finally:
        line.stop()
