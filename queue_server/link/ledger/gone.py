"""A ledger that was here and is gone: its file is missing or empty, and what lies beside it shows that it was written.

To take that for a new device would lose, without a word, what was printed and not sent. The technician goes on by one
step, named in the error: what is left gets another name and stays in the folder, where `set_aside` keeps telling of it.
"""

from pathlib import Path

from queue_server.link.changed import COARSE_US
from queue_server.link.errors import LedgerDamaged
from queue_server.link.ledger.database import FILE, WATERMARK_FILE
from queue_server.link.ledger.set_aside import set_aside

_JOURNAL_HEAD = 20
"""A rollback journal tells at bytes 16 to 20 how many pages the file had before (SQLite file format, section 3)."""


def refuse_if_gone(folder: Path) -> None:
    """Nothing, for a ledger with content, for a new device, and where what was here has been put aside since.

    Raises:
        LedgerDamaged: If a ledger was here and is gone. Nothing has been touched.
    """
    path = folder / FILE
    there = path.is_file()
    if there and path.stat().st_size:
        return
    left = _left_over(folder)
    if not left or _put_aside_since(folder, left):
        return
    names = "、".join([FILE] * there + [each.name for each in left if not there or each.name != WATERMARK_FILE])
    what = "是空的" if there else "不见了"
    search = "" if there else f"找得到 {FILE} 就关着程序原样移回来；找不到，"
    raise LedgerDamaged(
        f"{path} {what}，旁边的 {left[0].name} 说明本机写过它：没传到服务器的号只在纸上了。什么都没有动",
        advice=f"{search}请把数据文件夹里的 {names} 改名留存（前面加 bad-，放在原文件夹），"
        "再启动程序：本机会重新登记，用新的机号取号，并一直提示到文件移走",
    )


def _left_over(folder: Path) -> list[Path]:
    """What only a ledger that was written leaves beside it. A first start that was cut short leaves none of it."""
    beside = [folder / WATERMARK_FILE, folder / f"{FILE}-wal", folder / f"{FILE}-journal"]
    found = [path for path in beside if path.is_file() and path.stat().st_size]
    return [path for path in found if not path.name.endswith("-journal") or _pages_before(path)]


def _pages_before(journal: Path) -> int:
    with journal.open("rb") as file:
        return int.from_bytes(file.read(_JOURNAL_HEAD)[16:], "big")


def _put_aside_since(folder: Path, left: list[Path]) -> bool:
    """Whether a ledger got another name, or was written under it, after all that is left: it is what was here."""
    last_us = max(map(_changed_us, left))
    return any(_changed_us(aside.path) + COARSE_US >= last_us for aside in set_aside(folder))


def _changed_us(path: Path) -> int:
    return path.stat().st_ctime_ns // 1000
