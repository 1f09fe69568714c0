"""Device files both ways, such as the kernel's USB printer file, and ordinary files that keep what is written.

The USB printer class driver (usblp) makes `/dev/usb/lpN`: poll and read bring the printer's answers, a write that the
printer does not take returns at once. Tried over a pseudo-terminal in the place of the device file; with a real usblp
not yet.
"""

import os
import select
import time
from pathlib import Path
from stat import S_ISREG

from devices.errors import DeviceMissing, DeviceSilent

_TIMEOUT_S = 3.0  # for the device to take what it is sent
_EMPTY_S = 0.01  # usblp hands out empty packets: no reason to ask again at once
_CHUNK = 4096
_ENDED = select.POLLHUP | select.POLLERR if hasattr(select, "poll") else 0  # device files are a matter of POSIX
_DEVICES = Path("/dev")


class FileTransport:
    """A device file, or an ordinary file to which the bytes are appended and which never answers.

    Args:
        path: An ordinary file is made when missing, its folder is not; below `/dev` nothing is made.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: int | None = None
        self._answers = False

    @property
    def address(self) -> str:
        """The path."""
        return str(self._path)

    def open(self) -> None:
        """See Transport."""
        self.close()
        try:
            self._answers = self._is_device()
            both_ways = os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY
            self._file = os.open(self._path, both_ways if self._answers else os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        except PermissionError as refused:
            advice = "请把运行程序的用户加入 lp 组，然后重新登录"
            raise DeviceMissing(f"没有读写 {self._path} 的权限", advice=advice) from refused
        except OSError as refused:
            raise DeviceMissing(f"{self._path} 打不开：{refused.strerror}") from refused
        if self._answers:
            self.reset()

    def close(self) -> None:
        """See Transport."""
        file, self._file = self._file, None
        if file is not None:
            os.close(file)

    def read(self, length: int, timeout_s: float) -> bytes:
        """See Transport; from an ordinary file nothing, at once: waiting would not help."""
        data = b""
        until = time.monotonic() + timeout_s
        while self._answers and len(data) < length:
            left = until - time.monotonic()
            data += self._receive(length - len(data), max(0.0, left))
            if left <= 0:
                break
        return data

    def read_available(self) -> bytes:
        """See Transport."""
        data = b""
        while self._answers and (more := self._receive(_CHUNK, 0.0)):
            data += more
        return data

    def write(self, data: bytes) -> None:
        """See Transport."""
        rest = memoryview(data)
        until = time.monotonic() + _TIMEOUT_S
        while rest:
            file = self._opened()
            try:
                rest = rest[os.write(file, rest) :]
                until = time.monotonic() + _TIMEOUT_S
            except BlockingIOError as full:
                left = until - time.monotonic()
                if left <= 0:
                    raise DeviceSilent(f"{self._path} 不接收数据") from full
                select.select([], [file], [], left)
            except OSError as gone:
                raise self._gone(gone) from gone

    def reset(self) -> None:
        """See Transport."""
        self.read_available()

    def _is_device(self) -> bool:
        try:
            return not S_ISREG(self._path.stat().st_mode)
        except FileNotFoundError:
            if self._path.absolute().is_relative_to(_DEVICES):
                raise
            return False

    def _receive(self, length: int, timeout_s: float) -> bytes:
        """What has come within the time, perhaps nothing."""
        file = self._opened()
        events = select.poll()
        events.register(file, select.POLLIN)
        try:
            found = events.poll(timeout_s * 1000)
            data = os.read(file, length) if found else b""
        except BlockingIOError:
            return b""
        except OSError as gone:
            raise self._gone(gone) from gone
        if not data and found:
            if found[0][1] & _ENDED:
                raise DeviceMissing(f"{self._path} 已断开")
            time.sleep(min(_EMPTY_S, timeout_s))
        return data

    def _opened(self) -> int:
        if self._file is None:
            raise DeviceMissing(f"{self._path} 没有打开")
        return self._file

    def _gone(self, error: OSError) -> DeviceMissing:
        return DeviceMissing(f"{self._path} 已断开：{error.strerror}")
