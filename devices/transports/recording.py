"""Listens in on another transport; what it has heard may be personal and stays in memory until it is redacted."""

from devices.transports.base import Transport
from devices.transports.replay import Said


class RecordingTransport:
    """Passes everything on and keeps it.

    Args:
        transport: The one to listen to, not yet open.

    Attributes:
        conversation: What was said since it was last opened; pieces that came in one after another are one.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.conversation: list[Said] = []

    @property
    def address(self) -> str:
        """See Transport."""
        return self._transport.address

    def open(self) -> None:
        """See Transport; begins a new conversation."""
        self.conversation = []
        self._transport.open()

    def close(self) -> None:
        """See Transport."""
        self._transport.close()

    def read(self, length: int, timeout_s: float) -> bytes:
        """See Transport."""
        return self._heard(self._transport.read(length, timeout_s))

    def read_available(self) -> bytes:
        """See Transport."""
        return self._heard(self._transport.read_available())

    def write(self, data: bytes) -> None:
        """See Transport."""
        self.conversation.append((">", data))
        self._transport.write(data)

    def reset(self) -> None:
        """See Transport."""
        self._transport.reset()

    def _heard(self, data: bytes) -> bytes:
        if data and self.conversation and self.conversation[-1][0] == "<":
            self.conversation[-1] = ("<", self.conversation[-1][1] + data)
        elif data:
            self.conversation.append(("<", data))
        return data
