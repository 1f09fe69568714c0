from datetime import date

import pytest

from hall.identity import DocumentKind, IdentityDocument, holder_of, is_citizen_number, mask_name
from tests.support.people import resident

KEY = bytes(range(32))


@pytest.mark.parametrize(
    "number", ["11010519491231002X", "932682198501010017", "911124198108030024", "931586198001010028"]
)
def test_published_specimens_verify_and_every_changed_digit_fails(number: str) -> None:
    assert is_citizen_number(number)
    assert is_citizen_number(number.lower())
    for place in range(18):
        for other in "0123456789":
            if other != number[place]:
                assert not is_citizen_number(number[:place] + other + number[place + 1 :])


@pytest.mark.parametrize("text", ["", "1", "1101051949123100２X", "a" * 18, "²" * 18])
def test_what_is_no_number_is_refused_without_an_error(text: str) -> None:
    assert not is_citizen_number(text)


@pytest.mark.parametrize(
    ("name", "masked"),
    [("张三", "张*"), ("张小三", "张**"), ("欧阳明华", "欧**"), ("ANNA MARIA", "A*"), ("", ""), ("李", "李")],
)
def test_names_are_masked(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_a_document_never_shows_itself() -> None:
    document = resident(7)
    for text in (repr(document), str(document), f"{document}"):
        assert document.number not in text
        assert document.name not in text
        assert str(document.address) not in text


def test_a_card_and_the_same_number_typed_are_one_person() -> None:
    card = resident(5)
    typed = IdentityDocument(kind=DocumentKind.TYPED_NUMBER, name="", number=card.number.lower())
    assert holder_of(typed, KEY).token == holder_of(card, KEY).token


def test_the_token_is_per_person_and_per_hall() -> None:
    one, other = resident(1), resident(2)
    assert holder_of(one, KEY).token == holder_of(one, KEY).token
    assert holder_of(one, KEY).token != holder_of(other, KEY).token
    assert holder_of(one, KEY).token != holder_of(one, bytes(32)).token
    assert one.number not in holder_of(one, KEY).model_dump_json()


@pytest.mark.parametrize(("day", "age"), [(date(2026, 11, 23), 64), (date(2026, 11, 24), 65), (date(2027, 11, 23), 65)])
def test_age_turns_on_the_birthday(day: date, age: int) -> None:
    document = IdentityDocument(kind=DocumentKind.RESIDENT, name="张三", number="", birth=date(1961, 11, 24))
    assert document.age_on(day) == age
