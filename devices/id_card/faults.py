"""What can be wrong with the answers of the reader's twin, one trouble at a time."""

from collections.abc import Callable, Mapping
from typing import Any

from devices.errors import ActRefused
from devices.id_card.codec import OEM_TIMEOUT, Command, Status
from devices.id_card.frames import PREAMBLE
from devices.simulation import FaultAct, Faults

Pieces = tuple[bytes, ...]  # of an answer, a pause between each two; none at all is silence

_PIECES = 5
RESET = "reset"

# A trouble on the line: in words, and what it leaves of an answer.
_ON_THE_LINE: Mapping[str, tuple[str, Callable[[bytes], Pieces]]] = {
    "silence": ("不应答", lambda _: ()),
    "flipped_bit": ("应答中错一位", lambda answer: (_flipped(answer),)),
    "truncated": ("应答只来一半", lambda answer: (_half(answer),)),
    "stray_bytes": ("应答前有多余的字节", lambda answer: (b"\x00\xaa\x96\x69\xff" + answer,)),
    "extra_aa": ("前导多一个 AA", lambda answer: (PREAMBLE[:1] + answer,)),
    "split": ("应答断成几段到达", lambda answer: tuple(_split(answer))),
    "oem_timeout": ("某些厂家自定的超时应答", lambda _: (OEM_TIMEOUT,)),
    RESET: ("应答到一半时重启", lambda answer: (_half(answer),)),
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
    **{name: FaultAct(words, "fault", {"kind": name}, counted=True) for name, (words, _) in _ON_THE_LINE.items()},
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

    def spoil(self, command: Command, answer: bytes) -> tuple[Pieces, bool]:
        """What is left of an answer on the line, and whether the module restarts after it."""
        if self._kind not in _ON_THE_LINE or not self._strikes(command):
            return (answer,), False
        return _ON_THE_LINE[self._kind][1](answer), self._kind == RESET

    def _strikes(self, command: Command) -> bool:
        if self._left == 0 or command not in self._commands:
            return False
        if self._left is not None:
            self._left -= 1
        return True


def _half(answer: bytes) -> bytes:
    return answer[: len(answer) // 2]


def _flipped(answer: bytes) -> bytes:
    middle = len(answer) // 2
    return answer[:middle] + bytes([answer[middle] ^ 0x10]) + answer[middle + 1 :]


def _split(answer: bytes) -> list[bytes]:
    step = -(-len(answer) // _PIECES)
    return [answer[at : at + step] for at in range(0, len(answer), step)]
