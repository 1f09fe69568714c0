"""Takes the person out of a recorded conversation with a reader and puts an invented one in. Pure; randomness is given.

The other way round from looking for what is personal: of what came in, only the frames' own bytes (preamble, length,
status) are kept. Data is replaced command by command, by zeros where nothing better is known, and what is no right
frame is blanked. The invented person has the same kind of card and the same lengths, characters of the same sort
(rare and private-use ones too), the same padding and the same 长期.
"""

import string
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from random import Random

from devices.errors import DeviceGarbled
from devices.id_card.codec import OEM_TIMEOUT, Command, Status, text_of_read
from devices.id_card.ethnic_groups import NAME_OF
from devices.id_card.frames import PREAMBLE, Deframer, frame
from devices.id_card.layouts import KIND_AT, LAYOUTS, LONG_TERM, Field, kind_of, text_of
from devices.id_card.people import INVENTED_SAM_ID, invented_person
from devices.transports import Said
from hall.identity import DocumentKind, IdentityDocument

_OF_REQUEST = {command.request: command for command in Command}
_HEADER = len(PREAMBLE) + 2 + 3  # preamble, length, three status bytes
_STATUS = 3
_INVENTED = "安宁和平文清远山晓晨明月春秋雨晴若水思源书琴竹松"
_RARE = tuple(rare.encode("utf-16-le") for rare in "𠮷𬱖")
_PRIVATE_USE = "\ue000\ue001"
_KEPT = frozenset(f"\0 {string.punctuation}\u3000·—－（）《》“”，、。：；")  # padding, and marks that are nobody's
_KINDS_WRITTEN = (" ", "I", "J", "Y")  # what a real card has at KIND_AT
_IDLE_POLLS = 2


def redacted(conversation: Sequence[Said], random: Random) -> list[Said]:
    """The same conversation about an invented person; idle polls before the card are left out but for two.

    Args:
        conversation: As RecordingTransport has it: requests of this house's driver and what came back.
        random: Where the invented person comes from.
    """
    redactor = _Redactor(random)
    return [redactor.said(direction, data) for direction, data in _without_idle_polls(conversation)]


def survivors(before: Sequence[Said], after: Sequence[Said]) -> list[str]:
    """Names of fields of a card read in one conversation that still stand in the other; none when all is well."""
    left = b"".join(data for direction, data in after if direction == "<")
    found = []
    for text in _texts(before):
        for name in ("name", "name_en", "number", "address", "authority"):
            written = _written(text, LAYOUTS[kind_of(text)].fields.get(name, (0, 0)))
            if len(written) > 1 and written.encode("utf-16-le", "surrogatepass") in left:
                found.append(name)
    return found


def _texts(conversation: Sequence[Said]) -> list[bytes]:
    command, texts = b"", []
    for direction, data in conversation:
        if direction == ">":
            command = data
        elif command == Command.READ.request:
            for payload in Deframer(least=4).feed(data):
                with suppress(DeviceGarbled):
                    texts.append(text_of_read(payload[_STATUS:]))
    return texts


def _without_idle_polls(conversation: Sequence[Said]) -> list[Said]:
    """Without the polls and checks between opening and the first card, except the last two polls."""
    exchanges: list[list[Said]] = []
    for said in conversation:
        if said[0] == ">" or not exchanges:
            exchanges.append([])
        exchanges[-1].append(said)
    asked = [exchange[0][1] for exchange in exchanges]
    if Command.SELECT.request not in asked:
        return [said for exchange in exchanges for said in exchange]
    card = asked.index(Command.SELECT.request)
    polls = [at for at in range(card) if asked[at] == Command.FIND.request]
    kept = [*range(polls[0]), *polls[-1 - _IDLE_POLLS :], *range(card, len(exchanges))]
    return [said for at in kept for said in exchanges[at]]


