"""A clerk's desk and the rating page beside it, over a real connection."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.projection import WindowStatus
from hall.rating import Level
from hall.window import WindowState
from hall.wire.acts import ACTS
from hall.wire.commands import CallNext, Command, EnterByHand, Pause
from hall.wire.replies import Refusal, Reply
from hall.wire.views import Desk, RatingPage
from queue_server.link.act_log import ActLog
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.desk_link import DeskLink
from queue_server.link.errors import LedgerUnwritable, ServerAway, ServerRefused, SessionLost
from queue_server.link.find import Finder
from queue_server.link.rating_link import RatingLink
from queue_server.link.settling import Settled
from tests.support.scripted_server import (
    BUSY,
    HALL_KEY,
    LOST_REPLY,
    LOST_REQUEST,
    PIN,
    REFUSED,
    REUSED,
    ScriptedServer,
)
from tests.support.tickets import NINE
from tests.support.watch import Watch

COMMANDS = "/api/commands"
Live = tuple[bool, str]


def desk(served: int, epoch: str = "") -> Desk:
    return Desk(
        at=NINE,
        seq=served,
        window=WindowStatus(number=3, state=WindowState.IDLE, clerk="1001"),
        shown_state="idle",
        active=None,
        to_rate=None,
        undo_until=0,
        queue=(),
        missed=(),
        held=(),
        hall_waiting=0,
        longest_wait_us=0,
        windows_serving=0,
        windows_open=1,
        served_today=served,
        epoch=epoch,
    )


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as scripted:
        scripted.desk = desk(0)
        scripted.page = RatingPage(window=3)
        yield scripted


class AtTheDesk:
    """A desk link with what it told."""

    def __init__(self, address: str, log: ActLog) -> None:
        self.desks: Watch[Desk] = Watch()
        self.states: Watch[Live] = Watch()
        self.signed_out: Watch[str] = Watch()
        self.settled: Watch[Settled] = Watch()
        self.link = DeskLink(
            Finder(address),
            3,
            SystemClock(),
            log,
            on_desk=self.desks,
            on_state=lambda online, problem: self.states((online, problem)),
            on_signed_out=lambda: self.signed_out("signed out"),
            on_settled=self.settled,
            jitter=lambda: 0.0,
        )


@pytest.fixture
def log(tmp_path: Path) -> Iterator[ActLog]:
    with ActLog(tmp_path / "window") as opened:
        yield opened


@pytest.fixture
def clerk(server: ScriptedServer, log: ActLog) -> Iterator[AtTheDesk]:
    at_the_desk = AtTheDesk(server.address, log)
    yield at_the_desk
    at_the_desk.link.close()


def test_the_desk_comes_after_sign_in_and_at_each_change(clerk: AtTheDesk, server: ScriptedServer) -> None:
    assert clerk.link.sign_in("1001", PIN).window == 3
    clerk.desks.until(lambda seen: seen.served_today == 0)
    server.call(lambda: setattr(server, "desk", desk(1)))
    clerk.desks.until(lambda seen: seen.served_today == 1)
    assert clerk.states.seen == [(True, "")]


def test_a_wrong_pin_is_told_in_the_servers_words(clerk: AtTheDesk) -> None:
    with pytest.raises(ServerRefused) as refused:
        clerk.link.sign_in("1001", "000000")
    assert refused.value.problem.code == "signin.refused"
    with pytest.raises(SessionLost):
        clerk.link.send(CallNext(request_id=new_id()))


@pytest.mark.parametrize("fault", [LOST_REPLY, LOST_REQUEST, BUSY])
def test_a_press_is_carried_out_once_whatever_happens(clerk: AtTheDesk, server: ScriptedServer, fault: str) -> None:
    clerk.link.sign_in("1001", PIN)
    server.faults[COMMANDS].extend([fault, fault])
    assert clerk.link.send(CallNext(request_id=new_id())).seq == 1
    assert server.carried_out == 1
    assert server.seen[COMMANDS] == 3


def test_the_desk_comes_back_after_the_server_was_away(clerk: AtTheDesk, server: ScriptedServer) -> None:
    clerk.link.sign_in("1001", PIN)
    clerk.desks.until(lambda _: True)
    server.stop()
    clerk.states.until(lambda state: state == (False, ServerAway.advice))
    clerk.desks.clear()
    server.start()
    clerk.desks.until(lambda _: True)
    assert clerk.signed_out.seen == []


def test_a_session_ended_by_the_server_signs_out(clerk: AtTheDesk, server: ScriptedServer) -> None:
    clerk.link.sign_in("1001", PIN)
    clerk.desks.until(lambda _: True)
    server.forget_sessions()
    clerk.signed_out.until(lambda _: True)
    with pytest.raises(SessionLost):
        clerk.link.send(CallNext(request_id=new_id()))
    clerk.desks.clear()
    clerk.link.sign_in("1001", PIN)
    clerk.desks.until(lambda _: True)


def test_signing_out_tells_the_server_and_ends_the_view(clerk: AtTheDesk, server: ScriptedServer) -> None:
    clerk.link.sign_in("1001", PIN)
    clerk.link.sign_out()
    assert server.carried_out == 1
    with pytest.raises(SessionLost):
        clerk.link.catalog()


def test_the_rating_page_has_a_session_of_its_own(server: ScriptedServer) -> None:
    pages: Watch[RatingPage] = Watch()
    states: Watch[Live] = Watch()
    page = RatingLink(
        Finder(server.address),
        HALL_KEY,
        "rating-3",
        3,
        SystemClock(),
        on_page=pages,
        on_state=lambda online, problem: states((online, problem)),
        jitter=lambda: 0.0,
    )
    with pytest.raises(ServerAway):
        page.rate("a" * 32, Level.GOOD)
    page.start()
    try:
        pages.until(lambda seen: seen.ticket is None)
        server.call(lambda: setattr(server, "page", RatingPage(window=3, ticket="a" * 32, number="A001")))
        pages.until(lambda seen: seen.number == "A001")
        server.faults[COMMANDS].append(LOST_REPLY)
        assert page.rate("a" * 32, Level.GOOD).done
        assert server.carried_out == 1
        pages.clear()
        server.forget_sessions()
        pages.until(lambda seen: seen.number == "A001")
        assert page.rate("a" * 32, Level.BAD).done
    finally:
        page.close()


HAND_CALL = EnterByHand(request_id="7" * 32, number="A023", called_at=NINE, ended_at=NINE)


def times_out(clerk: AtTheDesk, server: ScriptedServer, fault: str, command: Command) -> None:
    """A press whose answer never comes, though the view stays live; one that opened later would settle the act."""
    clerk.states.until(lambda state: state == (True, ""))
    server.faults[COMMANDS].append(fault)
    with pytest.raises(ServerAway):
        clerk.link.send(command, patience_s=0)


@pytest.mark.parametrize("fault", [LOST_REPLY, LOST_REQUEST])
def test_the_same_press_after_a_timeout_is_the_same_act(clerk: AtTheDesk, server: ScriptedServer, fault: str) -> None:
    clerk.link.sign_in("1001", PIN)
    first = CallNext(request_id=new_id())
    times_out(clerk, server, fault, first)
    again = clerk.link.send(CallNext(request_id=new_id()))
    assert (again.request_id, again.seq) == (first.request_id, 1)
    assert server.carried_out == 1
    assert clerk.link.send(CallNext(request_id=new_id())).seq == 2


def test_another_press_ends_the_open_one_first(clerk: AtTheDesk, server: ScriptedServer, log: ActLog) -> None:
    clerk.link.sign_in("1001", PIN)
    open_one = CallNext(request_id=new_id())
    times_out(clerk, server, LOST_REQUEST, open_one)
    assert clerk.link.send(Pause(request_id=new_id())).done
    assert clerk.settled.seen[0].reply.refusal is Refusal.WITHDRAWN
    assert server.replies[open_one.request_id].refusal is Refusal.WITHDRAWN
    assert log.unanswered() == []


@pytest.mark.parametrize(("fault", "done"), [(LOST_REPLY, True), (LOST_REQUEST, False)])
def test_a_program_that_ended_in_the_middle_of_an_act_learns_what_became_of_it(
    server: ScriptedServer, log: ActLog, fault: str, done: bool
) -> None:
    before = AtTheDesk(server.address, log)
    before.link.sign_in("1001", PIN)
    times_out(before, server, fault, CallNext(request_id="5" * 32))
    before.link.close()
    after = AtTheDesk(server.address, log)
    try:
        after.link.sign_in("1002", PIN)
        settled = after.settled.until(lambda each: each.command.request_id == "5" * 32)
        after.states.until(lambda state: state == (True, ""))
        assert settled.reply.done is done
        assert server.carried_out == int(done)
        assert [act.reply.done for act in log.remembered()] == [True] * done
        assert log.unanswered() == []
    finally:
        after.link.close()


def test_what_the_window_remembers_is_told_to_another_life_of_the_server(
    clerk: AtTheDesk, server: ScriptedServer, log: ActLog
) -> None:
    server.desk = desk(0, "a" * 32)
    clerk.link.sign_in("1001", PIN)
    clerk.states.until(lambda state: state[0])
    assert [memory.acts for memory in server.memories] == [()]
    for _ in range(ACTS + 1):
        clerk.link.send(Pause(request_id=new_id()))
    server.memories.clear()
    server.call(lambda: setattr(server, "desk", desk(1, "b" * 32)))
    clerk.desks.until(lambda seen: seen.epoch == "b" * 32)
    assert [(len(memory.acts), memory.more) for memory in server.memories] == [(ACTS, True), (1, False)]
    assert {act.staff for memory in server.memories for act in memory.acts} == {"1001"}
    assert log.epoch == "b" * 32
    server.call(lambda: setattr(server, "desk", desk(2, "b" * 32)))
    clerk.desks.until(lambda seen: seen.served_today == 2)
    assert len(server.memories) == 2


def test_a_memory_that_was_not_told_to_the_end_is_told_again(
    clerk: AtTheDesk, server: ScriptedServer, log: ActLog
) -> None:
    server.desk = desk(0, "a" * 32)
    server.faults["/api/acts"].append(LOST_REPLY)
    clerk.link.sign_in("1001", PIN)
    clerk.states.until(lambda state: state[0])
    assert len(server.memories) == 2
    assert log.epoch == "a" * 32
    assert [state[0] for state in clerk.states.seen] == [False, True]


def test_a_call_made_by_hand_waits_for_the_server(clerk: AtTheDesk, server: ScriptedServer, log: ActLog) -> None:
    clerk.link.sign_in("1001", PIN)
    clerk.states.until(lambda state: state[0])
    server.stop()
    clerk.states.until(lambda state: not state[0])
    clerk.link.keep(HAND_CALL)
    assert [asked.command for asked in log.unanswered()] == [HAND_CALL]
    server.start()
    clerk.settled.until(lambda each: each.command == HAND_CALL and each.reply.done)
    assert (server.carried_out, log.unanswered()) == (1, [])


def test_a_call_by_hand_of_the_clerk_before_is_not_entered_twice(
    clerk: AtTheDesk, server: ScriptedServer, log: ActLog
) -> None:
    log.asked("1001", HAND_CALL)
    server.replies[HAND_CALL.request_id] = Reply(request_id=HAND_CALL.request_id, seq=5)
    server.faults[COMMANDS].append(REUSED)
    clerk.link.sign_in("1002", PIN)
    assert clerk.settled.until(lambda each: each.command == HAND_CALL).reply.seq == 5


def test_what_the_server_will_not_hear_holds_up_nothing(clerk: AtTheDesk, server: ScriptedServer, log: ActLog) -> None:
    log.asked("1001", HAND_CALL)
    server.desk = desk(0, "a" * 32)
    server.faults[COMMANDS].append(REFUSED)
    server.faults["/api/acts"].append(REFUSED)
    clerk.link.sign_in("1001", PIN)
    clerk.states.until(lambda state: state[0])
    assert [asked.command for asked in log.unanswered()] == [HAND_CALL]


def test_a_window_with_a_full_disk_serves_on(
    clerk: AtTheDesk, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("queue_server.link.act_log.lines.os.write", full)
    server.desk = desk(0, "a" * 32)
    clerk.link.sign_in("1001", PIN)
    clerk.states.until(lambda state: state[0])
    assert clerk.link.send(CallNext(request_id=new_id())).done
    with pytest.raises(LedgerUnwritable):
        clerk.link.keep(HAND_CALL)
