"""What the relay takes and what it refuses, on its own; how it forgets."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import httpx
import pytest

from hall.clock import DAY_US, MINUTE_US, SECOND_US, Moment
from hall.errors import CodeError
from hall.slip_code import SlipCode, digest, seal
from hall.wire.phone import PhoneState, PhoneTicket
from hall.wire.relay import ADDRESS, SIGNATURE, RelayAnswer, RelayPush, TicketNews, is_signed, sign_answer, sign_push
from queue_server.relay.application import application
from queue_server.relay.errors import HallSilentError, NotToldError, OtherDayError
from queue_server.relay.shelf import Shelf
from tests.support.phones import DAY, phone_ticket
from tests.support.referee import HALL_ID, HALL_KEY, Ids

T = TypeVar("T")
KEY = b"k" * 32
NOON = 1_795_752_000_000_000  # 2026-11-27 12:00 at +08:00
SLIP = SlipCode("ab" * 16, DAY, "A", None, 23, NOON)
CODE = seal(SLIP, HALL_ID, HALL_KEY)


class Host:
    """A relay with a clock of its own."""

    def __init__(self) -> None:
        self.at = NOON
        self.shelf = Shelf(self, Ids())
        self.seq = 0

    def now(self) -> Moment:
        return Moment(wall_us=self.at, mono_us=self.at - NOON + SECOND_US, boot_id="b" * 32)

    def push(self, ticket: PhoneTicket | None = None, **changes: Any) -> RelayPush:
        self.seq += 1
        news = () if ticket is None else (TicketNews(digest=digest(SLIP.ticket), ticket=ticket),)
        push = RelayPush(life=self.shelf.life, seq=self.seq, sent_at=self.at, tickets=news)
        return push.model_copy(update=changes)

    def tell(self, ticket: PhoneTicket | None = None, **changes: Any) -> RelayAnswer:
        return self.shelf.take(self.push(ticket, **changes))


@pytest.fixture
def host() -> Host:
    return Host()


def run(wanted: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(wanted)


def test_a_ticket_is_found_by_its_code_alone(host: Host) -> None:
    assert host.tell(phone_ticket()).taken
    assert run(host.shelf.look(CODE)).number == "A023"
    with pytest.raises(CodeError):
        run(host.shelf.look(seal(SlipCode("cd" * 16, DAY, "A", None, 23, NOON), HALL_ID, HALL_KEY)))


@pytest.mark.parametrize(
    "changes",
    [
        {"seq": 1},
        {"life": "another"},
        {"life": ""},
        {"sent_at": NOON - 3 * MINUTE_US},
        {"sent_at": NOON + 3 * MINUTE_US},
    ],
    ids=["again", "of another life", "of none", "old", "of tomorrow"],
)
def test_a_push_counts_once_in_its_own_life_and_time(host: Host, changes: dict[str, Any]) -> None:
    assert host.tell(phone_ticket()).taken
    answer = host.tell(phone_ticket(PhoneState.LEFT), **changes)
    assert not answer.taken
    assert run(host.shelf.look(CODE)).state is PhoneState.WAITING


def test_what_is_shown_says_when_the_hall_spoke_last_and_when_that_is_long_ago(host: Host) -> None:
    assert not host.shelf.fresh
    host.tell(phone_ticket())
    host.at += 10 * SECOND_US
    host.tell()
    assert host.shelf.fresh
    assert run(host.shelf.look(CODE)).at == NOON + 10 * SECOND_US
    host.at += 21 * SECOND_US
    assert not host.shelf.fresh
    with pytest.raises(HallSilentError):
        run(host.shelf.leave(CODE))


def test_nobody_is_told_that_there_is_no_such_number_while_nobody_can_know(host: Host) -> None:
    with pytest.raises(HallSilentError):  # just started
        run(host.shelf.look(CODE))
    host.tell(anew=True, more=True)
    with pytest.raises(HallSilentError):  # the hall is still telling
        run(host.shelf.look(CODE))
    host.tell()
    with pytest.raises(CodeError):
        run(host.shelf.look(CODE))
    host.at += 30 * SECOND_US
    with pytest.raises(HallSilentError):  # taken while the hall could not speak
        run(host.shelf.look(CODE))
    with pytest.raises(CodeError):
        run(host.shelf.look("no code at all"))


def test_what_is_told_anew_takes_the_place_of_all_that_was_told(host: Host) -> None:
    host.tell(phone_ticket())
    host.tell(anew=True)  # a hall that was set back does not know it any more
    with pytest.raises(CodeError):
        run(host.shelf.look(CODE))


def test_nothing_is_kept_after_the_day(host: Host) -> None:
    host.tell(phone_ticket())
    host.at += DAY_US
    with pytest.raises(OtherDayError):
        run(host.shelf.look(CODE))
    host.tell()
    with pytest.raises(OtherDayError, match="当天有效"):  # told by the slip itself
        run(host.shelf.look(CODE))
    host.at -= DAY_US
    with pytest.raises(NotToldError):
        run(host.shelf.look(CODE))


def test_news_wake_the_page_of_their_ticket_and_no_other(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    other = SlipCode("cd" * 16, DAY, "A", None, 24, NOON)
    ticket = phone_ticket()
    both = tuple(TicketNews(digest=digest(each.ticket), ticket=ticket) for each in (SLIP, other))
    host.tell(tickets=both)
    looked: list[str] = []
    look = host.shelf.look

    async def noted(code: str) -> PhoneTicket:
        looked.append(code)
        return await look(code)

    monkeypatch.setattr(host.shelf, "look", noted)

    async def open_pages() -> None:
        others = seal(other, HALL_ID, HALL_KEY)
        pages = [asyncio.create_task(host.shelf.after(code, ticket.stamp, 20)) for code in (CODE, others)]
        await asyncio.sleep(0)
        host.tell(phone_ticket(PhoneState.CALLED))
        assert (await pages[0]).state is PhoneState.CALLED
        assert looked.count(others) == 1
        host.tell(anew=True, tickets=both[1:])  # whoever waits for what is gone hears of it
        await asyncio.sleep(0)
        assert looked.count(others) == 2
        pages[1].cancel()

    run(open_pages())


def test_a_wish_is_told_until_the_hall_has_seen_to_it(host: Host) -> None:
    host.tell(phone_ticket())

    async def leave() -> None:
        leaving = asyncio.create_task(host.shelf.leave(" " * 600 + CODE))  # however it was written
        await asyncio.sleep(0)
        (wish,) = host.tell().wishes
        assert (wish.kind, wish.code) == ("leave", CODE)
        assert host.tell().wishes == (wish,)
        assert not leaving.done()
        assert host.tell(phone_ticket(PhoneState.LEFT), done=(wish.id,)).wishes == ()
        await leaving

    run(leave())


def test_a_relay_that_stops_answers_who_waits(host: Host) -> None:
    host.tell(phone_ticket())

    async def stop() -> None:
        waiting = [
            asyncio.create_task(host.shelf.after(CODE, phone_ticket().stamp, 20)),
            asyncio.create_task(host.shelf.leave(CODE)),
        ]
        await asyncio.sleep(0)
        host.shelf.close()
        for outcome in await asyncio.gather(*waiting, return_exceptions=True):
            assert isinstance(outcome, HallSilentError)

    run(stop())


def test_only_the_key_that_hall_and_relay_share_opens_the_door(host: Host) -> None:
    body = host.push(phone_ticket()).model_dump_json().encode()

    async def knock() -> None:
        way = httpx.ASGITransport(application(host.shelf, KEY))
        async with httpx.AsyncClient(transport=way, base_url="http://relay.test") as caller:
            for signature in ("", "0" * 64, sign_push(b"x" * 32, body), sign_push(KEY, body + b" ")):
                assert (await caller.post(ADDRESS, content=body, headers={SIGNATURE: signature})).status_code == 403
            assert (await caller.get(f"/t/{CODE}")).status_code == 503
            good = sign_push(KEY, body)
            answer = await caller.post(ADDRESS, content=body, headers={SIGNATURE: good})
            assert is_signed(answer.headers[SIGNATURE], sign_answer(KEY, good, answer.content))
            assert RelayAnswer.model_validate_json(answer.content).taken
            page = await caller.get(f"/t/{CODE}")
            assert "A023" in page.text
            assert "default-src 'none'" in page.headers["content-security-policy"]
            assert (await caller.get("/api/board")).status_code == 404

    run(knock())


def test_a_slip_of_a_day_that_is_over_says_what_it_may_still_be_worth(host: Host) -> None:
    host.at += DAY_US
    host.tell()

    async def scan() -> None:
        way = httpx.ASGITransport(application(host.shelf, KEY))
        async with httpx.AsyncClient(transport=way, base_url="http://relay.test") as phone:
            chinese, english = await phone.get(f"/t/{CODE}"), await phone.get(f"/t/{CODE}?lang=en")
        assert (chinese.status_code, english.status_code) == (404, 404)
        assert "因系统故障、停办没办成的，请带这张单子到窗口，优先办理。" in chinese.text
        assert "it gives priority" in english.text
        assert "refresh" not in chinese.text  # it will not become another
        assert "再扫一次" not in chinese.text

    run(scan())
