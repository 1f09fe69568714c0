from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.errors import CodeError
from hall.slip_code import SlipCode, printed_text, seal, unseal

KEY = bytes(range(32))
CODE = SlipCode("ab" * 16, date(2026, 11, 24), "A", None, 23, 1_795_482_000_000_000)


@pytest.mark.parametrize("lane", [None, 2, 99])
@pytest.mark.parametrize("url", ["", "https://hall.example", "https://hall.example/"])
def test_what_is_sealed_reads_back_with_and_without_address(lane: int | None, url: str) -> None:
    code = SlipCode(CODE.ticket, CODE.day, CODE.prefix, lane, CODE.n, CODE.issued_at)
    text = printed_text(seal(code, "qinghe", KEY), url)
    assert text.isascii()
    assert unseal(text, "qinghe", KEY) == code


def test_another_hall_and_another_key_are_refused() -> None:
    sealed = seal(CODE, "qinghe", KEY)
    with pytest.raises(CodeError, match="不是本大厅"):
        unseal(sealed, "other", KEY)
    with pytest.raises(CodeError, match="没有通过核对"):
        unseal(sealed, "qinghe", bytes(32))


@given(place=st.integers(0, 70), letter=st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
def test_every_changed_letter_is_noticed(place: int, letter: str) -> None:
    sealed = seal(CODE, "qinghe", KEY)
    forged = sealed[:place] + letter + sealed[place + 1 :]
    if forged == sealed:
        assert unseal(forged, "qinghe", KEY) == CODE
    else:
        with pytest.raises(CodeError):
            unseal(forged, "qinghe", KEY)


@given(st.text(max_size=600))
def test_any_text_is_a_clear_refusal(text: str) -> None:
    with pytest.raises(CodeError):
        unseal(text, "qinghe", KEY)
