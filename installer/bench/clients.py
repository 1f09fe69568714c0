"""Load clients that cost little: kept-alive connections, requests written out beforehand, one selector for all.

They are Python and share the machine's cores with the server; what they measure includes that.
"""

import re
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel

from installer.bench.errors import BenchError

_LENGTH = re.compile(rb"^content-length: *(\d+)", re.IGNORECASE | re.MULTILINE)
_AT_ONCE = 1 << 16
_PATIENCE_S = 30.0
_BAD = 400


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long after the request's first byte its last byte was here."""

    ms: float
    body: bytes


@dataclass(frozen=True, slots=True)
class Run:
    """All answers, by client and in order, and how long the whole took."""

    seconds: float
    answers: list[list[Answer]]

    @property
    def ms(self) -> list[float]:
        """The times of all answers."""
        return [answer.ms for client in self.answers for answer in client]


def post(path: str, session: str, body: BaseModel) -> bytes:
    """A whole request, ready to be sent again and again."""
    content = body.model_dump_json().encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {session}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


class Clients:
    """So many clients, each with one connection; each sends its next request when the last one is answered.

    Raises:
        BenchError: From `run`, if the server refuses a request or falls silent.
    """

    def __init__(self, address: str, count: int) -> None:
        parts = urlsplit(address)
        target = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._sockets = [socket.create_connection(target, timeout=_PATIENCE_S) for _ in range(count)]
        for connected in self._sockets:
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for connected in self._sockets:
            connected.close()

    def run(self, scripts: Sequence[Sequence[bytes]]) -> Run:
        """Send every client's requests, all clients side by side."""
        began = time.perf_counter()
        conversations = [_Conversation(*each) for each in zip(self._sockets, scripts, strict=True)]
        with selectors.DefaultSelector() as selector:
            for conversation in conversations:
                if conversation.send_next():
                    selector.register(conversation.socket, selectors.EVENT_READ, conversation)
            while selector.get_map():
                ready = selector.select(_PATIENCE_S)
                if not ready:
                    raise BenchError(f"服务器 {_PATIENCE_S:.0f} 秒没有回答")
                for key, _ in ready:
                    if key.data.take_in() and not key.data.send_next():
                        selector.unregister(key.fileobj)
        return Run(time.perf_counter() - began, [conversation.answers for conversation in conversations])


class _Conversation:
    """One client's way through its requests."""

    def __init__(self, connected: socket.socket, script: Sequence[bytes]) -> None:
        self.socket = connected
        self.answers: list[Answer] = []
        self._script = iter(script)
        self._sent_at = 0.0
        self._come = b""
        self._wanted = 0  # length of the whole answer, 0 until its head is here

    def send_next(self) -> bool:
        request = next(self._script, None)
        if request is None:
            return False
        self._come, self._wanted = b"", 0
        self._sent_at = time.perf_counter()
        try:
            self.socket.sendall(request)
        except ConnectionError:
            raise BenchError("服务器关闭了连接") from None
        return True

    def take_in(self) -> bool:
        """Read what is there; whether the answer is whole now."""
        data = self.socket.recv(_AT_ONCE)
        if not data:
            raise BenchError("服务器关闭了连接")
        self._come += data
        head_end = self._come.find(b"\r\n\r\n")
        if not self._wanted and head_end >= 0:
            length = _LENGTH.search(self._come, 0, head_end)
            self._wanted = head_end + 4 + int(length[1] if length else 0)
        if not self._wanted or len(self._come) < self._wanted:
            return False
        ms = (time.perf_counter() - self._sent_at) * 1000
        body = self._come[head_end + 4 :]
        if int(self._come.split(b" ", 2)[1]) >= _BAD:
            raise BenchError(f"服务器拒绝了请求：{body.decode(errors='replace')}")
        self.answers.append(Answer(ms, body))
        return True
