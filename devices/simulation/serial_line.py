"""A serial cable in software: a pseudo-terminal that runs at the speed of the wire and can be pulled out.

The far end is a real tty for the program. Bytes are released at ten bits each (8N1) by the baud rate the
program has set, measured from an absolute clock, so that a twin is never faster than the hardware.
"""

import contextlib
import errno
import math
import os
import re
import select
import termios
import threading
import time
import tty
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from enum import Enum, auto
from pathlib import Path

from devices.errors import DeviceMissing

_BITS_PER_BYTE = 10  # start, eight data, stop
_RATES = {getattr(termios, name): int(name[1:]) for name in dir(termios) if re.fullmatch(r"B[1-9]\d*", name)}
_TICK_S = 0.0005  # pause between two releases while bytes are under way


class SerialLine:
    """The device's end of the cable. One thread owns the pseudo-terminal; all methods may be called from any thread.

    Args:
        receive: Called on the line's thread with what the program has sent; must not block.
        baud: The rate the device is set to; at any other rate nothing gets through, as on a real wire.
            None accepts whatever rate the program sets.
        link: A stable path for the program to open; it stays the same when the cable is plugged in again.
    """

    def __init__(self, receive: Callable[[bytes], None], *, baud: int | None = None, link: Path | None = None) -> None:
        self._receive = receive
        self._baud = baud
        self._link = link
        self._master: int | None = None
        self._slave: int | None = None
        self._tty = ""
        self._orders: deque[tuple[_Order, Future[None]]] = deque()
        self._outbound: deque[tuple[float, bytes]] = deque()
        self._release = _Release()
        self._wake_read, self._wake_write = os.pipe()
        self._thread = threading.Thread(target=self._run, name="serial-line", daemon=True)

    @property
    def address(self) -> str:
        """The path to open: the stable link, else the present (or last) tty."""
        return str(self._link.absolute()) if self._link else self._tty

    @property
    def plugged(self) -> bool:
        """Whether the cable is in."""
        return self._master is not None

    @property
    def busy(self) -> bool:
        """Whether bytes of the device are waiting or under way; exact only on the line's thread."""
        return self._release.pending or bool(self._outbound)

    def start(self) -> None:
        """Start the thread with the cable plugged in.

        Raises:
            DeviceMissing: The link cannot be made.
        """
        try:
            self._plug()
        except OSError as refused:
            raise DeviceMissing(f"不能建立虚拟串口 {self._link}：{refused.strerror}") from refused
        self._thread.start()

    def stop(self) -> None:
        """Pull the cable and end the thread."""
        if self._thread.is_alive():
            self._order(_Order.STOP)
            self._thread.join(5)
        os.close(self._wake_read)
        os.close(self._wake_write)

    def plug(self) -> None:
        """Put the cable in; a program finds a new tty behind the same link.

        Raises:
            DeviceMissing: The link cannot be made.
        """
        self._order(_Order.PLUG)

    def unplug(self) -> None:
        """Pull the cable: the program's reads and writes fail at once, as with a USB adapter."""
        self._order(_Order.UNPLUG)

    def set_baud(self, baud: int | None) -> None:
        """Set the device to another rate, as `baud` of the class."""
        self._baud = baud

    def send(self, data: bytes, *, after_s: float = 0.0) -> None:
        """Queue bytes for the wire, not before `after_s` seconds from now and after everything queued earlier."""
        self._outbound.append((time.monotonic() + after_s, data))
        self._wake()

    def wire_s(self, length: int) -> float:
        """Seconds that so many bytes spend on the wire at the program's present rate.

        What the program sends is here at once: a twin whose answers are measured adds this to its `after_s`.
        """
        return length * _BITS_PER_BYTE / (self._rate() or math.inf)

    def _order(self, order: "_Order") -> None:
        done: Future[None] = Future()
        self._orders.append((order, done))
        self._wake()
        try:
            done.result(5)
        except OSError as refused:
            raise DeviceMissing(f"虚拟串口不可用：{refused.strerror}") from refused

    def _wake(self) -> None:
        os.write(self._wake_write, b"!")

    def _run(self) -> None:
        while True:
            watched = [self._wake_read] if self._master is None else [self._wake_read, self._master]
            readable, _, _ = select.select(watched, [], [], self._pause())
            if self._wake_read in readable:
                os.read(self._wake_read, 4096)
            while self._orders:
                order, done = self._orders.popleft()
                act = self._plug if order is _Order.PLUG else self._unplug
                try:
                    act()
                except OSError as refused:
                    done.set_exception(refused)
                else:
                    done.set_result(None)
                if order is _Order.STOP:
                    return
            if self._master is not None and self._master in readable:
                self._take_in()
            self._let_out()

    def _pause(self) -> float | None:
        if self._release.pending:
            return _TICK_S
        if not self._outbound:
            return None
        return max(0.0, self._outbound[0][0] - time.monotonic())

    def _take_in(self) -> None:
        with contextlib.suppress(OSError):
            data = os.read(self._master or 0, 4096)
            if data and self._rate() is not None:
                self._receive(data)

    def _let_out(self) -> None:
        now = time.monotonic()
        if not self._release.pending and self._outbound and self._outbound[0][0] <= now:
            self._release.begin(self._outbound.popleft()[1], now)
        rate = self._rate()
        if rate is None:
            self._release.clear()  # nobody at the other end understands it
            return
        data = self._release.due(now, rate / _BITS_PER_BYTE)
        if data and self._master is not None:
            try:
                os.write(self._master, data)
            except BlockingIOError:
                pass  # the program does not read: the bytes are lost, as in an overrun
            except OSError as gone:
                if gone.errno != errno.EIO:
                    raise

    def _rate(self) -> int | None:
        """The program's baud rate, None when nothing can be understood at it."""
        if self._master is None:
            return None
        rate = _RATES.get(termios.tcgetattr(self._master)[5])
        return rate if self._baud in (None, rate) else None

    def _plug(self) -> None:
        if self._master is not None:
            return
        # The slave stays open here too, so that the line does not hang up when the program closes its end.
        self._master, self._slave = os.openpty()
        os.set_blocking(self._master, False)
        tty.setraw(self._slave)
        self._tty = os.ttyname(self._slave)
        self._outbound.clear()
        self._release.clear()
        if self._link is not None:
            fresh = self._link.with_name(f".{self._link.name}.{os.getpid()}")
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(self._tty)
            fresh.replace(self._link)

    def _unplug(self) -> None:
        for descriptor in (self._master, self._slave):
            if descriptor is not None:
                os.close(descriptor)
        self._master = self._slave = None
        self._outbound.clear()
        self._release.clear()
        if self._link is not None and self._link.is_symlink() and self._link.readlink() == Path(self._tty):
            self._link.unlink()


class _Order(Enum):
    PLUG = auto()
    UNPLUG = auto()
    STOP = auto()


class _Release:
    """Bytes on their way, let out by the clock: after t seconds floor(t × bytes per second) of them."""

    def __init__(self) -> None:
        self._data = b""
        self._sent = 0
        self._began = 0.0

    @property
    def pending(self) -> bool:
        return self._sent < len(self._data)

    def begin(self, data: bytes, now: float) -> None:
        self._data, self._sent, self._began = data, 0, now

    def clear(self) -> None:
        self._data, self._sent = b"", 0

    def due(self, now: float, bytes_per_s: float) -> bytes:
        until = min(len(self._data), int((now - self._began) * bytes_per_s))
        data, self._sent = self._data[self._sent : until], max(self._sent, until)
        return data
