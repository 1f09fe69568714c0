"""What must hold before the server may serve: key, database, catalogue, port. All troubles are told at once."""

import logging
import socket
from dataclasses import dataclass

from hall.errors import MistakesError, OneWindowError, system_words
from hall.mending import RecoveryReason
from hall.opening import local_time
from queue_server.backup.errors import BackupError, BackupKeyError, NoBackupError
from queue_server.backup.label import SUFFIX, Label
from queue_server.backup.place import named_label, places
from queue_server.backup.restore import Target, newest, restore_newest, would_restore
from queue_server.config import ServerSettings
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.hall_key import HallKeyUnusable, read_hall_key
from queue_server.store import Store, StoreError
from queue_server.store.errors import DamagedError, WrongKeyError
from queue_server.store.key_mark import note_key, refuse_other_key
from queue_server.store.replacing import is_pending
from queue_server.store.watermark import mark_of
from queue_server.store.writer import GROUP

_BACKLOG = 2048
_INIT = "请先运行 ./onewindow hall init"
_WILL_MEND = "启动服务器时会把坏的改名留存，自动换上最近一份好备份（{}），再请各设备补报之后的事"
_KEY_FIRST = "先放好大厅密钥，才看得出备份好不好；有好的，启动时会自动换上"
_ELSEWHERE = (
    "什么都没有动，原文件请留着。请找别处的备份（另一块盘、旧服务器），放进 {}，再启动服务器；"
    "确实没有，请联系维护人员。取号机照常出号，窗口用手工叫号单"
)
_RESTORE = "这个大厅有备份：请运行 ./onewindow backup restore"
_GONE = (
    "旁边的 {} 说明这里有过大厅，不要另建。请把数据找回来，或找别处的备份（另一块盘、旧服务器），放进 {}，"
    "再运行 ./onewindow backup restore；确实没有，请联系维护人员。取号机照常出号，窗口用手工叫号单"
)
log = logging.getLogger("onewindow.server.startup")


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


@dataclass(frozen=True, slots=True)
class Opening:
    """How the store is opened."""

    settings: ServerSettings
    most_at_once: int
    moved: bool

    def store(self) -> Store:
        """The hall's store.

        Raises:
            StoreError: See `Store.open`; also for an empty file, which a hall never has.
        """
        path = self.settings.database
        if not is_pending(path) and path.stat().st_size == 0:
            raise DamagedError(f"{path} 是空的（0 字节）")
        return Store.open(path, self.settings.hall_id, new_id=new_id, most_at_once=self.most_at_once, moved=self.moved)


def prepare(
    settings: ServerSettings,
    most_at_once: int = GROUP,
    *,
    mend: bool = True,
    new_key: bool = False,
    moved: bool = False,
) -> Ready:
    """Open key, database and port.

    Args:
        settings: The server's settings.
        most_at_once: As for `Store.open`.
        mend: Whether a damaged database gives way to the newest good backup, and one that knows no key notes it.
        new_key: Whether the key was replaced on purpose.
        moved: Whether the data folder was copied here whole, as for `Store.open`.

    Raises:
        StartError: With every trouble at once, each with what to do; nothing stays open then.
    """
    mistakes: list[str] = []
    key = _hall_key(settings, mistakes)
    opening = Opening(settings, most_at_once, moved=moved)
    store = _store(opening, key, mistakes, mend=mend)
    if key is not None and store is not None and not (new_key or _of_this_key(settings, store, key, mistakes)):
        store.close()
        store = None
    listener = _listener(settings, mistakes)
    if key is None or store is None or listener is None:
        for opened in (store, listener):
            if opened is not None:
                opened.close()
        raise StartError("服务器不能启动", mistakes)
    ready = Ready(key, store, listener)
    try:
        if mend:
            _note(store, key, new_key=new_key)
    except StoreError as error:
        ready.close()
        raise StartError("服务器不能启动", [f"数据库用不了：{error}。{error.advice}"]) from None
    return ready


def _hall_key(settings: ServerSettings, mistakes: list[str]) -> bytes | None:
    try:
        return read_hall_key(settings.hall_key)
    except HallKeyUnusable as error:
        gone = not settings.hall_key.exists()
        of_a_hall = (
            settings.database.exists() or _has_backups(settings) or mark_of(settings.database).exists()
        )  # whose key another hall's would not replace
        mistakes.append(f"server.hall_key：{error}。{WrongKeyError.advice if gone and of_a_hall else error.advice}")
        return None


