"""Window plans: other groups while one is in force, then the very same catalogue; suggested only when looks agree."""

from collections.abc import Mapping

import pytest

from hall.catalog import Catalog
from hall.window import Window
from hall.window_plan import Suggestion
from tests.support.referee import small_catalog

TIDE = "甲类高峰"


def with_plan() -> Catalog:
    """Window 2 serves A alone while the plan is in force, window 3 A only."""
    catalog = small_catalog()
    one, two, three = catalog.windows
    two = Window(**{**two.model_dump(), "plans": {TIDE: ("alpha",)}})
    three = Window(**{**three.model_dump(), "plans": {TIDE: ("alpha",), "乙类高峰": ("beta",)}})
    return catalog.model_copy(update={"windows": (one, two, three)})


def test_a_plan_changes_the_windows_it_names_and_nothing_else() -> None:
    catalog = with_plan()
    assert catalog.plans == (TIDE, "乙类高峰")
    tide = catalog.under(TIDE)
    assert tide.plan == TIDE
    assert [window.groups for window in tide.windows] == [("alpha",), ("alpha",), ("alpha",)]
    assert tide.windows[1].helps == {}, "whom it serves it does not also help"
    assert tide.version != catalog.version


def test_from_plan_to_plan_and_back_it_is_the_very_same_catalogue() -> None:
    catalog = with_plan()
    other = catalog.under(TIDE).under("乙类高峰")
    assert [window.groups for window in other.windows] == [("alpha",), ("beta",), ("beta",)]
    assert other.plans == catalog.plans
    assert other.under("") == catalog
    assert other.under("").version == catalog.version
    with pytest.raises(KeyError):
        catalog.under("没有的")


def test_a_catalogue_without_plans_keeps_the_version_it_had_before_there_were_any() -> None:
    """So that an update of the program publishes nothing anew."""
    assert small_catalog().version == "f298b59a851df526"


def looks(*longest: Mapping[str, int | None], in_force: str = "") -> list[str | None]:
    """What is suggested after each look."""
    state, seen = Suggestion(), []
    for each in longest:
        state = state.seen(in_force, each)
        seen.append(state.plan)
    return seen


def test_a_plan_is_suggested_when_three_looks_in_a_row_want_it_and_dropped_likewise() -> None:
    better, same = {"": 60, TIDE: 30}, {"": 40, TIDE: 38}
    assert looks(better, better, better, same, better, same, same, same) == [
        None, None, TIDE, TIDE, TIDE, TIDE, TIDE, None,
    ]  # fmt: skip


def test_a_small_gain_is_no_reason_to_move_people() -> None:
    """Both are asked for: ten minutes, and a quarter of the wait."""
    assert looks(*[{"": 20, TIDE: 12}] * 4)[-1] is None
    assert looks(*[{"": 100, TIDE: 85}] * 4)[-1] is None
    assert looks(*[{"": 100, TIDE: 70}] * 4)[-1] == TIDE


def test_somebody_who_would_never_be_called_weighs_most() -> None:
    assert looks(*[{"": 300, TIDE: None}] * 4)[-1] is None
    assert looks(*[{TIDE: None, "": 50}] * 4, in_force=TIDE)[-1] == "", "back to the usual groups"


def test_a_suggestion_that_was_followed_is_gone() -> None:
    state = Suggestion(TIDE, TIDE, 5)
    assert state.seen(TIDE, {TIDE: 20, "": 60}).plan is None
