from hypothesis import given
from hypothesis import strategies as st

from hall.calling import effective_after_return, next_ticket, order_key, people_ahead
from hall.ticket import TicketState
from hall.window import Window
from tests.support.tickets import MINUTE, ticket

SOCIAL = Window(number=3, name="3号窗口", groups=("social",), helps={"tax": 10})

arrivals = st.lists(
    st.tuples(st.floats(0, 240), st.sampled_from([0.0, 20.0, 30.0]), st.sampled_from(["social", "tax", "law"])),
    max_size=25,
)


def test_a_head_start_counts_as_if_the_ticket_was_taken_earlier() -> None:
    waiting = [ticket(1, 0), ticket(2, 5, head_start=30), ticket(3, 40, head_start=30)]
    choice = next_ticket(waiting, SOCIAL)
    assert choice is not None
    assert choice.ticket.n == 2
    assert [t.n for t in sorted(waiting, key=order_key)] == [2, 1, 3]


def test_a_helper_steps_in_when_the_others_are_far_behind() -> None:
    assert next_ticket([ticket(1, 0, group="tax"), ticket(2, 9)], SOCIAL).ticket.n == 2  # type: ignore[union-attr]
    assert next_ticket([ticket(1, 0, group="tax"), ticket(2, 11)], SOCIAL).ticket.n == 1  # type: ignore[union-attr]
    assert next_ticket([ticket(1, 0, group="law")], SOCIAL) is None


@given(arrivals)
def test_every_call_takes_the_least_key_among_those_it_may_serve(rows: list[tuple[float, float, str]]) -> None:
    waiting = [ticket(n, *row) for n, row in enumerate(rows, 1)]
    choice = next_ticket(waiting, SOCIAL)
    eligible = [t for t in waiting if t.group != "law"]
    if choice is None:
        assert not eligible
        return
    best = min(t.effective_at + (10 * MINUTE if t.group == "tax" else 0) for t in eligible)
    assert choice.reason.counts_from == best


@given(arrivals)
def test_nobody_is_overtaken_by_someone_who_came_more_than_the_head_start_later(
    rows: list[tuple[float, float, str]],
) -> None:
    waiting = [ticket(n, minutes, head) for n, (minutes, head, _) in enumerate(rows, 1)]
    for place, later in enumerate(sorted(waiting, key=order_key)):
        for overtaken in sorted(waiting, key=order_key)[place + 1 :]:
            assert later.issued_at - overtaken.issued_at <= 30 * MINUTE


def test_people_ahead_counts_the_same_group_only() -> None:
    waiting = [ticket(1, 0), ticket(2, 1), ticket(3, 2, group="tax"), ticket(4, 3)]
    assert people_ahead(waiting, waiting[3]) == 2


def test_coming_back_after_a_miss_never_helps() -> None:
    missed = ticket(1, 0).model_copy(update={"state": TicketState.MISSED})
    waiting = [ticket(n, n) for n in range(2, 8)]
    assert effective_after_return(missed, waiting) == waiting[2].effective_at + 1000
    assert effective_after_return(missed, []) == missed.effective_at
