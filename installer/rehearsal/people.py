"""Invented citizens with valid check digits, made from a seed at run time: no real person, nothing stored."""

import random
from datetime import date, timedelta

from hall.identity import DocumentKind, IdentityDocument, Sex, check_character

_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文斌宁"
_UNUSED_AREA = "990000"  # no county has this code, so no real person can have the number


def citizen_number(rng: random.Random, born: date, *, male: bool) -> str:
    """A number with a right check character in an area that does not exist."""
    order = rng.randrange(0, 500) * 2 + male
    first = f"{_UNUSED_AREA}{born:%Y%m%d}{order:03}"
    return first + check_character(first)


def resident(seed: int, today: date, *, age: int = 40) -> IdentityDocument:
    """A resident of that age on that day."""
    rng = random.Random(seed)
    born = today - timedelta(days=round(age * 365.25) + 1 + rng.randrange(300))
    male = rng.random() < 0.5
    return IdentityDocument(
        kind=DocumentKind.RESIDENT,
        name=rng.choice(_FAMILY) + "".join(rng.sample(_GIVEN, 2)),
        number=citizen_number(rng, born, male=male),
        sex=Sex.MALE if male else Sex.FEMALE,
        ethnic_group="01",
        birth=born,
        address=f"青禾区虚构路{rng.randrange(100, 999)}号{rng.randrange(1, 30)}单元{rng.randrange(101, 999)}室",
        authority="青禾区公安分局",
        valid_from=today - timedelta(days=1000),
        valid_to=today + timedelta(days=2000),
    )
