"""Who stands at the kiosk: the document in memory, and the two things that may leave it.

`IdentityDocument` has no wire form on purpose: it cannot be serialised by accident, and its repr is masked.
Only `Holder` (token and masked name) leaves the kiosk. Field meanings follow GA/T 490 and GA/T 467.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from pydantic import BaseModel, ConfigDict, Field

from hall.keys import Purpose, derive

HolderToken = NewType("HolderToken", str)


class DocumentKind(StrEnum):
    """The documents a hall meets. The first four can be read by an SDT reader."""

    RESIDENT = "resident"
    HMT_PERMIT = "hmt_permit"  # 港澳台居民居住证
    FOREIGNER_2017 = "foreigner_2017"
    FOREIGNER_2023 = "foreigner_2023"
    PASSPORT = "passport"
    TYPED_NUMBER = "typed_number"  # typed by hand: 未核验, carries no priority


class Sex(StrEnum):
    """GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    NOT_STATED = "9"


@dataclass(frozen=True, repr=False, slots=True)
class IdentityDocument:
    """What a card says. Lives in the kiosk's memory until the ticket is issued, nowhere else.

    Absent fields are None. `valid_to` is None with `long_term` true for 长期.
    """

    kind: DocumentKind
    name: str
    number: str
    name_en: str | None = None
    sex: Sex = Sex.UNKNOWN
    ethnic_group: str | None = None
    birth: date | None = None
    address: str | None = None
    authority: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    long_term: bool = False

    @property
    def display_name(self) -> str:
        """The Chinese name, or the Latin one when the card has no Chinese name."""
        return self.name or self.name_en or ""

    @property
    def masked_name(self) -> str:
        """The only form of the name that may be shown, sent or printed."""
        return mask_name(self.display_name)

    def age_on(self, today: date) -> int | None:
        """Full years on a day; None when the card states no birth date."""
        if self.birth is None:
            return None
        return today.year - self.birth.year - ((today.month, today.day) < (self.birth.month, self.birth.day))

    def __repr__(self) -> str:
        return f"IdentityDocument({self.kind.value}, {self.masked_name})"

    __str__ = __repr__


class Holder(BaseModel):
    """What may travel beside a fact (never inside it) and is deleted when the visit ends."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    token: HolderToken = Field(pattern=r"^[0-9a-f]{64}$")
    masked_name: str = Field(max_length=8)


def mask_name(name: str) -> str:
    """张三 → 张*, 欧阳明华 → 欧**, ANNA MARIA → A*: one star per further character up to two, Latin always one."""
    name = name.strip()
    if not name:
        return ""
    if name[0].isascii():
        return f"{name[0]}*"
    return name[0] + "*" * min(len(name) - 1, 2)


def holder_of(document: IdentityDocument, hall_key: bytes) -> Holder:
    """The token (HMAC-SHA256 of kind and number under the hall's own key) and the masked name.

    A citizen number is one kind wherever it was read: a card and the same number typed by hand are one person.
    """
    number = document.number.strip().upper()
    kind = "citizen_number" if is_citizen_number(number) else document.kind.value
    message = f"{kind}\n{number}".encode()
    token = hmac.new(derive(hall_key, Purpose.HOLDER_TOKEN), message, hashlib.sha256).hexdigest()
    return Holder(token=HolderToken(token), masked_name=document.masked_name)


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"


def check_character(first_seventeen: str) -> str:
    """The 18th character of a citizen number (GB 11643, ISO 7064 MOD 11-2)."""
    return _CHECK_CHARACTERS[sum(w * int(d) for w, d in zip(_WEIGHTS, first_seventeen, strict=True)) % 11]


_FORMS = {
    DocumentKind.FOREIGNER_2017: re.compile(r"[A-Z]{3}\d{12}", re.ASCII),
    DocumentKind.PASSPORT: re.compile(r"[0-9A-Z()/-]{5,24}", re.ASCII),
}
"""Numbers without a check character; all others are citizen numbers or made like them."""


def is_number_of(kind: DocumentKind, number: str) -> bool:
    """Whether a document of this kind can have this number: one rule for whatever is typed, sent or imported."""
    number, form = number.strip().upper(), _FORMS.get(kind)
    return is_citizen_number(number) if form is None else form.fullmatch(number) is not None


def is_citizen_number(number: str) -> bool:
    """Whether 18 characters carry a right check character."""
    body, check = number[:17], number[17:].upper()
    return len(number) == 18 and body.isascii() and body.isdecimal() and check_character(body) == check
