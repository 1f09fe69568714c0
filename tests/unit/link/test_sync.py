"""The sync of a kiosk against a server that loses replies, dies, forgets and is restored."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from hall.facts import PlanGiven, TicketCalled
from queue_server.link.clock import SystemClock
from queue_server.link.errors import LaneDiverged, ServerGarbled, ServerRefused, SessionFenced
from queue_server.link.find import Finder
from queue_server.link.ledger import Ledger
from queue_server.link.sync import LinkState, Sync
from tests.support.ledgers import HOLDER, issue, open_ledger, plan, printed
from tests.support.referee import small_catalog
from tests.support.scripted_server import (
    BUSY,
    DIVERGED,
    FENCED,
    GARBAGE,
    HALL_KEY,
    LOST_REPLY,
    LOST_REQUEST,
    NO_SESSION,
    ScriptedServer,
)
from tests.support.tickets import DAY, issued
from tests.support.watch import Watch

SYNC = "/api/sync"


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    scripted = ScriptedServer(small_catalog())
    scripted.plan = plan(1, 0)
    with scripted:
        yield scripted


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path) as opened:
        yield opened


class Running:
    """A sync with what it told."""

    def __init__(self, ledger: Ledger, address: str, hall_key: bytes = HALL_KEY) -> None:
        self.states: Watch[LinkState] = Watch()
        self.changes: Watch[int] = Watch()
        self.sync = Sync(
            ledger,
            Finder(address),
            hall_key,
            SystemClock(),
            on_state=self.states,
            on_change=lambda: self.changes(ledger.state.feed_seq),
            jitter=lambda: 0.0,
        )

    def until_all_is_sent(self) -> None:
        self.states.until(lambda state: state.online and state.unsent == 0)

    def until_acked(self, place: int) -> None:
        self.states.until(lambda state: state.acked >= place)

    def until_problem(self, advice: str) -> None:
        self.states.until(lambda state: not state.online and state.problem == advice)


@contextmanager
def syncing(ledger: Ledger, server: ScriptedServer, hall_key: bytes = HALL_KEY) -> Iterator[Running]:
    running = Running(ledger, server.address, hall_key)
    running.sync.start()
    try:
        yield running
    finally:
        running.sync.stop()
        assert not [thread.name for thread in threading.enumerate() if thread.name.startswith("link-")]


def eventually(running: Running, holds: Callable[[], bool]) -> None:
    running.changes.until(lambda _: holds())


def kinds(server: ScriptedServer) -> list[str]:
    return [item.entry.fact.body.kind for item in server.journal]


def test_enrols_and_gets_lane_plan_and_catalogue(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        assert ledger.lane == 1
        assert ledger.catalog() == server.catalog
        assert issue(ledger).number == "A001"


def test_a_new_fact_wakes_it_at_once(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        ticket = issue(ledger)
        eventually(running, lambda: ledger.state.feed_seq == 1)
        assert server.journal[0].holder == HOLDER
        assert [live.number for live, _ in ledger.live_tickets(ticket.day)] == [ticket.number]
        assert ledger.ticket(ticket.id) is not None


def test_it_is_told_when_a_fact_has_arrived(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        for _ in range(2):
            issue(ledger)
            place = ledger.state.last_seq
            running.until_acked(place)


def test_many_facts_go_in_runs_of_two_hundred_in_order(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
    ticket = issue(ledger)
    for _ in range(450):
        printed(ledger, ticket)
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        assert [size for size in server.batches if size] == [200, 200, 51]
        assert [item.entry.fact.lane_seq for item in server.journal] == list(range(1, 452))


@pytest.mark.parametrize("fault", [LOST_REPLY, LOST_REQUEST, BUSY, NO_SESSION, FENCED, GARBAGE])
def test_whatever_happens_to_a_push_every_fact_arrives_once(ledger: Ledger, server: ScriptedServer, fault: str) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        running.states.clear()
        server.faults[SYNC].extend([fault, fault])
        issue(ledger)
        issue(ledger)
        running.until_all_is_sent()
        running.states.until(lambda state: not state.online)
        assert ledger.unsent_count() == 0
        assert kinds(server) == ["ticket_issued"] * 2


def test_numbers_are_given_while_the_server_is_dead_and_told_afterwards(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        server.stop()
        running.states.until(lambda state: not state.online)
        given = [issue(ledger).number for _ in range(5)]
        running.states.clear()
        server.start()
        running.until_all_is_sent()
        assert given == ["A001", "A002", "A003", "A004", "A005"]
        assert kinds(server) == ["ticket_issued"] * 5


def test_what_happens_in_the_hall_comes_down(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        server.happen(issued(7), HOLDER)
        eventually(running, lambda: len(ledger.live_tickets(DAY)) == 1)
        assert issue(ledger).number == "A008"
        server.happen(TicketCalled(ticket=issued(7).ticket, window=1, clerk="01", call_no=1))
        called = issued(7).ticket
        eventually(running, lambda: (kept := ledger.ticket(called)) is not None and kept.window == 1)


def test_a_new_catalogue_is_pulled_when_the_feed_names_it(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        assert server.catalog is not None
        hall = server.catalog.hall.model_copy(update={"notice": "下午盘点"})
        changed = server.catalog.model_copy(update={"hall": hall})
        server.call(lambda: setattr(server, "catalog", type(changed).model_validate(changed.model_dump())))
        eventually(running, lambda: (kept := ledger.catalog()) is not None and kept.hall.notice == "下午盘点")


def test_a_server_that_forgot_the_session_gets_a_new_hello(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        server.forget_sessions()
        running.states.until(lambda state: not state.online)
        running.states.clear()
        issue(ledger)
        running.until_all_is_sent()
        assert kinds(server) == ["ticket_issued"]


def test_a_restored_server_is_told_everything_again(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        for _ in range(3):
            issue(ledger)
        eventually(running, lambda: ledger.state.feed_seq == 3)
        before = dict(server.event_ids)
        server.stop()
        server.restore(highwater=1)
        running.states.clear()
        server.start()
        running.states.until(lambda state: state.online)
        running.until_all_is_sent()
        assert server.event_ids == before


def test_a_shorter_journal_of_the_same_epoch_is_read_from_the_start(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        for n in (3, 4, 5):
            server.happen(issued(n))
        eventually(running, lambda: len(ledger.live_tickets(DAY)) == 3)
        server.stop()
        epoch = server.epoch
        server.restore(highwater=1)
        server.epoch = epoch
        server.start()
        eventually(running, lambda: [t.n for t, _ in ledger.live_tickets(DAY)] == [3])
        assert issue(ledger).n == 6


@pytest.mark.parametrize("cause", ["diverged", "quarantined", "quarantined while connected"])
def test_another_file_in_its_lane_gives_it_a_new_one_and_nothing_is_lost(
    ledger: Ledger, server: ScriptedServer, cause: str
) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        issue(ledger)
        running.until_acked(1)
        if cause == "quarantined":
            server.stop()
            server.quarantined.add(1)
            server.start()
        elif cause == "diverged":
            server.faults[SYNC].append(DIVERGED)
        else:
            server.call(lambda: server.quarantined.add(1))
        issue(ledger)
        eventually(running, lambda: (ledger.state.feed_seq, ledger.unsent_count()) == (3, 0))
        assert ledger.lane == 2
        assert [item.entry.fact.lane for item in server.journal] == [1, 2, 2]
        assert server.hellos[-1].replaces == 1


def test_a_new_plan_is_told_at_once_without_facts(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        following = plan(2, 1, first=DAY + timedelta(days=1), last=DAY + timedelta(days=7), plan_id="d" * 32)
        server.call(lambda: setattr(server, "next_plan", following))
        server.happen(PlanGiven(device_lane=1, plan=following))
        server.until(lambda: server.plans_told[-1:] == [following.plan_id])
        assert server.batches[-1] == 0
        assert ledger.state.next_plan == following


def test_a_server_that_takes_no_incarnation_is_told_whom_to_ask_about(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        server.faults[SYNC].extend([DIVERGED] * 100)
        issue(ledger)
        running.until_problem(LaneDiverged.advice)
        assert running.sync.state.unsent == 1


@pytest.mark.parametrize(("fault", "advice"), [(GARBAGE, ServerGarbled.advice), (FENCED, SessionFenced.advice)])
def test_a_trouble_is_told_with_what_to_do(ledger: Ledger, server: ScriptedServer, fault: str, advice: str) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        server.faults[SYNC].append(fault)
        issue(ledger)
        running.until_problem(advice)


def test_another_halls_key_is_refused_with_the_servers_words_said_aloud_once_and_kept_until_it_is_mended(
    ledger: Ledger, server: ScriptedServer, caplog: pytest.LogCaptureFixture
) -> None:
    assert ServerRefused.advice == ""
    with syncing(ledger, server, hall_key=bytes(32)) as running:
        running.until_problem("请稍等")
        assert ledger.lane is None
        server.until(lambda: server.seen["/api/hello"] > 2)
    assert running.sync.state.refused == ledger.state.refused == "请稍等"
    assert [each.message for each in caplog.records if each.levelno >= logging.WARNING] == [
        "link.refused: hello.proof: no。请稍等"
    ]
    server.stop()
    with syncing(ledger, server) as running:  # started again with the right key, and the server is away
        running.states.until(lambda state: not state.online and state.problem != "请稍等")
        assert running.sync.state.refused == "请稍等"
        server.start()
        running.until_all_is_sent()
        assert (running.sync.state.refused, ledger.state.refused) == ("", "")


def test_stops_while_there_is_no_server(ledger: Ledger, server: ScriptedServer) -> None:
    server.stop()
    with syncing(ledger, server) as running:
        running.states.until(lambda state: not state.online)


def test_hears_the_business_day_from_the_server(ledger: Ledger, server: ScriptedServer) -> None:
    with syncing(ledger, server) as running:
        running.until_all_is_sent()
        assert ledger.state.last_day == DAY
