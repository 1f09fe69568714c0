"""Making a hall is all or nothing: a run that fails takes away what it made, one that was killed is known by its mark.

The mark, `hall.unfinished`, lies in the folder from the first step to the last.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hall.errors import InputError, OneWindowError, Retry, WorldError, plain_words, system_words
from queue_server.store.durable import sync_file, sync_folder

MARK = "hall.unfinished"
_MADE = ("server/hall.db*", "hall.toml", "secrets/hall.key", MARK)  # the mark last: it goes when all else is gone
_FOLDERS = ("server", "secrets", ".")


class NotMadeError(WorldError):
    """Making a hall failed; nothing of it is left."""

    code = "hall_init.not_made"
    retry = Retry.AFTER_MENDING
    advice = "这一次建的已经拿掉，原来有的没有动。请腾出地方，或换一个可以写的文件夹，再运行一次"


class HalfMadeError(InputError):
    """What an earlier run, killed on the way, has left."""

    code = "hall_init.half_made"


@contextmanager
def all_or_nothing(root: Path) -> Iterator[None]:
    """Around the making of a hall in a folder, there or not; what was there before is never touched.

    Raises:
        NotMadeError: If the disk refuses.
    """
    before = _made(root)
    new = [root / name for name in _FOLDERS if not (root / name).exists()]
    new += [folder for folder in root.parents if not folder.exists()]
    try:
        root.mkdir(parents=True, exist_ok=True)
        (root / MARK).write_bytes("正在建立大厅。这个文件留下来，说明没有建完\n".encode())
        sync_file(root / MARK)
        sync_folder(root)
        yield
        (root / MARK).unlink()
        sync_folder(root)
    except BaseException as error:
        with suppress(OSError):
            for path in _made(root):
                if path not in before:
                    path.unlink()
            for folder in filter(Path.exists, new):
                folder.rmdir()
        if isinstance(error, OSError):
            words = f"{error.filename or root} 写不进去：{system_words(error)}"
            raise NotMadeError(f"大厅没有建成：{words}") from None
        if isinstance(error, WorldError):
            raise NotMadeError(f"大厅没有建成：{_one_line(error)}") from None
        raise


def refuse_half_made(root: Path) -> None:
    """Nothing, where no run was killed on the way.

    Raises:
        HalfMadeError: Else; the advice names what to move.
    """
    if (root / MARK).exists():
        names = "、".join(str(path.relative_to(root)) for path in _made(root))
        raise HalfMadeError(
            f"{root} 里的大厅没有建完：建的时候中断了，里面还没有号",
            advice=f"请把这个文件夹里的 {names} 移到别处或删掉，再运行 ./onewindow hall init",
        )


def _made(root: Path) -> list[Path]:
    return [path for pattern in _MADE for path in sorted(root.glob(pattern))]


def _one_line(error: OneWindowError) -> str:
    return plain_words(error).replace("\n", "。")