def _of_this_key(settings: ServerSettings, store: Store, key: bytes, mistakes: list[str]) -> bool:
    """Whether the database was made with this key; of one that does not know its key the backups tell."""
    try:
        with store.read() as reader:
            if not refuse_other_key(reader, key) and _sealed_with_another(settings, key):
                raise WrongKeyError("现在的大厅密钥不是这个大厅的那一把：这里的备份是用另一把封的")
    except StoreError as error:
        mistakes.append(f"server.hall_key：{error}。{error.advice}")
        return False
    return True


def _sealed_with_another(settings: ServerSettings, key: bytes) -> bool:
    """Whether the newest backup is another key's."""
    found = places((settings.backup_folder, settings.backup_copy), settings.hall_id, key)
    for backup in newest(found, SystemClock().now().wall_us)[:1]:
        try:
            named_label(backup, key)
        except BackupError as error:
            return isinstance(error, BackupKeyError)
    return False


def _note(store: Store, key: bytes, *, new_key: bool) -> None:
    """A database of an earlier version, or with a new key, knows it from now on."""
    with store.read() as reader:
        known = not new_key and refuse_other_key(reader, key)
    if not known:
        store.run(lambda transaction: note_key(transaction, key, new_id()))
        log.log(logging.WARNING if new_key else logging.INFO, "store.key_noted 数据库记下了它的大厅密钥的印记")


def _store(opening: Opening, key: bytes | None, mistakes: list[str], *, mend: bool) -> Store | None:
    """The store, after putting the newest good backup in place of a damaged file; without a key none is put in."""
    settings = opening.settings
    if not settings.database.is_file() and not is_pending(settings.database):
        mistakes.append(_no_database(settings))
        return None
    try:
        try:
            store = opening.store()
        except DamagedError as damage:
            advice = _mended(settings, key, damage, mend=mend)
            if advice:
                mistakes.append(f"数据库用不了：{damage}。{advice}")
                return None
            store = opening.store()
    except StoreError as error:
        mistakes.append(f"数据库用不了：{error}。{error.advice}")
        return None
    with store.read() as reader:
        if reader.catalog_version():
            return store
    store.close()
    mistakes.append(f"大厅还没有办事目录。{_INIT}")
    return None


def _no_database(settings: ServerSettings) -> str:
    if _has_backups(settings):
        return f"还没有大厅数据 {settings.database}。{_RESTORE}"
    mark = mark_of(settings.database)
    if mark.exists():
        return f"大厅数据 {settings.database} 不见了，备份也没有。{_GONE.format(mark.name, settings.backup_folder)}"
    return f"还没有大厅数据 {settings.database}。{_INIT}"


def _mended(settings: ServerSettings, key: bytes | None, damage: DamagedError, *, mend: bool) -> str:
    """Put the newest good backup in place; else nothing was touched, and what to do is returned."""
    if key is None:
        return _KEY_FIRST
    found = places((settings.backup_folder, settings.backup_copy), settings.hall_id, key)
    target, now = Target(settings.database, settings.hall_id, key, new_id), SystemClock().now().wall_us
    try:
        if not mend:
            return _WILL_MEND.format(_when(would_restore(found, target, now)))
        backup, label, aside = restore_newest(found, target, now, RecoveryReason.DAMAGED)
    except NoBackupError as error:
        return f"{error}。{_ELSEWHERE.format(settings.backup_folder)}"
    except OneWindowError as error:
        return f"备份换不上：{error}。{error.advice}"
    log.error("store.mended %s。已换上 %s 的备份 %s，原文件保存为 %s", damage, _when(label), backup, aside)
    return ""


def _when(label: Label) -> str:
    return f"{local_time(label.at, label.offset_minutes):%m-%d %H:%M}"


def _has_backups(settings: ServerSettings) -> bool:
    folders = [folder for folder in (settings.backup_folder, settings.backup_copy) if folder is not None]
    return any(folder.is_dir() and any(folder.glob(f"{settings.hall_id}-*{SUFFIX}")) for folder in folders)


def _listener(settings: ServerSettings, mistakes: list[str]) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        mistakes.append(
            f"端口 {settings.host}:{settings.port} 用不了：{system_words(error)}。"
            "可能服务器已经在运行；否则请停掉占用它的程序，或改 server.port"
        )
        return None
    # Not every loop does it for a socket it is given; else an answer in two parts waits 40 ms for the other side's ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
