import itertools

import pytest

from hall.errors import BugError
from hall.facts import (
    ActUndone,
    Body,
    PaperOutcome,
    RatingGiven,
    ServiceFinished,
    ServiceStarted,
    SlipPrinted,
    TicketCalled,
    TicketCancelled,
    TicketHeld,
    TicketMissed,
    TicketRecalled,
    TicketReturned,
    TicketTransferred,
    WindowClosed,
    WindowOpened,
    WindowPaused,
)
from hall.projection import WindowStatus, shown_state, ticket_after, window_after
from hall.rating import Level
from hall.statistics import fold
from hall.ticket import EDGES, LIVE, CancelReason, Ticket, TicketState, may_move
from hall.window import WindowState
from tests.support.tickets import DAY, MINUTE, NINE, entry, issued

ONE = f"{1:032x}"
AT = {"ticket": ONE, "window": 3, "clerk": "0317"}
CALL = TicketCalled(**AT, call_no=1)  # type: ignore[arg-type]
START = ServiceStarted(**AT)  # type: ignore[arg-type]
FINISH = ServiceFinished(**AT)  # type: ignore[arg-type]


def after(*bodies: Body, lane: int = 0) -> Ticket:
    state = ticket_after(None, entry(1, issued(1), NINE + MINUTE))
    for seq, body in enumerate(bodies, 2):
        state = ticket_after(state, entry(seq, body, NINE + seq * MINUTE, lane=lane))
    assert state is not None
    return state


def test_a_visit_from_issue_to_finish() -> None:
    done = after(CALL, START, FINISH, RatingGiven(**AT, level=Level.GOOD))  # type: ignore[arg-type]
    assert (done.number, done.state, done.window, done.live) == ("A001", TicketState.FINISHED, None, False)
    assert done.called_at is not None
    assert done.started_at is not None
    assert done.issued_at < done.called_at < done.started_at


MOVES: dict[TicketState, Body] = {
    TicketState.CALLED: CALL,
    TicketState.SERVING: START,
    TicketState.FINISHED: FINISH,
    TicketState.MISSED: TicketMissed(**AT),  # type: ignore[arg-type]
    TicketState.ON_HOLD: TicketHeld(**AT),  # type: ignore[arg-type]
    TicketState.CANCELLED: TicketCancelled(ticket=ONE, reason=CancelReason.LEFT),
    TicketState.WAITING: TicketReturned(ticket=ONE, effective_at=NINE, after=TicketState.MISSED),
}
WAY: dict[TicketState, tuple[Body, ...]] = {
    TicketState.WAITING: (),
    TicketState.CALLED: (CALL,),
    TicketState.SERVING: (CALL, START),
    TicketState.FINISHED: (CALL, START, FINISH),
    TicketState.MISSED: (CALL, MOVES[TicketState.MISSED]),
    TicketState.ON_HOLD: (CALL, MOVES[TicketState.ON_HOLD]),
    TicketState.CANCELLED: (MOVES[TicketState.CANCELLED],),
}


@pytest.mark.parametrize(("before", "to"), list(itertools.product(TicketState, TicketState)))
def test_only_the_drawn_edges_exist(before: TicketState, to: TicketState) -> None:
    if before is to:
        return
    if may_move(before, to):
        assert after(*WAY[before], MOVES[to]).state is to
    else:
        with pytest.raises(BugError):
            after(*WAY[before], MOVES[to])


def test_a_slip_voided_at_its_kiosk_sends_nobody_away_from_a_window() -> None:
    void = TicketCancelled(ticket=ONE, reason=CancelReason.VOID)
    assert after(void, lane=1).state is TicketState.CANCELLED
    assert after(CALL, START, void, lane=1).state is TicketState.SERVING
    late = [entry(1, issued(1)), entry(2, CALL), entry(3, void, lane=1)]
    assert fold(DAY, late).groups["social"].cancelled == 0


def test_final_means_no_edge_leads_out() -> None:
    assert {state for state in TicketState if not EDGES[state]} == {TicketState.FINISHED, TicketState.CANCELLED}
    assert TicketState.MISSED in LIVE


def test_recall_keeps_the_state_and_counts() -> None:
    again = after(CALL, TicketRecalled(**AT, call_no=2))  # type: ignore[arg-type]
    assert (again.state, again.calls) == (TicketState.CALLED, 2)


def test_transfer_keeps_number_and_effective_time() -> None:
    first = after()
    moved = after(CALL, START, TicketTransferred(**AT, group="tax"))  # type: ignore[arg-type]
    assert (moved.number, moved.group, moved.effective_at) == (first.number, "tax", first.effective_at)


def test_undo_restores_what_was() -> None:
    before = after(CALL)
    undone = after(CALL, START, ActUndone(**AT, undoes=3, restores=before))  # type: ignore[arg-type]
    assert undone.model_copy(update={"changed_at": 0}) == before.model_copy(update={"changed_at": 0})


def test_a_slip_does_not_move_a_ticket() -> None:
    assert after(SlipPrinted(ticket=ONE, outcome=PaperOutcome.PRINTED)).state is TicketState.WAITING


def test_a_window_opens_pauses_and_closes() -> None:
    status = WindowStatus(number=3)
    steps: list[tuple[Body, WindowState]] = [
        (WindowOpened(window=3, clerk="0317"), WindowState.IDLE),
        (WindowPaused(window=3, clerk="0317", reason="取材料"), WindowState.PAUSED),
        (WindowClosed(window=3, clerk="0317"), WindowState.CLOSED),
    ]
    for seq, (body, state) in enumerate(steps, 1):
        status = window_after(status, entry(seq, body))
        assert status.state is state
    assert status.clerk is None
    assert window_after(status, entry(9, WindowOpened(window=4, clerk="0317"))) is status
    assert shown_state(status, after(CALL)) is WindowState.CALLING


def test_the_day_folds_into_figures() -> None:
    bodies: list[Body] = [issued(1), issued(2), issued(3), WindowOpened(window=3, clerk="0317"), CALL, START, FINISH]
    figures = fold(DAY, [entry(seq, body, NINE + seq * MINUTE) for seq, body in enumerate(bodies, 1)])
    counts = figures.groups["social"]
    assert (counts.issued, counts.finished, counts.first_calls, counts.mean_wait_us) == (3, 1, 1, 4 * MINUTE)
    assert {t.n for t in figures.waiting("social")} == {2, 3}
    assert figures.longest_wait_us(NINE + 12 * MINUTE) == 10 * MINUTE
    assert figures.windows[3].clerk == "0317"
