"""谁先于我: exactly those of the group who came later and were called first, each with a reason that is true."""

from hypothesis import given
from hypothesis import strategies as st

from hall.before import Why, went_before
from hall.calling import next_ticket
from hall.ticket import Flag, Ticket, TicketClass, TicketState
from hall.window import Window
from tests.support.tickets import MINUTE, NINE, ticket

C = TicketClass
HEAD = {C.ORDINARY: 0.0, C.PRIORITY: 30.0, C.APPOINTMENT: 20.0, C.RETURNING: 20.0}
WINDOW = Window(number=1, name="1号窗口", groups=("social", "tax"))

people = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from(list(C)), st.sampled_from(["social", "social", "tax"])), max_size=20
)


def one(
    n: int, came: float, ticket_class: C = C.ORDINARY, group: str = "social", called: float | None = None
) -> Ticket:
    made = ticket(n, came, HEAD[ticket_class], group).model_copy(update={"ticket_class": ticket_class})
    return made if called is None else made.model_copy(update={"called_at": NINE + round(called * MINUTE)})


@given(people, st.integers(0, 20))
def test_by_the_rule_alone_everybody_named_has_a_class_and_nobody_is_left_out(
    rows: list[tuple[int, C, str]], calls: int
) -> None:
    tickets = {n: one(n, came, cls, group) for n, (came, cls, group) in enumerate(rows, 1)}
    for turn in range(min(calls, len(tickets))):
        choice = next_ticket([each for each in tickets.values() if each.called_at is None], WINDOW)
        assert choice is not None
        called = {"called_at": NINE + (61 + turn) * MINUTE, "state": TicketState.CALLED}
        tickets[choice.ticket.n] = choice.ticket.model_copy(update=called)
    for mine in tickets.values():
        named = went_before(mine, tickets.values())
        later = [
            other.number
            for other in tickets.values()
            if other.group == mine.group
            and (other.issued_at, other.n) > (mine.issued_at, mine.n)
            and other.called_at is not None
            and (mine.called_at is None or other.called_at < mine.called_at)
        ]
        assert sorted(each.number for each in named) == sorted(later)
        assert {each.why for each in named} <= {Why.APPOINTMENT, Why.PRIORITY, Why.RETURNING}
        assert all(each.counts_from <= mine.effective_at for each in named)


def test_every_reason_is_said_of_the_right_one() -> None:
    mine = one(1, 0)
    others = [
        one(2, 5, C.APPOINTMENT, called=30),
        one(3, 6, C.PRIORITY, called=31),
        one(4, 7, C.RETURNING, called=32),
        one(5, 8, called=33).model_copy(update={"chosen": True}),
        one(6, 9, called=34).model_copy(update={"returns": 1}),
        one(7, 10),
        one(9, 12, called=36).model_copy(update={"chosen": True, "flags": (Flag.WITHOUT_TICKET,)}),
        one(8, 11, group="tax", called=35),
    ]
    named = {each.number: each.why for each in went_before(mine, others)}
    assert named == {
        "A002": Why.APPOINTMENT,
        "A003": Why.PRIORITY,
        "A004": Why.RETURNING,
        "A005": Why.CHOSEN,
        "A006": Why.BACK,
        "A009": Why.WITHOUT,
    }
    assert next(each.number for each in went_before(mine, others)) == "A009"  # the latest call first


def test_who_was_away_or_not_known_yet_hears_that_of_himself() -> None:
    ordinary = [one(2, 5, called=30)]
    missed = one(1, 0).model_copy(update={"state": TicketState.MISSED})
    back = one(1, 0).model_copy(update={"returns": 1, "effective_at": NINE + 40 * MINUTE})
    offline = one(1, 0).model_copy(update={"flags": (Flag.LATE_MERGED,)})
    for asker, why in ((missed, Why.AWAY), (back, Why.AWAY), (offline, Why.LATE), (one(1, 0), Why.PLACED)):
        assert [each.why for each in went_before(asker, ordinary)] == [why]


def test_nothing_but_number_class_and_times_is_told() -> None:
    (told,) = went_before(one(1, 0), [one(2, 5, C.PRIORITY, called=30)])
    assert set(told.model_dump()) == {"number", "why", "counts_from", "called_at", "slot_at"}
