"""What if, and tomorrow's plan: what a window more is worth, the fewest that keep the target, how true the model is."""

import math
from datetime import date, timedelta

import numpy as np
import pytest

from queue_server.forecast.behaviour import Behaviour
from queue_server.forecast.coming import alike, draw_day
from queue_server.forecast.day_run import Post, Shift, run_day
from queue_server.forecast.fidelity import replay
from queue_server.forecast.past_days import PastDay
from queue_server.forecast.samples import Durations, Patience
from queue_server.forecast.scene import NOT_BUSY, Scene, Waiting, Windows
from queue_server.forecast.staffing import HALF_HOUR_S, Task, plan, windows_for
from queue_server.forecast.what_if import Closes, Opens, Situation, what_if

OPENS, CLOSES = 9 * 3600.0, 12 * 3600.0
GROUPS = 2
MONDAY = date(2026, 11, 23)
BEHAVIOUR = Behaviour(
    service=Durations([np.linspace(200, 600, 50), np.linspace(300, 900, 50)]),
    turnaround=Durations([np.array([10.0, 20.0])]),
    patience=Patience(np.array([1.0]), np.array([False])),
    no_show=np.zeros(GROUPS),
    absent_s=90.0,
)


def past_day(day: date, people: int) -> PastDay:
    """A morning with a peak at half past nine, three windows open, lived by the model's own rule."""
    dice = np.random.default_rng(day.toordinal())
    came = np.sort(np.concatenate([OPENS + 900 + 2700 * dice.random(people // 2),
                                   OPENS + (CLOSES - OPENS) * dice.random(people - people // 2)]))  # fmt: skip
    group = (dice.random(people) < 0.4).astype(np.intp)
    head_start = np.where(dice.random(people) < 0.1, 1800.0, 0.0)
    day_as_it_was = PastDay(day, came, group, head_start, np.zeros(people), {})
    drawn = draw_day([day_as_it_was], BEHAVIOUR, dice)
    posts = [Post((0.0, 0.0), ((OPENS, math.inf),)) for _ in range(3)]
    waited = run_day(drawn, posts, GROUPS, 90.0) - drawn.came
    shifts: dict[str, tuple[Shift, ...]] = {str(window): ((OPENS, CLOSES + 7200),) for window in range(3)}
    return PastDay(day, drawn.came, drawn.group, drawn.came - drawn.effective, waited, shifts)


PAST = [past_day(MONDAY - timedelta(days=7 * weeks), 60 + 3 * weeks) for weeks in range(5, 0, -1)]


def scene(waiting: int, windows: int) -> Scene:
    """So many of the first group wait, every window is in the middle of a service."""
    waited = np.linspace(1200, 60, waiting)
    return Scene(
        Waiting(-waited, np.zeros(waiting, np.intp), waited),
        Windows(
            penalty=np.zeros((windows, GROUPS)),
            serving=np.zeros(windows, np.intp),
            elapsed=np.full(windows, 100.0),
            returns=np.zeros(windows),
            pace=np.ones(windows),
        ),
    )


def test_one_window_more_shortens_and_one_less_lengthens_the_waits() -> None:
    """For whom it serves first of all; the same dice in both runs."""
    now = Situation(scene(12, 2), BEHAVIOUR, GROUPS, OPENS + 1800, PAST)
    opened = {effect.group: effect for effect in what_if(now, Opens((0.0, math.inf)), 1)}
    assert opened[0].after_s < 0.8 * opened[0].before_s
    closed = {effect.group: effect for effect in what_if(now, Closes(1, in_s=900.0), 1)}
    assert closed[0].after_s > 1.2 * closed[0].before_s
    assert what_if(now, Opens((0.0, math.inf)), 1) == what_if(now, Opens((0.0, math.inf)), 1)


def test_closing_the_last_window_leaves_people_uncalled() -> None:
    now = Situation(scene(3, 1), BEHAVIOUR, GROUPS, OPENS, PAST)
    assert {effect.after_s for effect in what_if(now, Closes(0, in_s=600.0), 1)} == {math.inf}


def test_an_idle_hall_has_nothing_to_gain() -> None:
    """Thirty idle windows: nobody waits before or after."""
    idle = Windows(np.zeros((30, GROUPS)), np.full(30, NOT_BUSY), np.zeros(30), np.zeros(30), np.ones(30))
    empty = Waiting(np.empty(0), np.empty(0, np.intp), np.empty(0))
    now = Situation(Scene(empty, idle), BEHAVIOUR, GROUPS, OPENS, PAST)
    assert {(effect.before_s, effect.after_s) for effect in what_if(now, Opens((0.0, 0.0)), 1)} == {(0.0, 0.0)}


def test_the_plan_opens_more_windows_in_the_peak_and_keeps_the_target() -> None:
    halves = plan(Task(PAST, BEHAVIOUR, np.zeros((14, GROUPS)), OPENS, CLOSES, target_s=600.0), 1)
    assert [half.begins for half in halves] == [OPENS + HALF_HOUR_S * slot for slot in range(6)]
    assert not any(half.short for half in halves)
    assert max(len(half.windows) for half in halves) < 14
    assert len(halves[1].windows) > len(halves[5].windows)
    assert sum(half.people for half in halves) == pytest.approx(69, abs=6)


def test_a_window_is_only_opened_for_what_it_serves() -> None:
    """One window for each group, and four that serve nobody."""
    penalty = np.full((6, GROUPS), np.inf)
    penalty[0, 0] = penalty[1, 1] = 0.0
    halves = plan(Task(PAST, BEHAVIOUR, penalty, OPENS, CLOSES), 1)
    assert {window for half in halves for window in half.windows} <= {0, 1}
    assert any(half.short for half in halves), "two windows are too few, and the plan says for whom"
    assert {group for half in halves for group in half.short} <= set(range(GROUPS))


@pytest.mark.parametrize(("rate", "mean", "least"), [(1 / 300, 300.0, 2), (10 / 300, 300.0, 11), (0.0001, 300.0, 1)])
def test_the_first_guess_has_room_for_the_work(rate: float, mean: float, least: int) -> None:
    service = np.random.default_rng(1).exponential(mean, 4000)
    wanted = windows_for(rate, service, 1200.0, 0.9)
    assert least <= wanted <= least + 2
    assert windows_for(rate, service, 0.0, 0.9) >= wanted


def test_tomorrow_is_made_of_the_same_weekdays_of_the_last_weeks() -> None:
    other = [past_day(MONDAY - timedelta(days=weeks * 7 + 1), 20) for weeks in range(5, 0, -1)]
    every = sorted([*PAST, *other], key=lambda day: day.day)
    assert alike(every, MONDAY) == PAST
    assert alike(every[-3:], MONDAY) == every[-3:], "too few Mondays: all days"
    assert alike([past_day(MONDAY - timedelta(weeks=9), 20)], MONDAY) == []


def test_the_replay_comes_near_the_days_as_they_were() -> None:
    penalty = {str(window): (0.0, 0.0) for window in range(3)}
    replayed = replay(PAST, penalty, GROUPS, BEHAVIOUR, 1)
    assert [each.day for each in replayed] == [day.day for day in PAST]
    real, model = (sum(getattr(each, name) for each in replayed) for name in ("mean_s", "model_mean_s"))
    assert model == pytest.approx(real, rel=0.3)
