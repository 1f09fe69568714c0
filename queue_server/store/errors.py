"""What can go wrong with the hall's database, as a branch of `hall.errors`.

StoreError (WorldError)      the hall's database cannot be used as it stands
├── DamagedError             unreadable or inconsistent; the file is left where it is
├── ForeignFileError         another program's file, or another hall's
├── NewerSchemaError         written by a newer version of the product
├── InUseError               another process has the hall open
├── UnsafeDiskError          the folder lies on a file system where a database can be damaged
├── DiskError                the disk refused a read or a write (full, read-only, failing); nothing was half done
├── NoCatalogError           the hall has no catalogue yet 尚未配置
└── ClosedError              the store was closed while work was still coming in

ConflictError (BugError)     a constraint of the tables stopped an operation: it alone was rolled back
"""

from hall.errors import BugError, Retry, WorldError
from queue_server.link.file_system import ADVICE


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


class ConflictError(BugError):
    """A constraint stopped an operation that should never have come so far."""

    code = "store.conflict"
