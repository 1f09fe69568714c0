"""Figures that add up exactly: of parts the same as of the whole, and as by their definition."""

from datetime import date, timedelta
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.clock import MINUTE_US
from hall.figures import FIGURES
from hall.grouping import By, GroupingError, Table, grouping, part_words
from hall.tally import Lengths, Tally

LENGTHS = st.lists(st.integers(0, 300 * MINUTE_US), min_size=1, max_size=60)
DAY = date(2026, 11, 23)  # a Monday


def tally(waits: list[int]) -> Tally:
    made = Tally(arrivals=len(waits), finished=1, judged=2, error_us=7, inside=1, late=1)
    for wait in waits:
        made.waits.add(wait)
        made.ratings[wait % 5] += 1
    return made


@given(waits=LENGTHS, share=st.sampled_from([0.1, 0.5, 0.9, 1.0]))
@settings(max_examples=60, deadline=None)
def test_a_quantile_is_the_least_whole_minute_within_which_that_share_was_over(waits: list[int], share: float) -> None:
    lengths = tally(waits).waits
    minute = lengths.quantile(share)
    assert minute is not None
    assert sum(wait <= minute * MINUTE_US for wait in waits) >= ceil(round(share * len(waits), 6))
    assert minute == 0 or sum(wait <= (minute - 1) * MINUTE_US for wait in waits) < ceil(round(share * len(waits), 6))


@given(waits=LENGTHS, minutes=st.integers(0, 300))
@settings(max_examples=60, deadline=None)
def test_mean_and_share_within_a_target_are_exact(waits: list[int], minutes: int) -> None:
    lengths = tally(waits).waits
    assert lengths.mean_us == sum(waits) // len(waits)
    assert lengths.within(minutes) == sum(wait <= minutes * MINUTE_US for wait in waits) / len(waits)


@given(parts=st.lists(LENGTHS, min_size=1, max_size=6))
@settings(max_examples=40, deadline=None)
def test_days_added_up_give_the_figures_of_all_their_tickets_at_once(parts: list[list[int]]) -> None:
    table = Table(grouping("year,hour"))
    for number, waits in enumerate(parts):
        kept = Tally.of_row(tally(waits).row())
        assert kept == tally(waits)
        table.add(DAY + timedelta(days=number), {"alpha": {"9": kept.row()}})
    ((key, added),) = table.rows
    whole = tally([wait for waits in parts for wait in waits])
    assert key == ("2026", "09")
    assert (added.waits, added.ratings, added.arrivals) == (whole.waits, whole.ratings, whole.arrivals)
    assert table.whole == added


def test_of_nothing_there_is_no_figure_and_no_mistake() -> None:
    empty = Tally()
    assert Lengths().quantile(0.5) is Lengths().mean_us is Lengths().within(3) is None
    words = {figure.id: figure.words(empty, 30) for figure in FIGURES}
    assert words["arrivals"] == "0"
    assert words["wait_p90"] == words["rating_mean"] == words["range_inside"] == "–"


def test_rows_stand_in_the_order_of_time_and_of_numbers() -> None:
    table = Table(grouping("week,window"))
    for days, window in ((7, "10"), (0, "2"), (6, "10"), (6, "")):
        table.add(DAY + timedelta(days=days), {window: {"9": Tally(arrivals=1).row()}})
    assert [key for key, _ in table.rows] == [
        ("2026-11-23", ""),
        ("2026-11-23", "2"),
        ("2026-11-23", "10"),
        ("2026-11-30", "10"),
    ]


def test_half_hours_are_told_by_their_beginning_and_add_up_to_hours() -> None:
    kept = {"alpha": {"18": Tally(arrivals=1).row(), "19": Tally(arrivals=2).row(), "47": Tally(arrivals=4).row()}}
    by_half, by_both = Table(grouping("half_hour")), Table(grouping("group,hour,half_hour"))
    for table in (by_half, by_both):
        table.add(DAY, kept)
    assert [(key, tally.arrivals) for key, tally in by_half.rows] == [(("09:00",), 1), (("09:30",), 2), (("23:30",), 4)]
    assert [key for key, _ in by_both.rows] == [
        ("alpha", "09", "09:00"),
        ("alpha", "09", "09:30"),
        ("alpha", "23", "23:30"),
    ]
    assert part_words(By.HALF_HOUR, "23:30", {}) == "23:30–24:00"


@pytest.mark.parametrize("words", ["groups", "group,window", "day,day", "half_hour,clerk", "service,half_hour", "=1+1"])
def test_a_grouping_that_is_none_is_told(words: str) -> None:
    with pytest.raises(GroupingError):
        grouping(words)


def test_a_grouping_may_be_typed_with_spaces_or_not_at_all() -> None:
    assert grouping(" hour , group") == (By.HOUR, By.GROUP)
    assert grouping("") == ()


def test_the_manual_tells_each_figure_by_the_formula_that_the_page_shows() -> None:
    manual = (Path(__file__).parents[3] / "docs/statistics.zh-CN.md").read_text(encoding="utf-8")
    told = [line for line in manual.splitlines() if line.startswith("| `")]
    assert told == [f"| `{each.id}` | {each.name} | {each.unit} | {each.formula} |" for each in FIGURES]
