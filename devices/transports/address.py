"""From the address in the settings to the transport."""

from pathlib import Path

from devices.transports.base import Transport
from devices.transports.file import FileTransport
from devices.transports.serial import Flow, SerialTransport
from devices.transports.tcp import TcpTransport


def transport_at(address: str, *, baud: int = 9600, flow: Flow = "none") -> Transport:
    """The transport for `tcp:HOST:PORT`, `serial:PORT` or `file:PATH`.

    Args:
        address: As in the settings.
        baud: Only used for a serial port.
        flow: Only used for a serial port.

    Raises:
        ValueError: An address of another form; the message says what would be right.
    """
    scheme, _, rest = address.partition(":")
    if scheme == "serial" and rest:
        return SerialTransport(rest, baud, flow=flow)
    if scheme == "file" and rest:
        return FileTransport(Path(rest))
    host, _, port = rest.rpartition(":")
    if scheme == "tcp" and host and port.isdecimal() and 0 < int(port) < 65536:
        return TcpTransport(host, int(port))
    raise ValueError(f"地址 {address} 应为 tcp:主机:端口、serial:串口 或 file:文件")
