"""The live forecast over a hall's own facts: what it promises, to whom, and what it keeps of it."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.facts import TicketTransferred
from hall.opening import WeekHours
from hall.system_fault import FaultDeclared, FaultEnded
from hall.ticket import TicketClass
from hall.waiting import WaitKind
from queue_server.forecast.live import Forecaster
from queue_server.forecast.outlook import Foretold, Learned
from tests.support.foreseen_hall import ForeseenHall, said_to, words
from tests.support.referee import small_catalog
from tests.support.tickets import MINUTE

GROUPS = st.sampled_from(["alpha", "beta"])
CLASSES = st.sampled_from([TicketClass.ORDINARY, TicketClass.PRIORITY, TicketClass.APPOINTMENT])
ORDINARY = st.just(TicketClass.ORDINARY)
SOME = settings(max_examples=25, deadline=None)


def acts_of(classes: st.SearchStrategy[TicketClass]) -> st.SearchStrategy[list[Any]]:
    what = st.sampled_from(["issue", "call", "finish", "pass"])
    return st.lists(st.tuples(what, GROUPS, classes, st.integers(1, 3)), max_size=40)


ACTS = acts_of(CLASSES)


def played(acts: list[Any], *, helps: bool = True, seed: int = 1) -> ForeseenHall:
    """A hall after any acts that it allows."""
    catalog = small_catalog()
    if not helps:
        windows = tuple(window.model_copy(update={"helps": {}}) for window in catalog.windows)
        catalog = catalog.model_copy(update={"windows": windows})
    hall = ForeseenHall(catalog, seed)
    hall.open(1, 2, 3)
    waiting: dict[str, list[str]] = {"alpha": [], "beta": []}
    serving: dict[int, str] = {}
    for act, group, ticket_class, window in acts:
        may = catalog.window(window).penalty_us(group) is not None
        if act == "issue":
            waiting[group].append(hall.issue(group, ticket_class))
        elif act == "call" and may and waiting[group] and window not in serving:
            serving[window] = waiting[group].pop(0)
            hall.call(serving[window], window)
            hall.start(serving[window], window)
        elif act == "finish" and window in serving:
            hall.finish(serving.pop(window), window)
        else:
            hall.minute += 3
    return hall


@SOME
@given(ACTS)
def test_later_quantiles_are_never_sooner(acts: list[Any]) -> None:
    outlook = played(acts).look()
    for said in [*outlook.tickets.values(), *(each.said for each in outlook.newcomers)]:
        assert 0 <= said.p20 <= said.p50 <= said.p90
        assert said.wait.low < said.wait.high


@SOME
@given(acts_of(ORDINARY), GROUPS)
def test_who_comes_behind_changes_nothing_for_those_before(acts: list[Any], group: str) -> None:
    """With the same dice, while the order is static.

    A window that helps out sees another order, and one kept busy by somebody behind leaves priority people who are
    still to come to the others.
    """
    before, after = played(acts, helps=False), played(acts, helps=False)
    newcomer = after.issue(group)
    first, second = before.look(), after.look()
    assert first.tickets == {ticket: said for ticket, said in second.tickets.items() if ticket != newcomer}


@SOME
@given(ACTS)
def test_the_same_seed_and_facts_give_the_same_forecast(acts: list[Any]) -> None:
    assert played(acts).look() == played(acts).look()


@SOME
@given(ACTS)
def test_who_asks_is_foretold_what_the_one_who_comes_then_is(acts: list[Any]) -> None:
    """A newcomer that only asks stands in nobody's way and takes the very place that the next ticket gets."""
    asked, came = played(acts), played(acts)
    ticket = came.issue("alpha")
    said = said_to(asked.look(), "alpha")
    assert said.ahead == came.look().tickets[ticket].ahead
    free = came.look().tickets[ticket].p90 == 0
    assert free == (said.p90 == 0)


