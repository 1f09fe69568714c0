"""The twin of an SDT reader on a pseudo-terminal: a card can be laid and lifted, and everything can go wrong."""

from argparse import ArgumentParser, Namespace
from dataclasses import fields
from pathlib import Path
from random import Random
from typing import Any, ClassVar, Self

from pydantic import TypeAdapter, ValidationError

from devices.clock import mono_us
from devices.errors import ActRefused
from devices.id_card.codec import PHOTO_LENGTH, SENT, Command, Status, answer_frame, read_data
from devices.id_card.faults import NAMED, AnswerFaults
from devices.id_card.frames import Deframer
from devices.id_card.layouts import LAYOUTS, address_bytes, text_of
from devices.id_card.people import INVENTED_SAM_ID, invented_person
from devices.simulation import Acts, Faults, SerialTwin
from devices.simulation.line_faults import SPLIT_S
from hall.identity import DocumentKind, IdentityDocument

_DOCUMENT = TypeAdapter(IdentityDocument)
_FIELDS = {field.name for field in fields(IdentityDocument)}
# Not a picture: the format of real ones is closed, and a twin must not carry a face.
_PHOTO = bytes(index * 37 % 256 for index in range(PHOTO_LENGTH))
_WAKING_US = 1_500_000  # a module that has just been given power hears nothing
_COMMANDS = {command.value: command for command in SENT}


