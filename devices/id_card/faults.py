"""What can be wrong with the answers of the reader's twin, one trouble at a time."""

from typing import Any

from devices.errors import ActRefused
from devices.id_card.codec import Command, Status
from devices.id_card.frames import PREAMBLE

_ANY = frozenset(Command)
_RADIO = frozenset({Command.SELECT, Command.READ})
# A status as a trouble: the commands that answer it.
_STATUS_ON = {
    Status.NO_CARD: frozenset({Command.FIND}),
    Status.SELECT_FAILED: frozenset({Command.SELECT}),
    Status.WRONG_CARD_TYPE: frozenset({Command.SELECT}),
    Status.READ_FAILED: frozenset({Command.READ}),
    Status.CARD_REFUSED_READER: _RADIO,
    Status.READER_REFUSED_CARD: _RADIO,
    Status.NOT_GENUINE: frozenset({Command.READ}),
    Status.NO_RANDOM_NUMBER: _RADIO,
    Status.CHECKSUM_WRONG: _ANY,
    Status.UNRECOGNISED: _ANY,
    Status.SELF_TEST_FAILED: _ANY,
    Status.NOT_AUTHORISED: _ANY,
}
_ON_THE_LINE = ("silence", "flipped_bit", "truncated", "stray_bytes", "extra_aa")
_OF_STATUS = {f"{status:02X}": status for status in _STATUS_ON} | {"no_card": Status.NO_CARD}
NAMES = (*_ON_THE_LINE, *_OF_STATUS)


class Faults:
    """Spoils so many answers as was arranged, then lets them pass again."""

    def __init__(self) -> None:
        self._kind = ""
        self._commands: frozenset[Command] = _ANY
        self._left: int | None = 0

    def arrange(self, *, kind: str, count: int | None = 1, on: str | None = None) -> dict[str, Any]:
        """The next trouble; replaces the present one.

        Args:
            kind: `silence`, `flipped_bit`, `truncated`, `stray_bytes` (before the answer), `extra_aa` (one more AA),
                `no_card`, or a status in two hexadecimal digits such as `81` or `41`.
            count: How many answers it spoils; None until `clear`.
            on: Only the answers to this command, such as `READ`; None for all that the trouble can befall.

        Raises:
            ActRefused: No such trouble or command.
        """
        wanted = kind.upper() if kind.upper() in _OF_STATUS else kind
        if wanted not in _ON_THE_LINE and wanted not in _OF_STATUS:
            raise ActRefused(f"没有故障 {kind}；可用的有：{'、'.join(NAMES)}")
        if on is not None and on not in Command.__members__:
            raise ActRefused(f"没有命令 {on}；可用的有：{'、'.join(Command.__members__)}")
        possible = _STATUS_ON[_OF_STATUS[wanted]] if wanted in _OF_STATUS else _ANY
        self._kind, self._left = wanted, count
        self._commands = possible if on is None else frozenset({Command[on]})
        return {}

    def clear(self) -> dict[str, Any]:
        """All is well again."""
        self._left = 0
        return {}

    def status(self, command: Command) -> Status | None:
        """The failure that the module reports instead of doing what it was asked; None when it does it."""
        if self._kind not in _OF_STATUS or not self._strikes(command):
            return None
        return _OF_STATUS[self._kind]

    def spoil(self, command: Command, answer: bytes) -> bytes:
        """What is left of an answer on the line; empty for silence."""
        if self._kind not in _ON_THE_LINE or not self._strikes(command):
            return answer
        middle = len(answer) // 2
        match self._kind:
            case "silence":
                return b""
            case "truncated":
                return answer[:middle]
            case "stray_bytes":
                return b"\x00\xaa\x96\x69\xff" + answer
            case "extra_aa":
                return PREAMBLE[:1] + answer
        return answer[:middle] + bytes([answer[middle] ^ 0x10]) + answer[middle + 1 :]

    def _strikes(self, command: Command) -> bool:
        if self._left == 0 or command not in self._commands:
            return False
        if self._left is not None:
            self._left -= 1
        return True