def test_a_free_window_and_nobody_ahead_is_no_wait() -> None:
    hall = ForeseenHall()
    hall.open(1)
    said = hall.newcomer()
    assert (said.ahead, said.p50) == (0, 0)
    assert words(said) == "5 分钟内"


def test_others_wait_behind_those_before_them() -> None:
    hall = ForeseenHall()
    hall.open(1)
    waits = []
    for _ in range(8):
        waits.append(hall.newcomer())
        hall.issue()
    assert [said.ahead for said in waits] == list(range(8))
    assert waits[-1].p50 > waits[2].p50 > waits[0].p50 == 0


def test_priority_is_foretold_less_than_others() -> None:
    hall = ForeseenHall()
    hall.open(1)
    for _ in range(9):
        hall.issue()
        hall.minute += 1
    ordinary, priority = hall.newcomer(), hall.newcomer(ticket_class=TicketClass.PRIORITY)
    assert (ordinary.ahead, priority.ahead) == (9, 0)
    assert priority.p90 < ordinary.p20


def test_without_an_open_window_nothing_is_foretold() -> None:
    hall = ForeseenHall()
    hall.open(2)
    hall.pause(2, back_in_minutes=20)
    ticket = hall.issue("beta")
    outlook = hall.look()
    assert words(said_to(outlook, "alpha")) == words(said_to(outlook, "beta")) == "窗口暂停"
    assert outlook.tickets[ticket].wait.kind is WaitKind.PAUSED


def test_while_the_system_of_a_group_is_down_nothing_is_foretold_of_it() -> None:
    hall = ForeseenHall()
    hall.open(1, 2)
    hall.tell(FaultDeclared(group="alpha", staff="0301"))
    outlook = hall.look()
    assert words(said_to(outlook, "alpha")) == "窗口暂停"
    assert words(said_to(outlook, "beta")) == "5 分钟内"
    hall.tell(FaultEnded(group="alpha", staff="0301"))
    assert words(said_to(hall.look(), "alpha")) == "5 分钟内"


def test_a_paused_window_that_said_when_it_is_back_helps_from_then_on() -> None:
    expected, lost = ForeseenHall(), ForeseenHall()
    for hall, back in ((expected, 5.0), (lost, None)):
        hall.open(1, 3)
        for _ in range(12):
            hall.issue()
        hall.pause(3, back)
    assert expected.newcomer().p50 < lost.newcomer().p50


def test_a_ticket_for_one_window_alone_waits_for_that_one() -> None:
    hall = ForeseenHall()
    hall.open(1, 3)
    busy, free = hall.issue(), hall.issue()
    hall.call(busy, 3)
    hall.call(free, 1)
    hall.tell(TicketTransferred(ticket=free, window=1, clerk="0301", group="alpha", to=3))
    outlook = hall.look()
    assert outlook.tickets[free].p20 > 0
    assert said_to(outlook, "alpha").p50 == 0


def test_near_closing_the_truth_comes_first_where_the_last_are_sent_home() -> None:
    hours = WeekHours(tuesday=("09:00-10:00",))
    for serve, kind in ((False, WaitKind.MAY_NOT), (True, WaitKind.RANGE)):
        hall = ForeseenHall(small_catalog(hours, serve_after_closing=serve))
        hall.open(1)
        for _ in range(20):
            hall.issue()
        hall.minute = 50
        assert hall.newcomer().wait.kind is kind


def test_what_was_read_at_issue_is_kept_and_learned_from() -> None:
    hall = ForeseenHall()
    hall.open(1)
    for _ in range(12):
        hall.issue()
    read = hall.newcomer()
    hall.minute += 0.1
    ticket = hall.issue()
    (one,) = hall.look().foretold
    assert (one.ticket, one.nth, one.at, one.said) == (ticket, 0, hall.now, read)
    hall.minute += 8
    hall.call(ticket, 1)
    assert hall.look().past == 1


def test_who_is_called_before_the_next_look_is_kept_too() -> None:
    hall = ForeseenHall()
    hall.open(1)
    hall.look()
    hall.call(hall.issue(), 1)
    outlook = hall.look()
    assert [one.said.ahead for one in outlook.foretold] == [0]
    assert outlook.past == 1


