"""The device's end of the wire against the real server: one visit, and a server that was away meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hall.facts import TicketIssued
from hall.opening import business_day
from hall.rating import Level
from hall.ticket import Ticket, TicketState
from hall.wire.commands import CallNext, FinishService, StartService, Withdraw
from hall.wire.replies import Refusal, Reply
from hall.wire.views import Desk, RatingPage
from queue_server.link.act_log import ActLog
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.desk_link import DeskLink
from queue_server.link.errors import ServerRefused
from queue_server.link.find import Finder
from queue_server.link.ledger import Ledger
from queue_server.link.rating_link import RatingLink
from queue_server.link.settling import Settled
from queue_server.link.sync import LinkState, Sync
from tests.support.ledgers import HOLDER
from tests.support.served_hall import PIN, ServedHall, clerk_of, served
from tests.support.watch import Watch

CLOCK = SystemClock()
WINDOW = 1


def today_issue(ledger: Ledger) -> Ticket:
    now = CLOCK.now()
    with ledger.transaction() as tx:
        day, suspect = tx.business_day(business_day(now.wall_us, 480))
        number = tx.next_number("A", day, lane_form=suspect)
        body = TicketIssued(
            ticket=new_id(), day=day, service="alpha_one", group="alpha", prefix="A", lane=number.lane, n=number.n
        )
        return tx.add_ticket(body, now, HOLDER)


class Told:
    """What a running sync told: its states, and the place in the feed after each change."""

    def __init__(self) -> None:
        self.states: Watch[LinkState] = Watch()
        self.places: Watch[int] = Watch()


@contextmanager
def syncing(ledger: Ledger, hall: ServedHall) -> Iterator[Told]:
    told = Told()
    key = bytes.fromhex(hall.settings.hall_key.read_text())
    sync = Sync(
        ledger,
        Finder(hall.address),
        key,
        CLOCK,
        on_state=told.states,
        on_change=lambda: told.places(ledger.state.feed_seq),
        jitter=lambda: 0.0,
    )
    sync.start()
    try:
        told.states.until(lambda state: state.online)
        yield told
    finally:
        sync.stop()


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[ServedHall]:
    with served(tmp_path / "hall") as running:
        yield running


@pytest.fixture
def log(tmp_path: Path) -> Iterator[ActLog]:
    with ActLog(tmp_path / "window") as opened:
        yield opened


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "kiosk", "kiosk-1", new_id) as opened:
        yield opened


class Desks:
    """A clerk's desk with what it showed."""

    def __init__(self, hall: ServedHall, log: ActLog) -> None:
        self.seen: Watch[Desk] = Watch()
        self.settled: Watch[Settled] = Watch()
        self.link = DeskLink(
            Finder(hall.address),
            WINDOW,
            CLOCK,
            log,
            on_desk=self.seen,
            on_state=lambda _online, _problem: None,
            on_signed_out=lambda: None,
            on_settled=self.settled,
        )


@contextmanager
def rating_page(hall: ServedHall, on_page: Callable[[RatingPage], None]) -> Iterator[RatingLink]:
    key = bytes.fromhex(hall.settings.hall_key.read_text())
    page = RatingLink(
        Finder(hall.address), key, "rating-1", WINDOW, CLOCK, on_page=on_page, on_state=lambda _online, _problem: None
    )
    page.start()
    try:
        yield page
    finally:
        page.close()


def test_one_visit(hall: ServedHall, ledger: Ledger, log: ActLog) -> None:
    pages: Watch[RatingPage] = Watch()
    desks = Desks(hall, log)
    with syncing(ledger, hall) as told, rating_page(hall, pages) as page:
        assert ledger.lane == 1
        assert ledger.catalog() is not None
        ticket = today_issue(ledger)
        told.states.until(lambda state: state.online and state.unsent == 0)
        with pytest.raises(ServerRefused):
            desks.link.sign_in(clerk_of(WINDOW), "135791")
        desks.link.sign_in(clerk_of(WINDOW), PIN)
        desks.seen.until(lambda desk: [waiting.ticket.id for waiting in desk.queue] == [ticket.id])

        press = CallNext(request_id=new_id())
        called = desks.link.send(press)
        assert called.ticket is not None
        assert called.ticket.id == ticket.id
        assert desks.link.send(press) == called
        assert desks.link.send(CallNext(request_id=new_id())).refusal is Refusal.WINDOW_BUSY
        assert desks.link.send(StartService(request_id=new_id(), ticket=ticket.id)).done
        assert desks.link.send(FinishService(request_id=new_id(), ticket=ticket.id)).done

        pages.until(lambda shown: shown.ticket == ticket.id)
        assert page.rate(ticket.id, Level.VERY_GOOD).done
        desks.seen.until(lambda desk: desk.served_today == 1)
        desks.link.sign_out()
    desks.link.close()


