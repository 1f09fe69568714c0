"""Reads the hall key's file, for every program alike: 64 hex digits (or 32 raw bytes), readable by its owner only."""

# ruff: noqa: N818 - an error is named by what is wrong

import os
import stat
from pathlib import Path

from hall.errors import InputError, system_words
from hall.keys import HALL_KEY_BYTES

OTHER_COPIES = (
    "离线保管的那一份（保险柜里的纸或 U 盘）、服务器的大厅文件夹里（secrets/hall.key）、"
    "任何一台取号机和窗口上，都是同一把"
)
"""Where else the key is, for whoever has lost it."""


class HallKeyUnusable(InputError):
    """The file of the hall key is missing, unreadable, open to others, or does not hold a key."""

    code = "link.hall_key"
    advice = "请从备份恢复大厅密钥，不要重做：每张取号单和每个标识都靠它"


def read_hall_key(path: Path, name: str = "大厅密钥") -> bytes:
    """The hall's secret, 32 bytes; or another key of the same form, by its name.

    Raises:
        HallKeyUnusable: With what is wrong and, in `advice`, what to do.
    """
    try:
        content = path.read_bytes()
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError as error:
        raise HallKeyUnusable(
            f"{name} {path} 读不了：{system_words(error)}",
            advice=f"请把本大厅的 hall.key 拷到这里（权限 0600）：{OTHER_COPIES}。"
            "还没有大厅，才运行 ./onewindow hall init",
        ) from None
    if os.name == "posix" and mode & 0o077:
        raise HallKeyUnusable(f"{name} {path} 的权限是 {mode:04o}，别人也能读", advice=f"请运行 chmod 600 {path}")
    key = content if len(content) == HALL_KEY_BYTES else _from_hex(content)
    if key is None:
        raise HallKeyUnusable(f"{name} {path} 的内容不对，应是 {HALL_KEY_BYTES * 2} 个十六进制字符")
    return key


def _from_hex(content: bytes) -> bytes | None:
    try:
        key = bytes.fromhex(content.decode("ascii").strip())
    except ValueError:
        return None
    return key if len(key) == HALL_KEY_BYTES else None
