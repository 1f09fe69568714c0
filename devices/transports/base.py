"""What every transport promises: bytes out, bytes in, and a named error when the far end is gone."""

from typing import Protocol


class Transport(Protocol):
    """A way to one device. Not for use from two threads at once.

    Every method but `close` raises DeviceMissing when the far end is not there or went away.
    """

    @property
    def address(self) -> str:
        """What the settings call it, for messages."""
        ...

    def open(self) -> None:
        """Connect and forget everything that came before."""
        ...

    def close(self) -> None:
        """Disconnect; harmless when not open. Never raises."""
        ...

    def read(self, length: int, timeout_s: float) -> bytes:
        """Up to `length` bytes: fewer, or none, when `timeout_s` has passed."""
        ...

    def read_available(self) -> bytes:
        """What has already arrived, without waiting."""
        ...

    def write(self, data: bytes) -> None:
        """Hand over all bytes.

        Raises:
            DeviceSilent: The device does not take them in time.
        """
        ...

    def reset(self) -> None:
        """Throw away what has arrived and was not read."""
        ...