def test_what_the_feed_tells_ends_the_visit_in_the_ledger(hall: ServedHall, ledger: Ledger, log: ActLog) -> None:
    desks = Desks(hall, log)
    with syncing(ledger, hall) as told:
        ticket = today_issue(ledger)
        desks.link.sign_in(clerk_of(WINDOW), PIN)
        desks.seen.until(lambda desk: len(desk.queue) == 1)
        desks.link.send(CallNext(request_id=new_id()))
        desks.link.send(StartService(request_id=new_id(), ticket=ticket.id))
        finished = desks.link.send(FinishService(request_id=new_id(), ticket=ticket.id))
        told.places.until(lambda seq: seq >= finished.seq)
    desks.link.close()
    kept = ledger.ticket(ticket.id)
    assert kept is not None
    assert kept.state is TicketState.FINISHED
    assert ledger.holder(ticket.id) is None


def test_numbers_taken_while_it_was_away_arrive_once(hall: ServedHall, ledger: Ledger, log: ActLog) -> None:
    with syncing(ledger, hall):
        pass
    tickets = [today_issue(ledger) for _ in range(250)]
    with syncing(ledger, hall) as told:
        told.states.until(lambda state: state.online and state.unsent == 0)
    with syncing(ledger, hall):
        assert ledger.unsent_count() == 0
    desks = Desks(hall, log)
    desks.link.sign_in(clerk_of(WINDOW), PIN)
    shown = desks.seen.until(lambda desk: desk.hall_waiting > 0)
    desks.link.close()
    assert shown.hall_waiting == 250
    assert len({ticket.number for ticket in tickets}) == 250
    assert shown.queue[0].ticket.id == tickets[0].id


def test_a_command_whose_answer_never_came_is_brought_to_an_end(hall: ServedHall, log: ActLog) -> None:
    """As after a start in the middle of an act: what was done is learnt, what was not never happens any more."""
    first, second = CallNext(request_id=new_id()), CallNext(request_id=new_id())
    kiosk = hall.kiosk()
    number = kiosk.issue("alpha", "alpha_one", "A").n
    kiosk.push()
    clerk = hall.clerk(WINDOW)
    assert clerk.do(first).done
    log.asked(clerk_of(WINDOW), first)
    log.asked(clerk_of(WINDOW), second)
    desks = Desks(hall, log)
    try:
        desks.link.sign_in(clerk_of(WINDOW), PIN)
        desks.settled.until(lambda each: each.command == second)
        settled = {each.command.request_id: each.reply for each in desks.settled.seen}
        ticket = settled[first.request_id].ticket
        assert ticket is not None
        assert ticket.n == number
        assert settled[second.request_id].refusal is Refusal.WITHDRAWN
        late = hall.anybody.http("POST", "/api/commands", content=second.model_dump_json())
        assert late.status_code == 401
        late = hall.clerk(WINDOW).http("POST", "/api/commands", content=second.model_dump_json())
        assert late.status_code == 400
        assert (log.unanswered(), len(log.remembered())) == ([], 1)
    finally:
        desks.link.close()


def test_only_its_own_window_may_withdraw_a_command(hall: ServedHall) -> None:
    command = CallNext(request_id=new_id())
    hall.clerk(1).do(command)
    body = Withdraw(request_id=command.request_id).model_dump_json()
    assert hall.clerk(2).http("POST", "/api/commands/withdraw", content=body).status_code == 400
    again = [hall.clerk(1).http("POST", "/api/commands/withdraw", content=body) for _ in range(2)]
    assert [Reply.model_validate_json(each.content).refusal for each in again] == [Refusal.NOBODY_WAITING] * 2
