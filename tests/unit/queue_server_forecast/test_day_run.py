"""Whole days run forward: the same calls as the forward runs make, by open windows only, and nobody waits in vain."""

import math

import numpy as np
import pytest

from queue_server.forecast.behaviour import draw
from queue_server.forecast.crowd import GROUPS, crowd
from queue_server.forecast.day_run import People, Post, run_day
from queue_server.forecast.simulate import run_forward

ALWAYS = ((0.0, math.inf),)


def people(*came: float, busy: float = 100.0, group: int = 0, head_start: float = 0.0) -> People:
    """Patient people of one group."""
    times = np.array(came)
    count = len(times)
    return People(
        times, np.full(count, group, np.intp), times - head_start, np.full(count, busy), np.full(count, np.inf)
    )


def test_a_full_hall_is_called_exactly_as_by_the_forward_runs() -> None:
    """Penalties, head starts, people who have gone: another algorithm, the same calls."""
    hall = crowd(120, 9, 3)
    draws = draw(hall.scene, hall.behaviour, np.random.default_rng(5), 4)
    expected = run_forward(hall.scene, draws, hall.behaviour.absent_s)
    waiting, windows = hall.scene.waiting, hall.scene.windows
    for run in range(4):
        posts = [
            Post(tuple(penalty), ALWAYS, free)
            for penalty, free in zip(windows.penalty.tolist(), draws.free[:, run], strict=True)
        ]
        there = People(
            np.zeros(len(waiting)), waiting.group, waiting.effective, draws.busy[:, run], draws.leaves[:, run]
        )
        called = run_day(there, posts, GROUPS, hall.behaviour.absent_s)
        assert np.allclose(np.sort(called), np.sort(expected[:, run]))
        assert np.allclose(called, expected[:, run])


def test_nobody_is_called_outside_a_shift_and_a_service_that_began_goes_on() -> None:
    """Two shifts with a break between them."""
    post = Post((0.0,), ((0.0, 150.0), (300.0, math.inf)))
    called = run_day(people(0.0, 10.0, 20.0), [post], 1, 0.0)
    assert called.tolist() == [0.0, 100.0, 300.0]


def test_who_has_nobody_left_to_call_them_is_never_called() -> None:
    """The window closes for good; another serves only another group."""
    posts = [Post((0.0, math.inf), ((0.0, 50.0),)), Post((math.inf, 0.0), ALWAYS)]
    assert run_day(people(0.0, 10.0), posts, 2, 0.0).tolist() == [0.0, math.inf]


def test_an_idle_window_calls_whoever_comes_at_once_even_one_it_only_helps() -> None:
    posts = [Post((600.0,), ALWAYS)]
    assert run_day(people(7.0), posts, 1, 0.0).tolist() == [7.0]


@pytest.mark.parametrize(("head_start", "first"), [(0.0, 200.0), (60.0, 100.0)])
def test_a_head_start_counts_among_those_who_are_there(head_start: float, first: float) -> None:
    """Who comes 50 seconds later goes first with a head start of a minute, and not otherwise."""
    ordinary, later = people(0.0, 10.0), people(60.0, head_start=head_start)
    together = People(*(np.concatenate([getattr(each, name) for each in (ordinary, later)]) for name in
                        ("came", "group", "effective", "busy", "leaves")))  # fmt: skip
    assert run_day(together, [Post((0.0,), ALWAYS)], 1, 0.0)[2] == first


def test_who_has_gone_costs_a_call_only() -> None:
    gone = People(np.zeros(2), np.zeros(2, np.intp), np.arange(2.0), np.full(2, 100.0), np.array([-np.inf, np.inf]))
    assert run_day(gone, [Post((0.0,), ALWAYS)], 1, 30.0).tolist() == [0.0, 30.0]
