"""Every command in every state, by the hall's rules; all from a clerk's own window."""

import pytest

from hall.calling import CallReason
from hall.facts import TicketCalled
from hall.ticket import TicketState
from hall.window import WindowState
from hall.wire import commands
from hall.wire.replies import Refusal
from queue_server.store import check
from queue_server.store.records import Session
from tests.support.visit import TABLE, S, Visit


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("name", list(TABLE))
def test_every_command_in_every_state(name: str, state: TicketState) -> None:
    kind, fields, allowed = TABLE[name]
    visit = Visit()
    visit.bring_to(state)
    if kind is commands.MarkMissed:
        visit.call_enough()
    before = visit.ticket
    reply = visit.on(kind, **fields)
    if state in allowed:
        assert reply.done
        assert reply.ticket == visit.ticket
        assert visit.ticket.state is allowed[state]
    else:
        busy = name == "call" and state in (S.CALLED, S.SERVING)
        assert reply.refusal is (Refusal.WINDOW_BUSY if busy else Refusal.WRONG_STATE)
        assert visit.ticket == before
    with visit.referee.store.read() as reader:
        assert check(reader).differences == ()


@pytest.mark.parametrize("name", ["recall", "start", "finish", "missed", "put_back", "hold", "transfer", "cancel"])
def test_another_window_may_not_touch_whom_this_one_called(name: str) -> None:
    kind, fields, _ = TABLE[name]
    visit = Visit()
    visit.bring_to(S.SERVING if name == "finish" else S.CALLED)
    other = visit.referee.clerk(3, "1003")
    assert visit.on(kind, other, **fields).refusal is Refusal.NOT_THIS_WINDOW


def test_unknown_tickets_and_groups() -> None:
    visit = Visit()
    assert visit.do(commands.StartService, ticket="e" * 32).refusal is Refusal.UNKNOWN_TICKET
    assert visit.do(commands.Undo, ticket="e" * 32).refusal is Refusal.UNKNOWN_TICKET
    visit.bring_to(S.SERVING)
    assert visit.on(commands.Transfer, group="nothing").refusal is Refusal.CANNOT_SERVE


def test_a_window_calls_only_whom_it_may_serve() -> None:
    visit = Visit()
    beta_only = visit.kiosk.issue("beta").ticket
    visit.kiosk.push()
    assert visit.do(commands.CallTicket, ticket=beta_only, reason="x").refusal is Refusal.CANNOT_SERVE
    assert visit.do(commands.Hold, ticket=beta_only).refusal is Refusal.CANNOT_SERVE
    visit.on(commands.Hold)
    assert visit.call().refusal is Refusal.NOBODY_WAITING


def test_a_helper_steps_in_only_after_its_penalty() -> None:
    visit = Visit()
    helper = visit.referee.clerk(2, "1002")
    visit.referee.pass_time(9 * 60)
    own = visit.kiosk.issue("beta").ticket
    visit.kiosk.push()
    reply = visit.do(commands.CallNext, helper)
    assert reply.ticket is not None
    assert reply.ticket.id == own


def test_every_call_is_kept_with_its_reason() -> None:
    visit = Visit()
    first, second = visit.ticket, visit.kiosk.issue("alpha").ticket
    visit.kiosk.push()
    visit.call()
    visit.miss()
    named = visit.do(commands.CallTicket, ticket=second, reason="x")
    assert named.done
    with visit.referee.store.read() as reader:
        calls = [e.fact.body for e in reader.entries() if isinstance(e.fact.body, TicketCalled)]
        waited = reader.ticket(second)
    assert waited is not None
    in_order, by_name = (call.reason for call in calls)
    assert in_order == CallReason(
        counts_from=first.effective_at,
        before=waited.number,
        earlier_us=waited.effective_at - first.effective_at,
    )
    assert by_name == CallReason(counts_from=waited.effective_at, chosen=True, words="x")


def test_one_citizen_at_a_window() -> None:
    visit = Visit()
    visit.kiosk.issue()
    visit.kiosk.push()
    assert visit.call().done
    assert visit.call().refusal is Refusal.WINDOW_BUSY
    assert visit.do(commands.SignOut).refusal is Refusal.WINDOW_BUSY


def test_calls_are_counted_and_begin_again_after_a_return() -> None:
    visit = Visit()
    visit.call()
    assert [visit.on(commands.Recall).ticket.calls for _ in range(2)] == [2, 3]  # type: ignore[union-attr]
    visit.miss()
    visit.on(commands.PutBack)
    assert visit.ticket.calls == 0


def test_a_number_is_missed_only_when_it_was_called_as_often_as_its_slip_says() -> None:
    visit = Visit()
    visit.call()
    for _ in range(2):
        assert visit.on(commands.MarkMissed).refusal is Refusal.CALLED_TOO_SELDOM
        assert visit.on(commands.Recall).done
    assert visit.on(commands.MarkMissed).done


def test_a_missed_ticket_comes_back_after_the_third_waiting_and_only_twice() -> None:
    visit = Visit()
    for _ in range(4):
        visit.referee.pass_time(60)
        visit.kiosk.issue()
    visit.kiosk.push()
    for turn in range(1, 3):
        called = visit.on(commands.CallTicket, reason="再叫")
        assert called.done
        visit.miss()
        assert visit.on(commands.PutBack).done
        assert visit.ticket.returns == turn
    waiting = visit.referee.run(lambda tx: [ticket.id for ticket in tx.order.waiting("alpha")])
    assert waiting.index(visit.id) == 3
    visit.on(commands.CallTicket, reason="再叫")
    visit.miss()
    assert visit.on(commands.PutBack).refusal is Refusal.TOO_MANY_RETURNS


def test_a_held_ticket_keeps_its_place() -> None:
    visit = Visit()
    before = visit.ticket.effective_at
    visit.referee.pass_time(600)
    visit.on(commands.Hold)
    visit.on(commands.PutBack)
    assert visit.ticket.effective_at == before


def test_a_paused_window_calls_nobody_but_finishes_whom_it_has() -> None:
    visit = Visit()
    visit.bring_to(S.SERVING)
    assert visit.do(commands.Resume).refusal is Refusal.WRONG_STATE
    assert visit.do(commands.Pause, reason="取材料").done
    assert visit.do(commands.Pause).refusal is Refusal.WRONG_STATE
    assert visit.on(commands.FinishService).done
    assert visit.call().refusal is Refusal.WINDOW_NOT_OPEN
    assert visit.do(commands.Resume).done
    assert visit.call().refusal is Refusal.NOBODY_WAITING


def test_after_signing_out_nothing_is_possible() -> None:
    visit = Visit()
    assert visit.do(commands.SignOut).done
    assert visit.referee.run(lambda tx: tx.window(1).state) is WindowState.CLOSED
    assert visit.call().refusal is Refusal.WINDOW_NOT_OPEN
    assert visit.referee.run(lambda tx: tx.get(Session, visit.clerk.token_hash)) is None


def test_a_window_that_left_the_catalogue_is_not_open() -> None:
    visit = Visit()
    catalog = visit.referee.run(lambda tx: tx.catalog())
    visit.referee.publish(catalog.model_copy(update={"windows": catalog.windows[1:]}))
    assert visit.call().refusal is Refusal.WINDOW_NOT_OPEN


def test_kiosks_and_rating_pages_may_not_act() -> None:
    visit = Visit()
    page = visit.referee.rating_page(1)
    for session in (visit.kiosk.session, page):
        assert visit.do(commands.CallNext, session).refusal is Refusal.NOT_ALLOWED
