"""From a call to the last of many boards, each a WebSocket as a browser opens it (compression offered).

The bytes are timed as they arrive and only then unpacked, so that the watcher costs little of what it measures.
"""

import json
import selectors
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.frames import Frame, Opcode
from websockets.uri import parse_uri

from installer.bench import disk
from installer.bench.calling import call_next, finish, issue_waiting, sign_in, ticket_called
from installer.bench.clients import Answer, Clients
from installer.bench.errors import BenchError
from installer.bench.figures import Figure, figure, quantile
from installer.bench.halls import BenchHall
from installer.bench.sizes import Sizes
from installer.bench.using import processor_s

COUNTS = (50, 200)
_PATIENCE_S = 10.0
_QUIET_S = 0.1
_AT_ONCE = 1 << 16


class Board:
    """One display's connection.

    Attributes:
        arrived: When the bytes came that showed the newest place in the journal, and that place.
    """

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=_PATIENCE_S)
        self._protocol = ClientProtocol(
            parse_uri(f"ws://{parts.netloc}/board/live"), extensions=[ClientPerMessageDeflateFactory()]
        )
        self._protocol.send_request(self._protocol.connect())
        self._say()
        self._come: list[tuple[float, bytes]] = []
        self.arrived: tuple[float, int] = (0.0, 0)

    @property
    def unread(self) -> bool:
        """Whether bytes have come that were not unpacked yet."""
        return bool(self._come)

    def take_in(self) -> None:
        """Keep what has come, with its time."""
        data = self.socket.recv(_AT_ONCE)
        if not data:
            raise BenchError("叫号屏的连接断了")
        self._come.append((time.perf_counter(), data))

    def unpack(self) -> None:
        """Read what was kept, answer pings."""
        for at, data in self._come:
            self._protocol.receive_data(data)
            for event in self._protocol.events_received():
                if isinstance(event, Frame) and event.opcode is Opcode.TEXT:
                    self.arrived = (at, json.loads(bytes(event.data))["seq"])
        self._come.clear()
        self._say()

    def _say(self) -> None:
        try:
            for data in self._protocol.data_to_send():
                self.socket.sendall(data)
        except ConnectionError:
            raise BenchError("叫号屏的连接断了") from None


class Boards:
    """So many displays of one hall, watched together."""

    def __init__(self, address: str, count: int, closing: ExitStack) -> None:
        self._selector = closing.enter_context(selectors.DefaultSelector())
        self._boards = [Board(address) for _ in range(count)]
        for board in self._boards:
            closing.callback(board.socket.close)
            self._selector.register(board.socket, selectors.EVENT_READ, board)

    def settle(self) -> None:
        """Take everything in until nothing has come for a while and every board shows something."""
        until = time.perf_counter() + _PATIENCE_S
        while self._listen(_QUIET_S) or not all(board.arrived[1] for board in self._boards):
            _check(until)
            self._unpack()

    def last_shows(self, call: "Call") -> float:
        """When the last board had the bytes that show a call."""
        until = time.perf_counter() + _PATIENCE_S
        waiting = self._boards
        while waiting:
            _check(until)
            self._listen(0.02)
            if call.seq and all(board.unread for board in waiting):
                self._unpack()
                waiting = [board for board in waiting if board.arrived[1] < call.seq]
        return max(board.arrived[0] for board in self._boards)

    def _listen(self, seconds: float) -> bool:
        ready = self._selector.select(seconds)
        for key, _ in ready:
            key.data.take_in()
        return bool(ready)

    def _unpack(self) -> None:
        for board in self._boards:
            board.unpack()


class Call(threading.Thread):
    """One call made beside the watching.

    Attributes:
        began: When it was sent.
        seq: Its place in the journal, 0 until it was answered.
        answer: What came back, None until then.
    """

    def __init__(self, clients: Clients, session: str) -> None:
        super().__init__(name="bench-call", daemon=True)
        self._clients = clients
        self._request = call_next(session)
        self.began = time.perf_counter()
        self.seq = 0
        self.answer: Answer | None = None
        self.start()

    def run(self) -> None:
        """See the class."""
        ((self.answer,),) = self._clients.run([[self._request]]).answers
        self.seq = json.loads(self.answer.body)["seq"]


def measure(hall: BenchHall, sizes: Sizes) -> Iterator[Figure]:
    """One window calls, starts and finishes; all boards of the hall watch."""
    ((window, clerk),) = hall.clerks(1)
    server = hall.stage.start_server()
    session = sign_in(hall, window, clerk.staff, clerk.pin)
    issue_waiting(hall, len(COUNTS) * sizes.calls + 100)
    yield from disk.rows("fan-out", disk.probe(hall.folder))
    for count in COUNTS:
        used = processor_s(server.pid)
        ms = _calls(hall, session, count, sizes.calls)
        own = (processor_s(server.pid) - used) * 1000 / sizes.calls
        name = f"fan-out: call → last of {count} boards"
        yield figure(f"{name}, p50", quantile(ms, 0.5), "ms")
        yield figure(f"{name}, p99", quantile(ms, 0.99), "ms", "p99 ≤ 50 ms" if count == max(COUNTS) else "")
        yield figure(f"fan-out: server's own time for one citizen's three acts, {count} boards", own, "ms")


def _calls(hall: BenchHall, session: str, count: int, calls: int) -> list[float]:
    ms = []
    with ExitStack() as closing:
        clients = closing.enter_context(Clients(hall.stage.address, 1))
        boards = Boards(hall.stage.address, count, closing)
        for _ in range(calls):
            boards.settle()
            call = Call(clients, session)
            ms.append((boards.last_shows(call) - call.began) * 1000)
            call.join()
            assert call.answer is not None
            clients.run([finish(session, ticket_called(call.answer))])
    return ms


def _check(until: float) -> None:
    if time.perf_counter() > until:
        raise BenchError(f"叫号屏 {_PATIENCE_S:.0f} 秒内没有都显示")
