"""What must hold before the server may serve: key, database, catalogue, port. All troubles are told at once."""

import os
import secrets
import socket
import stat
from dataclasses import dataclass
from pathlib import Path

from hall.errors import MistakesError
from hall.keys import HALL_KEY_BYTES
from queue_server.config import ServerSettings
from queue_server.store import Store, StoreError

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


def prepare(settings: ServerSettings) -> Ready:
    """Open key, database and port.

    Raises:
        StartError: With every trouble at once, each with what to do; nothing stays open then.
    """
    mistakes: list[str] = []
    key = _hall_key(settings.hall_key, mistakes)
    store = _store(settings, mistakes)
    listener = _listener(settings, mistakes)
    if key is None or store is None or listener is None:
        for opened in (store, listener):
            if opened is not None:
                opened.close()
        raise StartError("服务器不能启动", mistakes)
    return Ready(key, store, listener)


def _hall_key(path: Path, mistakes: list[str]) -> bytes | None:
    try:
        content = path.read_bytes()
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError as error:
        mistakes.append(f"大厅密钥 {path} 读不了（{error.strerror}）。{_INIT}，或改 server.hall_key")
        return None
    if os.name == "posix" and mode & 0o077:
        mistakes.append(f"大厅密钥 {path} 的权限是 {mode:04o}，别人也能读。请运行 chmod 600 {path}")
        return None
    key = content if len(content) == HALL_KEY_BYTES else _from_hex(content)
    if key is None:
        mistakes.append(f"大厅密钥 {path} 的内容不对，应是 {HALL_KEY_BYTES * 2} 个十六进制字符。请从备份恢复，不要重做")
    return key


def _from_hex(content: bytes) -> bytes | None:
    try:
        key = bytes.fromhex(content.decode("ascii").strip())
    except ValueError:
        return None
    return key if len(key) == HALL_KEY_BYTES else None


def _store(settings: ServerSettings, mistakes: list[str]) -> Store | None:
    if not settings.database.is_file():
        mistakes.append(f"还没有大厅数据 {settings.database}。{_INIT}")
        return None
    try:
        store = Store.open(settings.database, settings.hall_id, new_id=lambda: secrets.token_hex(16))
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
