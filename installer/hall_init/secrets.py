"""The hall key, made once. Nothing here prints or logs it."""

import os
import secrets
from pathlib import Path

from hall.errors import InputError
from hall.keys import HALL_KEY_BYTES


class KeyExistsError(InputError):
    """A hall key is there already. It is never replaced: every token and every slip code hangs on it."""

    code = "hall_init.key_exists"
    advice = "这个大厅已经初始化过。要另建一个大厅，请换一个文件夹"


def make_hall_key(path: Path) -> None:
    """Write 32 random bytes as hex into a new file that only its owner can read.

    Raises:
        KeyExistsError: If the file exists.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise KeyExistsError(f"大厅密钥 {path} 已经存在") from None
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(HALL_KEY_BYTES) + "\n")
        file.flush()
        os.fsync(file.fileno())
