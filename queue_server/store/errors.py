"""What can go wrong with the hall's database, as a branch of `hall.errors`.

StoreError (WorldError)      the hall's database cannot be used as it stands
├── DamagedError             unreadable or inconsistent; the file is left where it is
├── ForeignFileError         another program's file, or another hall's
├── WrongKeyError            made with another hall key than the one that lies there now
├── NewerSchemaError         written by a newer version of the product
├── InUseError               another process has the hall open
├── UnsafeDiskError          the folder lies on a file system where a database can be damaged
├── DiskError                the disk refused a read or a write (full, read-only, failing); nothing was half done
├── NoCatalogError           the hall has no catalogue yet 尚未配置
├── CheckBrokenError         looking through the journal did not come to an end
└── ClosedError              the store was closed while work was still coming in

ConflictError (BugError)     a constraint of the tables stopped an operation: it alone was rolled back
"""

from hall.errors import BugError, Retry, WorldError
from queue_server.link.file_system import ADVICE
from queue_server.link.hall_key import OTHER_COPIES


class StoreError(WorldError):
    """The hall's database cannot be used as it stands."""

    code = "store.error"
    retry = Retry.AFTER_MENDING


class DamagedError(StoreError):
    """The file cannot be read as a database, or its check found damage."""

    code = "store.damaged"
    advice = "请先停止服务器并保留原文件，用最近一次备份恢复，再联系维护人员"


class ForeignFileError(StoreError):
    """The file belongs to another program or another hall."""

    code = "store.foreign"
    advice = "请核对设置里的数据目录，不要与其他程序或其他大厅共用"


class WrongKeyError(StoreError):
    """The hall key beside the database is not the one it was made with."""

    code = "store.wrong_key"
    advice = (
        f"什么都没有丢，也没有改动。请把原来的 hall.key 放回去：{OTHER_COPIES}。"
        "确实找不回、或因泄露要换，才生成新的一把（见技术人员手册），"
        "用 ./onewindow server --config 设置文件 --new-key 启动一次："
        "旧备份从此打不开，已打出的取号单扫不出来（可以报号），每台取号机和窗口都要换上新的一把"
    )


class NewerSchemaError(StoreError):
    """A newer version of the product has written this file."""

    code = "store.newer"
    advice = "请安装同样新或更新的版本；旧版本不会打开新版本的数据"


class InUseError(StoreError):
    """Another process holds the hall's database."""

    code = "store.in_use"
    advice = "同一大厅只能运行一个服务器，请先停止另一个"


class UnsafeDiskError(StoreError):
    """The data folder lies on a network or memory-card file system."""

    code = "store.unsafe_disk"
    advice = ADVICE


class DiskError(StoreError):
    """The disk refused; the operation was rolled back whole."""

    code = "store.disk"
    retry = Retry.LATER
    advice = "请检查磁盘剩余空间和写入权限"


class NoCatalogError(StoreError):
    """No catalogue has been published yet."""

    code = "store.no_catalog"
    advice = "请管理人员先发布办事目录"


class ClosedError(StoreError):
    """The store is closed."""

    code = "store.closed"
    retry = Retry.LATER
    advice = "服务器正在停止，请稍后再试"


class CheckBrokenError(StoreError):
    """Looking through the journal did not come to an end."""

    code = "store.check_broken"
    retry = Retry.LATER
    advice = "什么都没有改动。请过一会儿再核对；还是不行，请技术人员看服务器的日志"


class ConflictError(BugError):
    """A constraint stopped an operation that should never have come so far."""

    code = "store.conflict"
