import json
import unicodedata

import pytest

from installer.bench.figures import Against, as_json, as_table, figure, hard_count, quantile


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1), (0.2, 1), (0.21, 2), (0.5, 3), (0.8, 4), (0.95, 5), (0.99, 5), (1.0, 5)]
)
def test_a_quantile_is_the_nearest_rank(share: float, expected: float) -> None:
    assert quantile([5, 3, 1, 4, 2], share) == expected


def test_one_value_is_every_quantile() -> None:
    assert {quantile([7.5], share) for share in (0.0, 0.5, 0.99)} == {7.5}


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def test_columns_line_up_with_chinese_among_them() -> None:
    rows = [
        figure("取号 p50", 12.345, "毫秒", "不超过 50", Against(2.0, "磁盘")),
        figure("issue p50, a longer name", 1234.5, "ms", "bar"),
    ]
    lines = as_table(rows).splitlines()
    for column in ("value", "unit", "bar"):
        start = width(lines[0][: lines[0].index(column)])
        for line in lines[1:]:
            cells = "".join(character + "\0" * (width(character) - 1) for character in line)
            assert cells[start - 1] == " ", line
            assert cells[start] != " ", line


def test_a_ratio_is_told_with_what_it_compares() -> None:
    table = as_table([figure("calls", 310.0, "/s", "", Against(155, "peer"))])
    assert "310" in table
    assert "2.00 × peer" in table


def test_only_a_hard_count_above_zero_is_broken() -> None:
    assert hard_count("double calls", 1).broken
    assert not hard_count("double calls", 0).broken
    assert not figure("p99", 1_000_000.0, "ms", "≤ 50 ms").broken


def test_json_holds_every_field_of_every_row() -> None:
    rows = json.loads(as_json([hard_count("重号", 0), figure("p50", 1.5, "ms")]))
    assert rows[0] == {
        "what": "重号",
        "value": 0,
        "unit": "",
        "bar": "must be 0",
        "ratio": None,
        "against": "",
        "must_be_zero": True,
    }
    assert rows[1]["value"] == 1.5
