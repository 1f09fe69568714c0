"""Words of a stranger are quoted only if they cannot be a person's number or name."""

import pytest

from hall.quoting import HERE, quote
from tests.support.booked import citizen


@pytest.mark.parametrize(
    "text",
    [
        citizen(1),
        citizen(1)[:6],
        f"{citizen(1)[:6]} {citizen(1)[6:14]} {citizen(1)[14:]}",
        "".join(chr(ord(digit) + 0xFEE0) for digit in citizen(1)),  # as a Chinese keyboard's wide digits
        "一三八一二三四五六七八",
        "138-1234-5678",
        "8888-1234",
        "E10000007",
        "A123456(7)",
        "测试",
        "测试人名",
        "测试·人名",
        "TEST, PERSON ONE TWO THREE",
        "Test O'Person",
        "",
        "乙\n事项的事项",
        "很长" * 11,
    ],
)
def test_what_could_be_a_persons_is_never_quoted(text: str) -> None:
    assert quote(text) == HERE


@pytest.mark.parametrize("text", ["2026-13-01", "2026年2月30日", "9点半", "25:00", "社保卡补领换", "no_such_1"])
def test_what_cannot_be_a_persons_is_quoted(text: str) -> None:
    assert quote(text) == f"「{text}」"
