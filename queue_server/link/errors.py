"""What can go wrong on a device's own file and on its way to the server: one branch of the tree of hall.errors.

LedgerError                      the device's own file cannot be used; no number is given until that is mended
├── LedgerInUse                  another process holds the data folder
├── LedgerDamaged                the file does not read back right, or is gone; what is left is kept for salvage
├── LedgerNewer                  a later version of the program wrote it
├── LedgerOnUnsafeDisk           the data folder lies on a network or memory-card file system
├── LedgerUnwritable             disk full, read-only or failing: this one act is not recorded
├── FactsUnsent                  it may not be put aside: the server does not have everything yet
└── NotEnrolled                  the device has no lane to number in: it must meet its server once
LinkError                        the way to the server
├── ServerAway                   no answer, or an answer that says: later
├── ServerGarbled                something answers, but not our server
├── ServerRefused                a final no; the server's Problem is inside
├── SessionLost                  the session ended: say hello or sign in again
├── SessionFenced                another program uses this device's name
├── VersionTooOld                this device speaks an older version than the server accepts
├── VersionTooNew                this device speaks a newer version than the server knows
├── ClocksApart                  the relay takes nothing: its clock or ours is far off
├── OtherHall                    the server is of another hall than this device's data
└── LaneDiverged                 the server takes neither this ledger nor the new incarnation it took for that

InputError (hall.errors)
└── hall_key.HallKeyUnusable     the file of the hall key is missing, open to others, or holds no key
"""

# ruff: noqa: N818 - an error of the link is named by what is wrong

from hall.errors import Retry, WorldError
from hall.wire.replies import Problem
from queue_server.link.file_system import ADVICE


class LedgerError(WorldError):
    """The device's own file cannot be used."""

    code = "ledger.error"
    retry = Retry.AFTER_MENDING
    advice = "请技术人员检查本机的数据文件夹"


class LedgerInUse(LedgerError):
    """A second process was started on the same data folder."""

    code = "ledger.in_use"
    advice = "同一个数据文件夹已有程序在运行：请先关掉那个程序，或给这个程序另设 data 文件夹"


class LedgerDamaged(LedgerError):
    """The file is no ledger, does not read back right, or is gone though it was here. All is left as it is."""

    code = "ledger.damaged"
    advice = "请把数据文件夹里的 ledger.db 改名留存，再启动程序：本机会重新登记，用新的机号取号"


class LedgerNewer(LedgerError):
    """The file was written by a later version of the program."""

    code = "ledger.newer"
    advice = "请安装不低于上次使用的程序版本"


class LedgerOnUnsafeDisk(LedgerError):
    """The data folder lies on a file system where a database can be damaged."""

    code = "ledger.unsafe_disk"
    advice = ADVICE


class LedgerUnwritable(LedgerError):
    """The disk did not take the record. Nothing of this act was kept; what was recorded before stands."""

    code = "ledger.unwritable"
    retry = Retry.LATER
    advice = "请技术人员检查本机磁盘：可能已满、只读或损坏"


class FactsUnsent(LedgerError):
    """The ledger holds facts that the server does not have: it may not be put aside.

    Attributes:
        unsent: How many.
    """

    code = "ledger.unsent"
    retry = Retry.LATER

    def __init__(self, message: str, *, unsent: int) -> None:
        advice = f"还有 {unsent} 条记录没有传到服务器：请接通服务器，开着取号机等它传完（--status 可以查看），再注销"
        super().__init__(message, advice=advice)
        self.unsent = unsent


class NotEnrolled(LedgerError):
    """The device has no lane: it never reached its server, or took a new incarnation since."""

    code = "ledger.not_enrolled"
    retry = Retry.LATER
    advice = "本机要先和排队服务器联系一次：请技术人员接通服务器，登记后即可取号"


class LinkError(WorldError):
    """The way to the server, or what came back on it."""

    code = "link.error"


class ServerAway(LinkError):
    """No connection, no answer in time, or the server asked to come back later."""

    code = "link.server_away"
    advice = "请检查网线和排队服务器是否开机"


class ServerGarbled(LinkError):
    """Something answered at the server's address in words that are not ours."""

    code = "link.garbled"
    advice = "请检查设置中的服务器地址是否是本大厅的排队服务器"


class ServerRefused(LinkError):
    """The server understood and said no; asking the same again cannot help.

    Attributes:
        problem: The server's own words.
    """

    code = "link.refused"
    retry = Retry.NEVER

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.code}: {problem.message}", advice=problem.advice)
        self.problem = problem


class SessionLost(LinkError):
    """The server does not know this session any more (ended, or the server was started anew)."""

    code = "link.session_lost"
    retry = Retry.NOW
    advice = "请重新登录"


class SessionFenced(LinkError):
    """A later session of the same device name was opened elsewhere."""

    code = "link.session_fenced"
    advice = "有另一台机器使用同一个设备名：请检查两台机器的设置"


class VersionTooOld(LinkError):
    """The server no longer speaks this device's version."""

    code = "link.version_too_old"
    retry = Retry.AFTER_MENDING
    advice = "本机程序版本太旧：请升级本机"


class VersionTooNew(LinkError):
    """The server is older than this device and does not know its version yet."""

    code = "link.version_too_new"
    retry = Retry.AFTER_MENDING
    advice = "本机程序版本比服务器新：请先升级排队服务器"


class ClocksApart(LinkError):
    """The relay's clock and the hall's are too far apart for it to take anything."""

    code = "link.clocks"
    retry = Retry.AFTER_MENDING
    advice = "请核对大厅服务器和中转主机的时间"


class OtherHall(LinkError):
    """The server is of another hall. Nothing of this device's data is told there."""

    code = "link.other_hall"
    retry = Retry.AFTER_MENDING
    advice = "这台机器的数据属于另一个大厅：请核对服务器地址；若要改用，请先停用本机（--unenrol）或换一个数据文件夹"


class LaneDiverged(LinkError):
    """The ledger took a new incarnation, and the server refuses that too: one of the two is wrong about itself."""

    code = "link.lane_diverged"
    retry = Retry.AFTER_MENDING
    advice = "服务器不接受本机的记录，本机重新登记后仍不接受：请管理员到管理页查看这台取号机，并联系技术人员"
