"""The webhook: signed, once per ticket and again until it is taken, never redirected, given up in the end."""

import asyncio
from dataclasses import dataclass, field

import httpx
import pytest

from hall.clock import SECOND_US, Clock, Moment
from hall.slip_code import digest_told
from hall.ticket import TicketClass
from hall.wire.webhook import EVENT, SIGNATURE, TIMESTAMP, NearNews, sign
from queue_server.link.clock import SystemClock
from queue_server.link.webhook_link import WebhookLink
from queue_server.nearing import TRIES, Nearing
from tests.support.phones import take_number
from tests.support.served_hall import ServedHall

KEY = b"w" * 32
ADDRESS = "https://sms.test/near"


class Later(Clock):
    """The machine's clock, some seconds on."""

    def __init__(self) -> None:
        self.seconds = 0

    def now(self) -> Moment:
        moment = SystemClock().now()
        return moment.model_copy(update={"mono_us": moment.mono_us + self.seconds * SECOND_US})


@dataclass
class Channel:
    """A city's channel without a network."""

    status: int = 204
    heard: list[NearNews] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        news = NearNews.model_validate_json(request.content)
        assert request.headers[SIGNATURE] == sign(KEY, int(request.headers[TIMESTAMP]), request.content)
        assert request.headers[EVENT] == news.event_id
        if self.status < 300:
            self.heard.append(news)
        return httpx.Response(self.status, headers={"Location": "https://elsewhere.test/"})

    def numbers(self, *codes: str) -> list[int]:
        """Of each slip, how often it was heard of."""
        heard = [news.digest for news in self.heard]
        return [heard.count(digest_told(code)) for code in codes]


@pytest.fixture
def channel() -> Channel:
    return Channel()


@pytest.fixture
def clock() -> Later:
    return Later()


def nearing_of(hall: ServedHall, channel: Channel, clock: Clock) -> Nearing:
    assert hall.parts is not None
    return Nearing(WebhookLink(ADDRESS, KEY, clock, httpx.MockTransport(channel.answer)), hall.parts.look, clock)


def test_each_of_the_first_is_told_of_once_and_nobody_behind(hall: ServedHall, channel: Channel, clock: Later) -> None:
    kiosk = hall.kiosk("near-1")
    codes = [take_number(hall, kiosk, "beta", "beta_one", "B") for _ in range(5)]
    nearing = nearing_of(hall, channel, clock)
    for _ in range(2):
        asyncio.run(nearing.round())
    assert channel.numbers(*codes) == [1, 1, 1, 1, 0]
    assert hall.anybody.http("POST", f"/t/{codes[0]}/leave").status_code == 303
    asyncio.run(nearing.round())
    assert channel.numbers(*codes) == [1, 1, 1, 1, 1]
    assert channel.heard[-1].ahead == 3
    told = {news.event_id for news in channel.heard}
    asyncio.run(nearing_of(hall, channel, clock).round())  # started anew: the same events again, under the same ids
    assert {news.event_id for news in channel.heard} == told
    for code in codes[1:]:
        hall.anybody.http("POST", f"/t/{code}/leave")


@pytest.mark.parametrize("status", [302, 500, 404])
def test_what_is_not_taken_goes_again_and_to_no_other_place(
    hall: ServedHall, channel: Channel, clock: Later, status: int
) -> None:
    code = take_number(hall, hall.kiosk(f"near-{status}"), "beta", "beta_one", "B")
    nearing = nearing_of(hall, channel, clock)
    channel.status = status
    asyncio.run(nearing.round())
    asyncio.run(nearing.round())  # too early
    assert channel.asked == [ADDRESS]
    channel.status, clock.seconds = 200, 5
    asyncio.run(nearing.round())
    assert channel.numbers(code) == [1]
    hall.anybody.http("POST", f"/t/{code}/leave")


def test_who_was_put_back_before_it_was_told_is_told_when_near_again(
    hall: ServedHall, channel: Channel, clock: Later
) -> None:
    kiosk = hall.kiosk("near-3")
    codes = [take_number(hall, kiosk, "beta", "beta_one", "B") for _ in range(4)]
    nearing = nearing_of(hall, channel, clock)
    channel.status = 503
    asyncio.run(nearing.round())
    first = take_number(hall, kiosk, "beta", "beta_one", "B", TicketClass.PRIORITY)
    asyncio.run(nearing.round())
    channel.status, clock.seconds = 204, 60
    for _ in range(2):
        asyncio.run(nearing.round())
    assert channel.numbers(*codes) == [1, 1, 1, 0]
    assert [news.ahead for news in channel.heard if news.digest == digest_told(codes[0])] == [1]  # as it is now
    hall.anybody.http("POST", f"/t/{codes[0]}/leave")
    asyncio.run(nearing.round())
    assert channel.numbers(*codes) == [1, 1, 1, 1]
    for code in (first, *codes[1:]):
        hall.anybody.http("POST", f"/t/{code}/leave")


def test_in_the_end_it_is_given_up(hall: ServedHall, channel: Channel, clock: Later) -> None:
    code = take_number(hall, hall.kiosk("near-2"), "beta", "beta_one", "B")
    nearing = nearing_of(hall, channel, clock)
    channel.status = 503
    for _ in range(TRIES + 3):
        asyncio.run(nearing.round())
        clock.seconds += 200
    assert len(channel.asked) == TRIES
    hall.anybody.http("POST", f"/t/{code}/leave")
