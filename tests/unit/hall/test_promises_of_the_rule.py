"""What the order of calling promises, whoever comes and whatever windows there are: each promise by its number.

    1 no open window stands idle while somebody it may serve waits     2 equals are called as they came
    3 nobody is overtaken by more than the difference of head starts (and penalties)
    4 only so many can overtake as came within that time               5 nothing a person can do makes his E earlier
    6 a late appointment is never before a punctual one of its slot    7 the same again gives the same calls
    9 a greater head start of a class makes nobody of it later

Promise 8, the alarm when nobody can serve a group any more, is the server's (tests/unit/queue_server_operations).
"""

import heapq
from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from hall.calling import effective_after_return, effective_at, next_ticket, order_key
from hall.head_start import KNOWN_ROWS, LATE, ON_TIME, USUAL_ROWS, misfits, standing
from hall.ticket import Ticket, TicketClass, TicketState
from hall.window import Window
from tests.support.tickets import MINUTE, NINE, ticket

C = TicketClass
GROUPS = ("social", "tax")
HEADS = (0, 10, 20, 30)


@dataclass(frozen=True)
class Someone:
    """Who comes: minute, head start, group, and for how many minutes he is served."""

    came: int
    head: int
    group: str
    takes: int


@dataclass
class Played:
    """A morning: who was called when, and every idle window with those whom it could have called."""

    tickets: dict[int, Ticket]
    calls: dict[int, tuple[int, int]] = field(default_factory=dict)
    order: list[tuple[int, int]] = field(default_factory=list)
    idle: list[tuple[int, list[int]]] = field(default_factory=list)


def window(number: int, main: str, helps: int | None) -> Window:
    other = next(group for group in GROUPS if group != main)
    return Window(number=number, name=f"{number}", groups=(main,), helps={other: float(helps)} if helps else {})


def play(people: list[Someone], windows: list[Window]) -> Played:
    """Everybody comes, every window that is free calls, until nobody is left whom an open window may serve."""
    found = Played({n: ticket(n, one.came, one.head, one.group) for n, one in enumerate(people, 1)})
    waiting: dict[int, Ticket] = {}
    free = {each.number: each for each in windows}
    agenda = [(found.tickets[n].issued_at, 1, n) for n in found.tickets]
    heapq.heapify(agenda)
    while agenda:
        at = agenda[0][0]
        while agenda and agenda[0][0] == at:
            _, is_person, who = heapq.heappop(agenda)
            if is_person:
                waiting[who] = found.tickets[who]
            else:
                free[who] = windows[who - 1]
        for number in sorted(free):
            choice = next_ticket(waiting.values(), free[number])
            if choice is not None:
                called = choice.ticket.n
                del waiting[called], free[number]
                found.calls[called] = (at, number)
                found.order.append((called, number))
                heapq.heappush(agenda, (at + people[called - 1].takes * MINUTE, 0, number))
        found.idle += [
            (number, [n for n, each in waiting.items() if each.group in (*open_.groups, *open_.helps)])
            for number, open_ in free.items()
        ]
    return found


someone = st.builds(Someone, st.integers(0, 40), st.sampled_from(HEADS), st.sampled_from(GROUPS), st.integers(3, 15))
people = st.lists(someone, min_size=8, max_size=30)  # enough that most of them wait
halls = st.lists(st.tuples(st.sampled_from(GROUPS), st.sampled_from((None, 5, 12))), min_size=1, max_size=3).map(
    lambda rows: [window(number, *row) for number, row in enumerate(rows, 1)]
)


@given(people, halls)
def test_1_no_window_stands_idle_while_somebody_it_may_serve_waits(crowd: list[Someone], hall: list[Window]) -> None:
    assert [left for _, left in play(crowd, hall).idle if left] == []


@given(people, halls)
def test_2_equals_are_called_as_they_came(crowd: list[Someone], hall: list[Window]) -> None:
    found = play(crowd, hall)
    seen: dict[tuple[int, str], tuple[int, int]] = {}
    for called, _ in found.order:
        one = crowd[called - 1]
        assert seen.get((one.head, one.group), (0, 0)) < (one.came, called)
        seen[one.head, one.group] = (one.came, called)


@given(people, halls)
def test_3_overtaking_is_bounded_by_head_starts_and_penalties(crowd: list[Someone], hall: list[Window]) -> None:
    for mine, other, bound in overtakings(play(crowd, hall), crowd, hall):
        assert other.came - mine.came <= bound


