"""A bad network in a box: a TCP relay between a device and its server that delays, holds, cuts and lies on order.

As a class for tests; as a program: `python -m installer.rehearsal.relay --to HOST:PORT [--listen PORT]`, one JSON line
when ready (`{"ready": "relay", "address"}`), then acts as JSON lines on standard input (`{"act": "delay", "seconds":
0.5}`), each answered by one line. It ends with its input. Nothing is ever lost inside a connection: like TCP, it
delivers in order what it held, or ends the connection.
"""

import argparse
import asyncio
import json
import sys
import threading
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import TracebackType
from typing import Any, Self, TypeVar

from hall.errors import InputError

T = TypeVar("T")
_PIECE = 16 * 1024
_PATIENCE_S = 10.0
_TICKS_PER_S = 20  # a slow line moves so often


class RelayActError(InputError):
    """The relay does not know this act, or not with these arguments."""

    code = "rehearsal.relay_act"
    advice = "可用的动作：heal、delay、cut、half_open、hold、drop_after、throttle"


class Way(StrEnum):
    """Which way bytes go."""

    UP = "up"  # from the device to the server
    DOWN = "down"  # from the server to the device


@dataclass(frozen=True, slots=True)
class _Weather:
    """What is wrong at the moment; nothing by default."""

    delay_s: float = 0.0
    bytes_per_s: int = 0
    half_open: bool = False
    held: frozenset[Way] = frozenset()


@dataclass(eq=False, slots=True)
class _Line:
    """One connection through the relay; `server` is None while nobody is behind it."""

    device: asyncio.StreamWriter
    server: asyncio.StreamWriter | None = None

    def abort(self) -> None:
        for writer in (self.device, self.server):
            if writer is not None:
                writer.transport.abort()


@dataclass(slots=True)
class _Allowance:
    """How many bytes may still pass one way before every line that sends more is ended."""

    left: dict[Way, int] = field(default_factory=dict)

    def take(self, way: Way, size: int) -> int:
        """How many of them may pass."""
        if way not in self.left:
            return size
        allowed = min(size, self.left[way])
        self.left[way] -= allowed
        return allowed


