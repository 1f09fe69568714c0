"""What every device promises to its supervisor."""

import threading
from typing import Protocol

from devices.health import Health


class Device(Protocol):
    """A device that a supervisor opens, watches and closes, all on one thread of its own.

    What a device has to say (a card, a scan) goes to a callback given when it was built; callbacks run on that
    same thread, so they must be quick and hand over to their own thread or loop.
    """

    @property
    def name(self) -> str:
        """Its name in settings, health and logs."""
        ...

    def open(self) -> None:
        """Connect. Called again after every failure.

        Raises:
            DeviceError: It cannot be reached or is not fit for use.
        """
        ...

    def watch(self, stop: threading.Event) -> None:
        """Work until `stop` is set; may return earlier whenever `health()` has changed, and is then called again.

        Raises:
            DeviceError: The connection is no longer of use; `close` and `open` follow after a pause.
        """
        ...

    def close(self) -> None:
        """Disconnect; harmless when not open. Never raises."""
        ...

    def health(self) -> Health:
        """How it is, as long as it is open; callable from any thread."""
        ...
