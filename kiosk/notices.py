"""What a technician must hear: data put back perhaps, unused or without their mark, and a server that refuses.

Said at the start, by `--status` and, what is of the data, to the manager as the health of the kiosk's data.
"""

from collections.abc import Iterable
from typing import NamedTuple

from queue_server.link.ledger import Aside
from queue_server.link.ledger.database import FILE, WATERMARK_FILE

_SHOWN, _LENGTH = 3, 30
"""So many numbers are named in a sentence, and so much of a file's name; `--status` tells all of both."""


class Notice(NamedTuple):
    """What is so, and what to do."""

    problem: str
    advice: str


PUT_BACK = Notice(
    "数据文件夹可能被换回过旧的，有的号可能只在纸上",
    "号照常出，不会重，当天带机号，第二天自己恢复。请查是谁动过数据文件夹；打出过、叫不到的号，请持票人到窗口凭票补入",
)

UNMARKED = Notice(
    f"数据文件夹里的 {WATERMARK_FILE} 写不进去：数据要是被换回旧的，本机会看不出来",
    f"号照常出。请关掉取号机程序，看这个文件的权限；它要是文件夹，就改名移走（不要动 {FILE}），"
    "再启动：移走了的，当天带机号出号，第二天自己恢复",
)
_ENROLLED, _NEW = "记录传不上去；取号照常", "还没有登记，取不了号"


def notices(
    *, put_back: bool, asides: Iterable[Aside], unmarked: bool, refused: str = "", enrolled: bool = True
) -> list[Notice]:
    """What is to be said now, the most pressing first.

    Args:
        put_back: Whether an older file may have been put back these days.
        asides: What lies unused in the data folder.
        unmarked: Whether the ledger's mark cannot be written.
        refused: What must be mended before the server takes this kiosk; the manager cannot be told of that from here.
        enrolled: Whether this kiosk has a lane to give numbers by.
    """
    first = [Notice(f"服务器没有接受本机，{_ENROLLED if enrolled else _NEW}", refused)] if refused else []
    owing = [_owing(aside) for aside in asides if aside.owes]
    return first + [PUT_BACK] * put_back + owing + [UNMARKED] * unmarked


def _owing(aside: Aside) -> Notice:
    numbers = "、".join(number.partition(" ")[2] for number in aside.numbers[:_SHOWN])
    more = "……" if len(aside.numbers) > _SHOWN else ""
    known = f"，其中号码 {numbers}{more}" if numbers else ""
    rest = "" if aside.whole else "，另有读不出来的"
    name = "".join(filter(str.isprintable, aside.path.name))[:_LENGTH]
    if not aside.unsent:
        return Notice(
            f"停用的数据 {name} 读不出来：里面没传到服务器的号只在纸上",
            "叫不到、名单里没有的号，请持票人到窗口凭票补入；文件交给维护人员，再移出数据文件夹",
        )
    return Notice(
        f"停用的数据 {name} 里有 {aside.unsent} 条记录没传到服务器{known}{rest}",
        "这些号请持票人到窗口凭票补入；文件交给维护人员，再移出数据文件夹",
    )
