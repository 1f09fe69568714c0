"""How loaded a group or window is: the thresholds at their edges, the worse word first."""

import pytest

from hall.clock import MINUTE_US
from hall.load import AWAITED_MINUTES, LONG_MINUTES, NEEDED_MINUTES, GroupLoad, WindowLoad, group_load, window_load
from hall.window import WindowState


@pytest.mark.parametrize(
    ("waiting", "minutes", "windows", "load"),
    [
        (0, 0, 3, GroupLoad.NOBODY),
        (0, 0, 0, GroupLoad.NOBODY),  # before the hall opens nothing is wrong
        (1, 25, 1, GroupLoad.STEADY),
        (1, 26, 1, GroupLoad.NEAR),
        (1, 40, 1, GroupLoad.NEAR),
        (1, 41, 1, GroupLoad.BEYOND),
        (1, 3, 0, GroupLoad.UNSERVED),
        (1, 30, 0, GroupLoad.UNSERVED),
        (1, 41, 0, GroupLoad.BEYOND),
    ],
)
def test_the_word_of_a_group(waiting: int, minutes: int, windows: int, load: GroupLoad) -> None:
    assert group_load(waiting, minutes * MINUTE_US, windows, warn_minutes=25, target_minutes=40) is load


def test_a_group_that_cannot_be_served_says_that_before_all_else() -> None:
    assert group_load(9, 99 * MINUTE_US, 0, warn_minutes=25, target_minutes=40, down=True) is GroupLoad.DOWN


def test_a_suspended_group_is_loaded_by_whoever_still_waits_for_it_and_else_says_that_it_is() -> None:
    loads = [
        group_load(waiting, minute * MINUTE_US, 0, warn_minutes=25, target_minutes=40, suspended=True)
        for waiting, minute in ((0, 0), (1, 3), (1, 41))
    ]
    assert loads == [GroupLoad.SUSPENDED, GroupLoad.UNSERVED, GroupLoad.BEYOND]


def test_a_target_below_the_warning_leaves_no_gap_between_near_and_beyond() -> None:
    loads = [group_load(1, minute * MINUTE_US, 1, warn_minutes=25, target_minutes=10) for minute in (10, 11)]
    assert loads == [GroupLoad.STEADY, GroupLoad.BEYOND]


@pytest.mark.parametrize(
    ("state", "minutes", "waiting", "load"),
    [
        (WindowState.CLOSED, 600, 5, WindowLoad.CLOSED),
        (WindowState.PAUSED, 1, 5, WindowLoad.PAUSED),
        (WindowState.IDLE, 1, 0, WindowLoad.IDLE),
        (WindowState.IDLE, NEEDED_MINUTES - 1, 1, WindowLoad.IDLE),
        (WindowState.IDLE, NEEDED_MINUTES, 1, WindowLoad.NEEDED),
        (WindowState.CALLING, AWAITED_MINUTES - 1, 5, WindowLoad.CALLING),
        (WindowState.CALLING, AWAITED_MINUTES, 0, WindowLoad.AWAITING),
        (WindowState.SERVING, LONG_MINUTES - 1, 5, WindowLoad.SERVING),
        (WindowState.SERVING, LONG_MINUTES, 0, WindowLoad.LONG),
    ],
)
def test_the_word_of_a_window(state: WindowState, minutes: int, waiting: int, load: WindowLoad) -> None:
    assert window_load(state, minutes * MINUTE_US, waiting) is load
    assert window_load(state, minutes * MINUTE_US, waiting, lost=True) is WindowLoad.LOST
