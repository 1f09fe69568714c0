from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from hall.numbering import Number, NumberPlan, next_in_plan, next_number, parse_number

DAY = date(2026, 11, 24)


def plan(modulus: int, residue: int, days: int = 7) -> NumberPlan:
    return NumberPlan(
        plan_id="0" * 32, modulus=modulus, residue=residue, first_day=DAY, last_day=DAY + timedelta(days=days)
    )


def test_a_single_issuer_counts_one_two_three() -> None:
    only = plan(1, 0)
    given_: list[int] = []
    for _ in range(3):
        given_.append(next_in_plan(only, max(given_, default=0)))
    assert given_ == [1, 2, 3]


@given(
    modulus=st.integers(1, 9),
    turns=st.lists(st.tuples(st.integers(0, 8), st.booleans()), max_size=60),
)
def test_issuers_never_give_the_same_number_whatever_they_have_heard(
    modulus: int, turns: list[tuple[int, bool]]
) -> None:
    heard = dict.fromkeys(range(modulus), 0)
    everything: list[int] = []
    for who, gossip in turns:
        residue = who % modulus
        number = next_in_plan(plan(modulus, residue), heard[residue])
        assert number not in everything
        assert number > heard[residue]
        everything.append(number)
        heard[residue] = number
        if gossip:
            heard = dict.fromkeys(heard, max(everything))


def test_connected_numbers_rise_with_arrival() -> None:
    highest = 0
    for residue in (2, 0, 1, 2, 2, 0):
        number = next_in_plan(plan(3, residue), highest)
        assert number > highest
        highest = number


def test_without_a_valid_plan_the_lane_form_is_given() -> None:
    outside = DAY + timedelta(days=8)
    assert str(next_number("A", DAY, None, 41, 2, 0)) == "A2-001"
    assert str(next_number("A", outside, plan(1, 0), 41, 2, 23)) == "A2-024"
    assert str(next_number("A", DAY, plan(1, 0), 41, 2, 23)) == "A042"


def test_numbers_used_up_do_not_stop_a_group() -> None:
    assert str(next_number("A", DAY, plan(1, 0), 999_998, 2, 23)) == "A999999"
    assert str(next_number("A", DAY, plan(1, 0), 999_999, 2, 23)) == "A2-024"
    assert str(next_number("A", DAY, plan(9, 0), 999_995, 2, 0)) == "A999999"
    assert str(next_number("A", DAY, plan(9, 1), 999_995, 2, 0)) == "A2-001"


@pytest.mark.parametrize("number", [Number("A", 1), Number("B", 1000), Number("C", 24, 2), Number("Z", 7, 99)])
def test_printed_numbers_read_back(number: Number) -> None:
    assert parse_number(str(number)) == number
    assert parse_number(f" {str(number).lower()} ") == number


@pytest.mark.parametrize("text", ["", "A", "A1", "A0-001", "AA001", "A001x", "一"])
def test_other_texts_are_no_numbers(text: str) -> None:
    assert parse_number(text) is None


def test_an_impossible_plan_is_refused() -> None:
    with pytest.raises(ValidationError):
        plan(2, 2)
    with pytest.raises(ValidationError):
        plan(2, 1, days=-1)
