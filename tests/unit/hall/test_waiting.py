"""What a citizen reads about the wait: honest steps, no flicker, no promise where nobody serves."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hall.waiting import (
    LONG_MINUTES,
    LONG_STEP_MINUTES,
    STEP_MINUTES,
    ShownWait,
    WaitRange,
    ahead_words,
    on_paper,
    wait_of,
    wait_range,
    wait_words,
    wait_words_en,
)

SECONDS = st.floats(0, 40_000)
RANGES = st.builds(lambda low, more: WaitRange(low * 5, (low + more) * 5), st.integers(0, 20), st.integers(1, 10))


@pytest.mark.parametrize(
    ("p20", "p90", "low", "high"),
    [
        (0, 0, 0, 5),
        (60, 299, 0, 5),
        (15 * 60, 15 * 60, 15, 20),
        (60, 301, 0, 10),
        (15 * 60, 25 * 60, 15, 25),
        (16 * 60, 24 * 60, 15, 25),
        (14 * 60, 60 * 60, 10, 60),
        (59 * 60, 61 * 60, 55, 70),
        (64 * 60, 95 * 60, 60, 100),
    ],
)
def test_a_range_is_rounded_outward(p20: float, p90: float, low: int, high: int) -> None:
    assert wait_range(p20, p90) == WaitRange(low, high)


@given(SECONDS, SECONDS)
@example(3600.0, 3600.0)
def test_a_range_holds_what_it_came_from_in_whole_steps(one: float, other: float) -> None:
    p20, p90 = sorted((one, other))
    shown = wait_range(p20, p90)
    assert shown.low * 60 <= p20
    assert p90 <= shown.high * 60
    assert shown.low < shown.high
    for minutes in (shown.low, shown.high):
        assert minutes % (LONG_STEP_MINUTES if minutes > LONG_MINUTES else STEP_MINUTES) == 0


@given(SECONDS, SECONDS, SECONDS)
def test_a_longer_wait_never_reads_shorter(p20: float, p90: float, more: float) -> None:
    assert wait_range(p20, p90 + more).high >= wait_range(p20, p90).high
    assert wait_range(p20 + more, p90).low >= wait_range(p20, p90).low


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ([(20, 30)], (15, 25)),  # once is not enough
        ([(20, 30), (20, 30)], (20, 30)),
        ([(20, 30), (15, 25), (20, 30)], (15, 25)),  # there and back is a flicker
        ([(20, 35), (20, 30)], (20, 30)),  # as far as both agree
        ([(10, 25), (10, 25)], (10, 25)),  # one bound alone
        ([(20, 30), (10, 20)], (15, 25)),  # they do not agree at all
    ],
)
def test_a_bound_moves_only_when_it_is_wanted_twice(wanted: list[tuple[int, int]], shown: tuple[int, int]) -> None:
    state = ShownWait(WaitRange(15, 25), WaitRange(15, 25))
    for low, high in wanted:
        state = state.recomputed(WaitRange(low, high), rank_changed=False)
    assert state.shown == WaitRange(*shown)


@given(RANGES, RANGES)
def test_after_a_call_ahead_the_newest_range_is_shown_at_once(before: WaitRange, now: WaitRange) -> None:
    assert ShownWait(before, before).recomputed(now, rank_changed=True).shown == now


@given(RANGES, st.lists(RANGES, max_size=6))
def test_a_range_is_never_turned_around_and_settles_on_what_stays(first: WaitRange, wanted: list[WaitRange]) -> None:
    state = ShownWait(first, first)
    for each in wanted:
        state = state.recomputed(each, rank_changed=False)
        assert state.shown.low < state.shown.high
    last = wanted[-1] if wanted else first
    for _ in range(2):
        state = state.recomputed(last, rank_changed=False)
    assert state.shown == last


@pytest.mark.parametrize(
    ("shown", "closes_in_s", "p90_s", "words", "english"),
    [
        (WaitRange(15, 25), 7200, 1500, "约 15–25 分钟", "about 15–25 min"),
        (WaitRange(0, 5), 7200, 200, "5 分钟内", "within 5 min"),
        (WaitRange(0, 10), 7200, 500, "10 分钟内", "within 10 min"),
        (WaitRange(15, 25), 1200, 1500, "可能无法办理", "may miss out"),
        (WaitRange(60, 140), 7200, 8400, "约 60–140 分钟", "about 60–140 min"),  # closing is more than an hour away
        (WaitRange(15, 25), 1500, 1500, "约 15–25 分钟", "about 15–25 min"),
        (WaitRange(15, 25), math.inf, 1500, "约 15–25 分钟", "about 15–25 min"),  # all who wait are served
        (None, 7200, 0, "窗口暂停", "paused"),
        (None, 600, 9000, "窗口暂停", "paused"),
    ],
)
def test_the_line_about_time(
    shown: WaitRange | None, closes_in_s: float, p90_s: float, words: str, english: str
) -> None:
    wait = wait_of(shown, closes_in_s=closes_in_s, p90_s=p90_s)
    assert (wait_words(wait), wait_words_en(wait)) == (words, english)


def test_how_many_stand_ahead_is_always_said() -> None:
    assert ahead_words(0) == "前面 0 人"


def test_paper_has_no_spaces_between_figures_and_characters() -> None:
    assert on_paper(f"{ahead_words(12)}，约 15–25 分钟") == "前面12人，约15-25分钟"
