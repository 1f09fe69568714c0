"""The 256 bytes of text on a card, in their four layouts, to an IdentityDocument and back. Pure.

UTF-16LE fields padded with spaces. The character at byte 248 tells the layout: `J` residence permit of Hong Kong,
Macao and Taiwan people, `I` and `Y` the foreigner's permanent residence cards of 2017 and 2023, anything else the
resident card. Fields after GA/T 490 and the published field lists; the tails of J and Y rest on one source.
A document keeps what a hall needs: nationality, permit number and card version are not taken over.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from devices.errors import DeviceGarbled
from devices.id_card.codec import TEXT_LENGTH
from devices.id_card.ethnic_groups import CODE_OF, NAME_OF
from hall.identity import DocumentKind, IdentityDocument, Sex, is_citizen_number

LONG_TERM = "长期"
ADDRESS_LENGTH = 70
KIND_AT = 248
_PADDING = " \0"  # NUL is not in the standard but is met on real cards

Field = tuple[int, int]  # offset and length in bytes


@dataclass(frozen=True)
class Layout:
    """Where the fields of one kind of card stand."""

    letter: str
    number_form: str
    fields: Mapping[str, Field]


_TERM = {"valid_from": (188, 16), "valid_to": (204, 16)}
_CITIZEN = {"name": (0, 30), "sex": (30, 2), "birth": (36, 16), "address": (52, 70), "number": (122, 36)}

LAYOUTS = {
    DocumentKind.RESIDENT: Layout(
        " ", r"\d{17}[\dX]", _CITIZEN | {"ethnic_group": (32, 4), "authority": (158, 30)} | _TERM
    ),
    DocumentKind.HMT_PERMIT: Layout("J", r"\d{17}[\dX]", _CITIZEN | {"authority": (158, 30)} | _TERM),
    DocumentKind.FOREIGNER_2017: Layout(
        "I",
        r"[A-Z]{3}\d{12}",
        {"name_en": (0, 120), "sex": (120, 2), "number": (122, 30), "name": (158, 30), "birth": (220, 16)} | _TERM,
    ),
    DocumentKind.FOREIGNER_2023: Layout(
        "Y",
        r"9\d{16}[\dX]",
        {"name": (0, 30), "sex": (30, 2), "birth": (36, 16), "name_en": (52, 70), "number": (122, 36)}
        | {"name_en_rest": (220, 22)}
        | _TERM,
    ),
}
_KIND_OF_LETTER = {layout.letter: kind for kind, layout in LAYOUTS.items()}


def kind_of(text: bytes) -> DocumentKind:
    """Which card a text block is of."""
    return _KIND_OF_LETTER.get(_string(text, (KIND_AT, 2)), DocumentKind.RESIDENT)


def document_of(text: bytes, newest_address: str | None = None) -> IdentityDocument:
    """The document that a card's text block states.

    Args:
        text: 256 bytes.
        newest_address: The address appended to the card later, which then is the valid one.

    Raises:
        DeviceGarbled: No right number or no name at all; the message never quotes the card.
    """
    if len(text) != TEXT_LENGTH:
        raise DeviceGarbled("a card's text has 256 bytes", code="id_card.text")
    kind = kind_of(text)
    layout = LAYOUTS[kind]
    # The second half of a long English name continues the first: only the whole is stripped.
    found = {name: _string(text, field, strip=name != "name_en") for name, field in layout.fields.items()}
    name_en = (found.get("name_en", "") + found.get("name_en_rest", "")).rstrip(_PADDING)
    number = found["number"]
    if not re.fullmatch(layout.number_form, number, re.ASCII) or not (len(number) == 15 or is_citizen_number(number)):
        raise DeviceGarbled("the card's number is not one", code="id_card.number")
    if not found["name"] and not name_en:
        raise DeviceGarbled("the card states no name", code="id_card.name")
    group = found.get("ethnic_group", "")
    return IdentityDocument(
        kind=kind,
        name=found["name"],
        number=number,
        name_en=name_en or None,
        sex=_sex(found["sex"]),
        ethnic_group=NAME_OF.get(group, group) or None,  # an unknown code is shown as it is
        birth=_date(found["birth"]),
        address=newest_address or found.get("address") or None,
        authority=found.get("authority") or None,
        valid_from=_date(found["valid_from"]),
        valid_to=_date(found["valid_to"]),
        long_term=found["valid_to"] == LONG_TERM,
    )


def text_of(document: IdentityDocument) -> bytes:
    """The text block of a card that states this document; what the reader's twin sends.

    Raises:
        ValueError: A kind that no such card has, or a field too long for its place.
    """
    if document.kind not in LAYOUTS:
        raise ValueError(f"{document.kind} 没有可读的芯片")
    layout = LAYOUTS[document.kind]
    name_en = document.name_en or ""
    first_length = layout.fields.get("name_en", (0, 0))[1] // 2
    values = {
        "name": document.name,
        "number": document.number,
        "name_en": name_en[:first_length] if "name_en_rest" in layout.fields else name_en,
        "name_en_rest": name_en[first_length:],
        "sex": document.sex.value,
        "ethnic_group": CODE_OF.get(document.ethnic_group or "", document.ethnic_group or ""),
        "birth": _digits(document.birth),
        "address": document.address or "",
        "authority": document.authority or "",
        "valid_from": _digits(document.valid_from),
        "valid_to": LONG_TERM if document.long_term else _digits(document.valid_to),
    }
    text = bytearray(" ".encode("utf-16-le") * (TEXT_LENGTH // 2))
    for name, field in layout.fields.items():
        _put(text, name, field, values[name])
    _put(text, "kind", (KIND_AT, 2), layout.letter)
    return bytes(text)


def address_of(data: bytes) -> str | None:
    """The appended address in an answer to READ_NEWEST_ADDRESS; None when it is blank."""
    return _string(data, (0, ADDRESS_LENGTH)) or None


def address_bytes(address: str) -> bytes:
    """The data of such an answer.

    Raises:
        ValueError: Longer than 35 characters.
    """
    data = bytearray(" ".encode("utf-16-le") * (ADDRESS_LENGTH // 2))
    _put(data, "address", (0, ADDRESS_LENGTH), address)
    return bytes(data)


def _string(data: bytes, field: Field, *, strip: bool = True) -> str:
    # Half of a rare character cut off at a field's end becomes U+FFFD; private-use characters are kept as they are.
    text = data[field[0] : field[0] + field[1]].decode("utf-16-le", errors="replace")
    return text.rstrip(_PADDING) if strip else text.replace("\0", " ")


def _put(data: bytearray, name: str, field: Field, value: str) -> None:
    encoded = value.encode("utf-16-le")
    if len(encoded) > field[1]:
        raise ValueError(f"{name} 最多 {field[1] // 2} 个字符")
    data[field[0] : field[0] + len(encoded)] = encoded


def _sex(code: str) -> Sex:
    return Sex(code) if code in list(Sex) else Sex.UNKNOWN


def _date(digits: str) -> date | None:
    if not re.fullmatch(r"\d{8}", digits, re.ASCII):
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None  # such as day 00 in very old records: unknown, not a reason to turn a person away


def _digits(day: date | None) -> str:
    return f"{day:%Y%m%d}".rjust(8, "0") if day else ""
