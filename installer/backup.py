"""`./onewindow backup now|list|restore|drill`: a hall's backups.

A running hall makes, lists and tries its own through its API (`--server`); a stopped one is opened from its folder.
`restore` is for a stopped hall only: it takes a file, the newest good one, or the newest before a time.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from hall.errors import InputError, OneWindowError, plain_words
from hall.mending import RecoveryReason
from hall.opening import CHINA_MINUTES, local_time
from hall.wire.backups import BackupNow, DrillNow
from installer.hall_api import HallApi, signed_in
from installer.hall_init.folder import HallFolder, found_database
from installer.stopped import stopped_store
from queue_server.api.backups import now_of
from queue_server.backup.backups import Backups, backups_of
from queue_server.backup.place import Kept, Place, places
from queue_server.backup.restore import Target, newest, restore, restore_newest
from queue_server.config import ServerSettings
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.hall_key import read_hall_key
from queue_server.store.key_mark import refuse_other_key

LATEST = "latest"


class TimeError(InputError):
    """A time that cannot be read."""

    code = "backup.time"
    advice = "请写成 2026-11-26T09:15，按大厅的时间"


@dataclass(frozen=True, slots=True)
class Hall:
    """A hall by its folder: settings and key, the server stopped or not."""

    settings: ServerSettings
    key: bytes

    @classmethod
    def at(cls, folder: Path) -> "Hall":
        """The hall in a folder. Raises `NoHallError`, or what is wrong with settings or key."""
        settings = HallFolder(folder.resolve()).read_settings()
        return cls(settings, read_hall_key(settings.hall_key))

    @property
    def places(self) -> list[Place]:
        """Where its backups are."""
        return places((self.settings.backup_folder, self.settings.backup_copy), self.settings.hall_id, self.key)

    @contextmanager
    def opened(self) -> Iterator[Backups]:
        """Its backups with the store open. Raises `StoreError`, also when the server runs or the key is another's."""
        with stopped_store(found_database(self.settings), self.settings.hall_id) as store:
            with store.read() as reader:
                refuse_other_key(reader, self.key)  # a backup sealed with a wrong key would be none
            yield backups_of(self.settings, store, self.key, SystemClock())


def main(argv: list[str]) -> int:
    """Run one of the four; 0 only if all went well."""
    options = _parser().parse_args(argv)
    try:
        return _RUN[options.act](options)
    except OneWindowError as error:
        print(plain_words(error), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="onewindow backup", description="备份：现在做一份、列出、恢复、演练恢复")
    acts = parser.add_subparsers(dest="act", required=True)
    for name, words in (("now", "现在做一份"), ("list", "列出全部"), ("drill", "试着恢复最新的一份，核对后清掉")):
        act = acts.add_parser(name, help=words)
        act.add_argument("--server", help="正在运行的服务器地址，如 http://127.0.0.1:8600")
        act.add_argument("--staff", default="1001", help="管理人员工号（与 --server 一起用）")
        _add_folder(act)
    back = acts.add_parser("restore", help="恢复一份（服务器须停着）；原来的数据改名留着")
    back.add_argument("backup", nargs="?", default=LATEST, help="备份文件，或 latest：最新的一份好的（默认）")
    back.add_argument("--before", metavar="TIME", help="这个时间之前最新的一份好的，如 2026-11-26T09:15")
    _add_folder(back)
    return parser


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--folder", type=Path, default=Path("data"), help="大厅文件夹，默认 data")


def _now(options: argparse.Namespace) -> int:
    if options.server:
        made = _api(options).back_up()
    else:
        with Hall.at(options.folder).opened() as backups:
            done = backups.make(asked=True)
            made = now_of(Kept(done.path, done.path.stat().st_size, done.label))
    print(_line(made))
    return 0


def _list(options: argparse.Namespace) -> int:
    if options.server:
        found = list(_api(options).backups().backups)
    else:
        at = SystemClock().now().wall_us
        found = []
        for place in Hall.at(options.folder).places:
            print(f"{place.folder}：")
            here = [now_of(kept) for kept in place.kept(at)]
            print("\n".join(f"  {_line(backup)}" for backup in here) or "  没有备份")
            found += here
        return 0 if any(not backup.trouble for backup in found) else 1
    print("\n".join(map(_line, found)) or "没有备份")
    return 0 if any(not backup.trouble for backup in found) else 1


def _drill(options: argparse.Namespace) -> int:
    if options.server:
        drilled = _api(options).drill()
    else:
        with Hall.at(options.folder).opened() as backups:
            done = backups.drill()
            drilled = DrillNow(name=done.name, entries=done.entries, faults=done.faults)
    for fault in drilled.faults:
        print(f"  {fault}", file=sys.stderr)
    verdict = "没有通过" if drilled.faults else f"通过：{drilled.entries} 条流水，链完整，表格与流水一致，与大厅相符"
    print(f"{drilled.name} 恢复演练{verdict}")
    return 1 if drilled.faults else 0


def _restore(options: argparse.Namespace) -> int:
    hall = Hall.at(options.folder)
    settings, at = hall.settings, SystemClock().now().wall_us
    target = Target(settings.database, settings.hall_id, hall.key, new_id)
    if options.backup == LATEST or options.before:
        before = _instant(options.before, hall, at) if options.before else None
        backup, label, aside = restore_newest(hall.places, target, at, RecoveryReason.RESTORED, before)
    else:
        backup = _found(options.backup, hall, at)
        label, aside = restore(backup, target, at, RecoveryReason.RESTORED)
    print(f"已恢复 {_when(label.at, label.offset_minutes)} 的备份 {backup.name}，到第 {label.seq} 条流水")
    if aside.exists():
        print(f"原来的数据库留着：{aside}（里面有办理中的人，不再需要时请删除）")
    print("口令、工号、办事目录和开门时间也回到那时：之后改过的口令要再改，目录要再发布（./onewindow hall seed）")
    print("下一步：启动服务器。各设备会补上之后的记录，管理页会说还在等谁")
    return 0


def _found(text: str, hall: Hall, now: int) -> Path:
    """A path, or the bare name of a backup in one of the hall's places."""
    path = Path(text)
    by_name = (found for found in newest(hall.places, now) if found.name == text)
    return path if path.exists() else next(by_name, path)


def _instant(text: str, hall: Hall, now: int) -> int:
    """A time on the hall's clock, as `list` shows them, or with an offset of its own."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise TimeError(f"{text} 不是时间") from None
    labels = (kept.label for place in hall.places for kept in place.kept(now))
    offset = next((label.offset_minutes for label in labels if label is not None), CHINA_MINUTES)
    at = read if read.tzinfo else read.replace(tzinfo=timezone(timedelta(minutes=offset)))
    return round(at.timestamp() * 1e6)


def _line(backup: BackupNow) -> str:
    size = f"{backup.bytes / 1e6:.1f} MB" if backup.bytes >= 1e6 else f"{backup.bytes / 1e3:.0f} kB"
    if backup.trouble:
        return f"{backup.name}  {size}  不能用：{backup.trouble}"
    kind = "每日" if backup.daily else "手动" if backup.asked else "定时"
    return f"{_when(backup.at, backup.offset_minutes)}  {kind}  到第 {backup.seq} 条流水  {size}  {backup.name}"


def _when(at: int, offset_minutes: int) -> str:
    return f"{local_time(at, offset_minutes):%Y-%m-%d %H:%M:%S}"


def _api(options: argparse.Namespace) -> HallApi:
    return signed_in(options.server, options.staff)


_RUN = {"now": _now, "list": _list, "drill": _drill, "restore": _restore}
