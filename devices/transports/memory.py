"""A device that is a function: what is written is answered at once. For codecs, tests and tools without hardware."""

from collections.abc import Callable

from devices.errors import DeviceMissing


class MemoryTransport:
    """Gives every write to a function and makes its result readable.

    Args:
        answer: Bytes written → bytes that come back.
        address: A name for messages.
    """

    def __init__(self, answer: Callable[[bytes], bytes], address: str = "memory") -> None:
        self._answer = answer
        self._address = address
        self._arrived: bytearray | None = None

    @property
    def address(self) -> str:
        """The name."""
        return self._address

    def open(self) -> None:
        """See Transport."""
        self._arrived = bytearray()

    def close(self) -> None:
        """See Transport."""
        self._arrived = None

    def read(self, length: int, timeout_s: float) -> bytes:
        """See Transport; never waits, since nothing can arrive by itself."""
        del timeout_s
        arrived = self._opened()
        data = bytes(arrived[:length])
        del arrived[:length]
        return data

    def read_available(self) -> bytes:
        """See Transport."""
        return self.read(len(self._opened()), 0.0)

    def write(self, data: bytes) -> None:
        """See Transport."""
        self._opened().extend(self._answer(data))

    def reset(self) -> None:
        """See Transport."""
        self._opened().clear()

    def arrive(self, data: bytes) -> None:
        """Let bytes arrive that nobody asked for, as a scanner sends them."""
        self._opened().extend(data)

    def _opened(self) -> bytearray:
        if self._arrived is None:
            raise DeviceMissing(f"{self._address} 没有打开")
        return self._arrived