class IdCardSimulator(SerialTwin):
    """The reader and the hand that lays cards on it.

    Acts: `lay` (`document`: fields of an IdentityDocument, or `seed`: a number for an invented person, with `kind`;
    optional `newest_address`), `lift`, `latch` (`on`: whether a read card is found again only after lifting, as most
    readers have it), `slow_rf` (`seconds` before each read answer), `fault` (see devices.id_card.faults), `mend`
    (no fault of answers or rate any more), and those of SerialTwin.

    Commands that this house never sends are answered with "command wrong", as by a reader that does not have them.

    Args:
        baud: The rate it answers at; None answers at any.
        link: A stable path for its tty.
    """

    kind: ClassVar[str] = "id_card"
    usual_baud: ClassVar[int] = 115200
    faults: ClassVar[Faults] = {**NAMED, **SerialTwin.faults}

    def __init__(self, *, baud: int | None = usual_baud, link: Path | None = None) -> None:
        super().__init__(self._hear, baud=baud, link=link)
        self._requests = Deframer(least=3)
        self._faults = AnswerFaults()
        self._text: bytes | None = None
        self._newest_address: bytes | None = None
        self._latching = True
        self._slow_rf_s = 0.0
        self._reads = 0
        self._awake_at_us = 0
        self._forget_card()

    @classmethod
    def add_options(cls, parser: ArgumentParser) -> None:
        """`--link`, `--baud`, `--lay` and `--seed`."""
        super().add_options(parser)
        parser.add_argument("--lay", choices=[kind.value for kind in LAYOUTS], help="一开始就放着的证件（虚构人物）")
        parser.add_argument("--seed", type=int, default=1, help="虚构人物的种子，与 --lay 同用")

    @classmethod
    def from_options(cls, options: Namespace) -> Self:
        """See Simulator."""
        twin = cls(baud=options.baud, link=options.link)
        if options.lay:
            twin.act("lay", {"kind": options.lay, "seed": options.seed})
        return twin

    def hands(self) -> Acts:
        """See the class and SerialTwin."""
        return {
            "lay": self._lay,
            "lift": self._lift,
            "latch": self._latch,
            "slow_rf": self._slow_rf,
            "fault": self._faults.arrange,
            "mend": self._mend,
        }

    def state(self) -> dict[str, Any]:
        """Whether a card lies on it, and how many it has read."""
        return {"card": self._text is not None, "reads": self._reads}

    def _lay(
        self,
        *,
        document: dict[str, Any] | None = None,
        seed: int | None = None,
        kind: str = DocumentKind.RESIDENT,
        newest_address: str | None = None,
    ) -> dict[str, Any]:
        try:
            if document is not None:
                person = _document(document)
            elif seed is not None:
                person = invented_person(Random(seed), DocumentKind(kind))
            else:
                raise ActRefused("lay 需要 document（证件内容）或 seed（虚构人物的种子）")
            text = text_of(person)
            address = address_bytes(newest_address) if newest_address else None
        except ValueError as unfit:
            raise ActRefused(f"这张证件放不上去：{unfit}") from unfit
        self._forget_card()
        self._text, self._newest_address = text, address
        return {"kind": person.kind.value, "masked_name": person.masked_name}

    def _lift(self) -> dict[str, Any]:
        self._text = self._newest_address = None
        self._forget_card()
        return {}

    def _latch(self, *, on: bool) -> dict[str, Any]:
        self._latching = on
        return {}

    def _slow_rf(self, *, seconds: float) -> dict[str, Any]:
        self._slow_rf_s = seconds
        return {}

    def _mend(self) -> dict[str, Any]:
        self._faults.clear()
        return self.act("baud", {})

    def _forget_card(self) -> None:
        self._found = self._selected = self._read = False

    def _hear(self, data: bytes) -> None:
        if mono_us() < self._awake_at_us:
            return
        damaged = self._requests.damaged
        for payload in self._requests.feed(data):
            command = _COMMANDS.get(payload)
            if command is None:
                self._line.send(answer_frame(Status.COMMAND_WRONG))
                continue
            failure = self._faults.status(command)
            status, answer = (failure, b"") if failure is not None else self._answer(command)
            pieces, restarts = self._faults.spoil(command, answer_frame(status, answer))
            slow_s = self._line.wire_s(len(data)) + (self._slow_rf_s if command is Command.READ else 0.0)
            for place, piece in enumerate(pieces):
                self._line.send(piece, after_s=slow_s + place * SPLIT_S)
            if restarts:
                self._awake_at_us = mono_us() + _WAKING_US
                self._forget_card()
        if self._requests.damaged > damaged:
            self._line.send(answer_frame(Status.CHECKSUM_WRONG))

    def _answer(self, command: Command) -> tuple[int, bytes]:
        """What a healthy reader says; find, select and read must follow one another."""
        if command is Command.SAM_ID:
            return Status.OK, INVENTED_SAM_ID
        if command is Command.FIND:
            self._selected = False
            self._found = self._text is not None and not (self._read and self._latching)
            return (Status.CARD_FOUND, bytes(4)) if self._found else (Status.NO_CARD, b"")
        if command is Command.SELECT:
            self._selected, self._found = self._found, False
            return (Status.OK, bytes(8)) if self._selected else (Status.SELECT_FAILED, b"")
        if command is Command.READ:
            if self._text is None or not self._selected:
                return Status.READ_FAILED, b""
            self._read = True
            self._reads += 1
            return Status.OK, read_data(self._text, _PHOTO)
        if command is Command.READ_NEWEST_ADDRESS:
            if not self._selected:
                return Status.READ_FAILED, b""
            return (Status.OK, self._newest_address) if self._newest_address else (Status.NO_SUCH_ITEM, b"")
        if command is Command.RESET:
            self._forget_card()
        return Status.OK, b""


def _document(given: dict[str, Any]) -> IdentityDocument:
    unknown = sorted(set(given) - _FIELDS)
    if unknown:
        raise ActRefused(f"证件没有这些字段：{'、'.join(unknown)}；可用的有：{'、'.join(sorted(_FIELDS))}")
    try:
        return _DOCUMENT.validate_python(given)
    except ValidationError as wrong:
        mistakes = "；".join(f"{'.'.join(map(str, e['loc']))} {e['msg']}" for e in wrong.errors(include_input=False))
        raise ActRefused(f"证件内容有误：{mistakes}") from None  # the chain would quote what was given
