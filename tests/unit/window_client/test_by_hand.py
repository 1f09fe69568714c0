"""What is typed off the paper becomes a call, or a word on what is wrong; what was entered is shown with its fate."""

import pytest

from hall.clock import DAY_US
from hall.mending import HandOutcome
from hall.wire.commands import EnterByHand
from hall.wire.replies import Refusal, Reply
from queue_server.link.act_log import EnteredCall
from tests.support.tickets import MINUTE, NINE
from tests.support.window_desk import NOW, called_here, desk, reply, sample_catalog, served_here, shown
from window_client.desk.by_hand import Entry, Mistake, at_the_window, entry_of, lines, number_of, open_numbers, read
from window_client.desk.situation import Act, Situation
from window_client.desk.slip import look
from window_client.i18n import CHINESE

HERE = Situation(NOW, desk(), catalog=sample_catalog())
REQUEST = "9" * 32


@pytest.mark.parametrize(
    ("typed", "number"),
    [("A023", "A023"), ("a23", "A023"), (" Ａ２３ ", "A023"), ("a2-7", "A2-007"), ("a12-104", "A12-104")],
)  # fmt: skip
def test_a_number_is_read_as_clerks_write_it(typed: str, number: str) -> None:
    assert number_of(typed) == number


@pytest.mark.parametrize("typed", ["", "23", "AA23", "A", "A-23", "A2-", "A02-23", "A２３x", "号23", "A1234567"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert number_of(typed) is None


@pytest.mark.parametrize("typed", ["0931", "931", "9:31", "09：31", "09:31"])
def test_a_time_is_of_today_on_the_halls_clock(typed: str) -> None:
    call = read(Entry("A023", typed, "0940"), HERE, REQUEST, CHINESE)
    assert isinstance(call, EnterByHand)
    assert (call.called_at, call.ended_at) == (NINE + 31 * MINUTE, NINE + 40 * MINUTE)


@pytest.mark.parametrize(
    ("entry", "field", "words"),
    [
        (Entry("23", "0931", "0940"), "number", CHINESE.wrong_number),
        (Entry("A023", "", "0940"), "called", CHINESE.wrong_time),
        (Entry("A023", "2431", "0940"), "called", CHINESE.wrong_time),
        (Entry("A023", "0961", "0940"), "called", CHINESE.wrong_time),
        (Entry("A023", "0931", ""), "ended", CHINESE.wrong_time),
        (Entry("A023", "1000", "1001"), "called", CHINESE.future_time),
        (Entry("A023", "0931", "1001"), "ended", CHINESE.future_time),
        (Entry("A023", "0931", "0930"), "ended", CHINESE.ended_before),
    ],
)
def test_a_mistake_is_told_at_its_field(entry: Entry, field: str, words: str) -> None:
    assert read(entry, HERE, REQUEST, CHINESE) == Mistake(field, words)  # type: ignore[arg-type]


def test_a_citizen_who_did_not_come_needs_no_end() -> None:
    call = read(Entry("A023", "0931", "", missed=True), HERE, REQUEST, CHINESE)
    assert isinstance(call, EnterByHand)
    assert (call.outcome, call.ended_at) == (HandOutcome.MISSED, call.called_at)
    assert entry_of(call, HERE) == Entry("A023", "09:31", "09:31", missed=True)


def test_whoever_is_here_ends_now_and_was_called_when_the_server_knew() -> None:
    ended = at_the_window(Situation(NOW, desk(served_here())), Act.FINISH, REQUEST)
    assert (ended.number, ended.called_at, ended.ended_at) == ("A023", served_here().ticket.called_at, NOW)
    early = at_the_window(Situation(NINE, desk(called_here())), Act.MISS, REQUEST)
    assert (early.outcome, early.called_at, early.ended_at) == (HandOutcome.MISSED, NINE, NINE)


def entered(n: int, at: int = NOW - 10 * MINUTE, answer: Reply | None = None) -> EnteredCall:
    return EnteredCall(EnterByHand(request_id=f"{n:032x}", number=f"A{n:03}", called_at=at, ended_at=at), answer)


def test_the_calls_of_today_stand_with_what_became_of_them() -> None:
    calls = [
        entered(1, NOW - DAY_US),
        entered(2),
        entered(3, answer=reply(called_here().ticket)),
        entered(4, answer=reply()),
        entered(5, answer=reply(refusal=Refusal.ALREADY_OVER)),
    ]
    told = [(line.number, line.state, line.kind, line.refused) for line in lines(calls, HERE, CHINESE)]
    assert told == [
        ("A005", CHINESE.refusals[Refusal.ALREADY_OVER], "negative", True),
        ("A004", "等取号机补传", "plain", False),
        ("A003", "已补录", "positive", False),
        ("A002", "等恢复连接", "caution", False),
    ]
    assert open_numbers(calls) == {"A001", "A002"}


def test_a_slip_is_told_by_code_or_by_number() -> None:
    code = "OW1:" + "A" * 91
    assert (look("", HERE, CHINESE).kind, look(code, HERE, CHINESE).code) == ("empty", code)
    waiting = look("a25", HERE, CHINESE)
    assert (waiting.kind, waiting.number, waiting.ticket) == ("ticket", "A025", shown(25).ticket.id)
    assert look("A999", HERE, CHINESE).caption == CHINESE.slip_unknown
    assert look("你好", HERE, CHINESE).caption == CHINESE.wrong_number
