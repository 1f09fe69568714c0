"""Invents people for twins, demo and tests: right in form, nobody in truth.

Their numbers carry a right check character under an area code that no place in the country has.
"""

from datetime import date, timedelta
from random import Random

from hall.identity import DocumentKind, IdentityDocument, Sex, check_character

INVENTED_SAM_ID = bytes.fromhex("05 00 03 00 62 DF 32 01 D4 99 20 00 15 CD 5B 07")
"""The number of a security module that does not exist."""

_NO_SUCH_AREA = "999999"
_AREA_OF_KIND = {DocumentKind.HMT_PERMIT: "810000", DocumentKind.FOREIGNER_2023: "911124"}
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "安宁和平文清远山晓晨明月春秋雨晴若水思源书琴竹松"
_GIVEN_LATIN = ("ANNA", "BRUNO", "CLARA", "DAVID", "ELENA", "FELIX")
_FAMILY_LATIN = ("ALMEIDA", "BERGSTROM", "CASTELLANO", "DUBOIS", "EKSTROM", "FERRARI")
_BIRTHS_FROM = date(1935, 1, 1)
_BIRTHS_DAYS = 27_000


def invented_person(random: Random, kind: DocumentKind = DocumentKind.RESIDENT) -> IdentityDocument:
    """A document for a person who does not exist; the same random gives the same person."""
    birth = _BIRTHS_FROM + timedelta(days=random.randrange(_BIRTHS_DAYS))
    serial = random.randrange(1, 1000)
    issued = date(random.randrange(2012, 2024), random.randrange(1, 13), random.randrange(1, 29))
    body = f"{_AREA_OF_KIND.get(kind, _NO_SUCH_AREA)}{birth:%Y%m%d}{serial:03d}"
    number = body + check_character(body)
    if kind is DocumentKind.FOREIGNER_2017:
        number = f"ZZZ{random.randrange(10**12):012d}"
    foreign = kind in (DocumentKind.FOREIGNER_2017, DocumentKind.FOREIGNER_2023)
    chinese_name = random.choice(_SURNAMES) + "".join(random.sample(_GIVEN, random.randrange(1, 3)))
    return IdentityDocument(
        kind=kind,
        name="" if foreign else chinese_name,
        number=number,
        name_en=f"{random.choice(_FAMILY_LATIN)} {random.choice(_GIVEN_LATIN)}" if foreign else None,
        sex=Sex.MALE if serial % 2 else Sex.FEMALE,
        ethnic_group="汉" if kind is DocumentKind.RESIDENT else None,
        birth=birth,
        address=None if foreign else f"某市某区平安路{random.randrange(1, 999)}号",
        authority=None if foreign else "某市公安局某区分局",
        valid_from=issued,
        valid_to=issued.replace(year=issued.year + 20),
    )
