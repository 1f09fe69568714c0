"""The hall's end of the relay, against the relay's own shelf: what is told, told again, and carried out."""

import asyncio
from dataclasses import dataclass, field

import httpx
import pytest

from hall.clock import DAY_US, Clock, Moment
from hall.errors import CodeError
from hall.slip_code import digest_told
from hall.wire.phone import PhoneState
from hall.wire.relay import SIGNATURE, RelayPush, is_signed, sign_answer, sign_push
from queue_server.api.phones import Phones
from queue_server.api.screens import looking
from queue_server.link.clock import SystemClock
from queue_server.link.relay_link import RelayLink
from queue_server.operations.troubles import Trouble
from queue_server.relay.shelf import Shelf
from queue_server.relaying import Relaying
from tests.support.phones import take_number
from tests.support.served_hall import ServedHall, new_id

KEY = b"k" * 32


@dataclass
class Relay:
    """A relay without a network; `shelf` is another one at each start, None while it is away."""

    shelf: Shelf | None = field(default_factory=lambda: Shelf(SystemClock(), new_id))
    pushes: list[RelayPush] = field(default_factory=list)
    signs_with: bytes = KEY

    def answer(self, request: httpx.Request) -> httpx.Response:
        assert is_signed(request.headers[SIGNATURE], sign_push(KEY, request.content))
        if self.shelf is None:
            return httpx.Response(302, headers={"Location": "http://elsewhere.test/"})
        self.pushes.append(RelayPush.model_validate_json(request.content))
        body = self.shelf.take(self.pushes[-1]).model_dump_json().encode()
        return httpx.Response(
            200, content=body, headers={SIGNATURE: sign_answer(self.signs_with, request.headers[SIGNATURE], body)}
        )

    def state(self, code: str) -> PhoneState:
        assert self.shelf is not None
        return asyncio.run(self.shelf.look(code)).state

    def told(self) -> list[str]:
        """The digests in the last push."""
        return [news.digest for news in self.pushes[-1].tickets]


@pytest.fixture
def relay() -> Relay:
    return Relay()


@pytest.fixture
def relaying(hall: ServedHall, relay: Relay) -> Relaying:
    assert hall.parts is not None
    link = RelayLink("https://relay.test", KEY, httpx.MockTransport(relay.answer))
    return Relaying(link, Phones(hall.parts), hall.parts.look, hall.parts.clock, unheard)


async def unheard(_: Trouble | None) -> None:
    """A manager who does not listen."""


def rounds(relaying: Relaying, count: int = 2) -> None:
    async def go() -> None:
        for _ in range(count):
            await relaying.round()

    asyncio.run(go())


def test_everything_is_told_once_and_then_only_what_differs(hall: ServedHall, relay: Relay, relaying: Relaying) -> None:
    kiosk = hall.kiosk("relay-1")
    code = take_number(hall, kiosk, "alpha", "alpha_one", "A")
    rounds(relaying)
    assert digest_told(code) in relay.told()
    assert relay.state(code) is PhoneState.WAITING
    rounds(relaying)
    assert relay.told() == []
    hall.manager()  # a commit that says nothing of tickets
    assert hall.anybody.http("POST", f"/t/{code}/leave").status_code == 303
    rounds(relaying, 1)
    assert digest_told(code) in relay.told()
    assert relay.state(code) is PhoneState.LEFT


def test_a_relay_started_anew_is_told_everything_again(hall: ServedHall, relay: Relay, relaying: Relaying) -> None:
    code = take_number(hall, hall.kiosk("relay-2"), "beta", "beta_one", "B")
    rounds(relaying)
    relay.shelf = Shelf(SystemClock(), new_id)
    rounds(relaying, 1)
    rounds(relaying, 1)
    assert relay.state(code) is PhoneState.WAITING


def test_a_relay_that_is_away_or_another_changes_nothing_here(
    hall: ServedHall, relay: Relay, relaying: Relaying, caplog: pytest.LogCaptureFixture
) -> None:
    code = take_number(hall, hall.kiosk("relay-3"), "beta", "beta_one", "B")
    shelf, relay.shelf = relay.shelf, None
    rounds(relaying, 3)
    assert caplog.text.count("relay.away") == 1  # said once, not every second
    relay.shelf, relay.signs_with = shelf, b"x" * 32
    rounds(relaying)
    assert "relay.back" not in caplog.text
    relay.signs_with = KEY
    rounds(relaying)
    assert relay.state(code) is PhoneState.WAITING


