"""The table of head starts: the greatest counts, never the sum; a ticket keeps what it was given."""

from hypothesis import given
from hypothesis import strategies as st

from hall.calling import HEAD_START_MINUTES
from hall.clock import MINUTE_US
from hall.facts import TicketIssued
from hall.head_start import (
    BY_AGE,
    KNOWN_ROWS,
    LATE,
    ON_TIME,
    RETURNING,
    USUAL_CAP,
    USUAL_ROWS,
    WALK_IN,
    claimable,
    misfits,
    standing,
)
from hall.projection import ticket_after
from hall.ticket import TicketClass
from tests.support.tickets import NINE, entry, issued

IDS = [row.id for row in USUAL_ROWS]
rows = st.sets(st.sampled_from(IDS))
minutes = st.lists(st.integers(0, 240), min_size=len(IDS), max_size=len(IDS))


def test_the_usual_table_fits_and_is_what_old_journals_count_by() -> None:
    assert list(misfits(USUAL_ROWS, USUAL_CAP)) == []
    for row_id in (WALK_IN, BY_AGE, ON_TIME, RETURNING):
        given_now = standing(USUAL_ROWS, USUAL_CAP, [row_id])
        assert HEAD_START_MINUTES[given_now.ticket_class] == given_now.minutes
    assert standing(USUAL_ROWS, USUAL_CAP, [LATE]) == (TicketClass.APPOINTMENT, 0)
    assert standing(USUAL_ROWS, USUAL_CAP, []) == (TicketClass.ORDINARY, 0)


@given(rows, minutes, st.integers(0, 240))
def test_several_rows_give_the_greatest_and_never_more_than_the_cap(
    earned: set[str], times: list[int], cap: int
) -> None:
    table = [row.model_copy(update={"minutes": n}) for row, n in zip(USUAL_ROWS, times, strict=True)]
    got = standing(table, cap, earned)
    each = [standing(table, cap, [row]).minutes for row in earned]
    assert got.minutes == max(each, default=standing(table, cap, []).minutes)
    assert got.minutes <= cap


def test_the_button_stands_for_every_priority_row_and_asks_for_no_reason() -> None:
    assert claimable(USUAL_ROWS) == {BY_AGE, "disabled", "with_child", "military"}
    assert claimable(USUAL_ROWS).isdisjoint(KNOWN_ROWS.keys() - {BY_AGE})


def test_a_ticket_keeps_the_minutes_it_was_given_and_tells_no_row() -> None:
    body = issued(1).model_copy(update={"ticket_class": TicketClass.PRIORITY, "head_start": 17})
    ticket = ticket_after(None, entry(1, body))
    assert ticket is not None
    assert ticket.issued_at - ticket.effective_at == 17 * MINUTE_US
    assert not any(row.id in body.model_dump_json() for row in USUAL_ROWS if row.id not in (WALK_IN, ON_TIME))


def test_a_ticket_of_a_journal_without_minutes_stands_where_it_stood() -> None:
    old = issued(1, ticket_class=TicketClass.PRIORITY).model_dump_json(exclude={"head_start"})
    assert "head_start" not in old
    ticket = ticket_after(None, entry(1, TicketIssued.model_validate_json(old)))
    assert ticket is not None
    assert ticket.effective_at == NINE - 30 * MINUTE_US
