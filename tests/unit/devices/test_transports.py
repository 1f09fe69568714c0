"""Each transport on a real socket, file or pseudo-terminal: bytes, waiting, and the far end going away."""

import os
import socket
import threading
import tty
from pathlib import Path

import pytest

from devices.errors import DeviceGarbled, DeviceMissing, DeviceSilent
from devices.simulation import SerialLine
from devices.transports import (
    FileTransport,
    MemoryTransport,
    ReplayTransport,
    SerialTransport,
    TcpTransport,
    transport_at,
)


def test_serial_reads_what_comes_and_names_what_goes_wrong(tmp_path: Path) -> None:
    line = SerialLine(lambda data: line.send(data.upper()), baud=115200, link=tmp_path / "port")
    line.start()
    transport = SerialTransport(line.address, 115200)
    try:
        with pytest.raises(DeviceMissing, match="没有打开"):
            transport.write(b"x")
        transport.open()
        transport.write(b"abcd")
        assert transport.read(3, 5) == b"ABC"
        assert transport.read(1, 5) == b"D"
        assert transport.read(1, 0.01) == b""
        assert transport.read_available() == b""
        with pytest.raises(DeviceMissing):
            SerialTransport(line.address, 115200).open()  # held exclusively
        line.unplug()
        with pytest.raises(DeviceMissing):
            transport.read(1, 5)
        with pytest.raises(DeviceMissing):
            transport.reset()
        with pytest.raises(DeviceMissing):
            transport.open()
        line.plug()
        transport.open()
        transport.write(b"again")
        assert transport.read(5, 5) == b"AGAIN"
    finally:
        transport.close()
        line.stop()


def test_tcp_reads_what_comes_and_notices_the_end() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        transport = TcpTransport(*server.getsockname()[:2])
        transport.open()
        peer, _ = server.accept()
        transport.write(b"status?")
        assert peer.recv(16) == b"status?"
        threading.Thread(target=peer.sendall, args=(b"well",)).start()
        assert transport.read(4, 5) == b"well"
        assert transport.read_available() == b""
        peer.close()
        with pytest.raises(DeviceMissing, match="关闭"):
            transport.read(1, 5)
        transport.close()
    with pytest.raises(DeviceMissing, match="连接不上"):
        transport.open()


def test_a_file_keeps_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "slip.bin"
    for part in (b"one", b"two"):
        transport = FileTransport(path)
        transport.open()
        transport.write(part)
        assert transport.read(1, 1) == b""
        transport.close()
    assert path.read_bytes() == b"onetwo"
    with pytest.raises(DeviceMissing):
        FileTransport(tmp_path / "no" / "folder").open()


def test_a_device_file_is_read_and_written_and_its_end_is_noticed(tmp_path: Path) -> None:
    line = SerialLine(lambda data: line.send(data.upper()), link=tmp_path / "lp0")  # stands in for /dev/usb/lp0
    line.start()
    transport = FileTransport(Path(line.address))
    try:
        with pytest.raises(DeviceMissing, match="没有打开"):
            transport.write(b"x")
        transport.open()
        transport.write(b"abcd")
        assert transport.read(3, 20) == b"ABC"
        assert transport.read(1, 20) == b"D"
        assert transport.read(1, 0.01) == b""
        assert transport.read_available() == b""
        line.unplug()
        with pytest.raises(DeviceMissing, match="已断开"):
            transport.write(b"x")
        with pytest.raises(DeviceMissing):
            transport.read(1, 20)
    finally:
        transport.close()
        line.stop()


def test_a_device_that_takes_nothing_is_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.transports.file._TIMEOUT_S", 0.1)
    master, slave = os.openpty()  # nobody reads the master
    tty.setraw(slave)
    transport = FileTransport(Path(os.ttyname(slave)))
    transport.open()
    try:
        with pytest.raises(DeviceSilent, match="不接收数据"):
            transport.write(bytes(1 << 20))
    finally:
        transport.close()
        os.close(slave)
        os.close(master)


def test_no_ordinary_file_is_made_where_a_device_is_missing() -> None:
    path = Path("/dev/onewindow-no-such-printer")
    with pytest.raises(DeviceMissing, match="打不开"):
        FileTransport(path).open()
    assert not path.exists()


def test_memory_answers_and_takes_unasked_bytes() -> None:
    transport = MemoryTransport(lambda data: data[::-1])
    transport.open()
    transport.write(b"abc")
    transport.arrive(b"!")
    assert transport.read(2, 0) == b"cb"
    assert transport.read_available() == b"a!"


def test_a_recording_plays_back_and_notices_another_conversation() -> None:
    recording = "# greeting\n< 01\n> AA BB\n< CC\n> DD\n"
    transport = ReplayTransport(recording)
    transport.open()
    assert transport.read_available() == b"\x01"
    transport.write(b"\xaa\xbb")
    assert transport.read(9, 1) == b"\xcc"
    assert not transport.finished
    with pytest.raises(DeviceGarbled, match="录音"):
        transport.write(b"\xff")
    with pytest.raises(ValueError, match="第 1 行"):
        ReplayTransport("AA BB")


def test_addresses_lead_to_their_transports() -> None:
    assert transport_at("tcp:127.0.0.1:9100").address == "127.0.0.1:9100"
    assert isinstance(transport_at("serial:/dev/ttyS0"), SerialTransport)
    assert isinstance(transport_at("file:paper.bin"), FileTransport)
    for wrong in ("", "tcp:host", "tcp:host:99999", "usb:1", "serial:"):
        with pytest.raises(ValueError, match="应为"):
            transport_at(wrong)