def test_nothing_is_kept_of_one_issued_without_a_server_or_when_nothing_was_shown() -> None:
    hall = ForeseenHall()
    hall.open(1)
    hall.issue()
    assert hall.look().foretold == ()  # nothing had been foretold before it came
    hall.issue(offline=True)
    assert hall.look().foretold == ()
    hall.minute += 30
    hall.issue()
    assert hall.look().foretold == ()  # what was foretold half an hour ago was no longer on the screen


def test_after_every_fifth_call_ahead_it_is_kept_anew() -> None:
    hall = ForeseenHall()
    hall.open(1)
    before = [hall.issue() for _ in range(11)]
    hall.look()
    last = hall.issue()
    hall.look()
    noted: list[Foretold] = []
    for ticket in before:
        hall.serve(ticket, 1, minutes=4)
        noted += [one for one in hall.look().foretold if one.ticket == last]
    assert [(one.nth, one.said.ahead) for one in noted] == [(1, 6), (2, 1)]


def test_what_was_said_before_a_restart_is_learned_again() -> None:
    hall = ForeseenHall()
    hall.open(1)
    hall.look()
    ticket = hall.issue()
    (one,) = hall.look().foretold
    other = Forecaster(hall.catalog, 1)
    other.remember(Learned(foretold=one, called_at=one.at + 5 * MINUTE))
    other.remember(Learned(foretold=one.model_copy(update={"ticket": "f" * 32})))
    assert other.look(hall.now).past == 1
    hall.call(ticket, 1)
    assert hall.look().past == 1


def test_services_of_the_hall_itself_outweigh_what_the_catalogue_says() -> None:
    """The catalogue says ten minutes; the hall takes two."""
    hall = ForeseenHall()
    hall.open(1)
    for _ in range(8):
        hall.issue()
    slow = hall.newcomer()
    for _ in range(40):
        hall.serve(hall.issue("beta"), 2, minutes=2)
        hall.serve(hall.issue("alpha"), 3, minutes=2)
    assert hall.newcomer().p50 < slow.p50 / 2


def test_calls_that_nobody_answers_shorten_the_wait() -> None:
    waits = []
    for missed in (False, True):
        hall = ForeseenHall()
        hall.open(1, 3)
        for _ in range(30):
            ticket = hall.issue()
            hall.call(ticket, 3)
            if missed:
                hall.minute += 1
                hall.miss(ticket, 3)
            else:
                hall.start(ticket, 3)
                hall.minute += 10
                hall.finish(ticket, 3)
        for _ in range(10):
            hall.issue()
        waits.append(hall.newcomer().p50)
    assert waits[1] < waits[0]


def test_the_range_shown_does_not_flicker_while_nobody_is_called() -> None:
    hall = ForeseenHall()
    hall.open(1)
    first = [hall.issue() for _ in range(7)]
    hall.call(first[0], 1)
    shown = []
    for _ in range(40):
        hall.minute += 0.25
        shown.append(hall.newcomer().wait)
    moves = sum(one != other for one, other in pairwise(shown))
    assert moves <= 4


def test_another_day_begins_with_nobody() -> None:
    hall = ForeseenHall()
    hall.open(1)
    hall.issue()
    hall.minute += 24 * 60
    hall.open(1)
    assert hall.look().tickets == {}


@pytest.mark.parametrize("serving", [True, False])
def test_catalogue_changes_in_the_midst_of_the_day(serving: bool) -> None:
    hall = ForeseenHall()
    hall.open(1, 3)
    ticket = hall.issue("beta")
    if serving:
        hall.call(ticket, 3)
    lesser = hall.catalog.model_copy(update={"groups": hall.catalog.groups[:1], "services": hall.catalog.services[:1]})
    hall.forecaster.publish(lesser)
    outlook = hall.look()
    assert {each.group for each in outlook.newcomers} == {"alpha"}
    assert outlook.tickets == {}
