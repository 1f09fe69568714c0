"""Every command in every state, by the hall's rules; and each command once."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from hall.facts import TicketFlagged
from hall.rating import Level
from hall.ticket import Flag, Ticket, TicketState
from hall.window import WindowState
from hall.wire import commands
from hall.wire.commands import Command
from hall.wire.replies import Refusal, Reply
from queue_server.operations.commands import carry_out
from queue_server.operations.errors import ReusedRequestError
from queue_server.store import check
from queue_server.store.records import Session
from tests.support.referee import Referee, SimKiosk

S = TicketState


class Visit:
    """One ticket of group alpha and a clerk at window 1."""

    def __init__(self, referee: Referee | None = None) -> None:
        self.referee = referee or Referee()
        self.kiosk: SimKiosk = self.referee.kiosk()
        self.clerk: Session = self.referee.clerk(1)
        self.id = self.kiosk.issue().ticket
        self.kiosk.push()

    def do(self, kind: Callable[..., Command], session: Session | None = None, **fields: object) -> Reply:
        return self.referee.do(session or self.clerk, kind(request_id=self.referee.ids(), **fields))

    def on(self, kind: Callable[..., Command], session: Session | None = None, **fields: object) -> Reply:
        return self.do(kind, session, ticket=self.id, **fields)

    @property
    def ticket(self) -> Ticket:
        ticket = self.referee.run(lambda tx: tx.ticket(self.id))
        assert ticket is not None
        return ticket

    def bring_to(self, state: TicketState) -> None:
        """Lead the ticket into a state by the shortest way."""
        way: dict[TicketState, list[Callable[[], Reply]]] = {
            S.WAITING: [],
            S.CALLED: [self.call],
            S.SERVING: [self.call, self.start],
            S.MISSED: [self.call, lambda: self.on(commands.MarkMissed)],
            S.ON_HOLD: [lambda: self.on(commands.Hold)],
            S.FINISHED: [self.call, self.start, lambda: self.on(commands.FinishService)],
            S.CANCELLED: [lambda: self.on(commands.Cancel)],
        }
        for step in way[state]:
            assert step().done
        assert self.ticket.state is state

    def call(self) -> Reply:
        return self.do(commands.CallNext)

    def start(self) -> Reply:
        return self.on(commands.StartService)


TABLE: dict[str, tuple[Callable[..., Command], dict[str, Any], dict[TicketState, TicketState]]] = {
    "call": (commands.CallTicket, {"reason": "熟悉情况"}, {S.WAITING: S.CALLED}),
    "recall": (commands.Recall, {}, {S.CALLED: S.CALLED}),
    "start": (commands.StartService, {}, {S.CALLED: S.SERVING}),
    "finish": (commands.FinishService, {}, {S.SERVING: S.FINISHED}),
    "missed": (commands.MarkMissed, {}, {S.CALLED: S.MISSED}),
    "put_back": (commands.PutBack, {}, {S.CALLED: S.WAITING, S.MISSED: S.WAITING, S.ON_HOLD: S.WAITING}),
    "hold": (commands.Hold, {}, {S.WAITING: S.ON_HOLD, S.CALLED: S.ON_HOLD, S.SERVING: S.ON_HOLD}),
    "transfer": (commands.Transfer, {"group": "beta"}, {S.CALLED: S.WAITING, S.SERVING: S.WAITING}),
    "cancel": (commands.Cancel, {}, {S.WAITING: S.CANCELLED, S.MISSED: S.CANCELLED, S.ON_HOLD: S.CANCELLED}),
}


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("name", list(TABLE))
def test_every_command_in_every_state(name: str, state: TicketState) -> None:
    kind, fields, allowed = TABLE[name]
    visit = Visit()
    visit.bring_to(state)
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
    visit.on(commands.MarkMissed)
    visit.on(commands.PutBack)
    assert visit.ticket.calls == 0


def test_a_missed_ticket_comes_back_after_the_third_waiting_and_only_twice() -> None:
    visit = Visit()
    for _ in range(4):
        visit.referee.pass_time(60)
        visit.kiosk.issue()
    visit.kiosk.push()
    for turn in range(1, 3):
        called = visit.on(commands.CallTicket, reason="再叫")
        assert called.done
        visit.on(commands.MarkMissed)
        assert visit.on(commands.PutBack).done
        assert visit.ticket.returns == turn
    waiting = visit.referee.run(lambda tx: [ticket.id for ticket in tx.order.waiting("alpha")])
    assert waiting.index(visit.id) == 3
    visit.on(commands.CallTicket, reason="再叫")
    visit.on(commands.MarkMissed)
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


class TestRating:
    """Once, by the citizen's page, for the service just finished there."""

    def test_only_the_page_may_rate_and_only_once(self) -> None:
        visit = Visit()
        visit.bring_to(S.FINISHED)
        page, day = visit.referee.rating_page(1), visit.ticket.day
        assert visit.on(commands.Rate, level=Level.GOOD).refusal is Refusal.NOT_ALLOWED
        assert visit.on(commands.Rate, page, level=Level.BAD).done
        assert visit.on(commands.Rate, page, level=Level.GOOD).refusal is Refusal.ALREADY_RATED
        assert visit.referee.run(lambda tx: tx.ratings_on(day)) == {2: 1}

    def test_not_at_another_window_and_not_before_the_end(self) -> None:
        visit = Visit()
        page, other = visit.referee.rating_page(1), visit.referee.rating_page(3)
        visit.bring_to(S.SERVING)
        assert visit.on(commands.Rate, page, level=Level.GOOD).refusal is Refusal.NOT_THIS_WINDOW
        visit.on(commands.FinishService)
        assert visit.on(commands.Rate, other, level=Level.GOOD).refusal is Refusal.NOT_THIS_WINDOW
        assert visit.do(commands.Rate, page, ticket="e" * 32, level=Level.GOOD).refusal is Refusal.UNKNOWN_TICKET


