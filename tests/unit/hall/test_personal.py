"""What may stand in a reason, and what is somebody's number."""

import pytest

from hall.personal import tells_a_number, tells_who


@pytest.mark.parametrize(
    "text",
    [
        "复印 13812345678",
        "11010119900307001X 没带",
        "电话010-8765 4321",
        "卡号 6222 0000",
        "１３８１２３４５６７８",
        "138·1234·5678",
        "123456",
    ],
)
def test_a_number_by_which_somebody_can_be_found(text: str) -> None:
    assert tells_a_number(text)


@pytest.mark.parametrize(
    "text",
    ["", "等复印件", "10:30 回来", "A12-104", "12345", "3 号窗口, 20 分钟", "50 元, 2 份, 7 页", "2026-11-27 再来"],
)
def test_what_is_nobodys(text: str) -> None:
    assert not tells_a_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "请联系１３８１２３４５６７８",
        "138.1234.5678",
        "138 1234 5678",
        "证件号 11010119900307001X",
        "0138 1234 5678 901",
    ],
)
def test_what_tells_a_person_stands_on_no_wall(text: str) -> None:
    assert tells_who(text)


@pytest.mark.parametrize(
    "text", ["电话 0512-12345678", "热线 12345、400 800 1234", "2027-02-05 - 02-11 放假", "2027年2月5日9:00-12:00"]
)
def test_a_halls_own_telephone_and_its_days_may_stand_there(text: str) -> None:
    assert not tells_who(text)