class Relay:
    """A relay on a thread of its own, from `start` to `stop`; all is well until it is told otherwise.

    Args:
        target: Where it leads, `HOST:PORT`; nobody need be there yet.
        port: Where it listens on the loopback address; 0 takes a free port and keeps it.
    """

    def __init__(self, target: str, port: int = 0) -> None:
        host, _, number = target.rpartition(":")
        self._target = (host, int(number))
        self._port = port
        self._weather = _Weather()
        self._allowance = _Allowance()
        self._lines: set[_Line] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._changed = asyncio.Event()
        self._listener: asyncio.Server | None = None
        self._thread = threading.Thread(target=self._loop.run_forever, name="relay", daemon=True)

    @property
    def address(self) -> str:
        """Where devices connect, `127.0.0.1:PORT`."""
        return f"127.0.0.1:{self._port}"

    def start(self) -> None:
        """Listen."""
        self._thread.start()
        self._call(self._listen())

    def stop(self) -> None:
        """End every line, and the thread."""
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE_S)
        self._loop.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def heal(self) -> None:
        """All is well; what was held goes on its way, lines that led nowhere are ended."""
        self._call(self._set(_Weather()))

    def delay(self, seconds: float) -> None:
        """Everything takes so much longer, each way."""
        self._call(self._set(replace(self._weather, delay_s=seconds)))

    def throttle(self, bytes_per_s: int) -> None:
        """No line carries more than this, each way."""
        self._call(self._set(replace(self._weather, bytes_per_s=bytes_per_s)))

    def hold(self, way: str) -> None:
        """Cut one way: what is sent that way does not arrive until all is well."""
        held = self._weather.held | {Way(way)}
        self._call(self._set(replace(self._weather, held=held)))

    def half_open(self) -> None:
        """The other side is gone and nobody says so: lines stay up and are accepted, and nothing comes through."""
        self._call(self._set(replace(self._weather, half_open=True, held=frozenset(Way))))

    def cut(self) -> None:
        """End every line and take no new one."""
        self._call(self._cut())

    def drop_after(self, count: int, way: str) -> None:
        """When so many more bytes have gone that way, every line that sends more is ended, until all is well."""
        self._call(self._drop_after(count, Way(way)))

    # On the relay's own thread

    def _call(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_PATIENCE_S)

    async def _listen(self) -> None:
        if self._listener is None:
            self._listener = await asyncio.start_server(self._meet, "127.0.0.1", self._port)
            self._port = int(self._listener.sockets[0].getsockname()[1])

    async def _cut(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        for line in tuple(self._lines):
            line.abort()

    async def _drop_after(self, count: int, way: Way) -> None:
        self._allowance.left[way] = count

    async def _set(self, weather: _Weather) -> None:
        self._weather = weather
        if weather == _Weather():
            self._allowance.left.clear()
            await self._listen()
            for line in tuple(self._lines):
                if line.server is None:
                    line.abort()
        self._changed.set()
        self._changed = asyncio.Event()

    async def _close(self) -> None:
        await self._cut()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        line = _Line(writer)
        self._lines.add(line)
        try:
            while self._weather.half_open:
                await self._changed.wait()
            if not writer.transport.is_closing():
                back, line.server = await asyncio.open_connection(*self._target)
                async with asyncio.TaskGroup() as both:
                    both.create_task(self._carry(Way.UP, reader, line.server, line))
                    both.create_task(self._carry(Way.DOWN, back, writer, line))
        except* OSError:
            pass  # the line is ended below; whoever waits on it is told by that
        finally:
            line.abort()
            self._lines.discard(line)
            self._tasks.discard(task)

    async def _carry(self, way: Way, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, line: _Line) -> None:
        while data := await reader.read(_PIECE):
            await asyncio.sleep(self._weather.delay_s)
            for piece in self._pieces(data):
                while way in self._weather.held:
                    await self._changed.wait()
                allowed = self._allowance.take(way, len(piece))
                writer.write(piece[:allowed])
                await writer.drain()
                if allowed < len(piece):
                    line.abort()
                    return
                if self._weather.bytes_per_s:
                    await asyncio.sleep(len(piece) / self._weather.bytes_per_s)
        with suppress(OSError):
            writer.write_eof()

    def _pieces(self, data: bytes) -> list[bytes]:
        rate = self._weather.bytes_per_s
        size = max(1, rate // _TICKS_PER_S) if rate else len(data)
        return [data[start : start + size] for start in range(0, len(data), size)]


_ACTS = ("heal", "delay", "cut", "half_open", "hold", "drop_after", "throttle")


def act(relay: Relay, order: Any) -> None:
    """Do what a line of JSON asks for.

    Raises:
        RelayActError: If it asks for something else.
    """
    if not isinstance(order, dict) or order.get("act") not in _ACTS:
        raise RelayActError("每行应为一个 JSON 对象，其中 act 是一个动作")
    arguments = {name: value for name, value in order.items() if name != "act"}
    try:
        getattr(relay, order["act"])(**arguments)
    except (TypeError, ValueError):
        raise RelayActError(f"动作 {order['act']} 的参数不对") from None


def main(argv: list[str]) -> int:
    """Relay until the input ends."""
    parser = argparse.ArgumentParser(prog="relay", description="取号机与服务器之间的坏网络")
    parser.add_argument("--to", required=True, metavar="HOST:PORT", help="通到哪里")
    parser.add_argument("--listen", type=int, default=0, metavar="PORT", help="在本机哪个端口上等；0 为任选")
    options = parser.parse_args(argv)
    with Relay(options.to, options.listen) as relay:
        _say({"ready": "relay", "address": relay.address})
        for line in sys.stdin:
            try:
                act(relay, json.loads(line))
                _say({"ok": True})
            except json.JSONDecodeError:
                _say({"ok": False, "error": "这一行不是 JSON"})
            except RelayActError as error:
                _say({"ok": False, "error": str(error)})
    return 0


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
