"""A ledger looked at and put aside from outside, for the technician: where it stands, and its end."""

import os
from pathlib import Path
from typing import NamedTuple

import apsw
from peewee import DatabaseError
from playhouse.apsw_ext import APSWDatabase

from queue_server.link.errors import FactsUnsent, LedgerDamaged, LedgerError
from queue_server.link.ledger import outbox
from queue_server.link.ledger.database import FILE, WATERMARK_FILE, open_database, writing
from queue_server.link.ledger.gone import refuse_if_gone
from queue_server.link.ledger.lock import FolderLock
from queue_server.link.ledger.schema import LADDER
from queue_server.link.ledger.state import DeviceState, found_state
from queue_server.link.ledger.tables import HOLDER

_LOOKING = {"query_only": 1, "mmap_size": 0}


class Standing(NamedTuple):
    """Where a ledger stands.

    Attributes:
        state: Who it is and how far it got.
        unsent: How many facts the server does not have.
        unmarked: Whether the watermark cannot be written though the ledger can.
    """

    state: DeviceState
    unsent: int
    unmarked: bool


def look(folder: Path) -> Standing:
    """Where the ledger of a folder stands, also while its program runs. Nothing is changed and nothing is held.

    Raises:
        LedgerError: If there is none, or it cannot be read now.
        LedgerDamaged: If it does not read back right.
    """
    path = _found(folder)
    database = APSWDatabase(
        str(path), pragmas=_LOOKING, timeout=5, thread_safe=False, autoconnect=False, flags=apsw.SQLITE_OPEN_READONLY
    )
    try:
        database.connect()
        version = database.execute_sql("PRAGMA user_version").fetchone()[0]
        if version != len(LADDER):
            advice = "请用本机正在运行的那个版本的程序查看，或先启动一次取号机程序"
            raise LedgerError(f"{path} 是第 {version} 版的，本程序看第 {len(LADDER)} 版", advice=advice)
        verdict = database.execute_sql("PRAGMA quick_check(1)").fetchone()[0]  # what a start would refuse
        if verdict != "ok":
            raise LedgerDamaged(f"{path} 坏了，原样没有动：{verdict}")
        with database.atomic():
            state = found_state(database)
            return Standing(state, outbox.count_unsent(database, state), _unmarked(folder))
    except DatabaseError as error:
        raise LedgerDamaged(f"{path} 坏了，原样没有动：{error}") from error
    finally:
        database.close()


def retire(folder: Path) -> Path:
    """Put a ledger aside: the device is a new one at its next start. Its files stay, in a folder beside.

    Returns:
        Where they are now.

    Raises:
        LedgerInUse: If its program runs.
        FactsUnsent: If the server does not have everything that happened here; nothing is changed then.
        LedgerError: If there is none, or it cannot be used.
    """
    path = _found(folder)
    hold = FolderLock(folder)
    try:
        database = open_database(path)
        try:
            state = found_state(database)
            unsent = outbox.count_unsent(database, state)
            if unsent:
                raise FactsUnsent(f"{state.device} 有 {unsent} 条记录还没传到服务器，没有注销", unsent=unsent)
            with writing(database):
                HOLDER.delete().execute(database)  # nobody will tell this file that a visit is over
        finally:
            database.close()
        aside = folder / f"retired-{state.incarnation[:8]}"
        aside.mkdir(exist_ok=True)
        for name in (WATERMARK_FILE, FILE):  # the ledger last: while it is here, this can be done again
            if (folder / name).exists():
                (folder / name).replace(aside / name)
        return aside
    finally:
        hold.release()


def _unmarked(folder: Path) -> bool:
    mark = folder / WATERMARK_FILE
    writable = mark.is_file() and os.access(mark, os.W_OK)
    return mark.exists() and not writable and os.access(folder / FILE, os.W_OK)  # else the asker may write neither


def _found(folder: Path) -> Path:
    path = folder / FILE
    refuse_if_gone(folder)
    retired = sorted(folder.glob("retired-*"), key=lambda each: each.stat().st_mtime_ns)
    if not path.is_file() and retired:
        advice = "要让它再取号，启动取号机程序、连上服务器就行：它按新设备登记，用新的机号"
        raise LedgerError(f"本机已经注销，原来的记录在 {retired[-1]}，都传完了", advice=advice)
    if not path.is_file():
        raise LedgerError(
            f"{folder} 里没有本机的记录", advice="本机还没有启动过，或数据文件夹写错了：请核对设置里的 data"
        )
    return path
