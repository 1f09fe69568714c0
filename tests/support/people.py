"""Invented people with valid check digits, made from a seed at run time: no real person, nothing stored."""

import random
from datetime import date, timedelta

from hall.identity import DocumentKind, IdentityDocument, Sex, check_character

_FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文斌宁"


def citizen_number(rng: random.Random, born: date, *, male: bool) -> str:
    """A number with a right check character in an area code that is not in use (990000)."""
    order = rng.randrange(0, 500) * 2 + male
    first = f"990000{born:%Y%m%d}{order:03}"
    return first + check_character(first)


def resident(seed: int, *, age: int = 40, today: date = date(2026, 11, 24)) -> IdentityDocument:
    """A resident of about that age."""
    rng = random.Random(seed)
    born = today - timedelta(days=age * 366 + rng.randrange(300))
    male = rng.random() < 0.5
    return IdentityDocument(
        kind=DocumentKind.RESIDENT,
        name=rng.choice(_FAMILY) + "".join(rng.sample(_GIVEN, rng.choice((1, 2)))),
        number=citizen_number(rng, born, male=male),
        sex=Sex.MALE if male else Sex.FEMALE,
        ethnic_group="01",
        birth=born,
        address=f"青禾区虚构路{rng.randrange(1, 999)}号{rng.randrange(1, 30)}室",
        authority="青禾区公安分局",
        valid_from=today - timedelta(days=1000),
        valid_to=today + timedelta(days=2000),
    )
