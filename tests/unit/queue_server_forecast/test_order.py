"""Head starts are read off the calls of a log."""

import random

import pytest

from queue_server.forecast.order import SeenOrder


def calls(head: dict[str, float], count: int = 3000) -> SeenOrder:
    """Pairs of people of different classes who wait, of whom the rule calls one."""
    dice, seen = random.Random(5), SeenOrder()
    for _ in range(count):
        one, other = ((dice.uniform(0, 5000), name) for name in dice.sample(sorted(head), 2))
        first, second = sorted((one, other), key=lambda person: person[0] - head[person[1]])
        seen.note(first[1], second[1], first[0] - second[0])
    return seen


@pytest.mark.parametrize(
    "head", [{"A": 0.0, "B": 0.0}, {"0": 0.0, "1": 90.0, "2": 180.0}, {"普通": 0.0, "优先": 1800.0}]
)
def test_the_head_starts_are_found_again(head: dict[str, float]) -> None:
    found = calls(head).head_starts()
    assert found == pytest.approx(head, abs=30)


def test_where_one_class_is_always_first_its_head_start_covers_all_that_was_seen() -> None:
    found = calls({"普通": 0.0, "优先": 1e6}).head_starts()
    assert found["优先"] - found["普通"] > 4500


def test_a_log_without_classes_has_no_head_starts() -> None:
    assert SeenOrder().head_starts() == {}