class TestUndo:
    """The last act, for ten seconds, before the next."""

    @pytest.mark.parametrize("name", list(TABLE))
    def test_every_act_can_be_taken_back(self, name: str) -> None:
        kind, fields, allowed = TABLE[name]
        for state in allowed:
            visit = Visit()
            visit.bring_to(state)
            before = visit.ticket
            visit.referee.pass_time(3)
            assert visit.on(kind, **fields).done
            visit.referee.pass_time(9)
            assert visit.on(commands.Undo).done
            assert visit.ticket == before.model_copy(update={"changed_at": visit.ticket.changed_at})
            with visit.referee.store.read() as reader:
                assert check(reader).differences == ()

    def test_not_after_ten_seconds_nor_twice_nor_after_another_act(self) -> None:
        visit = Visit()
        assert visit.on(commands.Undo).refusal is Refusal.UNDO_TOO_LATE
        visit.call()
        visit.referee.pass_time(11)
        assert visit.on(commands.Undo).refusal is Refusal.UNDO_TOO_LATE
        visit.start()
        visit.do(commands.Pause)
        assert visit.on(commands.Undo).refusal is Refusal.UNDO_TOO_LATE
        visit.on(commands.FinishService)
        assert visit.on(commands.Undo).done
        assert visit.on(commands.Undo).refusal is Refusal.UNDO_TOO_LATE

    def test_not_another_windows_act(self) -> None:
        visit = Visit()
        visit.call()
        other = visit.referee.clerk(3, "1003")
        assert visit.on(commands.Undo, other).refusal is Refusal.UNDO_TOO_LATE

    def test_not_after_the_rating_and_the_unfinished_cannot_be_rated(self) -> None:
        visit = Visit()
        page = visit.referee.rating_page(1)
        visit.bring_to(S.FINISHED)
        assert visit.on(commands.Undo).done
        assert visit.on(commands.Rate, page, level=Level.GOOD).refusal is Refusal.NOT_THIS_WINDOW
        visit.on(commands.FinishService)
        visit.on(commands.Rate, page, level=Level.GOOD)
        assert visit.on(commands.Undo).refusal is Refusal.UNDO_TOO_LATE

    def test_marks_set_meanwhile_stay(self) -> None:
        visit = Visit()
        visit.call()
        later = visit.kiosk.facts[0].fact.body
        assert later.kind == "ticket_issued"
        visit.referee.run(lambda tx: tx.record(_uncertain(visit.id), visit.referee.moment))
        assert visit.on(commands.Undo).done
        assert visit.ticket.flags == ("uncertain",)


