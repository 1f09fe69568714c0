"""The sample hall is whole: it is read without a mistake and a citizen finds things in it."""

from pathlib import Path

import pytest

import installer
from hall.catalog import Catalog
from installer.hall_init.catalogue import read_catalogue

SAMPLE = Path(installer.__file__).parent / "sample_hall"


@pytest.fixture(scope="module")
def sample() -> Catalog:
    return read_catalogue(SAMPLE)


def found(catalog: Catalog, typed: str) -> set[str]:
    return {one.id for one in catalog.services if any(typed in letters for letters in one.initials)}


def test_is_as_large_as_a_district_hall(sample: Catalog) -> None:
    assert len(sample.groups) == 8
    assert len(sample.services) >= 64
    assert sum(one.guide is not None for one in sample.services) >= 14
    assert len({one.group for one in sample.services if one.guide}) == 8
    assert len(sample.windows) == 12


def test_every_group_has_services_english_and_a_second_window(sample: Catalog) -> None:
    for group in sample.groups:
        assert len(list(sample.services_of(group.id))) >= 8
        assert group.name_en.isascii()
        able = [one for one in sample.windows if one.penalty_us(group.id) is not None]
        assert len(able) >= 2


def test_opens_on_saturday_morning_only_in_the_morning(sample: Catalog) -> None:
    assert sample.hall.hours.monday == ("09:00-12:00", "13:00-17:00")
    assert sample.hall.hours.saturday == ("09:00-12:00",)
    assert sample.hall.hours.sunday == ()


def test_initials_of_the_social_card_find_its_five_services(sample: Catalog) -> None:
    cards = {one.id for one in sample.services if one.name.startswith("社保卡")}
    assert len(cards) == 5
    assert cards <= found(sample, "sbk")


@pytest.mark.parametrize(
    ("typed", "service"),
    [
        ("gtgsh", "sole_trader_open"),
        ("jhdj", "marriage"),
        ("ljhz", "marriage"),  # by what people call it: 领结婚证
        ("esfgh", "house_transfer"),
        ("spjyxk", "food_licence"),
        ("zftgjj", "fund_rent"),
        ("hsfz", "id_card_renewal"),
        ("bdcdyqscdjhzjjzwdy", "mortgage_first"),
    ],
)
def test_services_are_found_by_name_and_by_everyday_words(sample: Catalog, typed: str, service: str) -> None:
    assert service in found(sample, typed)


def test_reading_twice_gives_the_same_version(sample: Catalog) -> None:
    assert read_catalogue(SAMPLE).version == sample.version


def test_survives_the_wire(sample: Catalog) -> None:
    assert Catalog.model_validate_json(sample.model_dump_json()) == sample
