"""What if, on a hall's first day: from its last half hour, saying so; where that tells nothing, in words why."""

from datetime import timedelta

import pytest

from hall.opening import WeekHours
from queue_server.forecast.asked import CloseOne, OpenOne, PlanDay, PlanTold, WhatIfTold
from tests.support.foreseen_hall import ForeseenHall
from tests.support.referee import small_catalog
from tests.support.tickets import DAY

MORNING = ("08:00-12:00",)


def hall(minute: float, hours: tuple[str, ...] = MORNING) -> ForeseenHall:
    """So many minutes after nine, open since eight; window 1 has called the first of those who waited."""
    catalog = small_catalog()
    week = WeekHours(**dict.fromkeys(WeekHours.model_fields, hours))
    settings = catalog.hall.model_copy(update={"hours": week})
    found = ForeseenHall(catalog.model_copy(update={"hall": settings}))
    found.minute = minute
    found.open(1)
    return found


def busy(minute: float = 0.0) -> ForeseenHall:
    """Twenty have come for alpha in twenty minutes, and one window serves them."""
    found = hall(minute)
    tickets = []
    for _ in range(20):
        tickets.append(found.issue("alpha"))
        found.minute += 1
    found.call(tickets[0], 1)
    found.start(tickets[0], 1)
    return found


def asked(of: ForeseenHall, question: OpenOne | CloseOne) -> WhatIfTold:
    told = of.forecaster.answer(question, of.now)
    assert isinstance(told, WhatIfTold)
    return told


def test_one_window_more_is_worth_something_on_the_first_day_and_the_answer_says_what_it_rests_on() -> None:
    told = asked(busy(), OpenOne(group="alpha"))
    assert told.known
    assert "近半小时" in told.note
    assert told.replayed == ()
    effect = {each.group: each for each in told.effects}["alpha"]
    assert effect.before_minutes is not None
    assert effect.after_minutes is not None
    assert effect.after_minutes < effect.before_minutes
    closed = {each.group: each for each in asked(busy(), CloseOne(window=1)).effects}["alpha"]
    assert closed.after_minutes is None, "nobody would call them"


def test_nobody_is_foreseen_after_the_doors_have_closed() -> None:
    at_noon = busy(178.0)
    assert at_noon.minute > 180
    told = asked(at_noon, OpenOne(group="alpha"))
    assert (told.known, told.effects) == (False, ())
    assert "不再有人来" in told.note


@pytest.mark.parametrize(
    ("minute", "hours", "question", "words"),
    [
        (-50.0, MORNING, OpenOne(group="alpha"), "开门还不到半小时"),
        (30.0, MORNING, OpenOne(group="alpha"), "没有人来"),
        (30.0, (), OpenOne(group="alpha"), "不办公"),
        (30.0, MORNING, OpenOne(group="nope"), "没有这个业务类别"),
        (30.0, MORNING, CloseOne(window=2), "没有开"),
    ],
)
def test_what_is_not_known_says_why(
    minute: float, hours: tuple[str, ...], question: OpenOne | CloseOne, words: str
) -> None:
    told = asked(hall(minute, hours), question)
    assert (told.known, told.effects) == (False, ())
    assert words in told.note


@pytest.mark.parametrize(
    ("days", "hours", "words"), [(1, MORNING, "至少办过一天"), (1, (), "不办公"), (40, MORNING, "28 天")]
)
def test_a_plan_that_is_not_known_says_why(days: int, hours: tuple[str, ...], words: str) -> None:
    found = hall(30.0, hours)
    told = found.forecaster.answer(PlanDay(day=DAY + timedelta(days=days)), found.now)
    assert isinstance(told, PlanTold)
    assert not told.known
    assert words in told.note