class _Redactor:
    """Goes through one conversation; one invented person for each kind of card in it."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._people: dict[DocumentKind, IdentityDocument] = {}
        self._command: Command | None = None

    def said(self, direction: str, data: bytes) -> Said:
        """One request as it was, or what came in without what is personal."""
        if direction == ">":
            self._command = _OF_REQUEST.get(data)
            return direction, data
        told, done = b"", 0
        for payload in Deframer(least=4).feed(data):
            whole = frame(payload)
            at = data.index(whole, done)
            told += _blank(data[done:at]) + frame(payload[:_STATUS] + self._data(payload[2], payload[_STATUS:]))
            done = at + len(whole)
        return direction, told + _blank(data[done:])

    def _data(self, status: int, data: bytes) -> bytes:
        """The data of one answer, of the same length."""
        if status == Status.OK and self._command is Command.SAM_ID and len(data) == len(INVENTED_SAM_ID):
            return INVENTED_SAM_ID
        if status == Status.OK and self._command is Command.READ_NEWEST_ADDRESS:
            return self._characters(data)
        if status == Status.OK and self._command is Command.READ:
            with suppress(DeviceGarbled):
                text = text_of_read(data)
                at = data.index(text, 4)
                return data[:at] + self._text(text) + bytes(len(data) - at - len(text))
        return bytes(len(data))

    def _text(self, text: bytes) -> bytes:
        """Every character by another of its sort; number, sex and days by those of the invented person."""
        kind = kind_of(text)
        person = self._people.setdefault(kind, invented_person(self._random, kind))
        fields, invented = LAYOUTS[kind].fields, text_of(person)
        told = bytearray(self._characters(text))
        written = text[KIND_AT : KIND_AT + 2]
        if written.decode("utf-16-le", "replace") in _KINDS_WRITTEN:
            told[KIND_AT : KIND_AT + 2] = written
        for name in ("number", "birth", "valid_from", "valid_to"):
            old, new = _written(text, fields[name]), _written(invented, fields[name])
            if old == LONG_TERM or len(old) == len(new):
                _write(told, fields[name], old if old == LONG_TERM else new)
        if _written(text, fields["sex"]) in ("0", "1", "2", "9"):
            sex = _written(text, fields["sex"])
            _write(told, fields["sex"], person.sex.value if sex in ("1", "2") else sex)
        if "ethnic_group" in fields:
            group = _written(text, fields["ethnic_group"])
            _write(told, fields["ethnic_group"], "01" if group in NAME_OF else "99"[: len(group)])
        return bytes(told)

    def _characters(self, text: bytes) -> bytes:
        """Every character replaced by another of its sort, never by itself; padding and punctuation stay."""
        told = b""
        while len(told) < len(text):
            pair = text[len(told) : len(told) + 4]
            if len(pair) == 4 and 0xD8 <= pair[1] <= 0xDB and 0xDC <= pair[3] <= 0xDF:
                told += next(rare for rare in _RARE if rare != pair)
            else:
                told += self._other(chr(int.from_bytes(pair[:2], "little")))
        return told[: len(text)]

    def _other(self, character: str) -> bytes:
        category = unicodedata.category(character)
        if character in _KEPT:
            return character.encode("utf-16-le")
        if category in ("Co", "Cs"):
            return _PRIVATE_USE.replace(character, "")[0].encode("utf-16-le")
        if "0" <= character <= "9":
            sort = "0123456789"
        elif character.isascii():
            sort = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if character.isupper() else "abcdefghijklmnopqrstuvwxyz"
        else:
            sort = _INVENTED
        return self._random.choice(sort.replace(character, "")).encode("utf-16-le")


def _blank(noise: bytes) -> bytes:
    """Bytes of no right frame: of a damaged frame its head stays, and AA just before the next frame."""
    if noise.endswith(OEM_TIMEOUT):
        return _blank(noise[: -len(OEM_TIMEOUT)]) + OEM_TIMEOUT
    begun = noise.find(PREAMBLE)
    if begun >= 0:
        head = noise[begun : begun + _HEADER]
        return bytes(begun) + head + bytes(len(noise) - begun - len(head))
    extra = len(noise) - len(noise.rstrip(b"\xaa"))
    return bytes(len(noise) - extra) + b"\xaa" * extra


def _written(text: bytes, field: Field) -> str:
    return text[field[0] : field[0] + field[1]].decode("utf-16-le", errors="surrogatepass").rstrip(" \0")


def _write(text: bytearray, field: Field, value: str) -> None:
    encoded = value.encode("utf-16-le", errors="surrogatepass")
    text[field[0] : field[0] + len(encoded)] = encoded
