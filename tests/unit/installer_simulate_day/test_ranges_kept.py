"""The short form of `python -m installer.workshop.forecast_truth`: small halls of known truth, a few days each.

So few days scatter by some points, but these very people are always the same; the command judges whole halls.
"""

from dataclasses import replace
from typing import Any

import pytest

from installer.rehearsal.simulate_day.shape import SHAPES
from installer.workshop.forecast_truth import LEAST, MOST, judge

SMALL: dict[str, dict[str, Any]] = {
    "rush": {"citizens": 80, "windows": 2},
    "drift": {"citizens": 80, "windows": 2},
    "two_hours": {"citizens": 60, "windows": 1},
    "one_window": {},
    "no_servers": {"citizens": 80, "windows": 2},
}


@pytest.mark.parametrize("name", SMALL)
def test_the_range_of_ninety_in_a_hundred_is_kept_that_often(name: str) -> None:
    result = judge(replace(SHAPES[name], **SMALL[name]), 14, 1)
    assert result["n"] > 150
    assert LEAST <= result["predictors"]["onewindow"]["cover90"] <= MOST
