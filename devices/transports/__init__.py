"""Ways to reach a device: the only place that touches ports and sockets."""

from devices.transports.address import transport_at
from devices.transports.base import Transport
from devices.transports.file import FileTransport
from devices.transports.memory import MemoryTransport
from devices.transports.recording import RecordingTransport
from devices.transports.replay import ReplayTransport, Said, recording_of
from devices.transports.serial import SerialTransport
from devices.transports.tcp import TcpTransport

__all__ = [
    "FileTransport",
    "MemoryTransport",
    "RecordingTransport",
    "ReplayTransport",
    "Said",
    "SerialTransport",
    "TcpTransport",
    "Transport",
    "recording_of",
    "transport_at",
]