def test_what_happened_while_the_relay_was_away_is_told_when_it_is_back(
    hall: ServedHall, relay: Relay, relaying: Relaying
) -> None:
    code = take_number(hall, hall.kiosk("relay-5"), "beta", "beta_one", "B")
    rounds(relaying)
    shelf, relay.shelf = relay.shelf, None
    hall.anybody.http("POST", f"/t/{code}/leave")
    rounds(relaying, 1)
    relay.shelf = shelf
    rounds(relaying, 1)
    assert relay.state(code) is PhoneState.LEFT


def test_a_hall_started_anew_begins_by_letting_the_relay_forget(
    hall: ServedHall, relay: Relay, relaying: Relaying
) -> None:
    take_number(hall, hall.kiosk("relay-6"), "beta", "beta_one", "B")
    rounds(relaying, 3)
    assert [push.anew for push in relay.pushes[1:]] == [True, False]  # the very first one asks for the relay's life
    assert hall.parts is not None
    rounds(Relaying(relaying._link, Phones(hall.parts), hall.parts.look, hall.parts.clock, unheard))
    assert relay.pushes[-1].anew


class Turning(Clock):
    """The machine's clock, some days on."""

    def __init__(self) -> None:
        self.days = 0

    def now(self) -> Moment:
        moment, on = SystemClock().now(), self.days * DAY_US
        return moment.model_copy(update={"wall_us": moment.wall_us + on, "mono_us": moment.mono_us + on})


def test_when_the_day_turns_the_relay_is_told_anew_and_knows_yesterdays_numbers_no_more(hall: ServedHall) -> None:
    code = take_number(hall, hall.kiosk("relay-8"), "beta", "beta_one", "B")
    clock, relay = Turning(), Relay()
    relay.shelf = Shelf(clock, new_id)
    assert hall.parts is not None
    link = RelayLink("https://relay.test", KEY, httpx.MockTransport(relay.answer))
    relaying = Relaying(link, Phones(hall.parts), looking(hall.parts.store, clock), clock, unheard)
    rounds(relaying)
    assert relay.state(code) is PhoneState.WAITING
    clock.days = 1
    rounds(relaying, 1)
    assert relay.pushes[-1].anew
    with pytest.raises(CodeError):
        relay.state(code)


def test_long_tickets_fill_a_push_and_the_others_follow_at_once(
    hall: ServedHall, relay: Relay, relaying: Relaying, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("queue_server.relaying._PUSH_BYTES", 1)
    kiosk = hall.kiosk("relay-7")
    codes = [take_number(hall, kiosk, "beta", "beta_one", "B") for _ in range(3)]
    rounds(relaying)
    assert {relay.state(code) for code in codes} == {PhoneState.WAITING}
    telling = relay.pushes[1:]
    assert all(len(push.tickets) == 1 for push in telling)
    assert [push.more for push in telling] == [True] * (len(telling) - 1) + [False]


def test_the_manager_is_told_of_a_relay_that_stays_away_and_when_it_is_back(hall: ServedHall, relay: Relay) -> None:
    heard: list[Trouble | None] = []

    async def say(trouble: Trouble | None) -> None:
        heard.append(trouble)

    assert hall.parts is not None
    clock, shelf = Turning(), relay.shelf
    link = RelayLink("https://relay.test", KEY, httpx.MockTransport(relay.answer))
    relaying = Relaying(link, Phones(hall.parts), hall.parts.look, clock, say)
    rounds(relaying)
    assert heard == [None]  # what an earlier start of the server may have said is over
    relay.shelf = None
    rounds(relaying)
    assert heard == [None]  # a moment
    clock.days = 1
    rounds(relaying)
    (trouble,) = heard[1:]
    assert trouble is not None
    assert "中转主机是否开着" in trouble.advice
    relay.shelf, clock.days = shelf, 0
    rounds(relaying)
    assert heard[2:] == [None]


def test_a_wish_is_carried_out_once_if_its_seal_is_good(hall: ServedHall, relay: Relay, relaying: Relaying) -> None:
    kiosk = hall.kiosk("relay-4")
    good, other = (take_number(hall, kiosk, "beta", "beta_one", "B") for _ in range(2))
    forged = other[:-4] + ("AAAA" if not other.endswith("AAAA") else "BBBB")
    rounds(relaying)
    shelf = relay.shelf
    assert shelf is not None

    async def press(code: str) -> None:
        leaving = asyncio.create_task(shelf.leave(code))
        while not leaving.done():
            await relaying.round()
            await asyncio.sleep(0)
        await leaving

    asyncio.run(press(good))
    asyncio.run(press(forged))
    rounds(relaying)
    assert relay.state(good) is PhoneState.LEFT
    assert relay.state(other) is PhoneState.WAITING
