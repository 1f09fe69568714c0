"""Invents travel documents for twins and tests: right in form, of nobody, from a country that does not exist."""

from random import Random

from devices.scanner.mrz import SHAPES, check_digit

_NO_COUNTRY = "UTO"  # Utopia, the country of the specimens in ICAO Doc 9303
_SURNAMES = ("ALMEIDA", "BERGSTROM", "OCONNOR", "QUISPE", "ZOLOTOV", "VAN<DER<WEYDEN", "IWASAKI", "BI", "XU")
_GIVEN = ("ANNA<MARIA", "BRUNO", "OLGA", "DAVID<JOHN", "ZOE", "QI", "", "FELIX<HUGO<IVO", "MAX")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def invented_zone(random: Random, shape: str = "TD3") -> list[str]:
    """The lines of an invented person's document; the same random gives the same."""
    width = SHAPES[shape][1]
    names = f"{random.choice(_SURNAMES)}<<{random.choice(_GIVEN)}"
    number = _checked("".join(random.choices(_LETTERS, k=9)))
    birth, expiry = _checked(_day(random, 40, 99)), _checked(_day(random, 28, 36))
    sex = random.choice("MF<")
    if shape == "TD3":
        optional = _checked("".join(random.choices(_LETTERS, k=random.choice([0, 8, 14]))).ljust(14, "<"))
        second = number + _NO_COUNTRY + birth + sex + expiry + optional
        return [f"P<{_NO_COUNTRY}{names}".ljust(width, "<"), second + check_digit(number + birth + expiry + optional)]
    first = f"I<{_NO_COUNTRY}{number}".ljust(width, "<")
    second = (birth + sex + expiry + _NO_COUNTRY).ljust(width - 1, "<")
    composite = check_digit(first[5:] + birth + expiry + second[18:])
    return [first, second + composite, names.ljust(width, "<")]


def _checked(field: str) -> str:
    return field + check_digit(field)


def _day(random: Random, first: int, last: int) -> str:
    return f"{random.randrange(first, last):02d}{random.randrange(1, 13):02d}{random.randrange(1, 29):02d}"
