"""What must hold before the server may serve: key, database, catalogue, port. All troubles are told at once."""

import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

from hall.errors import MistakesError
from queue_server.config import ServerSettings
from queue_server.link.hall_key import HallKeyUnusable, read_hall_key
from queue_server.store import Store, StoreError
from queue_server.store.writer import GROUP

_BACKLOG = 2048
_INIT = "请先运行 ./onewindow hall init"


class StartError(MistakesError):
    """The server cannot start as things stand."""

    code = "server.start"


@dataclass(frozen=True, slots=True)
class Ready:
    """Everything that had to be there, opened."""

    hall_key: bytes
    store: Store
    listener: socket.socket

    @property
    def port(self) -> int:
        """The port really taken."""
        return int(self.listener.getsockname()[1])

    def close(self) -> None:
        """Give everything back."""
        self.listener.close()
        self.store.close()


def prepare(settings: ServerSettings, most_at_once: int = GROUP) -> Ready:
    """Open key, database and port.

    Args:
        settings: The server's settings.
        most_at_once: As for `Store.open`.

    Raises:
        StartError: With every trouble at once, each with what to do; nothing stays open then.
    """
    mistakes: list[str] = []
    key = _hall_key(settings.hall_key, mistakes)
    store = _store(settings, mistakes, most_at_once)
    listener = _listener(settings, mistakes)
    if key is None or store is None or listener is None:
        for opened in (store, listener):
            if opened is not None:
                opened.close()
        raise StartError("服务器不能启动", mistakes)
    return Ready(key, store, listener)


def _hall_key(path: Path, mistakes: list[str]) -> bytes | None:
    try:
        return read_hall_key(path)
    except HallKeyUnusable as error:
        mistakes.append(f"server.hall_key：{error}。{error.advice}")
        return None


def _store(settings: ServerSettings, mistakes: list[str], most_at_once: int) -> Store | None:
    if not settings.database.is_file():
        mistakes.append(f"还没有大厅数据 {settings.database}。{_INIT}")
        return None
    try:
        store = Store.open(
            settings.database, settings.hall_id, new_id=lambda: secrets.token_hex(16), most_at_once=most_at_once
        )
    except StoreError as error:
        mistakes.append(f"数据库 {settings.database}：{error}。{error.advice}")
        return None
    with store.read() as reader:
        if reader.catalog_version():
            return store
    store.close()
    mistakes.append(f"大厅还没有办事目录。{_INIT}")
    return None


def _listener(settings: ServerSettings, mistakes: list[str]) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        mistakes.append(
            f"端口 {settings.host}:{settings.port} 用不了（{error.strerror}）。"
            "可能服务器已经在运行；否则请停掉占用它的程序，或改 server.port"
        )
        return None
