"""What peewee, SQLite and the operating system say of the database, as errors of this room."""

import traceback

import apsw
import peewee

from hall.errors import BugError, system_words
from queue_server.store.errors import ConflictError, DamagedError, DiskError


def exact(error: BaseException) -> BaseException:
    """SQLite's own error behind peewee's, which says more exactly what happened; any other error as it is."""
    behind = error.__context__ if isinstance(error, peewee.PeeweeException) else None
    return behind or error


def translated(error: BaseException) -> BaseException:
    """A database library's error as one of ours; anything else as it is."""
    said = exact(error)
    match said:
        case apsw.ConstraintError():
            ours: Exception = ConflictError(f"数据约束阻止了这一步（{said}）")
        case apsw.CorruptError() | apsw.NotADBError():
            ours = DamagedError(f"数据库已损坏（{said}）")
        case apsw.FullError():
            ours = DiskError(f"磁盘已满（{said}）")
        case apsw.IOError() | apsw.ReadOnlyError() | apsw.CantOpenError() | apsw.BusyError():
            ours = DiskError(f"磁盘没有接受读写（{said}）")
        case apsw.Error():
            ours = BugError(f"SQLite: {said}")
        case OSError():
            ours = DiskError(f"磁盘没有接受读写：{system_words(said)}")
        case _:
            return error
    ours.__cause__ = error
    return ours


def let_go(error: BaseException) -> None:
    """Have an error hold no statement any more that its frames had under way.

    SQLite stays in the state of an error as long as one is: without this the next operation would meet the disk's
    error again although the disk is well.
    """
    found = [error]
    for each in found:
        traceback.clear_frames(each.__traceback__)
        found += [behind for behind in (each.__cause__, each.__context__) if behind is not None and behind not in found]
