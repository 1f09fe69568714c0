"""Where the printer twin is plugged in: a TCP port, or the far end of a serial cable."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from devices.errors import DeviceMissing
from devices.simulation.serial_line import SerialLine

_CHUNK = 4096


class Port(Protocol):
    """A way for a program to reach the twin; all methods may be called from any thread."""

    @property
    def address(self) -> str:
        """What a program opens; valid after `start`."""
        ...

    @property
    def plugged(self) -> bool:
        """Whether the cable is in."""
        ...

    def start(self) -> None:
        """Begin with the cable in. Raises DeviceMissing when the address cannot be had."""
        ...

    def stop(self) -> None:
        """End, without waiting for the program."""
        ...

    def plug(self) -> None:
        """Put the cable in, at the same address."""
        ...

    def unplug(self) -> None:
        """Pull the cable."""
        ...

    def hang_up(self) -> None:
        """Break the connection that stands, and take the next."""
        ...

    def send(self, data: bytes) -> None:
        """Send to the program; lost when there is none."""
        ...


class TcpPort:
    """Talks to one program at a time, others wait, as with the hardware.

    Args:
        hear: Called with what the program has sent; may block, then the program waits.
        host: Address to listen on.
        port: 0 takes a free one and keeps it.
    """

    def __init__(self, hear: Callable[[bytes], None], host: str, port: int) -> None:
        self._hear = hear
        self._host = host
        self._port = port
        self._listener: socket.socket | None = None
        self._line = threading.Lock()  # guards the connection and writing to it
        self._connection: socket.socket | None = None
        self._threads: list[threading.Thread] = []

    @property
    def address(self) -> str:
        """`host:port`."""
        return f"{self._host}:{self._port}"

    @property
    def plugged(self) -> bool:
        """See Port."""
        return self._listener is not None

    def start(self) -> None:
        """See Port."""
        self.plug()

    def stop(self) -> None:
        """See Port."""
        self.unplug()

    def plug(self) -> None:
        """See Port."""
        if self._listener is not None:
            return
        try:
            listener = socket.create_server((self._host, self._port), backlog=4)
        except OSError as refused:
            raise DeviceMissing(f"打印机模拟器不能在 {self.address} 启动：{refused}") from refused
        self._listener, self._port = listener, listener.getsockname()[1]
        thread = threading.Thread(target=self._serve, args=(listener,), name="printer-port", daemon=True)
        self._threads.append(thread)
        thread.start()

    def unplug(self) -> None:
        """See Port."""
        listener, self._listener = self._listener, None
        if listener is None:
            return
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that waits in accept
        listener.close()
        self.hang_up()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(5)
        self._threads = [thread for thread in self._threads if thread.is_alive()]

    def hang_up(self) -> None:
        """See Port."""
        with self._line:
            connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def send(self, data: bytes) -> None:
        """See Port."""
        with self._line, suppress(OSError):
            if self._connection is not None:
                self._connection.sendall(data)

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # the cable is pulled
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._line:
                self._connection = connection
            if self._listener is not listener:  # pulled just now
                self.hang_up()
                return
            with suppress(OSError):
                while data := connection.recv(_CHUNK):
                    self._hear(data)
            self.hang_up()


class SerialPort:
    """A pseudo-terminal with the speed of the wire.

    Args:
        hear: Called with what the program has sent; must not block.
        baud: The rate the printer is set to; None follows the program.
        link: A stable path for its tty.
    """

    def __init__(self, hear: Callable[[bytes], None], baud: int | None, link: Path | None) -> None:
        self._hear = hear
        self._deaf = False  # from the moment of a hang-up until the cable is in again
        self._line = SerialLine(self._listen, baud=baud, link=link)

    @property
    def address(self) -> str:
        """The tty, or its stable link."""
        return self._line.address

    @property
    def plugged(self) -> bool:
        """See Port."""
        return self._line.plugged

    def start(self) -> None:
        """See Port."""
        self._line.start()

    def stop(self) -> None:
        """See Port."""
        self._line.stop()

    def plug(self) -> None:
        """See Port."""
        self._line.plug()

    def unplug(self) -> None:
        """See Port."""
        self._line.unplug()

    def hang_up(self) -> None:
        """A serial line has no connection but its cable: out and in again, from a thread the line can wait for."""
        self._deaf = True
        threading.Thread(target=self._replug, name="printer-replug", daemon=True).start()

    def send(self, data: bytes) -> None:
        """See Port."""
        self._line.send(data)

    def _listen(self, data: bytes) -> None:
        if not self._deaf:
            self._hear(data)

    def _replug(self) -> None:
        with suppress(DeviceMissing):  # the twin may have been stopped meanwhile
            self._line.unplug()
            self._deaf = False
            self._line.plug()
