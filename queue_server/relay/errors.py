"""What goes wrong at a relay.

hall.errors.WorldError
└── HallSilentError   the hall has not spoken for a while: nothing can be asked of it

hall.errors.CodeError
├── NotToldError      the hall has told of no such ticket; its kiosk may be cut off
└── OtherDayError     the slip is of a day that is over

hall.errors.InputError
└── RelayKeyError     the file of the relay's key is missing, open to others, or holds no key
"""

from hall.errors import CodeError, InputError, Retry, WorldError


class HallSilentError(WorldError):
    """The hall does not speak: what a citizen presses would reach nobody."""

    code = "relay.hall_silent"
    retry = Retry.LATER
    advice = "请稍后再试，或到导办台"


class NotToldError(CodeError):
    """A code that may be good: its kiosk is cut off, or the hall was set back and will hear of it again."""

    code = "relay.not_told"
    retry = Retry.LATER
    advice = "刚取的号，一分钟后这里会自己再找一次"


class OtherDayError(CodeError):
    """A slip of a day that is over: nothing is kept of it here, but it may still be worth something in the hall."""

    code = "relay.other_day"
    advice = "今天要办，请重新取号；那天因系统故障、停办没办成的，请带这张单子到窗口，优先办理"


class RelayKeyError(InputError):
    """The key that hall and relay share cannot be used."""

    code = "relay.key"
    advice = "请在大厅的服务器上运行 ./onewindow hall relay-key，把写出的文件拷到这台主机（权限 0600）"
