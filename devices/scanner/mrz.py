"""The machine-readable zone of travel documents: from its lines to what it says. Pure.

Source: ICAO Doc 9303, parts 3 (check digits), 4 (TD3, two lines of 44: passports) and 5 (TD1, three lines of 30: cards
and permits). Names, issuer, nationality and sex have no check digit; whoever reads them from a picture has to be sure
of them by other means.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hall.identity import DocumentKind, IdentityDocument, Sex

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
SHAPES = {"TD3": (2, 44), "TD1": (3, 30)}
"""Lines, and characters in each."""
_WEIGHTS = (7, 3, 1)
_SEXES = {"M": Sex.MALE, "F": Sex.FEMALE, "<": Sex.NOT_STATED}


class Flaw(StrEnum):
    """What does not hold in a zone; a single one means that it was not read."""

    NUMBER = "number"
    BIRTH = "birth"
    EXPIRY = "expiry"
    OPTIONAL = "optional"
    COMPOSITE = "composite"
    GRAMMAR = "grammar"  # a letter where only digits stand, a day that no calendar has, a name without letters


@dataclass(frozen=True, slots=True, repr=False)
class Mrz:
    """What a zone says. Personal data: its repr shows none of it.

    Attributes:
        shape: `TD3` or `TD1`.
        code: Kind of document, such as `P`.
        issuer: Three letters, or fewer, such as `D`.
        number: Of the document.
        surname: Latin letters with spaces.
        given_names: The same; empty when there are none.
        nationality: Three letters, or fewer.
        sex: As stated.
        birth: None when the document does not state the day.
        expiry: None when it does not expire.
        flaws: What does not hold; empty when all check digits agree.
    """

    shape: str
    code: str
    issuer: str
    number: str
    surname: str
    given_names: str
    nationality: str
    sex: Sex
    birth: date | None
    expiry: date | None
    flaws: frozenset[Flaw]

    @property
    def name(self) -> str:
        """Surname first, as it stands in the document."""
        return f"{self.surname} {self.given_names}".strip()

    def document(self) -> IdentityDocument:
        """What the kiosk works with. Whatever was read by its zone counts as a passport.

        Raises:
            ValueError: The zone has flaws; nothing of it may be used.
        """
        if self.flaws:
            raise ValueError("机读码有误，不能使用")
        return IdentityDocument(
            kind=DocumentKind.PASSPORT,
            name="",
            name_en=self.name,
            number=self.number,
            sex=self.sex,
            birth=self.birth,
            valid_to=self.expiry,
            long_term=self.expiry is None,
        )

    def __repr__(self) -> str:
        return f"Mrz({self.shape}, {', '.join(sorted(self.flaws)) or 'sound'})"


def check_digit(characters: str) -> str:
    """The digit behind a field: weights 7 3 1 over digits, letters from A = 10, `<` = 0, modulo 10 (9303-3, 4.9).

    Raises:
        ValueError: A character that no zone has.
    """
    values = (0 if c == "<" else ALPHABET.index(c) for c in characters)
    return str(sum(value * _WEIGHTS[place % 3] for place, value in enumerate(values)) % 10)


def parse(lines: Sequence[str], today: date) -> Mrz | None:
    """What the lines of a zone say, with all that is wrong with them; None if they have not the shape of a zone.

    Args:
        lines: As they stand in the document.
        today: Decides the century of two-digit years: nobody is born later, nothing expires in more than fifty years.
    """
    given = [line.strip() for line in lines]
    shape = next((s for s, (rows, width) in SHAPES.items() if [len(line) for line in given] == [width] * rows), None)
    if shape is None or not all(set(line) <= set(ALPHABET) for line in given):
        return None
    return _td3(given, today) if shape == "TD3" else _td1(given, today)


def _td3(lines: list[str], today: date) -> Mrz:
    first, second = lines
    flaws = set[Flaw]()
    _verify(flaws, Flaw.NUMBER, second[0:9], second[9])
    _verify(flaws, Flaw.BIRTH, second[13:19], second[19])
    _verify(flaws, Flaw.EXPIRY, second[21:27], second[27])
    if second[28:43].strip("<"):  # nothing optional: the digit may be left out
        _verify(flaws, Flaw.OPTIONAL, second[28:42], second[42])
    _verify(flaws, Flaw.COMPOSITE, second[0:10] + second[13:20] + second[21:43], second[43])
    return _built("TD3", first[0:2], first[2:5], second[0:9], first[5:], second[10:13], second[20],
                  _birth(second[13:19], today, flaws), _expiry(second[21:27], today, flaws), flaws)  # fmt: skip


def _td1(lines: list[str], today: date) -> Mrz:
    first, second, third = lines
    flaws = set[Flaw]()
    number, digit = first[5:14], first[14]
    if digit == "<" and first[15:].strip("<"):  # a longer number goes on in the optional field, its digit last
        rest = first[15:].split("<")[0]
        number, digit = number + rest[:-1], rest[-1:] or "<"
    _verify(flaws, Flaw.NUMBER, number, digit)
    _verify(flaws, Flaw.BIRTH, second[0:6], second[6])
    _verify(flaws, Flaw.EXPIRY, second[8:14], second[14])
    _verify(flaws, Flaw.COMPOSITE, first[5:] + second[0:7] + second[8:15] + second[18:29], second[29])
    return _built("TD1", first[0:2], first[2:5], number, third, second[15:18], second[7],
                  _birth(second[0:6], today, flaws), _expiry(second[8:14], today, flaws), flaws)  # fmt: skip


def _built(
    shape: str, code: str, issuer: str, number: str, names: str, nationality: str, sex: str,
    birth: date | None, expiry: date | None, flaws: set[Flaw],
) -> Mrz:  # fmt: skip
    surname, _, given = names.rstrip("<").partition("<<")
    letters = "[A-Z]+(<[A-Z]+)*"
    if not re.fullmatch(f"{letters}(<<{letters})?<*", names) or not number.strip("<") or sex not in _SEXES:
        flaws.add(Flaw.GRAMMAR)
    if not re.fullmatch(r"[A-Z][A-Z<]", code) or not all(
        re.fullmatch("[A-Z]{1,3}<*", c) for c in (issuer, nationality)
    ):
        flaws.add(Flaw.GRAMMAR)
    return Mrz(
        shape=shape,
        code=code.rstrip("<"),
        issuer=issuer.rstrip("<"),
        number=number.rstrip("<"),
        surname=surname.replace("<", " "),
        given_names=given.replace("<", " ").strip(),
        nationality=nationality.rstrip("<"),
        sex=_SEXES.get(sex, Sex.UNKNOWN),
        birth=birth,
        expiry=expiry,
        flaws=frozenset(flaws),
    )


def _verify(flaws: set[Flaw], flaw: Flaw, field: str, digit: str) -> None:
    if check_digit(field) != digit:
        flaws.add(flaw)


def _birth(field: str, today: date, flaws: set[Flaw]) -> date | None:
    if "<" in field and re.fullmatch(r"(\d\d|<<){3}", field):
        return None  # a part of it is not known to anybody
    born = _day(field, today.year, flaws)
    return born if born is None or born <= today else _day(field, today.year - 1, flaws)


def _expiry(field: str, today: date, flaws: set[Flaw]) -> date | None:
    return None if field == "<<<<<<" else _day(field, today.year + 50, flaws)


def _day(field: str, latest: int, flaws: set[Flaw]) -> date | None:
    """The day YYMMDD in the last year that is not after `latest`."""
    if field.isdecimal():
        year = latest - (latest - int(field[:2])) % 100
        try:
            return date(year, int(field[2:4]), int(field[4:]))
        except ValueError:
            pass
    flaws.add(Flaw.GRAMMAR)
    return None
