"""What can be wrong with the answers of the reader's twin, one trouble at a time."""

from typing import Any

from devices.errors import ActRefused
from devices.id_card.codec import OEM_TIMEOUT, Command, Status
from devices.id_card.frames import PREAMBLE
from devices.simulation import FaultAct, Faults
from devices.simulation.line_faults import KINDS, spoilt

_ON_THE_LINE = {
    **KINDS,
    "extra_aa": "前导多一个 AA",
    "oem_timeout": "某些厂家自定的超时应答",
    "reset": "应答到一半时重启",
}

_ANY = frozenset(Command)
_RADIO = frozenset({Command.SELECT, Command.READ})
# A status as a trouble: in words, and the commands that answer it.
_OF_STATUS = {
    Status.NO_CARD: ("找不到卡", frozenset({Command.FIND})),
    Status.SELECT_FAILED: ("选卡失败", frozenset({Command.SELECT})),
    Status.WRONG_CARD_TYPE: ("卡的类型不对", frozenset({Command.SELECT})),
    Status.READ_FAILED: ("读卡失败", frozenset({Command.READ})),
    Status.CARD_REFUSED_READER: ("卡不认阅读器", _RADIO),
    Status.READER_REFUSED_CARD: ("阅读器不认卡", _RADIO),
    Status.NOT_GENUINE: ("卡内信息校验失败", frozenset({Command.READ})),
    Status.NO_RANDOM_NUMBER: ("取随机数失败", _RADIO),
    Status.CHECKSUM_WRONG: ("说收到的校验不对", _ANY),
    Status.LENGTH_WRONG: ("说收到的长度不对", _ANY),
    Status.COMMAND_WRONG: ("说收到的命令不对", _ANY),
    Status.UNRECOGNISED: ("未知错误", _ANY),
    Status.SELF_TEST_FAILED: ("自检没有通过", _ANY),
    Status.NOT_AUTHORISED: ("安全模块没有授权", _ANY),
}
_STATUS_NAMED = {f"{status:02X}": status for status in _OF_STATUS}

NAMED: Faults = {
    **{name: FaultAct(words, "fault", {"kind": name}, counted=True) for name, words in _ON_THE_LINE.items()},
    **{
        name: FaultAct(_OF_STATUS[status][0], "fault", {"kind": name}, counted=True)
        for name, status in _STATUS_NAMED.items()
    },
    "latch_off": FaultAct("读过的卡不拿起也会再被找到", "latch", {"on": False}),
    "slow_rf": FaultAct("读卡慢 1 秒", "slow_rf", {"seconds": 1.0}),
}
"""The faults of this twin beside those of its cable."""


class AnswerFaults:
    """Spoils so many answers as was arranged, then lets them pass again."""

    def __init__(self) -> None:
        self._kind = ""
        self._commands: frozenset[Command] = _ANY
        self._left: int | None = 0

    def arrange(self, *, kind: str, count: int | None = 1, on: str | None = None) -> dict[str, Any]:
        """The next trouble; replaces the present one.

        Args:
            kind: A trouble on the line such as `silence`, or a status in two hexadecimal digits such as `41`.
            count: How many answers it spoils; None until `clear`.
            on: Only the answers to this command, such as `READ`; None for all that the trouble can befall.

        Raises:
            ActRefused: No such trouble or command.
        """
        wanted = kind.upper() if kind.upper() in _STATUS_NAMED else kind
        if wanted not in _ON_THE_LINE and wanted not in _STATUS_NAMED:
            raise ActRefused(f"没有故障 {kind}；可用的有：{'、'.join((*_ON_THE_LINE, *_STATUS_NAMED))}")
        if on is not None and on not in Command.__members__:
            raise ActRefused(f"没有命令 {on}；可用的有：{'、'.join(Command.__members__)}")
        possible = _OF_STATUS[_STATUS_NAMED[wanted]][1] if wanted in _STATUS_NAMED else _ANY
        self._kind, self._left = wanted, count
        self._commands = possible if on is None else frozenset({Command[on]})
        return {}

    def clear(self) -> None:
        """All is well again."""
        self._left = 0

    def status(self, command: Command) -> Status | None:
        """The failure that the module reports instead of doing what it was asked; None when it does it."""
        if self._kind not in _STATUS_NAMED or not self._strikes(command):
            return None
        return _STATUS_NAMED[self._kind]

    def spoil(self, command: Command, answer: bytes) -> tuple[tuple[bytes, ...], bool]:
        """The parts of an answer that arrive (see `spoilt`), and whether the module restarts after them."""
        if self._kind not in _ON_THE_LINE or not self._strikes(command):
            return (answer,), False
        match self._kind:
            case "extra_aa":
                return (PREAMBLE[:1] + answer,), False
            case "oem_timeout":
                return (OEM_TIMEOUT,), False
            case "reset":
                return spoilt("truncated", answer), True
        return spoilt(self._kind, answer), False

    def _strikes(self, command: Command) -> bool:
        if self._left == 0 or command not in self._commands:
            return False
        if self._left is not None:
            self._left -= 1
        return True
