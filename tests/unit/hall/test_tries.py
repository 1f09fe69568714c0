"""Numbers of appointments may be tried a few times a minute: honest people never notice, guessing gets nowhere."""

from hypothesis import given
from hypothesis import strategies as st

from hall.clock import MINUTE_US, SECOND_US
from hall.tries import MOST_TRIES, Tries


def tried(moments: list[int]) -> list[bool]:
    """Which of these looks were let through."""
    tries, through = Tries(), []
    for at in moments:
        after = tries.one_more(at)
        through.append(after is not None)
        tries = after or tries
    return through


def test_people_with_a_code_each_are_never_held_up() -> None:
    assert all(tried([n * 8 * SECOND_US for n in range(100)]))


def test_one_too_many_is_refused_until_a_minute_has_passed_since_the_first() -> None:
    quick = [n * SECOND_US for n in range(MOST_TRIES + 3)]
    assert tried(quick) == [True] * MOST_TRIES + [False] * 3
    assert tried([*quick, MINUTE_US - 1, MINUTE_US])[-2:] == [False, True]


def test_a_machine_that_was_started_again_begins_anew() -> None:
    assert tried([*(MINUTE_US * 60 + n for n in range(MOST_TRIES + 1)), 5])[-2:] == [False, True]


@given(st.lists(st.integers(0, 5 * MINUTE_US), max_size=60).map(sorted))
def test_no_minute_ever_holds_more(moments: list[int]) -> None:
    let_in = [at for at, through in zip(moments, tried(moments), strict=True) if through]
    assert all(sum(at - MINUTE_US < each <= at for each in let_in) <= MOST_TRIES for at in moments)