class TestOnce:
    """A retry changes nothing and gets the same answer."""

    def test_the_same_request_gets_the_same_answer(self) -> None:
        visit = Visit()
        visit.kiosk.issue()
        visit.kiosk.push()
        command = commands.CallNext(request_id="d" * 32)
        first = visit.referee.do(visit.clerk, command)
        visit.on(commands.MarkMissed)
        before = visit.referee.run(lambda tx: tx.head_seq())
        assert visit.referee.do(visit.clerk, command) == first
        assert visit.referee.run(lambda tx: tx.head_seq()) == before

    def test_a_refusal_is_repeated_too(self) -> None:
        visit = Visit()
        visit.on(commands.Hold)
        command = commands.CallNext(request_id="d" * 32)
        assert visit.referee.do(visit.clerk, command).refusal is Refusal.NOBODY_WAITING
        visit.on(commands.PutBack)
        assert visit.referee.do(visit.clerk, command).refusal is Refusal.NOBODY_WAITING

    def test_a_request_id_is_for_one_command_of_one_person(self) -> None:
        visit = Visit()
        visit.referee.do(visit.clerk, commands.CallNext(request_id="d" * 32))
        with pytest.raises(ReusedRequestError):
            visit.referee.do(visit.clerk, commands.Pause(request_id="d" * 32))
        with pytest.raises(ReusedRequestError):
            visit.referee.do(visit.referee.clerk(3, "1003"), commands.CallNext(request_id="d" * 32))


def test_eight_threads_claim_no_ticket_twice(tmp_path: Path) -> None:
    referee = Referee(tmp_path / "hall.db")
    kiosk = referee.kiosk()
    for _ in range(180):
        kiosk.issue()
    kiosk.push()
    catalog = referee.run(lambda tx: tx.catalog())
    window = catalog.windows[0]
    referee.publish(
        catalog.model_copy(
            update={"windows": tuple(window.model_copy(update={"number": n, "name": str(n)}) for n in range(1, 9))}
        )
    )
    clerks = [referee.clerk(number, f"10{number:02}") for number in range(1, 9)]

    def ask(clerk: Session, command: Command) -> Future[Reply]:
        return referee.store.write(lambda tx: carry_out(tx, referee.moment, clerk, command))

    def work(clerk: Session) -> list[str]:
        called: list[str] = []
        while True:
            command = commands.CallNext(request_id=referee.ids())
            first, again = ask(clerk, command), ask(clerk, command)
            reply = first.result()
            assert again.result() == reply
            if reply.refusal is Refusal.NOBODY_WAITING:
                return called
            assert reply.ticket is not None
            called.append(reply.ticket.id)
            ask(clerk, commands.StartService(request_id=referee.ids(), ticket=reply.ticket.id))
            finish = ask(clerk, commands.FinishService(request_id=referee.ids(), ticket=reply.ticket.id))
            assert finish.result().done

    with ThreadPoolExecutor(8) as pool:
        called = [ticket for tickets in pool.map(work, clerks) for ticket in tickets]
    assert len(called) == len(set(called)) == 180
    with referee.store.read() as reader:
        assert check(reader).differences == ()
    referee.store.close()


def _uncertain(ticket: str) -> TicketFlagged:
    return TicketFlagged(ticket=ticket, flag=Flag.UNCERTAIN)
