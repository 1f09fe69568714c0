"""What can be wrong with backups, as a branch of `hall.errors`.

BackupError (WorldError)         backups cannot be made, found or used as things stand
├── BackupDamagedError           a backup is cut short, changed, or does not hold together
├── BackupKeyError               a backup was sealed with another hall key
├── BackupForeignError           no backup of ours, or one of another hall
├── BackupNewerError             a newer version of the product made it
├── NoBackupError                there is none that fits
└── BackupDiskError              a disk refused: full, read-only, taken away
"""

from hall.errors import Retry, WorldError


class BackupError(WorldError):
    """Backups cannot be made, found or used as things stand."""

    code = "backup.error"
    retry = Retry.AFTER_MENDING


class BackupDamagedError(BackupError):
    """The backup is not what was once written."""

    code = "backup.damaged"
    advice = "请换一份备份：./onewindow backup list 列出全部"


class BackupKeyError(BackupError):
    """The backup belongs to another hall key."""

    code = "backup.key"
    advice = (
        "备份没有坏。请把封它的那把大厅密钥放到 hall_key 所写的位置："
        "在离线保管的那一份（保险柜里的纸或 U 盘）、旧服务器上，或任何一台取号机、窗口上"
    )


class BackupForeignError(BackupError):
    """The file is no backup of this hall."""

    code = "backup.foreign"
    advice = "请核对文件和设置里的 hall_id：别的大厅的备份不会恢复到这里"


class BackupNewerError(BackupError):
    """A newer version of the product made the backup."""

    code = "backup.newer"
    advice = "请安装做这份备份时的版本或更新的版本"


class NoBackupError(BackupError):
    """There is no backup that fits."""

    code = "backup.none"
    advice = "请看 ./onewindow backup list；备份也可能在 backup_copy 所写的第二处"


class BackupDiskError(BackupError):
    """The disk refused a read or a write; no unfinished backup is taken for a good one."""

    code = "backup.disk"
    retry = Retry.LATER
    advice = "请检查磁盘剩余空间和写入权限"
