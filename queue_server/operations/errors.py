"""What operations refuse, as a branch of `hall.errors`.

InputError
├── HelloError               a device could not be let in
│   ├── SchemaError          it speaks an older or newer wire than this server
│   └── ProofError           it does not hold the hall key, or its nonce has run out
├── PushError                a device's facts cannot be taken from this session
│   ├── FencedError          a newer session of the same device exists
│   └── UnfitFactError       a fact that this device may not write, or that cannot be true; a defect or an attack
├── SignInError              staff number or PIN is wrong (the same words whether the number exists or not)
│   ├── SessionOverError     who asks was signed in and is not any more
│   └── LockedError          too many failures; opens again by itself
├── WeakPinError             the PIN is too easy
├── NoSuchWindowError        there is no window of that number
├── NoSuchAccountError       there is no account of that staff number
├── NoSuchZoneError          there is no zone of that name
├── BusyElsewhereError       this clerk still has a citizen at another window
├── PeriodError              a stretch of days that ends before it begins, or is far too long
├── StoppedError             whoever asked for a long work stopped it; nothing of it is kept
├── TooManyRowsError         a table is longer than a sheet of a workbook
├── NoSuchPortalError        no portal of that name has a token
├── MistakesError
│   └── BookingFileError     a file of appointments with mistakes, all of them
└── ReusedRequestError       one request id with two different commands; a defect of the sender

WorldError
├── NoPreviewError           a rule could not be tried on a past day
└── WorkbookError            the disk did not take a workbook
"""

from hall.errors import InputError, MistakesError, Retry, WorldError


class HelloError(InputError):
    """A device could not be let in."""

    code = "hello.refused"


class SchemaError(HelloError):
    """The device speaks another version of the wire."""

    code = "hello.schema"
    advice = "请把设备和服务器升级到相同的版本"


class ProofError(HelloError):
    """The proof does not fit: another hall's key, or a nonce that was used or has run out."""

    code = "hello.proof"
    advice = "请核对设备上的大厅密钥文件，然后重新连接"


class PushError(InputError):
    """Facts cannot be taken from this session."""

    code = "push.refused"
    retry = Retry.NEVER


class FencedError(PushError):
    """A newer session of this device has taken over."""

    code = "push.fenced"
    retry = Retry.NOW
    advice = "请重新连接；若反复出现，可能有两台设备使用同一份数据"


class UnfitFactError(PushError):
    """A fact that this device may not write or that contradicts what is recorded."""

    code = "push.unfit_fact"
    advice = "请停用该设备并联系维护人员核对"


class SignInError(InputError):
    """Staff number or PIN is wrong. The same words and the same time whether the number exists or not."""

    code = "signin.refused"
    advice = "请核对工号和口令"


class SessionOverError(SignInError):
    """Who asks was signed in, and is not any more."""

    code = "signin.over"
    advice = "请重新登录"

    def __init__(self) -> None:
        super().__init__("登录已经结束")


class LockedError(SignInError):
    """Too many failures from this account or this place."""

    code = "signin.locked"
    retry = Retry.LATER
    advice = "请稍后再试；别处有人乱试时，平时登录的那台电脑不受影响"


class WeakPinError(InputError):
    """A PIN that is too easy to guess."""

    code = "staff.weak_pin"
    advice = "口令至少 6 位，不要用同一个字符，也不要用工号"


class NoSuchAccountError(InputError):
    """The hall knows no such staff number."""

    code = "account.unknown"
    advice = "请核对工号，或者先新增这个工号"


class NoSuchZoneError(InputError):
    """There is no zone of that name."""

    code = "zone.unknown"
    advice = "请核对地址里的区域，区域写在办事目录 hall.toml 的 [[hall.zones]] 里"


class NoSuchWindowError(InputError):
    """There is no window of that number."""

    code = "window.unknown"
    advice = "请核对窗口号"


class BusyElsewhereError(InputError):
    """This clerk still has a citizen at another window, who would be left there with nobody."""

    code = "signin.busy_elsewhere"
    advice = "请先回原窗口办完、过号或请回等候；原窗口的电脑坏了，请同事用自己的工号登录原窗口接着办"


class NoSuchPortalError(InputError):
    """No portal of that name has a token."""

    code = "portal.unknown"
    advice = "什么都没有改。请核对平台的名字，和发令牌时写的一样"


class ReusedRequestError(InputError):
    """A request id came back with another command."""

    code = "request.reused"
    retry = Retry.NEVER


class BookingFileError(MistakesError):
    """A file of appointments with mistakes; nothing of it was taken."""

    code = "booking.file"
    advice = "一条也没有导入。按上面逐行修改，保存后再导入一次"


class NoPreviewError(WorldError):
    """The process that tries a rule ended, or took far too long; nothing has changed."""

    code = "rule.no_preview"
    advice = "什么都没有改，叫号不受影响。请再预演一次；一直这样，请看服务器的日志"


class StoppedError(InputError):
    """Whoever asked for a long work stopped it; nothing of it is kept."""

    code = "work.stopped"
    retry = Retry.NOW


class TooManyRowsError(InputError):
    """A table is longer than a sheet of a workbook can be."""

    code = "statistics.too_many_rows"
    advice = "请选短一些的日子，或者导出 CSV"


class WorkbookError(WorldError):
    """The disk did not take a workbook; nothing of it is kept."""

    code = "statistics.workbook"
    advice = "请在服务器的磁盘上腾出空间，再导出一次"


class PeriodError(InputError):
    """A stretch of days that is none."""

    code = "statistics.period"
    advice = "请把起止日期改成先早后晚、不超过十年"
