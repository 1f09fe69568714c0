"""A clerk's desk and the rating page beside it, over a real connection."""

from collections.abc import Iterator

import pytest

from hall.projection import WindowStatus
from hall.rating import Level
from hall.window import WindowState
from hall.wire.commands import CallNext
from hall.wire.views import Desk, RatingPage
from queue_server.link.clock import SystemClock, new_id
from queue_server.link.desk_link import DeskLink
from queue_server.link.errors import ServerAway, ServerRefused, SessionLost
from queue_server.link.find import Finder
from queue_server.link.rating_link import RatingLink
from tests.support.scripted_server import BUSY, HALL_KEY, LOST_REPLY, LOST_REQUEST, PIN, ScriptedServer
from tests.support.tickets import NINE
from tests.support.watch import Watch

COMMANDS = "/api/commands"
Live = tuple[bool, str]


def desk(served: int) -> Desk:
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
    )


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as scripted:
        scripted.desk = desk(0)
        scripted.page = RatingPage(window=3)
        yield scripted


class AtTheDesk:
    """A desk link with what it told."""

    def __init__(self, address: str) -> None:
        self.desks: Watch[Desk] = Watch()
        self.states: Watch[Live] = Watch()
        self.signed_out: Watch[str] = Watch()
        self.link = DeskLink(
            Finder(address),
            3,
            SystemClock(),
            on_desk=self.desks,
            on_state=lambda online, problem: self.states((online, problem)),
            on_signed_out=lambda: self.signed_out("signed out"),
            jitter=lambda: 0.0,
        )


@pytest.fixture
def clerk(server: ScriptedServer) -> Iterator[AtTheDesk]:
    at_the_desk = AtTheDesk(server.address)
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
