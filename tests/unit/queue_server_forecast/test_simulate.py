"""The forward runs agree with the rule in plain sight, and have the properties that a forecast needs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queue_server.forecast.behaviour import Behaviour, draw
from queue_server.forecast.samples import Durations, Patience
from queue_server.forecast.scene import NOBODY, NOT_BUSY, Newcomers, Scene, Waiting, Windows
from queue_server.forecast.simulate import run_forward, simulate
from tests.support.forward_model import run_plainly

GROUPS = 3
DICE = np.random.default_rng(7)
BEHAVIOUR = Behaviour(
    service=Durations([DICE.lognormal(5.5, 0.6, 80) for _ in range(GROUPS)]),
    turnaround=Durations([DICE.exponential(20.0, 50)]),
    patience=Patience(DICE.exponential(2000.0, 100), DICE.random(100) < 0.3),
    no_show=np.array([0.0, 0.1, 0.3]),
    absent_s=90.0,
)
BARRED = float("inf")


@st.composite
def scenes(draw_from: st.DrawFn, penalties: tuple[float, ...] = (0.0, 600.0, BARRED), *, least: int = 1) -> Scene:
    def some(values: st.SearchStrategy[float], size: int) -> np.ndarray:
        return np.array(draw_from(st.lists(values, min_size=size, max_size=size)))

    tickets, windows = draw_from(st.integers(least, 8)), draw_from(st.integers(1, 4))
    waited = -np.sort(-some(st.integers(0, 5000), tickets)).astype(float)
    head_start = some(st.sampled_from((0, 0, 1200, 1800)), tickets).astype(float)
    streams = draw_from(st.integers(0, 2))
    return Scene(
        Waiting(-waited - head_start, some(st.integers(0, GROUPS - 1), tickets).astype(np.intp), waited),
        Windows(
            penalty=some(st.sampled_from(penalties), windows * GROUPS).reshape(windows, GROUPS).astype(float),
            serving=some(st.integers(NOT_BUSY, GROUPS - 1), windows).astype(np.intp),
            elapsed=some(st.integers(0, 900), windows).astype(float),
            returns=some(st.sampled_from((0, 0, 300, BARRED)), windows).astype(float),
            pace=some(st.sampled_from((1.0, 1.0, 0.75, 1.5)), windows),
        ),
        Newcomers(
            some(st.integers(0, GROUPS - 1), streams).astype(np.intp),
            some(st.sampled_from((900.0, 1800.0)), streams),
            some(st.sampled_from((0.0005, 0.01)), streams),
        ),
    )


def calls(scene: Scene, seed: int, runs: int = 20) -> np.ndarray:
    """Ticket × run, the same dice for the same seed."""
    return run_forward(scene, draw(scene, BEHAVIOUR, np.random.default_rng(seed), runs), BEHAVIOUR.absent_s)


def with_ticket(scene: Scene, effective: float, group: int) -> Scene:
    """One more, issued last."""
    waiting = scene.waiting
    more = Waiting(
        np.append(waiting.effective, effective), np.append(waiting.group, group), np.append(waiting.waited, 0.0)
    )
    return replace(scene, waiting=more)


@settings(max_examples=300, deadline=None)
@given(scenes(), st.integers(0, 99))
def test_every_call_is_that_of_the_rule_in_plain_sight(scene: Scene, seed: int) -> None:
    draws = draw(scene, BEHAVIOUR, np.random.default_rng(seed), 4)
    forward = run_forward(scene, draws, BEHAVIOUR.absent_s)
    for run in range(4):
        assert forward[:, run].tolist() == run_plainly(scene, draws, BEHAVIOUR.absent_s, run)


@settings(max_examples=100, deadline=None)
@given(scenes((0.0, BARRED)), st.integers(0, GROUPS - 1), st.integers(0, 99))
def test_who_comes_behind_me_changes_nothing(scene: Scene, group: int, seed: int) -> None:
    scene = replace(scene, newcomers=NOBODY)
    assert (calls(with_ticket(scene, 1.0, group), seed)[:-1] == calls(scene, seed)).all()


@settings(max_examples=100, deadline=None)
@given(scenes((0.0,)), st.integers(-9000, 0), st.integers(0, GROUPS - 1), st.integers(0, 99))
def test_one_more_ahead_never_makes_it_sooner_where_all_windows_are_alike(
    scene: Scene, effective: int, group: int, seed: int
) -> None:
    patient = replace(BEHAVIOUR, patience=Patience(np.empty(0), np.empty(0, bool)), absent_s=0.0)
    alike = replace(scene.windows, pace=np.ones(len(scene.windows)))
    scene = replace(scene, windows=alike, newcomers=NOBODY)
    more = with_ticket(scene, effective, group)
    before, after = (
        run_forward(each, draw(each, patient, np.random.default_rng(seed), 20), patient.absent_s)
        for each in (scene, more)
    )
    assert (after[:-1] >= before).all()


@settings(max_examples=100, deadline=None)
@given(scenes(), st.integers(0, GROUPS - 1))
def test_a_ready_window_and_nobody_ahead_means_now(scene: Scene, group: int) -> None:
    windows = scene.windows
    windows.penalty[0, group], windows.serving[0], windows.elapsed[0], windows.returns[0] = 0.0, NOT_BUSY, 0.0, 0.0
    alone = replace(scene, waiting=Waiting(np.zeros(1), np.array([group]), np.zeros(1)))
    assert not simulate(alone, BEHAVIOUR, np.random.default_rng(1)).any()


@settings(max_examples=50, deadline=None)
@given(scenes(), st.integers(0, 99))
def test_the_same_seed_says_the_same_and_rows_never_decrease(scene: Scene, seed: int) -> None:
    first, second = (simulate(scene, BEHAVIOUR, np.random.default_rng(seed), runs=30) for _ in range(2))
    assert (first == second).all()
    assert (first[:, 1:] >= first[:, :-1]).all()


@pytest.mark.parametrize("group", range(GROUPS))
def test_where_no_window_may_serve_there_is_no_call(group: int) -> None:
    windows = Windows(np.full((2, GROUPS), BARRED), np.full(2, NOT_BUSY), np.zeros(2), np.zeros(2), np.ones(2))
    none = Windows(np.empty((0, GROUPS)), np.empty(0, np.intp), np.empty(0), np.empty(0), np.empty(0))
    for each in (windows, none):
        scene = Scene(Waiting(np.zeros(1), np.array([group]), np.zeros(1)), each)
        assert np.isinf(simulate(scene, BEHAVIOUR, np.random.default_rng(1))).all()


def test_a_paused_window_calls_nobody_before_its_stated_return() -> None:
    paused = Windows(np.zeros((1, GROUPS)), np.array([NOT_BUSY]), np.zeros(1), np.array([600.0]), np.ones(1))
    scene = Scene(Waiting(np.zeros(1), np.array([0]), np.zeros(1)), paused)
    assert (simulate(scene, BEHAVIOUR, np.random.default_rng(1)) == 600.0).all()


def test_five_hundred_tickets_of_one_run_are_those_of_the_rule_in_plain_sight() -> None:
    dice = np.random.default_rng(3)
    penalty = np.where(dice.random((20, GROUPS)) < 0.6, 0.0, 600.0)
    windows = Windows(penalty, dice.integers(0, GROUPS, 20), dice.random(20) * 300, np.zeros(20), np.ones(20))
    waited = -np.sort(-dice.random(500) * 3600)
    scene = Scene(Waiting(-waited, dice.integers(0, GROUPS, 500), waited), windows)
    draws = draw(scene, BEHAVIOUR, dice, 2)
    forward = run_forward(scene, draws, BEHAVIOUR.absent_s)
    assert forward[:, 1].tolist() == run_plainly(scene, draws, BEHAVIOUR.absent_s, 1)
