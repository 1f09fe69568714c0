"""A file or a one-way printer port: bytes go out, nothing ever comes back."""

from io import FileIO
from pathlib import Path

from devices.errors import DeviceMissing


class FileTransport:
    """Appends to a file such as `/dev/usb/lp0`, or to an ordinary file that keeps the bytes.

    Args:
        path: Made when missing; its folder is not.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: FileIO | None = None

    @property
    def address(self) -> str:
        """The path."""
        return str(self._path)

    def open(self) -> None:
        """See Transport."""
        self.close()
        try:
            self._file = FileIO(self._path, "ab")
        except OSError as refused:
            raise DeviceMissing(f"{self._path} 不能写入：{refused.strerror}") from refused

    def close(self) -> None:
        """See Transport."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def read(self, length: int, timeout_s: float) -> bytes:
        """Nothing, at once: waiting would not help."""
        del length, timeout_s
        return b""

    def read_available(self) -> bytes:
        """Nothing."""
        return b""

    def write(self, data: bytes) -> None:
        """See Transport."""
        if self._file is None:
            raise DeviceMissing(f"{self._path} 没有打开")
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
        except OSError as gone:
            raise DeviceMissing(f"{self._path} 不能写入：{gone.strerror}") from gone

    def reset(self) -> None:
        """Nothing to throw away."""
