"""Serial ports and USB-serial adapters, by pyserial; 8N1."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

import serial

from devices.errors import DeviceMissing, DeviceSilent

_WRITE_TIMEOUT_S = 2.0  # beside the time that the bytes themselves need
_BUFFERED = 4096  # bytes that a kernel may still hold before it takes more
_BITS_PER_BYTE = 10  # start, eight data, stop

Flow = Literal["none", "xonxoff", "rtscts"]

# A pulled adapter shows as OSError or, on POSIX, as termios.error, which is not an OSError.
_GONE: tuple[type[Exception], ...] = (OSError,)
with suppress(ImportError):
    import termios

    _GONE = (OSError, termios.error)


class SerialTransport:
    """One serial port, held exclusively: a second program gets an error instead of half of the bytes.

    Args:
        port: Such as `/dev/onewindow/id_card` or `COM3`.
        baud: Bits per second.
        flow: How the device says wait: not at all, by the bytes 13 and 11, or by a wire.
    """

    def __init__(self, port: str, baud: int, *, flow: Flow = "none") -> None:
        self._path = port
        self._baud = baud
        self._flow = flow
        self._port: serial.Serial | None = None

    @property
    def address(self) -> str:
        """The port."""
        return self._path

    def open(self) -> None:
        """Open and lock the port; see Transport."""
        self.close()
        with self._named_errors():
            self._port = serial.Serial(
                self._path,
                self._baud,
                write_timeout=_WRITE_TIMEOUT_S + _BUFFERED * _BITS_PER_BYTE / self._baud,
                xonxoff=self._flow == "xonxoff",
                rtscts=self._flow == "rtscts",
                exclusive=True if os.name == "posix" else None,  # elsewhere ports are exclusive by nature
            )

    def close(self) -> None:
        """Release the port."""
        port, self._port = self._port, None
        if port is not None:
            with suppress(*_GONE):
                port.close()

    def read(self, length: int, timeout_s: float) -> bytes:
        """See Transport."""
        with self._named_errors():
            port = self._opened()
            if port.timeout != timeout_s:
                port.timeout = timeout_s
            return bytes(port.read(length))

    def read_available(self) -> bytes:
        """See Transport."""
        with self._named_errors():
            waiting = self._opened().in_waiting
            return bytes(self._opened().read(waiting)) if waiting else b""

    def write(self, data: bytes) -> None:
        """See Transport."""
        with self._named_errors():
            self._opened().write(data)

    def reset(self) -> None:
        """See Transport."""
        with self._named_errors():
            self._opened().reset_input_buffer()

    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise DeviceMissing(f"串口 {self._path} 没有打开")
        return self._port

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except serial.SerialTimeoutException as late:
            raise DeviceSilent(f"串口 {self._path} 不接收数据") from late
        except _GONE as gone:
            raise DeviceMissing(f"串口 {self._path} 不可用：{gone}") from gone