@given(people, halls)
def test_4_only_so_many_overtake_as_came_in_time_with_a_head_start(crowd: list[Someone], hall: list[Window]) -> None:
    penalty = max(minutes for each in hall for minutes in (0, *each.helps.values()))
    count: dict[int, int] = {}
    for mine, _, _ in overtakings(play(crowd, hall), crowd, hall):
        count[id(mine)] = count.get(id(mine), 0) + 1
    for mine in crowd:
        near = [other for other in crowd if mine.came < other.came <= mine.came + max(HEADS) - mine.head + penalty]
        assert count.get(id(mine), 0) <= len(near)


def overtakings(found: Played, crowd: list[Someone], hall: list[Window]) -> list[tuple[Someone, Someone, float]]:
    """Who was called at a window after somebody who came later, though it might have called him; with the bound."""
    passed = []
    for place, (called, number) in enumerate(found.order):
        at, other, serves = found.calls[called][0], crowd[called - 1], hall[number - 1]
        before = {name for name, _ in found.order[: place + 1]}
        costs = {**dict.fromkeys(serves.groups, 0.0), **serves.helps}
        for n, mine in enumerate(crowd, 1):
            there = found.tickets[n].issued_at <= at and n not in before
            if there and mine.came < other.came and mine.group in costs:
                passed.append((mine, other, other.head - mine.head + costs[mine.group] - costs[other.group]))
    return passed


waits = st.lists(st.tuples(st.integers(0, 120), st.sampled_from(HEADS)), max_size=12)


@given(waits, st.integers(0, 120), st.sampled_from(HEADS), st.integers(0, 200))
def test_5_coming_back_a_second_ticket_or_coming_early_never_makes_e_earlier(
    rows: list[tuple[int, int]], came: int, head: int, later: int
) -> None:
    mine = ticket(99, came, head).model_copy(update={"state": TicketState.MISSED})
    others = [ticket(n, *row) for n, row in enumerate(rows, 1)]
    back = effective_after_return(mine, others)
    assert back >= mine.effective_at
    again = mine.model_copy(update={"effective_at": back})
    assert effective_after_return(again, others) >= back
    assert order_key(ticket(100, came + later, head)) > order_key(mine)
    slot = NINE + came * MINUTE  # an appointment counts from its slot, however early its holder is there
    assert effective_at(slot, C.APPOINTMENT, head) == slot - head * MINUTE


tables = st.lists(st.integers(0, 60), min_size=len(USUAL_ROWS), max_size=len(USUAL_ROWS)).map(
    lambda minutes: [row.model_copy(update={"minutes": n}) for row, n in zip(USUAL_ROWS, minutes, strict=True)]
)


@given(tables, st.integers(-30, 10), st.integers(11, 300))
def test_6_a_late_appointment_is_never_before_a_punctual_one(table: list, early: int, late: int) -> None:  # type: ignore[type-arg]
    if any(row.row is not None for row in misfits(table, 60)):
        return
    slot = NINE + early * MINUTE
    punctual, tardy = standing(table, 60, [ON_TIME]), standing(table, 60, [LATE])
    assert effective_at(slot, *punctual) < effective_at(slot + late * MINUTE, *tardy)


@given(people, halls)
def test_7_the_same_morning_gives_the_same_calls_and_nobody_twice(crowd: list[Someone], hall: list[Window]) -> None:
    first, again = play(crowd, hall), play(crowd, hall)
    assert first.order == again.order
    assert len({called for called, _ in first.order}) == len(first.order)


@given(people, st.integers(1, 4), st.integers(1, 15), st.sampled_from(HEADS[1:]), st.integers(0, 60))
def test_9_a_greater_head_start_makes_nobody_of_its_class_later(
    crowd: list[Someone], windows: int, takes: int, head: int, more: int
) -> None:
    equal = [replace(one, takes=takes, group="social") for one in crowd]
    hall = [window(number, "social", None) for number in range(1, windows + 1)]
    raised = [replace(one, head=one.head + more) if one.head == head else one for one in equal]
    before, after = play(equal, hall).calls, play(raised, hall).calls
    favoured = [n for n, one in enumerate(equal, 1) if one.head == head]
    assert all(after[n][0] <= before[n][0] for n in favoured)


def test_every_row_that_programs_need_is_in_the_usual_table() -> None:
    assert KNOWN_ROWS.keys() <= {row.id for row in USUAL_ROWS}
