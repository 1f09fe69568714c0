"""Invented residents of a wanted age, for tests."""

from dataclasses import replace
from datetime import date
from random import Random

from devices.id_card.people import invented_person
from hall.identity import IdentityDocument, check_character

TODAY = date(2026, 11, 24)


def resident(seed: int, *, age: int = 40, today: date = TODAY) -> IdentityDocument:
    """A resident who had that birthday a hundred days ago or so; the same seed is the same person."""
    person = invented_person(Random(seed))
    born = today.replace(year=today.year - age, month=8, day=1 + seed % 28)
    body = f"{person.number[:6]}{born:%Y%m%d}{person.number[14:17]}"
    return replace(person, birth=born, number=body + check_character(body))
