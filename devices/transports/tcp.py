"""Network devices: one TCP connection, as printers on port 9100 offer."""

import select
import socket
import time
from contextlib import suppress

from devices.errors import DeviceMissing, DeviceSilent

_TIMEOUT_S = 3.0  # to connect, and for the device to take what it is sent
_CHUNK = 65536


class TcpTransport:
    """One connection to `host:port`.

    Args:
        host: Name or address.
        port: TCP port.
    """

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._socket: socket.socket | None = None

    @property
    def address(self) -> str:
        """`host:port`."""
        return f"{self._target[0]}:{self._target[1]}"

    def open(self) -> None:
        """Connect; see Transport."""
        self.close()
        try:
            self._socket = socket.create_connection(self._target, timeout=_TIMEOUT_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as refused:
            self.close()
            raise DeviceMissing(f"{self.address} 连接不上：{refused}") from refused

    def close(self) -> None:
        """Disconnect."""
        connection, self._socket = self._socket, None
        if connection is not None:
            with suppress(OSError):
                connection.close()

    def read(self, length: int, timeout_s: float) -> bytes:
        """See Transport."""
        data = b""
        until = time.monotonic() + timeout_s
        while len(data) < length:
            more = self._receive(length - len(data), max(0.0, until - time.monotonic()))
            if not more:
                break
            data += more
        return data

    def read_available(self) -> bytes:
        """See Transport."""
        data = b""
        while more := self._receive(_CHUNK, 0.0):
            data += more
        return data

    def write(self, data: bytes) -> None:
        """See Transport."""
        try:
            self._opened().sendall(data)
        except TimeoutError as late:
            raise DeviceSilent(f"{self.address} 不接收数据") from late
        except OSError as gone:
            raise DeviceMissing(f"{self.address} 连接已断开：{gone}") from gone

    def reset(self) -> None:
        """See Transport."""
        self.read_available()

    def _receive(self, length: int, timeout_s: float) -> bytes:
        """What has come within the time; empty at its end."""
        connection = self._opened()
        try:
            if not select.select([connection], [], [], timeout_s)[0]:
                return b""
            data = connection.recv(length)
        except OSError as gone:
            raise DeviceMissing(f"{self.address} 连接已断开：{gone}") from gone
        if not data:
            raise DeviceMissing(f"{self.address} 关闭了连接")
        return data

    def _opened(self) -> socket.socket:
        if self._socket is None:
            raise DeviceMissing(f"{self.address} 没有连接")
        return self._socket
